"use client";

import type { Route } from "next";
import Link from "next/link";
import { Menu } from "@/components/ui/menu";
import { menuItemClass } from "@/components/ui/menu-item";

type StreamMenuProps = {
  streams: readonly { id: string; label: string }[];
  chosen: string;
  /** The page's address up to the stream: "/creators/…?rate=". */
  path: string;
};

/** Whose rate the chart shows. */
export function StreamMenu({ streams, chosen, path }: StreamMenuProps) {
  return (
    <Menu
      label="Another stream"
      align="end"
      lazy
      panelClassName="max-md:right-auto max-md:left-0"
      className="link inline-flex min-h-9 items-center text-sm"
    >
      <ul>
        {streams.map(({ id, label }) => (
          <li key={id}>
            <Link
              href={`${path}${encodeURIComponent(id)}` as Route}
              scroll={false}
              prefetch={false}
              aria-current={id === chosen ? "true" : undefined}
              className={menuItemClass}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </Menu>
  );
}
