import clsx from "clsx";
import type { ReactNode } from "react";

type CardProps = {
  children: ReactNode;
  title?: ReactNode;
  /** One line under the title. */
  note?: ReactNode;
  /** Buttons or links at the title's right. */
  actions?: ReactNode;
  /** No padding around the content: for tables that run to the edge. */
  flush?: boolean;
  className?: string;
};

/** A surface with a hairline; with a title it is a section of the page. */
export function Card({ children, title, note, actions, flush = false, className }: CardProps) {
  const head = (title || actions) && (
    <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2 px-5 pt-4 pb-3 max-md:px-4">
      <div className="min-w-0">
        {title && <h2 className="text-lg">{title}</h2>}
        {note && <p className="text-sm text-muted">{note}</p>}
      </div>
      {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
  );
  return (
    <section className={clsx("min-w-0 rounded-lg border border-line bg-surface", className)}>
      {head}
      <div className={clsx(!flush && "px-5 pb-5 max-md:px-4", !flush && !head && "pt-5")}>{children}</div>
    </section>
  );
}
