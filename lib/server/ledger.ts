import "server-only";
import * as projections from "@/db/projections";
import type { Standing } from "@/db/revisions";
import * as totals from "@/db/totals";
import type { ExpectationInput, KeptMonth } from "../expectations";
import type { Viewer } from "../model/access";
import { type Ledger, streamId } from "../model/histories";
import type { Month } from "../model/month";
import { installedBenchmarks } from "./benchmarks";

/** What the pages of figures are worked out from, and a memory of what was worked out. */

const REMEMBERED = 100;
const ledgers = new Map<string, ReturnType<typeof totals.byMonth>>();

/** A creator's whole ledger by month, read once a standing. */
export function readLedger(viewer: Viewer, { creator, key }: Standing): ReturnType<typeof totals.byMonth> {
  return remember(ledgers, key, () => totals.byMonth(viewer, creator.id));
}

/** The ledger with its rates, and the frozen projections of a range of months; rates from `ratesFrom` on. */
export async function readExpectations(
  viewer: Viewer,
  { creator }: Standing,
  known: Omit<Ledger, "perUsd" | "benchmarks">,
  { from, to, ratesFrom = from }: { from: Month; to: Month; ratesFrom?: Month },
): Promise<ExpectationInput & { readonly ledger: Ledger }> {
  const { id, currency: reporting } = creator;
  const [kept, { rates, perUsd }] = await Promise.all([
    projections.list(viewer, id, { from, to }),
    totals.rates(viewer, id, known, reporting, { from: ratesFrom, to }),
  ]);
  return {
    reporting,
    ledger: { ...known, perUsd, benchmarks: installedBenchmarks() },
    rateFor: (currency, month) => rates.get(totals.rateKey(currency, month)) ?? null,
    kept: keptMonths(kept),
  };
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
  for (const total of rows) {
    if (total.stream !== null) continue;
    const { targetMonth, isLate, medianMinor, bands, currency, viewsProjected } = total;
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
      bands,
      currency,
      viewsProjected,
      streams,
    });
  }
  return months;
}
