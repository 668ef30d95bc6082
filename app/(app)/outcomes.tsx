"use client";

import { FormErrorSummary } from "@/components/ui/form-error-summary";
import { ToastOn } from "@/components/ui/toast";
import type { ActionState } from "@/lib/model/action-state";

/** What came of the small forms of a list: refusals above it, the rest in passing. */
export function Outcomes({ of }: { of: readonly ActionState<unknown>[] }) {
  return of.map((state, at) =>
    state.status === "invalid" ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the forms of a list are always the same
      <div key={at} className="px-5 pb-3 max-md:px-4">
        <FormErrorSummary state={state} />
      </div>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the forms of a list are always the same
      state.status === "done" && <ToastOn key={at} of={state} message={state.message} />
    ),
  );
}
