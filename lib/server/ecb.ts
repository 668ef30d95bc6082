import "server-only";
import { createHash } from "node:crypto";
import { listCreatorsForOperator } from "@/db/jobs";
import * as rates from "@/db/rates";
import { ECB_90_DAYS, ECB_DAILY, type EcbDay, ecbRate, readEcbText } from "../ecb";
import type { Viewer } from "../model/access";
import { type Currency, currencyOf } from "../model/money";
import { addDays, addMonths, type Day, firstDay, monthOf } from "../model/month";
import { env } from "./env";
import { report } from "./report-error";

const DEADLINE_MS = 20_000;
const MOST_CHARACTERS = 5_000_000;
/** No Easter is longer: a newest day before that leaves days out. */
const LONGEST_PAUSE_DAYS = 5;
const USD = currencyOf("USD");

/**
 * Fetches the ECB's rates and gives each creator those of the currencies in use; the last 90 days where days are
 * missing. Without a network it says so in one line and leaves everything as it is.
 */
export async function fetchRates(viewerOf: (creatorId: string) => Viewer): Promise<void> {
  const address = env().ECB_URL;
  if (address === "no") return;
  const daily = await fetchDays(address, ECB_DAILY);
  const today = daily?.at(-1);
  if (!today) return;
  let past: EcbDay[] | null = null;
  for (const { creatorId } of await listCreatorsForOperator()) {
    try {
      const viewer = viewerOf(creatorId);
      const use = await rates.use(viewer, creatorId, rates.ECB);
      const isGap = pairsOf(use).some((pair) => leavesOut(use, today, pair));
      if (isGap) past ??= (await fetchDays(address, ECB_90_DAYS)) ?? [];
      await keepRates(viewer, creatorId, isGap && past ? [...past, today] : [today]);
    } catch (error) {
      report(error);
    }
  }
}

/** Keeps what a creator needs of some days; answers how many rates are new. Errors as rates.recordAll. */
export async function keepRates(viewer: Viewer, creatorId: string, days: readonly EcbDay[]): Promise<number> {
  const use = await rates.use(viewer, creatorId, rates.ECB);
  const pairs = pairsOf(use);
  const since = firstNeeded(use, days);
  const found = days
    .filter(({ day }) => day >= since)
    .flatMap((day) => pairs.flatMap(([base, quote]) => ecbRate(day, base, quote) ?? []));
  const byId = new Map(found.map((rate) => [idOf(creatorId, rate), rate]));
  return rates.recordAll(
    viewer,
    creatorId,
    [...byId].map(([id, rate]) => ({ id, ...rate, source: rates.ECB })),
  );
}

/** Whether today's rate alone would leave out days of a pair: of a currency that is new here, all of them. */
function leavesOut({ latest }: rates.RatesUse, today: EcbDay, [base, quote]: [Currency, Currency]): boolean {
  const rate = ecbRate(today, base, quote);
  if (!rate) return false;
  const newest = latest[rate.base + rate.quote];
  return newest === undefined || newest < addDays(today.day, -LONGEST_PAUSE_DAYS);
}

/**
 * What turns each currency into the reporting one, dollars, in which the benchmarks are, into each, and all of them
 * into those in which an agency has its roster. One way round is enough.
 */
function pairsOf({ reporting, currencies, agencies }: rates.RatesUse): [Currency, Currency][] {
  const foreign = currencies.filter((currency) => currency !== reporting);
  const priced = currencies.filter((currency) => currency !== USD);
  const own = [
    ...foreign.map((currency): [Currency, Currency] => [currency, reporting]),
    ...priced.map((currency): [Currency, Currency] => [USD, currency]),
  ];
  const known = new Set(own.flatMap(([base, quote]) => [base + quote, quote + base]));
  const rostered = [...new Set([reporting, ...currencies])].flatMap((base) =>
    agencies
      .filter((quote) => quote !== base && !known.has(base + quote))
      .map((quote): [Currency, Currency] => [base, quote]),
  );
  return [...own, ...rostered];
}

/** The month before the first earned one may be needed: its projection pins its rate. */
function firstNeeded({ since }: rates.RatesUse, days: readonly EcbDay[]): Day {
  const newest = days.reduce<Day | null>((last, { day }) => (last !== null && last > day ? last : day), null);
  return since ? firstDay(addMonths(monthOf(since), -1)) : (newest ?? ("9999-12-31" as Day));
}

/** The same rate of the same day has the same id, whoever brings it: once is once. */
function idOf(
  creatorId: string,
  { day, base, quote, rate }: NonNullable<ReturnType<typeof ecbRate>>,
): string {
  const hex = createHash("sha256").update(`ecb ${creatorId} ${day} ${base} ${quote} ${rate}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Oldest first; null, and one line in the log, when they cannot be had. */
async function fetchDays(address: string, file: string): Promise<EcbDay[] | null> {
  try {
    const answer = await fetch(new URL(file, address), { signal: AbortSignal.timeout(DEADLINE_MS) });
    if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`);
    const text = await answer.text();
    const days = readEcbText(text.slice(0, MOST_CHARACTERS));
    if (!days.ok) throw new Error("no rates were in the answer");
    return [...days.value].sort((a, b) => (a.day < b.day ? -1 : 1));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    console.log(`The ECB's reference rates (${file}) could not be fetched: ${why}. Next try tomorrow.`);
    return null;
  }
}
