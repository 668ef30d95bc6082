"use client";

import clsx from "clsx";
import type { ComponentProps, FormEvent } from "react";
import type { ActionState } from "@/lib/model/action-state";
import { FormErrorSummary } from "./form-error-summary";
import { FormQuestion } from "./form-question";

type FormProps = Omit<ComponentProps<"form">, "action"> & {
  /** The second thing useActionState returns. */
  action: (form: FormData) => void;
  /** The first thing it returns. */
  state: ActionState;
  /** Keep what was typed after success too (a settings form); otherwise the form empties itself. */
  keep?: boolean;
};

/**
 * A form around one server action. React empties a form after its action; a refused one must keep what was
 * typed, so the reset is cancelled. Shows the summary of errors at its top and moves the focus there.
 */
export function Form({ action, state, keep = false, className, children, ...rest }: FormProps) {
  function hold(event: FormEvent<HTMLFormElement>) {
    if (keep || state.status === "invalid") event.preventDefault();
  }
  return (
    <form action={action} onReset={hold} noValidate className={clsx("grid gap-5", className)} {...rest}>
      {state.status === "invalid" &&
        (state.answers ? (
          <FormQuestion state={state} answers={state.answers} />
        ) : (
          <FormErrorSummary state={state} />
        ))}
      {children}
    </form>
  );
}

/** The error of one input, or undefined: `error={errorOf(state, "amount")}`. */
export function errorOf(state: ActionState, name: string): string | undefined {
  return state.status === "invalid" ? state.fields[name] : undefined;
}

/** What was typed last time, else the given default: `defaultValue={typedOf(state, "amount", "")}`. */
export function typedOf(state: ActionState, name: string, otherwise?: string): string | undefined {
  return state.status === "invalid" ? (state.values[name] ?? otherwise) : otherwise;
}
