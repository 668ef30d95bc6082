import { Delta, directionOf } from "@/components/delta";
import { Missing, Money } from "@/components/money";
import { Stat, StatRow } from "@/components/ui/stat";
import { type Column, Table } from "@/components/ui/table";
import { count, dayName, money, monthName, rpm, signedPercent } from "@/lib/format";
import type { Currency } from "@/lib/model/money";
import { addMonths } from "@/lib/model/month";
import { type RateUse, type Rollup, rollupOf } from "@/lib/model/roster";
import type { RosterQuery } from "@/lib/roster-query";
import type { ReadRoster } from "@/lib/server/roster";

type RosterStatsProps = { roster: ReadRoster; query: RosterQuery; locale: string };

/** The whole roster in the agency's currency, whatever the list below is narrowed to. */
export function RosterStats({ roster, query, locale }: RosterStatsProps) {
  const { currency } = roster.agency;
  const rollup = rollupOf(roster.rows, currency);
  const { month, period } = query;
  const when =
    period === 1
      ? monthName(month, locale)
      : `${monthName(addMonths(month, 1 - period), locale, "short")} to ${monthName(month, locale, "short")}`;
  const share =
    rollup.gapMinor === null || !rollup.projectedMinor
      ? null
      : Number(rollup.gapMinor) / Number(rollup.projectedMinor);
  return (
    <section aria-label="The whole roster" className="grid gap-2">
      <StatRow wide>
        <Stat
          label="Earned"
          value={<Money minor={rollup.earnedMinor} currency={currency} locale={locale} />}
          note={when}
        />
        <Stat
          label="Projected"
          value={<Money minor={rollup.projectedMinor} currency={currency} locale={locale} />}
          note="frozen before each month"
        />
        <Stat
          label="Gap"
          value={<Money minor={rollup.gapMinor} currency={currency} locale={locale} signed />}
          delta={
            <Delta direction={directionOf(rollup.gapMinor)}>
              {share === null ? "" : signedPercent(share, locale)}
            </Delta>
          }
          note="of what was logged"
        />
        <Stat
          label="eRPM"
          value={rollup.eRpm === null ? <Missing /> : rpm(rollup.eRpm, currency, locale)}
          note="all income per 1,000 views"
        />
        <Stat
          label="Overdue"
          value={<Money minor={rollup.overdue.minor} currency={currency} locale={locale} />}
          note={rollup.overdue.count === 0 ? "nothing late" : lateText(rollup, locale)}
        />
        {rollup.commission && (
          <Stat
            label="Commission owed"
            value={<Money minor={rollup.commission.minor} currency={currency} locale={locale} />}
            note="due to you, not paid yet"
          />
        )}
      </StatRow>
      <p className="text-sm text-muted">
        {sharesText(rollup, locale)}
        {apartText(rollup, currency, locale)}
      </p>
      <RatesUsed rates={roster.rates} currency={currency} locale={locale} />
    </section>
  );
}

function lateText({ overdue }: Rollup, locale: string): string {
  return `${count(overdue.count, locale)} ${overdue.count === 1 ? "payment" : "payments"} late`;
}

/** How many creators the figures are of. */
function sharesText({ creators, byShares: { some, none } }: Rollup, locale: string): string {
  const all = `${count(creators, locale)} ${creators === 1 ? "creator" : "creators"}`;
  const parts = [
    ...(some > 0 ? [`${count(some, locale)} with some streams only`] : []),
    ...(none > 0 ? [`${count(none, locale)} without amounts`] : []),
  ];
  return parts.length === 0 ? `${all}, each counted in full. ` : `${all}, of them ${parts.join(" and ")}. `;
}

function apartText({ apart, overdue, commission }: Rollup, currency: Currency, locale: string): string {
  const amounts = [...apart, ...overdue.apart, ...(commission?.apart ?? [])];
  if (amounts.length === 0) return "";
  const list = amounts.map(({ currency, minor }) => money(minor, currency, locale)).join(", ");
  return `${list} stand apart: there is no exchange rate into ${currency} for them yet. The ECB's come each night; others are added on the creator's page Exchange rates.`;
}

function RatesUsed({
  rates,
  currency,
  locale,
}: {
  rates: readonly RateUse[];
  currency: Currency;
  locale: string;
}) {
  if (rates.length === 0) return null;
  const columns: Column<RateUse>[] = [
    { key: "day", header: "Day", lead: true, cell: ({ day }) => dayName(day, locale) },
    { key: "pair", header: "1 unit of", cell: (rate) => rate.currency },
    { key: "rate", header: `in ${currency}`, numeric: true, cell: ({ rate }) => rate },
    { key: "source", header: "Source", cell: ({ source }) => source },
    { key: "creators", header: "Creators", numeric: true, cell: ({ creators }) => count(creators, locale) },
  ];
  return (
    <details className="text-sm">
      <summary className="link w-fit">Exchange rates used</summary>
      <p className="mt-2 text-muted">
        Each creator's amounts of a stream and month are converted once, at the creator's own rate of the
        month's last day or the latest before it, and rounded; every total here is a sum of these.
      </p>
      <div className="mt-2 rounded-lg border border-line bg-surface">
        <Table
          caption="Exchange rates used"
          columns={columns}
          rows={rates}
          rowKey={({ day, currency: of, rate, source }) => `${day} ${of} ${rate} ${source}`}
        />
      </div>
    </details>
  );
}
