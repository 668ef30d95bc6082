import type { ReactNode } from "react";
import { Breadcrumbs, type Crumb } from "./breadcrumbs";

type PageHeaderProps = {
  title: ReactNode;
  /** One line that says what the page is about, or a badge. */
  note?: ReactNode;
  actions?: ReactNode;
  crumbs?: readonly Crumb[];
};

/** The top of every page: its one h1, and the one primary action at its right. */
export function PageHeader({ title, note, actions, crumbs }: PageHeaderProps) {
  return (
    <header className="mb-6 max-md:mb-4">
      {crumbs && <Breadcrumbs crumbs={crumbs} />}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 md:flex-1 md:basis-96">
          <h1 className="text-xl">{title}</h1>
          {note && <div className="mt-0.5 max-w-prose text-sm text-muted">{note}</div>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </header>
  );
}
