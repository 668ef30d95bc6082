"use client";

import { CircleAlert } from "lucide";
import { type MouseEvent, useEffect, useRef } from "react";
import type { ActionState } from "@/lib/model/action-state";
import { Icon } from "./icon";

/** What went wrong, at the top of the form, with a link to each field. Takes the focus when it appears. */
export function FormErrorSummary({ state }: { state: Extract<ActionState, { status: "invalid" }> }) {
  const box = useRef<HTMLDivElement>(null);
  // A new state object means a new refusal, even when it says the same.
  useEffect(() => {
    if (state.status === "invalid") box.current?.focus();
  }, [state]);

  const errors = Object.entries(state.fields);
  return (
    <div
      ref={box}
      role="alert"
      tabIndex={-1}
      className="flex gap-2.5 rounded-md border border-bad bg-bad-soft p-3 text-sm"
    >
      <Icon of={CircleAlert} className="mt-0.5 size-4 shrink-0 text-bad" />
      <div>
        <p className="font-semibold">{state.message}</p>
        {errors.length > 0 && (
          <ul className="mt-1 grid gap-0.5">
            {errors.map(([name, error]) => (
              <li key={name}>
                <a href={`#${name}`} className="link text-ink!" onClick={(event) => goTo(event, name)}>
                  {error}
                </a>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** Focuses the field of this form by name, so that ids may differ from names; a bare link still scrolls. */
function goTo(event: MouseEvent<HTMLAnchorElement>, name: string) {
  const field = event.currentTarget.closest("form")?.elements.namedItem(name);
  const target = field instanceof RadioNodeList ? field[0] : field;
  if (!(target instanceof HTMLElement)) return;
  event.preventDefault();
  target.focus();
}
