import { randomUUID } from "node:crypto";
import { Missing } from "@/components/money";
import { Table } from "@/components/ui/table";
import type { Reading } from "@/db/readings";
import { count, dayName } from "@/lib/format";
import { removeReading } from "./reading-actions";
import { ActionButton } from "./saved";

type ReadingTableProps = {
  creatorId: string;
  rows: readonly Reading[];
  withFollowers?: boolean;
  mayWrite: boolean;
  locale: string;
};

export function ReadingTable({
  creatorId,
  rows,
  withFollowers = false,
  mayWrite,
  locale,
}: ReadingTableProps) {
  const number = (value: number | null) => (value === null ? <Missing /> : count(value, locale));
  return (
    <Table
      caption="So far, by day"
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        { key: "day", header: "Day", lead: true, cell: ({ day }) => dayName(day, locale) },
        ...(withFollowers
          ? [
              {
                key: "followers",
                header: "Followers",
                numeric: true,
                cell: ({ followers }: Reading) => number(followers),
              },
            ]
          : []),
        { key: "views", header: "Views so far", numeric: true, cell: ({ views }) => number(views) },
        { key: "likes", header: "Likes", numeric: true, cell: ({ likes }) => number(likes) },
        { key: "comments", header: "Comments", numeric: true, cell: ({ comments }) => number(comments) },
        { key: "shares", header: "Shares", numeric: true, cell: ({ shares }) => number(shares) },
        ...(mayWrite
          ? [
              {
                key: "remove",
                header: "Remove",
                hideHeader: true,
                phone: "bare" as const,
                cell: ({ id }: Reading) => (
                  <ActionButton
                    action={removeReading}
                    creatorId={creatorId}
                    fields={{ id: randomUUID(), entryId: id }}
                    pendingLabel="Removing…"
                    variant="quiet"
                    size="sm"
                  >
                    Remove
                  </ActionButton>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
