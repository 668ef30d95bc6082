import { CalendarCheck } from "lucide";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Table } from "@/components/ui/table";
import * as months from "@/db/months";
import { AppError } from "@/lib/errors";
import { instant, monthName } from "@/lib/format";
import { addMonths, type Month, monthOf, monthsFrom } from "@/lib/model/month";
import { paths } from "@/lib/paths";
import { getStanding } from "@/lib/server/creator";
import { readLedger } from "@/lib/server/ledger";
import { openCreator } from "../open-creator";
import { peopleOf } from "../people";
import { orRefused, Refused } from "../statement-refused";
import { shortChecksum } from "./checksum";

export const metadata: Metadata = { title: "Closed months" };

/** Older open months are not offered: what is closed shows whatever its age. */
const MONTHS_SHOWN = 36;

export default async function MonthsPage({ params }: { params: Promise<{ creatorId: string }> }) {
  const { viewer, creator, locale, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Closed months",
  );
  if (notShared) return notShared;
  const told = await orRefused(
    Promise.all([
      readLedger(viewer, await getStanding(creator.id)),
      months.listClosed(viewer, creator.id),
      months.listClosings(viewer, creator.id),
      peopleOf(viewer, creator.id, shared),
    ]),
  );
  if (told instanceof AppError) return <Refused error={told} />;
  const [ledger, closed, closings, nameOf] = told;
  const rows = monthsToShow(
    [...ledger.money.map(({ month }) => month), ...closed.map(({ month }) => month)],
    monthOf(creator.today),
    new Set(closed.map(({ month }) => month)),
  ).map((month) => ({
    month,
    closed: closed.find((each) => each.month === month) ?? null,
    closing: closings.find((each) => each.month === month) ?? null,
  }));
  return (
    <>
      <PageHeader
        title="Closed months"
        note="A closed month never changes: its statement is kept byte for byte, and what comes later is booked in an open month."
        crumbs={[{ href: paths.statements(creator.id), label: "Statements" }]}
      />
      {rows.length === 0 ? (
        <EmptyState title="No month is over yet" icon={<Icon of={CalendarCheck} />}>
          A month can be closed once its last day has passed and something was earned in it.
        </EmptyState>
      ) : (
        <Card flush>
          <Table
            caption="Months and whether they are closed"
            rows={rows}
            rowKey={({ month }) => month}
            columns={[
              {
                key: "month",
                header: "Month",
                lead: true,
                cell: ({ month }) => (
                  <Link href={paths.closing(creator.id, month) as Route} className="link">
                    {monthName(month, locale)}
                  </Link>
                ),
              },
              {
                key: "state",
                header: "State",
                cell: ({ closed, closing }) =>
                  closed ? (
                    <Badge tone="good">Closed</Badge>
                  ) : closing ? (
                    <Badge tone="warn">Open again</Badge>
                  ) : (
                    <Badge>Open</Badge>
                  ),
              },
              {
                key: "closed",
                header: "Closed",
                phone: "hidden",
                cell: ({ closed }) =>
                  closed
                    ? `${instant(closed.closedAt, locale, creator.timeZone)} by ${nameOf(closed.closedBy)}`
                    : "Not yet",
              },
              {
                key: "checksum",
                header: "Checksum",
                phone: "hidden",
                cell: ({ closed, closing }) =>
                  closed && closing ? (
                    <span className="figures">{shortChecksum(closing.sha256)}</span>
                  ) : (
                    <span className="text-muted">–</span>
                  ),
              },
            ]}
          />
        </Card>
      )}
    </>
  );
}

/** From the last month that is over back to the first one with money, and every closed one, newest first. */
function monthsToShow(known: readonly Month[], current: Month, closed: ReadonlySet<Month>): Month[] {
  const first = known.reduce((least, month) => (month < least ? month : least), current);
  if (first >= current) return [];
  return monthsFrom(first, addMonths(current, -1))
    .reverse()
    .filter((month, index) => index < MONTHS_SHOWN || closed.has(month));
}
