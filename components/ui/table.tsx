import clsx from "clsx";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Icon } from "./icon";

export type Sort = { href: string; direction: "ascending" | "descending" | null };

export type Column<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Right-aligned, figures of equal width. */
  numeric?: boolean;
  /** The header becomes a link; the URL owns the order. */
  sort?: Sort | undefined;
  /** The row's name: its header for screen readers, the head of its card on a phone. One column at most. */
  lead?: boolean;
  /** "hidden" leaves the cell out on a phone; "bare" shows it there without the column's name (buttons). */
  phone?: "hidden" | "bare";
  hideHeader?: boolean;
  className?: string;
  footer?: ReactNode;
};

type TableProps<Row> = {
  /** What the table shows, for screen readers; `showCaption` to print it too. */
  caption: string;
  showCaption?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Instead of the table when there are no rows. */
  empty?: ReactNode;
  rowClassName?: (row: Row) => string | undefined;
  /**
   * Scrolls sideways instead of being cut off; on a phone it keeps its columns (for tables that are read across),
   * or with "desk" becomes cards like any other.
   */
  wide?: boolean | "desk";
};

/** A table of ready rows. Sorting, filtering and paging are the server's; a phone gets one card per row. */
export function Table<Row>({
  caption,
  showCaption = false,
  columns,
  rows,
  rowKey,
  empty,
  rowClassName,
  wide = false,
}: TableProps<Row>) {
  if (rows.length === 0 && empty) return <>{empty}</>;
  // Many columns stand closer.
  const pad = wide === "desk" ? "px-3" : "px-4";
  const table = (
    <table className={clsx("w-full border-collapse text-sm", wide !== true && "stacked")}>
      <caption className={showCaption ? "px-4 py-2 text-start text-sm text-muted" : "sr-only"}>
        {caption}
      </caption>
      <thead>
        <tr className="border-b border-line">
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              aria-sort={column.sort?.direction ?? undefined}
              className={clsx(
                "h-9 text-xs font-medium whitespace-nowrap text-muted",
                pad,
                column.numeric ? "text-end" : "text-start",
              )}
            >
              <HeaderCell column={column} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {rows.map((row) => (
          <tr key={rowKey(row)} className={clsx("hover:bg-canvas", rowClassName?.(row))}>
            {columns.map((column) => (
              <Cell key={column.key} column={column} pad={pad}>
                {column.cell(row)}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
      {columns.some((column) => column.footer !== undefined) && (
        <tfoot className="border-t border-line font-medium">
          <tr>
            {columns.map((column) => (
              <Cell key={column.key} column={column} pad={pad} foot>
                {column.footer}
              </Cell>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  );
  if (!wide) return table;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={caption} tabIndex={0} className="relative overflow-x-auto">
      {table}
    </section>
  );
}

function HeaderCell<Row>({ column }: { column: Column<Row> }) {
  if (column.hideHeader) return <span className="sr-only">{column.header}</span>;
  if (!column.sort) return column.header;
  const { href, direction } = column.sort;
  const arrow = direction === "ascending" ? ArrowUp : direction === "descending" ? ArrowDown : ChevronsUpDown;
  return (
    <Link
      href={href as Route}
      scroll={false}
      prefetch={false}
      className={clsx(
        "inline-flex min-h-6 items-center gap-1 rounded-sm hover:text-ink",
        column.numeric && "flex-row-reverse",
        direction && "text-ink",
      )}
    >
      {column.header}
      <Icon of={arrow} className={clsx("size-3.5", !direction && "opacity-60")} />
    </Link>
  );
}

function Cell<Row>({
  column,
  pad,
  foot = false,
  children,
}: {
  column: Column<Row>;
  pad: string;
  foot?: boolean;
  children: ReactNode;
}) {
  const attributes = {
    className: clsx(
      "py-2.5 align-baseline",
      pad,
      column.numeric ? "figures text-end" : "text-start",
      column.lead && "font-medium",
      column.className,
    ),
    "data-label": column.lead || column.phone === "bare" ? undefined : column.header,
    "data-lead": column.lead ? "" : undefined,
    "data-phone": column.phone,
  };
  return column.lead && !foot ? (
    <th scope="row" {...attributes}>
      {children}
    </th>
  ) : (
    <td {...attributes}>{children}</td>
  );
}
