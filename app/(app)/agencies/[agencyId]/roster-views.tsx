"use client";

import { X } from "lucide";
import type { Route } from "next";
import Link from "next/link";
import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { TextField } from "@/components/ui/input";
import { Menu } from "@/components/ui/menu";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { removeView, saveView } from "./roster-actions";

type RosterViewsProps = {
  agencyId: string;
  base: string;
  views: readonly { id: string; name: string; query: string }[];
  /** The view that the address is now. */
  current: string;
  freshId: string;
};

/** The views somebody kept, as links; the one that is open can be kept by a name. */
export function RosterViews({ agencyId, base, views, current, freshId }: RosterViewsProps) {
  const isKept = current === "" || views.some(({ query }) => query === current);
  return (
    <nav aria-label="Views" className="flex flex-wrap items-center gap-2 text-sm">
      <ViewLink href={base} isOpen={current === ""}>
        Everybody
      </ViewLink>
      {views.map(({ id, name, query }) => (
        <span key={id} className="inline-flex items-center">
          <ViewLink href={base + query} isOpen={query === current}>
            {name}
          </ViewLink>
          {query === current && query !== "" && <RemoveView agencyId={agencyId} id={id} name={name} />}
        </span>
      ))}
      {!isKept && <SaveView {...{ agencyId, current, freshId }} />}
    </nav>
  );
}

function ViewLink({ href, isOpen, children }: { href: string; isOpen: boolean; children: string }) {
  return (
    <Link
      href={href as Route}
      prefetch={false}
      scroll={false}
      aria-current={isOpen ? "true" : undefined}
      className="inline-flex h-8 items-center rounded-full border border-line px-3 hover:bg-sunken aria-[current]:border-accent aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent max-md:h-10"
    >
      {children}
    </Link>
  );
}

function SaveView({ agencyId, current, freshId }: { agencyId: string; current: string; freshId: string }) {
  const [state, action] = useActionState(saveView, IDLE);
  return (
    <Menu
      label="Keep this view"
      className="link inline-flex h-8 items-center max-md:h-10"
      panelClassName="w-64 p-3!"
    >
      <Form action={action} state={state}>
        <FreshId initial={freshId} state={state} />
        <input type="hidden" name="agencyId" value={agencyId} />
        <input type="hidden" name="query" value={current} />
        <TextField
          name="name"
          label="Name of the view"
          hint="Filters, order and columns; the month stays the latest."
          required
          maxLength={60}
          defaultValue={typedOf(state, "name", "")}
          error={errorOf(state, "name")}
        />
        <SubmitButton pendingLabel="Keeping…">Keep</SubmitButton>
      </Form>
    </Menu>
  );
}

function RemoveView({ agencyId, id, name }: { agencyId: string; id: string; name: string }) {
  const [state, action] = useActionState(removeView, IDLE);
  const refused = state.status === "invalid" ? state : null;
  return (
    <form action={action} className="inline-flex">
      <input type="hidden" name="agencyId" value={agencyId} />
      <input type="hidden" name="id" value={id} />
      <SubmitButton variant="quiet" size="sm" pendingLabel="…" aria-label={`Remove the view ${name}`}>
        <Icon of={X} />
      </SubmitButton>
      <ToastOn of={refused} message={refused?.message ?? ""} tone="error" />
    </form>
  );
}
