"use client";

import clsx from "clsx";
import { ChevronRight } from "lucide";
import { useEffect, useRef, useState } from "react";
import type { FigureTable } from "@/lib/chart-data";
import { Icon } from "../ui/icon";

/**
 * The figures behind the picture, for reading, copying and screen readers. They come with the document as data;
 * their hundreds of cells are made when the table is opened.
 */
export function NumbersTable({
  title,
  label = "Show numbers as table",
  table,
}: {
  title: string;
  label?: string;
  table: FigureTable;
}) {
  const box = useRef<HTMLDetailsElement>(null);
  const [isOpen, setOpen] = useState(false);
  // It may have been opened before this script came.
  useEffect(() => setOpen(box.current?.open ?? false), []);
  return (
    <details
      ref={box}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group border-t border-line"
    >
      <summary className="flex min-h-10 items-center gap-1.5 rounded-lg px-5 text-sm text-muted hover:text-ink max-md:min-h-11 max-md:px-4">
        <Icon of={ChevronRight} className="size-4 group-open:rotate-90" />
        {label}
      </summary>
      {isOpen && <Cells title={title} table={table} />}
    </details>
  );
}

function Cells({ title, table }: { title: string; table: FigureTable }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={`${title}, numbers`} tabIndex={0} className="overflow-x-auto pb-2">
      <table className="w-full text-sm">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr className="border-b border-line">
            {table.columns.map((column, index) => (
              <th
                key={column}
                scope="col"
                className={clsx("h-8 px-5 text-xs font-medium whitespace-nowrap text-muted", side(index))}
              >
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {table.rows.map(({ key, cells: [lead, ...figures] }) => (
            <tr key={key}>
              <th scope="row" className="px-5 py-1.5 text-start font-normal whitespace-nowrap">
                {lead}
              </th>
              {figures.map((figure, index) => (
                <td key={table.columns[index + 1]} className="figures px-5 py-1.5 text-end">
                  {figure}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function side(index: number): string {
  return index === 0 ? "text-start" : "text-end";
}
