import "server-only";
import { read } from "@/db/client";
import * as projections from "@/db/projections";
import type { Standing } from "@/db/revisions";
import * as totals from "@/db/totals";
import { choiceParam, type SearchParams, textParam } from "@/lib/list-query";
import type { Viewer } from "@/lib/model/access";
import { streamId } from "@/lib/model/histories";
import { isMonth, type Month } from "@/lib/model/month";
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
import { installedBenchmarks } from "@/lib/server/benchmarks";

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

export type OverviewPage = { readonly window: Window; readonly overview: Overview };

/** All the overview shows, as the locale writes it; null when nothing was logged yet. */
export function readOverview(
  viewer: Viewer,
  { creator, today, key }: Standing,
  choice: OverviewChoice,
  locale: string,
): Promise<OverviewPage | null> {
  return remember(overviews, JSON.stringify([key, choice, locale]), () =>
    read(viewer, async () => {
      const { id, currency: reporting } = creator;
      const ledger = await remember(ledgers, key, () => totals.byMonth(viewer, id));
      const window = windowOf(ledger, today, choice);
      if (window === null) return null;
      const [kept, { rates, perUsd }] = await Promise.all([
        projections.list(viewer, id, window),
        totals.rates(viewer, id, ledger, reporting, window),
      ]);
      const overview = overviewOf({
        reporting,
        today,
        locale,
        ledger: { ...ledger, perUsd, benchmarks: installedBenchmarks() },
        rateFor: (currency, month) => rates.get(totals.rateKey(currency, month)) ?? null,
        kept: keptMonths(kept),
        window,
        rateStream: choice.rateStream,
        measure: choice.measure,
      });
      return { window, overview };
    }),
  );
}

const REMEMBERED = 100;
const ledgers = new Map<string, ReturnType<typeof totals.byMonth>>();
const overviews = new Map<string, Promise<OverviewPage | null>>();

/** What was read last under the same standing: its key changes with everything that could change the answer. */
function remember<Value>(
  known: Map<string, Promise<Value>>,
  key: string,
  work: () => Promise<Value>,
): Promise<Value> {
  const value = known.get(key) ?? begun(known, key, work);
  known.delete(key);
  known.set(key, value);
  const oldest = known.keys().next();
  if (known.size > REMEMBERED && !oldest.done) known.delete(oldest.value);
  return value;
}

/** What fails is tried anew by whoever asks next. */
function begun<Value>(
  known: Map<string, Promise<Value>>,
  key: string,
  work: () => Promise<Value>,
): Promise<Value> {
  const value = work();
  value.catch(() => {
    if (known.get(key) === value) known.delete(key);
  });
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
