import { dayName, money, monthName } from "./format";
import { type MoneyCell, minorOfCell, streamId } from "./model/histories";
import type { Currency } from "./model/money";
import { addMonths, type Month, monthOf } from "./model/month";
import type { Due } from "./model/schedule";
import { PLATFORM_LABEL, STREAM_LABEL, streamName } from "./model/words";
import type { Earned } from "./overview";
import { paths } from "./paths";

/** What to look at before a month is closed. Nothing of it keeps anybody from closing: some things stay as they are. */
export type Remark =
  | { readonly kind: "missing_stream"; readonly label: string; readonly months: number }
  | {
      readonly kind: "estimated_only";
      readonly streams: readonly {
        readonly label: string;
        readonly minor: bigint;
        readonly currency: Currency;
      }[];
    }
  | {
      readonly kind: "unusual";
      readonly minor: bigint;
      readonly band: Band;
      readonly currency: Currency;
    }
  | { readonly kind: "total_differs"; readonly fileName: string; readonly message: string }
  | { readonly kind: "overdue"; readonly due: Due }
  | { readonly kind: "missing_rate"; readonly currency: Currency; readonly minor: bigint }
  | { readonly kind: "earlier_open"; readonly month: Month };

type Band = { readonly lo: bigint; readonly hi: bigint };

export type ReviewInput = {
  readonly month: Month;
  /** All that was ever earned. */
  readonly money: readonly MoneyCell[];
  /** Of the month, in the reporting currency. */
  readonly earned: Earned;
  readonly reporting: Currency;
  /** In which 19 of 20 months were projected to lie, in the reporting currency; null: nothing was projected. */
  readonly band95: Band | null;
  readonly dues: readonly Due[];
  /** Where a file that was imported said another total than its rows. */
  readonly differences: readonly { readonly fileName: string; readonly message: string }[];
  readonly closed: ReadonlySet<Month>;
};

/** A stream usually pays that paid in at least two of so many months before. */
const MONTHS_BEFORE = 3;
const USUALLY = 2;

/** What matters most first: what is missing, then what may be wrong, then what may still change. */
export function reviewOf(input: ReviewInput): Remark[] {
  const { month, money, earned, reporting, band95, dues, differences, closed } = input;
  return [
    ...missingStreams(money, month),
    ...earned.apart.map((apart): Remark => ({ kind: "missing_rate", ...apart })),
    ...differences.map((difference): Remark => ({ kind: "total_differs", ...difference })),
    ...(band95 && earned.minor !== null && (earned.minor < band95.lo || earned.minor > band95.hi)
      ? [{ kind: "unusual", minor: earned.minor, band: band95, currency: reporting } as const]
      : []),
    ...estimatedOnly(money, month),
    ...dues
      .filter(({ state, earned: { last } }) => state === "late" && monthOf(last) <= month)
      .map((due): Remark => ({ kind: "overdue", due })),
    ...earlierOpen(money, closed, month),
  ];
}

function missingStreams(money: readonly MoneyCell[], month: Month): Remark[] {
  const since = addMonths(month, -MONTHS_BEFORE);
  const paid = new Map<string, { label: string; months: Set<Month> }>();
  const there = new Set<string>();
  for (const cell of money) {
    if (minorOfCell(cell) === null) continue;
    const id = streamId(cell);
    if (cell.month === month) there.add(id);
    if (cell.month < since || cell.month >= month) continue;
    const known = paid.get(id) ?? {
      label: `${streamName(cell)} in ${cell.currency}`,
      months: new Set<Month>(),
    };
    paid.set(id, { ...known, months: known.months.add(cell.month) });
  }
  return [...paid]
    .filter(([id, { months }]) => !there.has(id) && months.size >= USUALLY)
    .map(([, { label, months }]) => ({ kind: "missing_stream", label, months: months.size }));
}

