import { Missing } from "@/components/money";
import { type Column, Table } from "@/components/ui/table";
import type { TrafficMonth } from "@/db/traffic";
import { count, decimal, monthName, percent } from "@/lib/format";
import { engagementByViews } from "@/lib/model/engagement";
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
      rows={months
        .filter(({ format }) => format === "all")
        .sort((a, b) =>
          a.month === b.month ? (a.channelName < b.channelName ? -1 : 1) : a.month > b.month ? -1 : 1,
        )}
      rowKey={({ month, channelId }) => `${month} ${channelId}`}
      columns={[
        { key: "month", header: "Month", lead: true, cell: ({ month }) => monthName(month, locale, "short") },
        {
          key: "channel",
          header: "Channel",
          cell: ({ channelName: name, platform }) => channelName({ name, platform }),
        },
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

function shareOf(part: "qualifiedViews") {
  return (row: TrafficMonth) => (row[part] === null || !row.views ? null : row[part] / row.views);
}
