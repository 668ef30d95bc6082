import { Missing } from "@/components/money";
import { type Column, Table } from "@/components/ui/table";
import type { TrafficMonth } from "@/db/traffic";
import { count, decimal, monthName, percent } from "@/lib/format";
import { engagementByViews } from "@/lib/model/engagement";
import { FORMAT_LABEL } from "@/lib/model/words";
import { channelName } from "../../options";

/** The qualified share with its history, watch time and reactions, by channel: newest month first. */
export function DrawnTable({ months, locale }: { months: readonly TrafficMonth[]; locale: string }) {
  const number = (
    key: "views" | "qualifiedViews" | "engagedViews",
    header: string,
  ): Column<TrafficMonth> => ({
    key,
    header,
    numeric: true,
    cell: (row) => (row[key] === null ? <Missing /> : count(row[key], locale)),
  });
  const ratio = (
    key: string,
    header: string,
    of: (row: TrafficMonth) => number | null,
    decimals: number,
  ): Column<TrafficMonth> => ({
    key,
    header,
    numeric: true,
    cell: (row) => {
      const value = of(row);
      return value === null ? <Missing /> : percent(value, locale, decimals);
    },
  });
  return (
    <Table
      caption="Views by month and channel"
      wide="desk"
      rows={byFormat(months)}
      rowKey={({ month, channelId, format }) => `${month} ${channelId} ${format}`}
      columns={[
        { key: "month", header: "Month", lead: true, cell: ({ month }) => monthName(month, locale, "short") },
        {
          key: "channel",
          header: "Channel",
          cell: ({ channelName: name, platform }) => channelName({ name, platform }),
        },
        { key: "format", header: "Format", cell: ({ format }) => FORMAT_LABEL[format] },
        number("views", "Views"),
        number("qualifiedViews", "Qualified"),
        ratio("share", "Qualified share", shareOf("qualifiedViews"), 1),
        number("engagedViews", "Engaged"),
        {
          key: "watch",
          header: "Watch hours",
          numeric: true,
          cell: ({ watchSeconds }) =>
            watchSeconds === null ? <Missing /> : decimal(watchSeconds / 3_600, locale, 0),
        },
        ratio("engagement", "Engagement by views", engagementByViews, 2),
      ]}
    />
  );
}

/** Formats are told apart where they are known, since one that knows no qualified views hides the others' share. */
function byFormat(months: readonly TrafficMonth[]): TrafficMonth[] {
  const named = new Set(
    months.filter(({ format }) => format !== "all").map(({ month, channelId }) => `${month} ${channelId}`),
  );
  const order = ({ channelName: name, format }: TrafficMonth) => `${name} ${format}`;
  return months
    .filter(({ month, channelId, format }) => format !== "all" || !named.has(`${month} ${channelId}`))
    .sort((a, b) => (a.month === b.month ? (order(a) < order(b) ? -1 : 1) : a.month > b.month ? -1 : 1));
}

function shareOf(part: "qualifiedViews") {
  return (row: TrafficMonth) => (row[part] === null || !row.views ? null : row[part] / row.views);
}
