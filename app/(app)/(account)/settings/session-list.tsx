"use client";

import { useActionState } from "react";
import { Badge } from "@/components/ui/badge";
import { FormErrorSummary } from "@/components/ui/form-error-summary";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Column, Table } from "@/components/ui/table";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { closeOtherSessions, closeSession } from "./actions";

export type ListedSession = {
  id: string;
  browser: string;
  seen: string;
  begun: string;
  isCurrent: boolean;
};

export function SessionList({ sessions }: { sessions: readonly ListedSession[] }) {
  const [one, close] = useActionState(closeSession, IDLE);
  const [others, closeOthers] = useActionState(closeOtherSessions, IDLE);
  const columns: readonly Column<ListedSession>[] = [
    {
      key: "browser",
      header: "Browser",
      lead: true,
      cell: ({ browser, isCurrent }) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          {browser}
          {isCurrent && <Badge tone="accent">This one</Badge>}
        </span>
      ),
    },
    { key: "begun", header: "Signed in", cell: ({ begun }) => begun },
    { key: "seen", header: "Last seen", cell: ({ seen }) => seen },
    {
      key: "end",
      header: "End",
      hideHeader: true,
      phone: "bare",
      className: "text-end",
      cell: ({ id, browser, isCurrent }) => (
        <form action={close}>
          <input type="hidden" name="id" value={id} />
          <SubmitButton variant="secondary" size="sm" aria-label={`Sign out ${isCurrent ? "here" : browser}`}>
            Sign out
          </SubmitButton>
        </form>
      ),
    },
  ];
  return (
    <>
      {[one, others].map((state, index) =>
        state.status === "invalid" ? (
          <div key={index === 0 ? "one" : "others"} className="px-5 pb-3 max-md:px-4">
            <FormErrorSummary state={state} />
          </div>
        ) : null,
      )}
      <Table
        caption="Browsers you are signed in with"
        columns={columns}
        rows={sessions}
        rowKey={({ id }) => id}
      />
      {sessions.length > 1 && (
        <form action={closeOthers} className="border-t border-line px-5 py-3 max-md:px-4">
          <SubmitButton variant="secondary" size="sm">
            Sign out everywhere else
          </SubmitButton>
        </form>
      )}
      {one.status === "done" && <ToastOn of={one} message={one.message} />}
      {others.status === "done" && <ToastOn of={others} message={others.message} />}
    </>
  );
}
