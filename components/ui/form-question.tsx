"use client";

import { TriangleAlert } from "lucide";
import { useEffect, useRef } from "react";
import type { ActionState } from "@/lib/model/action-state";
import { Icon } from "./icon";
import { SubmitButton } from "./submit-button";

type FormQuestionProps = {
  state: Extract<ActionState, { status: "invalid" }>;
  answers: NonNullable<Extract<ActionState, { status: "invalid" }>["answers"]>;
};

/**
 * What is asked before a form is saved, at its top; takes the focus when it appears. Each answer sends the whole
 * form again. One who changes what was typed instead sends it by its own button, without an answer.
 */
export function FormQuestion({ state, answers }: FormQuestionProps) {
  const box = useRef<HTMLDivElement>(null);
  // A new state object means a new question, even when it says the same.
  useEffect(() => {
    if (state.status === "invalid") box.current?.focus();
  }, [state]);
  return (
    <>
      {/* Enter in a field presses a form's first button: this one, which answers nothing. */}
      <button type="submit" hidden />
      <div
        ref={box}
        role="alert"
        tabIndex={-1}
        className="flex gap-2.5 rounded-md border border-line bg-warn-soft p-3 text-sm"
      >
        <Icon of={TriangleAlert} className="mt-0.5 size-4 shrink-0 text-warn" />
        <div className="grid gap-2.5">
          <p>{state.message}</p>
          <div className="flex flex-wrap gap-2">
            {answers.map(({ name, value, label }) => (
              <SubmitButton key={name} name={name} value={value} variant="secondary" size="sm">
                {label}
              </SubmitButton>
            ))}
          </div>
        </div>
      </div>
    </>
  );
}
