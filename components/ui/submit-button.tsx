"use client";

import clsx from "clsx";
import type { ComponentProps, MouseEvent } from "react";
import { useFormStatus } from "react-dom";
import { type ButtonSize, type ButtonVariant, buttonClass } from "./button";

type SubmitButtonProps = ComponentProps<"button"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** What it says while the form is under way, e.g. "Saving…". */
  pendingLabel?: string;
};

/**
 * The one button that sends its form. While the form is under way it keeps its focus and its place (it is
 * aria-disabled, not disabled) and swallows further clicks.
 */
export function SubmitButton({
  variant = "primary",
  size,
  pendingLabel,
  className,
  children,
  onClick,
  ...rest
}: SubmitButtonProps) {
  const { pending } = useFormStatus();
  function press(event: MouseEvent<HTMLButtonElement>) {
    if (pending) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <button
      type="submit"
      aria-disabled={pending || undefined}
      className={clsx(buttonClass(variant, size), pending && "opacity-70", className)}
      onClick={press}
      {...rest}
    >
      {pending && <Spinner />}
      {pending && pendingLabel ? pendingLabel : children}
    </button>
  );
}

function Spinner() {
  return (
    <svg viewBox="0 0 16 16" className="size-4 motion-safe:animate-spin" aria-hidden="true" focusable="false">
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeOpacity="0.3" strokeWidth="2" />
      <path d="M8 2a6 6 0 0 1 6 6" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