function estimatedOnly(money: readonly MoneyCell[], month: Month): Remark[] {
  const streams = money.flatMap((cell) =>
    cell.month === month && cell.finalMinor === null && cell.estimatedMinor !== null
      ? [{ label: streamName(cell), minor: cell.estimatedMinor, currency: cell.currency }]
      : [],
  );
  return streams.length === 0 ? [] : [{ kind: "estimated_only", streams }];
}

/** Open months before it, later than one that is closed: what belongs to them goes on changing. */
function earlierOpen(money: readonly MoneyCell[], closed: ReadonlySet<Month>, month: Month): Remark[] {
  // Where nothing was ever closed, the first closing draws the line.
  const firstClosed = [...closed].sort()[0];
  if (firstClosed === undefined) return [];
  const open = [...new Set(money.map((cell) => cell.month))]
    .filter((each) => each > firstClosed && each < month && !closed.has(each))
    .sort();
  return open.map((each) => ({ kind: "earlier_open", month: each }));
}

/** A remark as a person reads it, with the page where it is put right. */
export function remarkWords(
  remark: Remark,
  { creatorId, month, locale }: { creatorId: string; month: Month; locale: string },
): { title: string; sentence: string; path: string; fix: string } {
  switch (remark.kind) {
    case "missing_stream":
      return {
        title: `${remark.label} is missing`,
        sentence: `It paid in ${remark.months} of the ${MONTHS_BEFORE} months before. Log what it paid, 0 if it was nothing.`,
        path: `${paths.newPayout(creatorId)}?month=${month}`,
        fix: "Log payout",
      };
    case "estimated_only": {
      const { streams } = remark;
      const [first] = streams;
      const each = streams.map(({ label, minor, currency }) => `${label} ${money(minor, currency, locale)}`);
      return {
        title:
          streams.length === 1 && first
            ? `${first.label} is only estimated`
            : `${streams.length} streams are only estimated`,
        sentence: `${each.join("; ")}. What is final after the closing is an adjustment in an open month.`,
        path: `${paths.payouts(creatorId)}?month=${month}&state=estimated`,
        fix: "Make it final",
      };
    }
    case "unusual": {
      const [low, high] = [remark.band.lo, remark.band.hi].map((each) =>
        money(each, remark.currency, locale),
      );
      return {
        title: `${money(remark.minor, remark.currency, locale)} is unusual`,
        sentence: `19 in 20 months were expected to bring ${low} to ${high}. The overview explains the gap.`,
        path: `${paths.overview(creatorId)}?month=${month}`,
        fix: "See why",
      };
    }
    case "total_differs":
      return {
        title: `${remark.fileName} does not add up`,
        sentence: remark.message,
        path: paths.imports(creatorId),
        fix: "See the import",
      };
    case "overdue": {
      const { id, name, stream, platform, openMinor, currency, expectedOn, earned } = remark.due;
      const after = id.slice(id.indexOf(":") + 1);
      const isDeal = id.startsWith("deal:");
      const where = [STREAM_LABEL[stream], platform && PLATFORM_LABEL[platform]].filter(Boolean).join(", ");
      return {
        title: isDeal
          ? `${name ?? "A deal"} has not paid`
          : `${where} of ${monthName(monthOf(earned.last), locale)} has not arrived`,
        sentence: `${money(openMinor, currency, locale)} were expected ${expectedOn ? `by ${dayName(expectedOn.last, locale)}` : "before"}. Log the receipt if the money has come.`,
        path: isDeal ? paths.deal(creatorId, after) : paths.payout(creatorId, after),
        fix: "Look at it",
      };
    }
    case "missing_rate":
      return {
        title: `No exchange rate for ${remark.currency}`,
        sentence: `${money(remark.minor, remark.currency, locale)} stand apart and are in no total. Record the rate of ${monthName(month, locale)}.`,
        path: paths.rates(creatorId),
        fix: "Record a rate",
      };
    case "earlier_open":
      return {
        title: `${monthName(remark.month, locale)} is still open`,
        sentence:
          "Months may be closed in any order, but what comes late for a closed month is booked in an open one after it.",
        path: paths.closing(creatorId, remark.month),
        fix: "Review it",
      };
  }
}
