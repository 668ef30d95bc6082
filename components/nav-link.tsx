"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

type NavLinkProps = {
  href: string;
  children: ReactNode;
  className?: string;
  /** Only its own page counts, not those below it: for a page that all others stand below. */
  exact?: boolean | undefined;
  /** Another page that belongs under this one without standing below its address. */
  also?: readonly string[] | undefined;
};

/** A link that knows whether one stands on its page, or below it. */
export function NavLink({ href, children, className, exact = false, also }: NavLinkProps) {
  const path = usePathname();
  const isAt = (place: string) => path === place || path.startsWith(`${place}/`);
  const here = (exact ? path === href : isAt(href)) || (also?.some(isAt) ?? false);
  return (
    <Link href={href as Route} aria-current={here ? "page" : undefined} className={className}>
      {children}
    </Link>
  );
}
