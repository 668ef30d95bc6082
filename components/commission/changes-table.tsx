import { Instant } from "@/components/instant";
import { Money } from "@/components/money";
import { type Column, Table } from "@/components/ui/table";
import { type Rate, rateWords } from "@/lib/commission-words";
import { dayName, instant } from "@/lib/format";
import type { Currency } from "@/lib/model/money";
import type { Day } from "@/lib/model/month";
import { STREAM_LABEL, type Stream } from "@/lib/model/words";

/** One change of what is owed on one payout to one party. */
export type ShownChange = {
  readonly creatorName: string;
  readonly chainId: string;
  readonly stream: Stream;
  readonly earnedOn: Day;
  readonly claim: string;
  readonly party: string;
  readonly currency: Currency;
  /** signed; below 0: taken back */
  readonly accruedMinor: bigint;
  readonly dueMinor: bigint;
  readonly recordedAt: Date;
  readonly rate: Rate;
};

type ChangesTableProps = {
  rows: readonly ShownChange[];
  locale: string;
  /** null: the reader's own, where the page belongs to no creator */
  timeZone: string | null;
  /** left out on the creator's own page */
  withCreator?: boolean;
};

/** The ledger of commission: what each payout, receipt and refund did to what is owed, and by which terms. */
export function ChangesTable({ rows, locale, timeZone, withCreator = false }: ChangesTableProps) {
  const columns: readonly Column<ShownChange>[] = [
    {
      key: "what",
      header: "What happened",
      lead: true,
      cell: (change) => (
        <>
          {whatOf(change)}
          <span className="block text-xs font-normal text-muted">
            {timeZone === null ? (
              <Instant at={change.recordedAt} locale={locale} />
            ) : (
              instant(change.recordedAt, locale, timeZone)
            )}
          </span>
        </>
      ),
    },
    ...(withCreator
      ? [{ key: "creator", header: "Creator", cell: ({ creatorName }: ShownChange) => creatorName }]
      : []),
    {
      key: "payout",
      header: "Payout",
      cell: ({ stream, earnedOn }) => `${STREAM_LABEL[stream]}, until ${dayName(earnedOn, locale)}`,
    },
    {
      key: "why",
      header: "Why",
      cell: ({ claim, party, rate, currency }) => (
        <>
          <span className="capitalize">{claim}</span>, {rateWords(rate, currency, locale)}
          <span className="block text-xs text-muted">{party}</span>
        </>
      ),
    },
    {
      key: "accrued",
      header: "Accrued",
      numeric: true,
      cell: ({ accruedMinor, currency }) => (
        <Money minor={accruedMinor} currency={currency} locale={locale} signed />
      ),
    },
    {
      key: "due",
      header: "Due",
      numeric: true,
      cell: ({ dueMinor, currency }) => <Money minor={dueMinor} currency={currency} locale={locale} signed />,
    },
  ];
  return (
    <Table
      caption="Changes of commission"
      columns={columns}
      rows={rows}
      rowKey={({ chainId, claim, party, currency, earnedOn, stream, recordedAt }) =>
        [chainId, claim, party, currency, earnedOn, stream, recordedAt.getTime()].join(" ")
      }
      wide="desk"
    />
  );
}

function whatOf({ accruedMinor, dueMinor }: ShownChange): string {
  if (accruedMinor < 0n) return "Taken back";
  if (accruedMinor > 0n) return "Earned";
  return dueMinor < 0n ? "Open again" : "Arrived";
}
