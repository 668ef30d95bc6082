import type { Route } from "next";
import NextForm from "next/form";
import Link from "next/link";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";

type FilterBarProps = {
  /** The list's own address, without parameters. */
  path: string;
  /** Parameters that a new filter keeps: the order. */
  keep: Readonly<Record<string, string | undefined>>;
  isFiltered: boolean;
  /** Where "Clear" leads, when it is not the list's own address. */
  clearHref?: string;
  children: ReactNode;
  /** What is asked less often, behind a fold. */
  more?: ReactNode;
  isMoreOpen?: boolean;
};

/** Filters as a plain GET form: the address owns them, and it works before any script has come. */
export function FilterBar({
  path,
  keep,
  isFiltered,
  clearHref = path,
  children,
  more,
  isMoreOpen = false,
}: FilterBarProps) {
  const row = "grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] items-end gap-3";
  const submit = (
    <div className="flex items-center gap-3">
      <Button type="submit">Show</Button>
      {isFiltered && (
        <Link href={clearHref as Route} className="link text-sm">
          Clear
        </Link>
      )}
    </div>
  );
  return (
    <search className="block border-b border-line px-5 py-4 max-md:px-4">
      <NextForm action={path as Route} className="grid gap-3">
        {Object.entries(keep).map(
          ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
        )}
        <div className={row}>
          {children}
          {!more && submit}
        </div>
        {more && (
          <details open={isMoreOpen}>
            <summary className="link w-fit text-sm">More filters</summary>
            <div className={`${row} mt-3`}>{more}</div>
          </details>
        )}
        {more && submit}
      </NextForm>
    </search>
  );
}
