import clsx from "clsx";
import type { ReactNode } from "react";

type EmptyStateProps = {
  title: ReactNode;
  /** What to do next, in a sentence. */
  children: ReactNode;
  actions?: ReactNode;
  icon?: ReactNode;
  className?: string;
};

/** Where there is nothing yet: says so, and what to do next. Nothing found and nothing yet differ in words. */
export function EmptyState({ title, children, actions, icon, className }: EmptyStateProps) {
  return (
    <div
      className={clsx("mx-auto grid max-w-md justify-items-center gap-2 px-6 py-12 text-center", className)}
    >
      {icon && <div className="mb-1 text-muted *:size-6">{icon}</div>}
      <p className="text-lg font-semibold">{title}</p>
      <div className="text-sm text-muted">{children}</div>
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
