"use client";

import { useActionState } from "react";
import { Button } from "@/components/ui/button";
import { copyLink } from "@/components/ui/copy-text";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { revokeShare } from "./actions";

export type ListedShare = {
  id: string;
  /** "October 2026, for My accountant" */
  name: string;
  /** until when it works, how often it was opened, of what it is */
  facts: string;
  /** the names of the parts it shows */
  parts: readonly string[];
  /** null: it works no more */
  url: string | null;
};

export function ShareList({ creatorId, shares }: { creatorId: string; shares: readonly ListedShare[] }) {
  const [state, send] = useActionState(revokeShare, IDLE);
  const told = state.status === "idle" ? null : state;
  return (
    <>
      <ul aria-label="Shared addresses" className="grid gap-5">
        {shares.map(({ id, name, facts, parts, url }) => (
          <li key={id} className="grid gap-1.5 text-sm">
            <p className="font-medium wrap-anywhere">{name}</p>
            <p className="max-w-prose text-muted">{facts}</p>
            <details className="max-w-prose text-muted">
              <summary className="link w-fit">
                Shows {parts.length === 1 ? "one part" : `${parts.length} parts`}
              </summary>
              {parts.join(", ")}
            </details>
            {url && (
              <div className="flex flex-wrap gap-2">
                <input
                  readOnly
                  value={url}
                  aria-label={`Address of ${name}`}
                  className="control min-w-0 flex-1 max-sm:basis-full"
                />
                <Button
                  aria-label={`Copy the address of ${name}`}
                  onClick={() => copyLink(url, "Select the address and copy it.")}
                >
                  Copy
                </Button>
                <form action={send}>
                  <input type="hidden" name="creatorId" value={creatorId} />
                  <input type="hidden" name="id" value={id} />
                  <SubmitButton variant="secondary" aria-label={`Revoke ${name}`}>
                    Revoke
                  </SubmitButton>
                </form>
              </div>
            )}
          </li>
        ))}
      </ul>
      <ToastOn of={told} message={told?.message ?? ""} tone={state.status === "done" ? "success" : "error"} />
    </>
  );
}
