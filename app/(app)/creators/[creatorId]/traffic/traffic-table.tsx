import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Missing } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import type { Traffic } from "@/db/traffic";
import { count, decimal } from "@/lib/format";
import { FORMAT_LABEL } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { channelName } from "../options";
import { periodName } from "../period-name";

type TrafficTableProps = { creatorId: string; rows: readonly Traffic[]; locale: string; empty: ReactNode };

export function TrafficTable({ creatorId, rows, locale, empty }: TrafficTableProps) {
  const number = (value: number | null) => (value === null ? <Missing /> : count(value, locale));
  return (
    <Table
      caption="Views by period"
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: "period",
          header: "Period",
          lead: true,
          cell: (entry) => (
            <Link href={paths.trafficEntry(creatorId, entry.id) as Route} className="link">
              {periodName(entry, locale)}
            </Link>
          ),
        },
        {
          key: "of",
          header: "Of",
          cell: ({ channelName: name, platform, videoTitle }) => (
            <span className="inline-block max-w-72 truncate align-bottom">
              {videoTitle ?? channelName({ name, platform })}
            </span>
          ),
        },
        { key: "format", header: "Format", phone: "hidden", cell: ({ format }) => FORMAT_LABEL[format] },
        { key: "origin", header: "From", phone: "hidden", cell: (entry) => <Origin entry={entry} /> },
        {
          key: "watch",
          header: "Watch hours",
          numeric: true,
          cell: ({ watchSeconds }) => hours(watchSeconds, locale),
        },
        {
          key: "qualified",
          header: "Qualified",
          numeric: true,
          cell: ({ qualifiedViews }) => number(qualifiedViews),
        },
        { key: "views", header: "Views", numeric: true, cell: ({ views }) => number(views) },
      ]}
    />
  );
}

export function Origin({ entry: { origin } }: { entry: Traffic }) {
  if (origin === "reading") return <Badge tone="accent">Views so far</Badge>;
  return <Badge>{origin === "import" ? "Import" : "Typed"}</Badge>;
}

/** Watch time as hours with one decimal. */
export function hours(seconds: number | null, locale: string): ReactNode {
  return seconds === null ? <Missing /> : decimal(seconds / 3600, locale, 1);
}
