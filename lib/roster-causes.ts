import { compactCount, count, money, monthName, rpm as rateText, signedMoney } from "./format";
import { CAUSE_LABEL, type Cause, closeGap, type Gap, sumGaps } from "./model/gap";
import { type ComparedStream, compareMonth } from "./model/gap-month";
import { historiesOf, type Ledger } from "./model/histories";
import { type Currency, convert } from "./model/money";
import { addMonths, type Month } from "./model/month";
import { type Projection, rateOf } from "./model/projection";
import type { FindRate, Reason, RosterRow } from "./model/roster";
import { DENOMINATOR_LABEL, rpm } from "./model/rpm";

/** Why a creator needs attention, in sentences; the gap's cause comes from its parts. Pure. */

export type GapOfMonth = { readonly gap: Gap; readonly streams: readonly ComparedStream[] };

export type MonthInput = {
  readonly ledger: Ledger;
  readonly projected: ReadonlyMap<string, { readonly projection: Projection; readonly rate: string | null }>;
};

/** The gap of one creator's month in the agency's currency; null where nothing can be compared. */
export function gapOfMonth(
  { ledger, projected }: MonthInput,
  row: RosterRow,
  month: Month,
  currency: Currency,
  findRate: FindRate,
): GapOfMonth | null {
  const { creatorId, currency: own } = row.creator;
  const rateFor = (other: Currency, at: Month) =>
    other === currency ? "1" : (findRate(creatorId, other, at)?.rate ?? null);
  const rows = new Map(
    historiesOf(ledger, { until: month }).map(({ id, history }) => [
      id,
      history.rows.find((each) => each.month === month),
    ]),
  );
  const pinned = new Map(
    [...projected].map(([id, { projection, rate }]) => {
      const { currency: of } = projection.key;
      const kept = own === currency ? rate : null;
      return [id, { projection, rate: kept ?? rateFor(of, addMonths(month, -1)) ?? rateFor(of, month) }];
    }),
  );
  const { compared } = compareMonth({
    reporting: currency,
    rateFor: (other) => rateFor(other, month),
    streams: pinned,
    rows: (id) => rows.get(id),
  });
  if (compared.length === 0) return null;
  let [earned, unprojected] = [0n, 0n];
  const known = new Set(compared.map(({ id }) => id));
  for (const { id, history } of historiesOf(ledger, { until: month })) {
    const minor = rows.get(id)?.minor ?? null;
    const rate = rateFor(history.key.currency, month);
    if (minor === null || rate === null) continue;
    const converted = convert(minor, history.key.currency, currency, rate);
    earned += converted;
    if (!known.has(id)) unprojected += converted;
  }
  const together = sumGaps(
    compared.map(({ gap }) => gap),
    currency,
  );
  return { gap: closeGap(together, earned, unprojected), streams: compared };
}

type Look = { readonly currency: Currency; readonly locale: string; readonly month: Month };

/** "−$412.00 against the projection, mostly the rate: $0.61 instead of $0.83 per 1,000 qualified views". */
export function gapSentence({ gap, streams }: GapOfMonth, { currency, locale }: Omit<Look, "month">): string {
  const amount = `${signedMoney(gap.gapMinor, currency, locale)} against the projection`;
  const main = mainCause(gap);
  return main === null ? amount : `${amount}, mostly ${causeText(main, gap, streams, { currency, locale })}`;
}

/** The largest part that points the way of the gap. */
function mainCause({ gapMinor, parts }: Gap): Cause | null {
  let [main, most] = [null as Cause | null, 0n];
  for (const { cause, minor } of parts) {
    const size = gapMinor < 0n ? -minor : minor;
    if (size > most) [main, most] = [cause, size];
  }
  return main;
}

