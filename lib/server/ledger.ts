import "server-only";
import { read } from "@/db/client";
import * as projections from "@/db/projections";
import * as readings from "@/db/readings";
import type { Standing } from "@/db/revisions";
import * as totals from "@/db/totals";
import type { ExpectationInput, KeptMonth } from "../expectations";
import type { Viewer } from "../model/access";
import { type Ledger, streamId } from "../model/histories";
import { addDays, firstDay, type Month, monthOf } from "../model/month";
import { installedBenchmarks } from "./benchmarks";

/** What the pages of figures are worked out from, and a memory of what was worked out. */

const REMEMBERED = 100;
const ledgers = new Map<string, ReturnType<typeof totals.byMonth>>();

/** A creator's whole ledger by month, read once a standing. */
export function readLedger(viewer: Viewer, { creator, key }: Standing): ReturnType<typeof totals.byMonth> {
  return remember(ledgers, key, () => totals.byMonth(viewer, creator.id));
}

/**
 * The ledger with its rates, and the frozen projections of a range of months; rates from `ratesFrom` to `ratesTo`,
 * where amounts of other months are shown too.
 */
export async function readExpectations(
  viewer: Viewer,
  { creator }: Standing,
  known: Omit<Ledger, "perUsd" | "benchmarks">,
  range: { from: Month; to: Month; ratesFrom?: Month; ratesTo?: Month },
): Promise<ExpectationInput & { readonly ledger: Ledger }> {
  const { id, currency: reporting } = creator;
  const { from, to, ratesFrom = from, ratesTo = to } = range;
  const [kept, { rates, perUsd }] = await Promise.all([
    projections.list(viewer, id, { from, to }),
    totals.rates(viewer, id, known, reporting, { from: ratesFrom, to: ratesTo }),
  ]);
  return {
    reporting,
    ledger: { ...known, perUsd, benchmarks: installedBenchmarks() },
    rateFor: (currency, month) => rates.get(totals.rateKey(currency, month)) ?? null,
    kept: keptMonths(kept),
  };
}

/** The ledger as a projection for this month or a later one would begin from it today. */
export function readLedgerAhead(viewer: Viewer, standing: Standing): Promise<Ledger> {
  const { creator, today } = standing;
  const current = monthOf(today);
  return read(viewer, async () => {
    const known = await readLedger(viewer, standing);
    const [{ perUsd }, followers] = await Promise.all([
      totals.rates(viewer, creator.id, known, creator.currency, { from: current, to: current }),
      readings.latestFollowers(viewer, creator.id, addDays(firstDay(current), -1)),
    ]);
    return { ...known, followers, perUsd, benchmarks: installedBenchmarks() };
  });
}

/** What was read last under the same standing: its key changes with everything that could change the answer. */
export function remember<Value>(
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
  for (const targetMonth of new Set(rows.map((row) => row.targetMonth))) {
    const ofMonth = rows.filter((row) => row.targetMonth === targetMonth);
    const total = ofMonth.find(({ stream }) => stream === null) ?? null;
    const streams = new Map<
      string,
      { projection: NonNullable<(typeof rows)[number]["projection"]>; rate: string | null }
    >();
    for (const { stream, platform, format, ...row } of ofMonth) {
      if (stream === null || row.projection === null) continue;
      streams.set(streamId({ stream, platform, format, currency: row.currency }), {
        projection: row.projection,
        rate: row.currency === total?.currency ? "1" : row.rate,
      });
    }
    months.set(targetMonth, { isLate: ofMonth.some(({ isLate }) => isLate), total, streams });
  }
  return months;
}
