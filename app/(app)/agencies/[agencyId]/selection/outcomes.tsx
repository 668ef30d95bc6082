import { CircleCheck, Info } from "lucide";
import { Icon } from "@/components/ui/icon";
import type { Outcome } from "@/lib/model/action-results";
import type { ActionState } from "@/lib/model/action-state";

/** What was done for each, in words; read out as it comes. */
export function Outcomes({ state }: { state: ActionState<readonly Outcome[]> }) {
  return (
    <div role="status">
      {state.status === "done" && (
        <div className="grid gap-2 rounded-md border border-line bg-canvas p-3 text-sm">
          <p className="font-medium">{state.message}</p>
          <ul className="grid gap-1">
            {state.value?.map(({ name, words, isDone }) => (
              <li key={name + words} className="flex items-start gap-2">
                <Icon
                  of={isDone ? CircleCheck : Info}
                  className={`mt-0.5 size-4 shrink-0 ${isDone ? "text-good" : "text-muted"}`}
                />
                <span className="min-w-0 wrap-anywhere">
                  <span className="font-medium">{name}:</span> {words}
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
