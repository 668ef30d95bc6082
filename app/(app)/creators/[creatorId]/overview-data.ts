import "server-only";
import { transaction } from "@/db/client";
import * as projections from "@/db/projections";
import * as totals from "@/db/totals";
import { choiceParam, type SearchParams, textParam } from "@/lib/list-query";
import type { Viewer } from "@/lib/model/access";
import { streamId } from "@/lib/model/histories";
import { isMonth, type Month } from "@/lib/model/month";
import {
  type KeptMonth,
  type Measure,
  type OverviewInput,
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

/** All the overview shows, read in one transaction; `input` is null when nothing was logged yet. */
export function readOverview(
  viewer: Viewer,
  creatorId: string,
  choice: OverviewChoice,
  locale: string,
): Promise<{ input: OverviewInput | null; keepsReceipts: boolean }> {
  return transaction(viewer, async () => {
    const read = await totals.byMonth(viewer, creatorId);
    const window = windowOf(read.ledger, read.today, choice);
    const { keepsReceipts } = read;
    if (window === null) return { input: null, keepsReceipts };
    const kept = await readKept(viewer, creatorId, window);
    return { input: inputOf(read, kept, window, choice, locale), keepsReceipts };
  });
}

async function readKept(viewer: Viewer, creatorId: string, { from, to }: Pick<Window, "from" | "to">) {
  return projections.list(viewer, creatorId, { from, to });
}

function inputOf(
  { creator, today, ledger, rates }: totals.MonthTotals,
  kept: readonly projections.KeptProjection[],
  window: Window,
  { rateStream, measure }: OverviewChoice,
  locale: string,
): OverviewInput {
  return {
    reporting: creator.currency,
    today,
    locale,
    ledger,
    rateFor: (currency, month) => rates.get(totals.rateKey(currency, month)) ?? null,
    kept: keptMonths(kept),
    window,
    rateStream,
    measure,
  };
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
