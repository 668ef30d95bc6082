import "server-only";
import { read } from "@/db/client";
import * as projections from "@/db/projections";
import * as totals from "@/db/totals";
import { choiceParam, type SearchParams, textParam } from "@/lib/list-query";
import type { Viewer } from "@/lib/model/access";
import { streamId } from "@/lib/model/histories";
import type { Currency } from "@/lib/model/money";
import { addMonths, isMonth, type Month, monthOf } from "@/lib/model/month";
import {
  type KeptMonth,
  type Measure,
  type Overview,
  overviewOf,
  RANGES,
  type RangeChoice,
  type Window,
  windowOf,
} from "@/lib/overview";

/** What the address asks to see. */
export type OverviewChoice = {
  readonly month: Month | null;
  readonly months: RangeChoice;
  readonly measure: Measure;
  readonly rateStream: string | null;
  /** Tables show the latest 12 months unless all are asked for. */
  readonly allRows: boolean;
};

export function choiceOf(params: SearchParams): OverviewChoice {
  const month = textParam(params, "month");
  const months = textParam(params, "months");
  return {
    month: month && isMonth(month) ? month : null,
    months: RANGES.find((range) => String(range) === months) ?? 12,
    measure: choiceParam(params, "measure", ["erpm", "money"]) ?? "erpm",
    rateStream: textParam(params, "rate") ?? null,
    allRows: textParam(params, "rows") === "all",
  };
}

export type OverviewPageData = {
  readonly window: Window;
  readonly reporting: Currency;
  /** Puts it together, as the locale writes it. */
  show(locale: string): Overview;
};

/** All the overview shows, read in one transaction; `page` is null when nothing was logged yet. */
export function readOverview(
  viewer: Viewer,
  creatorId: string,
  choice: OverviewChoice,
): Promise<{ page: OverviewPageData | null; keepsReceipts: boolean }> {
  return read(viewer, async () => {
    // What is shown by default is asked for along with the rest, before it is certain.
    const usual = { from: addMonths(thisMonth(), -12), to: addMonths(thisMonth(), 1) };
    const [{ creator, today, fingerprint, keepsReceipts, parse }, usuallyKept] = await Promise.all([
      totals.byMonth(viewer, creatorId),
      projections.list(viewer, creatorId, usual),
    ]);
    const ledger = remember(ledgers, fingerprint, parse);
    const window = windowOf(ledger, today, choice);
    if (window === null) return { page: null, keepsReceipts };
    const reporting = creator.currency;
    const isUsual = window.from >= usual.from && window.to <= usual.to;
    const [kept, { rates, perUsd }] = await Promise.all([
      isUsual ? usuallyKept : projections.list(viewer, creatorId, window),
      totals.rates(viewer, creatorId, ledger, reporting, window),
    ]);
    const { measure, rateStream } = choice;
    const figures = [fingerprint, kept.map(({ id }) => id), [...rates], perUsd, window, measure, rateStream];
    const show = (locale: string) =>
      remember(overviews, JSON.stringify([locale, ...figures]), () =>
        overviewOf({
          reporting,
          today,
          locale,
          ledger: { ...ledger, perUsd },
          rateFor: (currency, month) => rates.get(totals.rateKey(currency, month)) ?? null,
          kept: keptMonths(kept),
          window,
          rateStream,
          measure,
        }),
      );
    return { page: { window, reporting, show }, keepsReceipts };
  });
}

/** In UTC: near enough to know what will most likely be asked. */
function thisMonth(): Month {
  return monthOf(new Date().toISOString().slice(0, 10));
}

const REMEMBERED = 100;
const ledgers = new Map<string, ReturnType<totals.MonthTotals["parse"]>>();
const overviews = new Map<string, Overview>();

/** What was worked out last from exactly the same figures: `key` holds them all, so nothing can be out of date. */
function remember<Value>(known: Map<string, Value>, key: string, work: () => Value): Value {
  const value = known.get(key) ?? work();
  known.delete(key);
  known.set(key, value);
  const oldest = known.keys().next();
  if (known.size > REMEMBERED && !oldest.done) known.delete(oldest.value);
  return value;
}

function keptMonths(rows: readonly projections.KeptProjection[]): Map<Month, KeptMonth> {
  const months = new Map<Month, KeptMonth>();
  for (const total of rows) {
    if (total.stream !== null) continue;
    const { targetMonth, isLate, medianMinor, low80Minor, high80Minor, currency, viewsProjected } = total;
    const streams = new Map<
      string,
      { projection: NonNullable<typeof total.projection>; rate: string | null }
    >();
    for (const { stream, platform, format, ...row } of rows) {
      if (row.targetMonth !== targetMonth || stream === null || row.projection === null) continue;
      streams.set(streamId({ stream, platform, format, currency: row.currency }), {
        projection: row.projection,
        rate: row.currency === currency ? "1" : row.rate,
      });
    }
    months.set(targetMonth, {
      isLate,
      medianMinor,
      low80Minor,
      high80Minor,
      currency,
      viewsProjected,
      streams,
    });
  }
  return months;
}
