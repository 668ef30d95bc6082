"use client";

import clsx from "clsx";
import { type ReactNode, useId, useMemo } from "react";
import type { FigureTable, GapBridgeData, GapRow } from "@/lib/chart-data";
import { type Packed, unpack } from "@/lib/packed";
import { NumbersTable } from "./numbers-table";

type GapBridgeProps = {
  title: string;
  data: GapBridgeData;
  /** The same causes stream by stream. */
  byStream: Packed<FigureTable>;
  actions?: ReactNode;
};

const FILL: Record<Exclude<GapRow["kind"], "total">, string> = {
  more: "fill-good",
  less: "fill-bad",
  same: "fill-control",
};
/** As in the chart: what was expected is dashed and pale, what came is solid. */
const PROJECTED = "fill-chart-band stroke-chart-projection [stroke-dasharray:4_3]";

/**
 * From projected to actual through the causes: a table whose middle column is the picture, so that picture
 * and numbers can never differ.
 */
export function GapBridge({ title, data, byStream, actions }: GapBridgeProps) {
  const streams = useMemo(() => unpack(byStream), [byStream]);
  const id = useId();
  return (
    <figure className="min-w-0 rounded-lg border border-line bg-surface" aria-labelledby={id}>
      <figcaption className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 px-5 pt-4 pb-2 max-md:px-4">
        <div className="min-w-0 max-w-2xl flex-1 basis-80">
          <h2 id={id} className="text-lg">
            {title}
          </h2>
          <p className="text-sm text-muted">{data.summary}</p>
        </div>
        {actions}
      </figcaption>
      <table className="mb-3 w-full text-sm max-sm:block">
        <caption className="sr-only">{title}</caption>
        <thead className="sr-only">
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Amount</th>
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {data.rows.map((row) => (
            <Row key={row.key} row={row} zeroAt={data.zeroAt} />
          ))}
        </tbody>
      </table>
      <NumbersTable title={`${title}, by stream`} label="Show the causes by stream" table={streams} />
    </figure>
  );
}

function Row({ row, zeroAt }: { row: GapRow; zeroAt: number }) {
  const total = row.kind === "total";
  return (
    <tr className={clsx("max-sm:grid max-sm:grid-cols-[1fr_auto]", total && "font-semibold")}>
      <th
        scope="row"
        className={clsx(
          "w-44 py-2 pr-3 pl-5 text-start max-sm:w-auto max-sm:pb-0 max-sm:pl-4",
          total ? "font-semibold" : "font-normal",
        )}
      >
        {row.label}
        {row.note && <span className="block text-xs font-normal text-muted">{row.note}</span>}
      </th>
      <td
        aria-hidden="true"
        className="relative h-10 p-0 max-sm:order-last max-sm:col-span-2 max-sm:mx-4 max-sm:h-7"
      >
        <svg
          className="absolute inset-0 size-full"
          aria-hidden="true"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: numbers and classes of this file
          dangerouslySetInnerHTML={{ __html: barOf(row, zeroAt) }}
        />
      </td>
      <td className="figures w-36 py-2 pr-5 pl-3 text-end max-sm:w-auto max-sm:pr-4 max-sm:pb-0">
        {row.amount}
      </td>
    </tr>
  );
}

/** As text: as elements, the bars would cost more than the rest of the table. */
function barOf({ key, kind, start, end, runsTo }: GapRow, zeroAt: number): string {
  const upright = (at: number, more: string) => `<line x1="${at}%" x2="${at}%" y2="100%" ${more}/>`;
  const look = kind !== "total" ? FILL[kind] : key === "projected" ? PROJECTED : "fill-chart-actual";
  return [
    upright(zeroAt, `class="stroke-control"`),
    key === "actual" ? "" : upright(runsTo, `y1="50%" stroke-dasharray="2 2" class="stroke-control"`),
    `<rect x="${start}%" y="50%" width="${Math.max(end - start, 0.4)}%" height="18" transform="translate(0 -9)" rx="2" class="${look}"/>`,
  ].join("");
}
