import type { Route } from "next";
import Link from "next/link";

export type Crumb = { href: string; label: string };

/** The way back up; the page itself is the h1 below and is not repeated here. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs" className="mb-1 text-sm text-muted">
      <ol className="flex flex-wrap gap-x-1.5">
        {crumbs.map((crumb, index) => (
          <li key={crumb.href} className="flex gap-1.5">
            <Link
              href={crumb.href as Route}
              className="inline-flex min-h-6 items-center rounded-sm hover:text-ink"
            >
              {crumb.label}
            </Link>
            {index < crumbs.length - 1 && (
              <span aria-hidden="true" className="leading-6">
                /
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
