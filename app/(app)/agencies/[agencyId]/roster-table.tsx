import clsx from "clsx";
import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Trend } from "@/components/charts/trend";
import { Missing } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { type Column, Table } from "@/components/ui/table";
import { type Order, type SearchParams, sortOf } from "@/lib/list-query";
import type { RosterSort } from "@/lib/model/roster";
import { paths } from "@/lib/paths";
import type { LineCell, RosterLine, RosterSheet } from "@/lib/roster-lines";
import { ROSTER_COLUMN_LABEL, type RosterColumn, SORT_OF } from "@/lib/roster-query";

type RosterTableProps = {
  sheet: RosterSheet;
  columns: readonly RosterColumn[];
  order: Order<RosterSort>;
  params: SearchParams;
  base: string;
  empty: ReactNode;
};

const TEXTS: readonly RosterColumn[] = ["band", "last", "team", "platforms"];

/** One line a creator; on a phone a card. The box before the name chooses it for what is done to several. */
export function RosterTable({ sheet, columns, order, params, base, empty }: RosterTableProps) {
  const sort = (key: RosterSort) => sortOf(base, params, order, key);
  return (
    <Table
      caption="Creators"
      wide="desk"
      rows={sheet.lines}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: "name",
          header: "Creator",
          lead: true,
          className: "min-w-40",
          sort: sort("name"),
          cell: (line) => <NameCell line={line} />,
          footer: sheet.total.name,
        },
        ...columns.map((column): Column<RosterLine> => {
          const sortKey = SORT_OF[column];
          return {
            key: column,
            header: ROSTER_COLUMN_LABEL[column],
            ...(sortKey && { sort: sort(sortKey) }),
            ...cellsOf(column, sheet.total),
          };
        }),
      ]}
    />
  );
}

function cellsOf(
  column: RosterColumn,
  total: RosterLine,
): Pick<Column<RosterLine>, "cell" | "footer" | "numeric" | "phone"> {
  if (column === "trend")
    return {
      cell: ({ trend, partly }) => (trend ? <Trend {...trend} /> : <Missing word={partly ?? "no data"} />),
      footer: null,
    };
  if (column === "attention")
    return {
      cell: ({ reasons }) =>
        reasons.length === 0 ? (
          <span className="text-muted">Nothing</span>
        ) : (
          <span className="flex flex-wrap gap-1 max-md:justify-end">
            {reasons.map((reason) => (
              <Badge key={reason} tone="warn">
                {reason}
              </Badge>
            ))}
          </span>
        ),
      footer: null,
    };
  if (column === "tags")
    return {
      cell: ({ tags }) =>
        tags.length === 0 ? (
          <span className="text-muted">None</span>
        ) : (
          <span className="flex flex-wrap gap-1 max-md:justify-end">
            {tags.map(({ name, colour }) => (
              <Badge key={name} tone={colour}>
                {name}
              </Badge>
            ))}
          </span>
        ),
      footer: null,
    };
  return {
    cell: ({ cells, partly }) => <Figure of={cells[column]} missing={partly ?? "no data"} />,
    footer: total.cells[column] ? <Figure of={total.cells[column]} missing="no data" /> : null,
    numeric: !TEXTS.includes(column),
  };
}

function NameCell({ line: { id, name, partly } }: { line: RosterLine }) {
  return (
    <span className="flex items-baseline gap-2.5">
      <input
        type="checkbox"
        name="creatorIds"
        value={id}
        aria-label={`Choose ${name}`}
        className="size-4 shrink-0 translate-y-0.5 max-md:size-5"
      />
      <span className="min-w-0">
        <Link href={paths.overview(id) as Route} prefetch={false} className="link wrap-anywhere">
          {name}
        </Link>
        {partly && <span className="block text-xs font-normal text-muted">{partly}</span>}
      </span>
    </span>
  );
}

const TONE = { good: "text-good", bad: "text-bad" } as const;

function Figure({ of, missing }: { of: LineCell | undefined; missing: string }) {
  if (!of?.text) return <Missing word={missing} />;
  return (
    <span className="inline-grid">
      <span className={clsx("whitespace-nowrap", of.tone && TONE[of.tone])}>{of.text}</span>
      {of.note && <span className="text-xs whitespace-normal text-muted">{of.note}</span>}
    </span>
  );
}
