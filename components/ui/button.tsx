import clsx from "clsx";
import type { Route } from "next";
import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

const VARIANT: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent border-accent hover:bg-accent-strong hover:border-accent-strong",
  secondary: "bg-surface text-ink border-control hover:bg-sunken",
  quiet: "bg-transparent text-muted border-transparent hover:bg-sunken hover:text-ink",
  danger: "bg-bad text-on-bad border-bad hover:opacity-90",
};

const SIZE: Record<ButtonSize, string> = {
  sm: "h-8 px-2.5 text-sm max-md:h-9",
  md: "h-9 px-3.5 text-sm max-md:h-11 max-md:text-base",
  lg: "h-11 px-5 text-base",
};

/** The look of a button, for the rare element that is neither a button nor a link. */
export function buttonClass(variant: ButtonVariant = "secondary", size: ButtonSize = "md"): string {
  return clsx(
    "inline-flex shrink-0 items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap select-none",
    "motion-safe:transition-colors disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed",
    VARIANT[variant],
    SIZE[size],
  );
}

type ButtonProps = ComponentProps<"button"> & { variant?: ButtonVariant; size?: ButtonSize };

/** A button that does something here. A form's own is SubmitButton, which shows that it is at work. */
export function Button({ variant, size, className, type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={clsx(buttonClass(variant, size), className)} {...rest} />;
}

type ButtonLinkProps = {
  href: string;
  children: ReactNode;
  variant?: ButtonVariant;
  size?: ButtonSize;
  className?: string;
  /** For files: a plain link, so that the browser downloads instead of navigating. */
  download?: boolean;
  "aria-label"?: string;
};

/** Goes somewhere, and looks like a button because it is the next step. */
export function ButtonLink({ href, variant, size, className, download, ...rest }: ButtonLinkProps) {
  const look = clsx(buttonClass(variant, size), className);
  if (download) return <a href={href} download className={look} {...rest} />;
  return <Link href={href as Route} className={look} {...rest} />;
}
