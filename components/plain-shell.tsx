import clsx from "clsx";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { SkipLink } from "./app-shell";
import { Wordmark } from "./mark";

type PlainShellProps = {
  children?: ReactNode;
  title?: ReactNode;
  /** One sentence under the title. */
  note?: ReactNode;
  /** Below the box: "No account yet? Create one". */
  foot?: ReactNode;
  /** For what is read, not filled in. */
  wide?: boolean;
};

/** The frame of pages for those who are not signed in: one narrow box, or the width of the page. */
export function PlainShell({ children, title, note, foot, wide = false }: PlainShellProps) {
  return (
    <div className="flex min-h-dvh flex-col items-center px-4 py-10 sm:py-20">
      <SkipLink />
      <header className="mb-8">
        <Link href={"/" as Route} className="block rounded-md">
          <Wordmark />
        </Link>
      </header>
      <main
        id="main"
        tabIndex={-1}
        className={clsx(
          "w-full outline-none",
          wide ? "max-w-5xl" : "max-w-sm rounded-lg border border-line bg-surface p-6 max-sm:p-5",
        )}
      >
        {title && <h1 className="text-lg">{title}</h1>}
        {note && <p className="mt-1 text-sm text-muted">{note}</p>}
        {children && <div className={title ? "mt-5" : undefined}>{children}</div>}
      </main>
      {foot && <footer className="mt-5 text-sm text-muted">{foot}</footer>}
    </div>
  );
}
