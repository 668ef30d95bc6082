import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";

/** Under a table that shows its newest rows: the way to all of them. */
export function MoreRows({ href, children }: { href: string; children: ReactNode }) {
  return (
    <p className="border-t border-line px-5 py-3 text-sm max-md:px-4">
      <Link href={href as Route} className="link" prefetch={false} scroll={false}>
        {children}
      </Link>
    </p>
  );
}
