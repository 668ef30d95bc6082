import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { type Order, type SearchParams, sortOf } from "@/lib/list-query";
import { MEASURE_LABEL, type Published, perLabel } from "@/lib/model/published/figure";
import { type Cell, cellKey } from "@/lib/model/published/published";
import { siteOf, sourceOf } from "@/lib/model/published/sources";
import { FORMAT_LABEL, PLATFORM_LABEL } from "@/lib/model/words";
import { type BenchmarkSort, subjectOf } from "./benchmark-query";
import { derivedText, figureText, GRADE_TEXT, gradeName, timesText, valueText } from "./figure-text";

type PublishedTableProps = {
  path: string;
  rows: readonly Published[];
  /** by cellKey, over all figures and not only those shown */
  cells: ReadonlyMap<string, Cell>;
  params: SearchParams;
  order: Order<BenchmarkSort>;
  locale: string;
  empty: ReactNode;
};

/** Figures as their sources print them, each beside what all sites say of the same thing. */
export function PublishedTable({ path, rows, cells, params, order, locale, empty }: PublishedTableProps) {
  const sort = (key: BenchmarkSort) => sortOf(path, params, order, key);
  return (
    <Table
      caption="Published figures"
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: "what",
          header: "What",
          lead: true,
          cell: (figure) => (
            <div className="md:min-w-32">
              {whatOf(figure)}
              <Small>{MEASURE_LABEL[figure.measure]}</Small>
            </div>
          ),
        },
        {
          key: "about",
          header: "Where and about",
          cell: (figure) => (
            <div className="max-w-72 md:min-w-40">
              {[figure.place, subjectOf(figure)].filter(Boolean).join(" · ") || "In general"}
              {figure.note && <Small>{figure.note}</Small>}
            </div>
          ),
        },
        {
          key: "figure",
          header: "Figure",
          numeric: true,
          className: "whitespace-normal!",
          sort: sort("figure"),
          cell: (figure) => (
            <div>
              {figureText(figure, locale)}
              <Small>{perLabel(figure.per)}</Small>
              {figure.typical && <Small>typically {typicalText(figure.typical, figure, locale)}</Small>}
            </div>
          ),
        },
        {
          key: "together",
          header: "All sites together",
          numeric: true,
          className: "whitespace-normal!",
          cell: (figure) => <Together cell={cells.get(cellKey(figure))} figure={figure} locale={locale} />,
        },
        {
          key: "source",
          header: "Source",
          sort: sort("site"),
          cell: ({ source, date }) => <SourceLink source={source} date={date} />,
        },
        {
          key: "grade",
          header: "Grade",
          sort: sort("grade"),
          cell: ({ grade }) => (
            <span title={GRADE_TEXT[grade]}>
              <Badge tone={grade === "A" || grade === "B" ? "good" : "neutral"}>{gradeName(grade)}</Badge>
            </span>
          ),
        },
      ]}
    />
  );
}

/** "TikTok · Creator Rewards", "YouTube · Partner Program, Shorts". */
function whatOf({ platform, programme, format }: Published): string {
  const names = [platform === "any" ? "All platforms" : PLATFORM_LABEL[platform], programme];
  const isNamed = format === "any" || programme.toLowerCase().includes(format);
  if (!isNamed) names.push(FORMAT_LABEL[format]);
  return names.join(" · ");
}

function Together({ cell, figure, locale }: { cell: Cell | undefined; figure: Published; locale: string }) {
  if (!cell || cell.sites < 2 || cell.centre === null || cell.spread === null)
    return <span className="text-muted">one site</span>;
  return (
    <div>
      {derivedText(cell.centre, figure, locale)}
      <Small>
        {cell.sites} sites, {cell.spread === 0 ? "all the same" : timesText(cell.spread, locale)}
      </Small>
    </div>
  );
}

function SourceLink({ source, date }: Pick<Published, "source" | "date">) {
  const { url, quotes } = sourceOf(source);
  return (
    <div className="md:min-w-36">
      <a href={url} rel="noreferrer" className="link wrap-anywhere">
        {siteOf(source)}
      </a>
      {quotes && <Small>quoting {quotes}</Small>}
      <Small>{date ?? "no date shown"}</Small>
    </div>
  );
}

function typicalText([from, to]: readonly [number, number], figure: Published, locale: string): string {
  const one = (value: number) => valueText(value, figure, locale);
  return from === to ? one(from) : `${one(from)} to ${one(to)}`;
}

function Small({ children }: { children: ReactNode }) {
  return <span className="block text-xs font-normal text-muted">{children}</span>;
}
