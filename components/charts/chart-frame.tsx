import { type ReactNode, useId } from "react";
import type { FigureTable } from "@/lib/chart-data";
import { NumbersTable } from "./numbers-table";

type ChartFrameProps = {
  title: string;
  /** One sentence that says what the picture shows. */
  summary: string;
  /** What the axis counts, above it: "USD per 1,000 views". */
  unit?: string;
  legend?: ReactNode;
  /** Links that change what is shown. */
  actions?: ReactNode;
  table?: FigureTable;
  /** The picture; it fills a box of fixed height, so that nothing moves when the chart takes its place. */
  children: ReactNode;
};

/** A chart as a figure: its name, a sentence, the picture, and the same numbers as a table. */
export function ChartFrame({ title, summary, unit, legend, actions, table, children }: ChartFrameProps) {
  const id = useId();
  return (
    <figure className="min-w-0 rounded-lg border border-line bg-surface" aria-labelledby={`${id}-title`}>
      <figcaption className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-5 pt-4 max-md:px-4">
        <div className="min-w-0 max-w-2xl">
          <h2 id={`${id}-title`} className="text-lg">
            {title}
          </h2>
          <p id={`${id}-summary`} className="text-sm text-muted">
            {summary}
          </p>
        </div>
        {actions}
      </figcaption>
      {(legend || unit) && (
        <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1 px-5 pt-3 text-xs text-muted max-md:px-4">
          <p>{unit}</p>
          {legend}
        </div>
      )}
      <div
        role="img"
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-summary`}
        className="relative mx-5 mt-2 mb-3 h-72 max-md:mx-3 max-md:h-60"
      >
        {children}
      </div>
      {table && <NumbersTable title={title} table={table} />}
    </figure>
  );
}

export type LegendItem = {
  key: string;
  label: string;
  /** SVG in a box of 20 by 12, as text: as elements, legends would cost more than their charts. */
  swatch: string;
};

/** What each kind of mark means, in the order it is read. */
export function Legend({ items }: { items: readonly LegendItem[] }) {
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1">
      {items.map(({ key, label, swatch }) => (
        <li key={key} className="flex items-center gap-1.5">
          <svg
            viewBox="0 0 20 12"
            className="h-3 w-5 shrink-0"
            aria-hidden="true"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: shapes written in this folder
            dangerouslySetInnerHTML={{ __html: swatch }}
          />
          {label}
        </li>
      ))}
    </ul>
  );
}
