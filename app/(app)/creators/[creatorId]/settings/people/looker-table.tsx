import { type Column, Table } from "@/components/ui/table";
import type { Looker } from "@/db/looks";
import { dayRange } from "@/lib/format";

type LookerTableProps = { lookers: readonly Looker[]; locale: string };

/** The access log: who of which agency looked at amounts, and when. */
export function LookerTable({ lookers, locale }: LookerTableProps) {
  const columns: readonly Column<Looker>[] = [
    { key: "name", header: "Person", lead: true, cell: ({ name }) => name },
    { key: "agency", header: "Agency", cell: ({ agencyName }) => agencyName },
    {
      key: "days",
      header: "Days",
      numeric: true,
      cell: ({ days }) => days,
    },
    {
      key: "when",
      header: "From the first to the last",
      cell: ({ firstDay, lastDay }) => dayRange(firstDay, lastDay, locale),
    },
  ];
  return (
    <Table
      caption="Who looked at amounts"
      columns={columns}
      rows={lookers}
      rowKey={({ agencyId, userId }) => `${agencyId} ${userId}`}
      empty={<p className="px-5 pb-5 text-sm text-muted">Nobody of an agency has looked at amounts yet.</p>}
    />
  );
}