function causeText(
  cause: Cause,
  gap: Gap,
  streams: readonly ComparedStream[],
  look: { currency: Currency; locale: string },
): string {
  const part = gap.parts.find((each) => each.cause === cause)?.minor ?? 0n;
  const name = `${cause === "rate" ? "the rate" : CAUSE_LABEL[cause].toLowerCase()}`;
  const detail =
    cause === "rate" ? rateDetail(streams, gap, look) : cause === "views" ? viewsDetail(streams, look) : null;
  return detail ? `${name}: ${detail}` : `${name} (${signedMoney(part, look.currency, look.locale)})`;
}

/** Of the stream whose rate moved most, by the denominator it is paid on. */
function rateDetail(
  streams: readonly ComparedStream[],
  { gapMinor }: Gap,
  { locale }: { locale: string },
): string | null {
  const partOf = ({ gap }: ComparedStream) => {
    const minor = gap.parts.find(({ cause }) => cause === "rate")?.minor ?? 0n;
    return gapMinor < 0n ? -minor : minor;
  };
  const worst = [...streams].sort((a, b) => (partOf(a) < partOf(b) ? 1 : -1))[0];
  if (!worst) return null;
  const { projection, actual } = worst;
  const { denominator, key } = projection;
  const expected = rateOf(projection);
  if (denominator === null || expected === null) return null;
  const drawn = denominator === "views" ? actual.views : actual.paidViews;
  const real = rpm(
    actual.minor,
    drawn === null || drawn === undefined ? null : Math.round(drawn),
    key.currency,
  );
  if (real === null) return null;
  return `${rateText(real, key.currency, locale)} instead of ${rateText(expected.median, key.currency, locale)} per 1,000 ${DENOMINATOR_LABEL[denominator]}`;
}

function viewsDetail(streams: readonly ComparedStream[], { locale }: { locale: string }): string | null {
  const places = new Map<string, { expected: number; real: number }>();
  for (const { projection, actual } of streams) {
    const { views } = projection.inputs;
    const { platform, format } = projection.key;
    if (views && actual.views) places.set(`${platform} ${format}`, { expected: views, real: actual.views });
  }
  // One place alone: a format is a part of "all", and adding them would count views twice.
  if (places.size !== 1) return null;
  const [{ expected, real }] = [...places.values()] as [{ expected: number; real: number }];
  return `${compactCount(Math.round(real), locale)} instead of ${compactCount(Math.round(expected), locale)}`;
}

/** Everything a row asks attention for, worst first. */
export function attentionSentences(row: RosterRow, gap: GapOfMonth | null, look: Look): string[] {
  return row.reasons.map((reason) => sentenceOf(reason, row, gap, look));
}

function sentenceOf(reason: Reason, row: RosterRow, gap: GapOfMonth | null, look: Look): string {
  const { currency, locale, month } = look;
  switch (reason) {
    case "below":
      return gap ? gapSentence(gap, look) : "earned less than its projection's 80% band";
    case "missing":
      return row.earnedMinor === null
        ? `nothing logged for ${monthName(month, locale)} yet`
        : `not all of ${monthName(month, locale)} is logged yet`;
    case "overdue": {
      const { count: late = 0, minor = 0n } = row.overdue ?? {};
      return `${money(minor, currency, locale)} in ${count(late, locale)} ${late === 1 ? "payment" : "payments"} is overdue`;
    }
    case "apart":
      return `${row.apart.map((each) => money(each.minor, each.currency, locale)).join(" and ")} without an exchange rate into ${currency}`;
  }
}

/** The most pressing first: what is missing against the projection and what is overdue, together. */
export function mostPressing(rows: readonly RosterRow[], most: number): RosterRow[] {
  const weight = ({ gapMinor, overdue, band }: RosterRow) =>
    (band === "below" && gapMinor !== null && gapMinor < 0n ? -gapMinor : 0n) + (overdue?.minor ?? 0n);
  return rows
    .filter(({ reasons }) => reasons.length > 0)
    .map((row) => ({ row, weight: weight(row) }))
    .sort((a, b) => (a.weight < b.weight ? 1 : a.weight > b.weight ? -1 : 0))
    .slice(0, most)
    .map(({ row }) => row);
}
