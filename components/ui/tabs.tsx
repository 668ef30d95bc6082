"use client";

import clsx from "clsx";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

export type Tab = { href: string; label: ReactNode; current: boolean; count?: string };

/** Views of one thing as links in a row; the URL owns which one is open. */
export function Tabs({
  label,
  tabs,
  className,
}: {
  label: string;
  tabs: readonly Tab[];
  className?: string;
}) {
  return (
    <nav aria-label={label} className={clsx("-mx-1 overflow-x-auto border-b border-line", className)}>
      <ul className="flex gap-1 px-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href as Route}
              aria-current={tab.current ? "page" : undefined}
              className={clsx(
                "-mb-px flex h-10 items-center gap-1.5 border-b-2 px-2.5 text-sm whitespace-nowrap",
                tab.current
                  ? "border-accent font-medium text-ink"
                  : "border-transparent text-muted hover:text-ink",
              )}
            >
              {tab.label}
              {tab.count && <span className="figures text-xs text-muted">{tab.count}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The same choice in a small box, for switching a figure (RPM, money) or a span (12, 24 months). */
export function Segments({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label}>
      <ul className="inline-flex rounded-md border border-line bg-sunken p-0.5">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Link
              href={tab.href as Route}
              scroll={false}
              prefetch={false}
              aria-current={tab.current ? "true" : undefined}
              className={clsx(
                "flex h-7 items-center rounded-sm px-2.5 text-sm max-md:h-9",
                tab.current ? "bg-surface font-medium text-ink shadow-raised" : "text-muted hover:text-ink",
              )}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
