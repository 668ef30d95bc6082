import { seasonOf } from "./kinds";
import { type Currency, convert, exponentOf } from "./money";
import type { Month } from "./month";
import { type Projection, projectedNicheMix, realFactors, type Traffic } from "./projection";

/**
 * What a gap is made of. `streams` and `formats` only over several streams: where the views went; `qualified` is
 * the share of views the platform pays on; `niche` only where it is known what the videos were about; `season`
 * only between months; `currency` only where exchange rates differ; `adjustments` are refunds, clawbacks, tax and
 * the like; `booked` is money that no rate explains (deals, no views, none).
 */
export const CAUSES = [
  "views",
  "streams",
  "formats",
  "qualified",
  "region",
  "niche",
  "watch_time",
  "season",
  "rate",
  "adjustments",
  "currency",
  "booked",
] as const;
export type Cause = (typeof CAUSES)[number];
export const CAUSE_LABEL: Readonly<Record<Cause, string>> = {
  views: "Views",
  streams: "Mix of platforms",
  formats: "Mix of formats",
  qualified: "Qualified share",
  region: "Audience regions",
  niche: "Mix of niches",
  watch_time: "Watch time per view",
  season: "Ad season",
  rate: "Rate",
  adjustments: "Refunds and corrections",
  currency: "Currency",
  booked: "Deals and lump sums",
};

export type Part = { readonly cause: Cause; readonly minor: bigint };

export type Gap = {
  readonly currency: Currency;
  readonly projectedMinor: bigint;
  readonly actualMinor: bigint;
  /** actual - projected; the parts sum to it exactly. */
  readonly gapMinor: bigint;
  readonly parts: readonly Part[];
};

/** One factor's natural log of actual over projected. */
export type LogChange = { readonly cause: Cause; readonly log: number };

/**
 * Parts of `actual - projected` by LMDI-I (Ang's log-mean Divisia index): each factor's log change times the
 * logarithmic mean of the two amounts. `rate` takes what the named factors leave. Both amounts must be above 0;
 * the parts sum to the difference up to floating point.
 */
export function decompose(
  projected: number,
  actual: number,
  changes: readonly LogChange[],
): { cause: Cause; amount: number }[] {
  const weight = logMean(projected, actual);
  const named = changes.map(({ cause, log }) => ({ cause, amount: weight * log }));
  const explained = changes.reduce((sum, { log }) => sum + log, 0);
  return [...named, { cause: "rate", amount: weight * (logRatio(projected, actual) - explained) }];
}

/** What a month really was, and what came in it. */
export type Actual = Traffic & {
  readonly minor: bigint;
  /** The part of `minor` from entries about other entries, such as a refund; its own cause, to the cent. */
  readonly adjustmentsMinor?: bigint;
};

/** The two rates of the reporting currency: pinned with the projection, and the earned month's own. */
export type Conversion = { readonly to: Currency; readonly pinnedRate: string; readonly actualRate: string };

/**
 * The gap of one stream and month, with the projection's coefficients frozen. With `conversion` everything is
 * in the reporting currency: the projection at its pinned rate, the actual at its own, and the difference of
 * the two rates is the part `currency`, exact.
 */
export function explainGap(projection: Projection, actual: Actual, conversion?: Conversion): Gap {
  return gapWith(projection, actual, changesOf(projection, actual), conversion);
}

/** One stream's projection against its month, for a total. */
export type Explained = {
  readonly projection: Projection;
  readonly actual: Actual;
  readonly conversion?: Conversion;
};

/** The gaps of a creator's streams as one: the sum of explainStreams. Throws RangeError on another currency. */
export function explainTotal(streams: readonly Explained[], currency: Currency): Gap {
  return sumGaps(explainStreams(streams), currency);
}

/**
 * Each stream's gap as a part of the total's, in the same order. What a stream's views explain is split into all
 * views together, the mix of platforms (`streams`) and the mix of formats on a platform: over the streams each
 * cause sums to the total's (LMDI-I is consistent in aggregation), so nothing is left over.
 */
export function explainStreams(streams: readonly Explained[]): Gap[] {
  const views = viewsOf(streams);
  return streams.map(({ projection, actual, conversion }) => {
    const changes = changesOf(projection, actual)?.flatMap((change) =>
      change.cause === "views" ? splitViews(views, projection, change.log) : [change],
    );
    return gapWith(projection, actual, changes ?? null, conversion);
  });
}

function gapWith(
  projection: Projection,
  actual: Actual,
  changes: readonly LogChange[] | null,
  conversion: Conversion | undefined,
): Gap {
  return between(
    projection.key.currency,
    { minor: projection.medianMinor ?? 0n },
    actual,
    changes,
    conversion,
  );
}

type Amount = Pick<Actual, "minor" | "adjustmentsMinor">;

/** From one amount to another by its causes; what adjusts them is a part of its own on either side. */
function between(
  own: Currency,
  from: Amount,
  to: Amount,
  changes: readonly LogChange[] | null,
  conversion: Conversion | undefined,
): Gap {
  const [fromAdjusted, toAdjusted] = [from.adjustmentsMinor ?? 0n, to.adjustmentsMinor ?? 0n];
  const [before, after] = [from.minor - fromAdjusted, to.minor - toAdjusted];
  const parts = partsOf(before, after, changes);
  const isAdjusted = fromAdjusted !== 0n || toAdjusted !== 0n;
  const adjusted = (minor: bigint): Part[] => (isAdjusted ? [{ cause: "adjustments", minor }] : []);
  if (!conversion)
    return gapOf(own, from.minor, to.minor, [
      ...rounded(parts, after - before),
      ...adjusted(toAdjusted - fromAdjusted),
    ]);

  const pinned = (minor: bigint) => convert(minor, own, conversion.to, conversion.pinnedRate);
  const adjustments = pinned(toAdjusted) - pinned(fromAdjusted);
  const gapAtPinned = pinned(to.minor) - pinned(from.minor) - adjustments;
  const factor = Number(conversion.pinnedRate) * 10 ** (exponentOf(conversion.to) - exponentOf(own));
  const scaled = parts.map(({ cause, amount }) => ({ cause, amount: amount * factor }));
  const actualMinor = convert(to.minor, own, conversion.to, conversion.actualRate);
  return gapOf(conversion.to, pinned(from.minor), actualMinor, [
    ...rounded(scaled, gapAtPinned),
    ...adjusted(adjustments),
    { cause: "currency", minor: actualMinor - pinned(to.minor) },
  ]);
}

type Views = { readonly projected: number; readonly actual: number; readonly parts: number };

/** By platform, and all platforms under "": each platform's and format's views once, known on both sides. */
function viewsOf(streams: readonly Explained[]): ReadonlyMap<string, Views> {
  const formats = new Map<string, { platform: string; format: string; projected: number; actual: number }>();
  for (const { projection, actual } of streams) {
    const { platform, format } = projection.key;
    const [projected, real] = [projection.inputs.views, actual.views];
    if (projected && real && projection.denominator !== null)
      formats.set(`${platform} ${format}`, { platform, format, projected, actual: real });
  }
  const sums = new Map<string, Views>();
  for (const { platform, format, projected, actual } of formats.values()) {
    // A named format is a part of "all": a place of its own, whose views are counted already.
    const isCounted = format !== "all" && formats.has(`${platform} all`);
    const sum = sums.get(platform) ?? NO_VIEWS;
    sums.set(platform, added(sum, isCounted ? NO_VIEWS : { projected, actual }));
  }
  sums.set("", [...sums.values()].reduce(added, NO_VIEWS));
  return sums;
}

const NO_VIEWS: Views = { projected: 0, actual: 0, parts: 0 };

function added(sum: Views, { projected, actual }: Omit<Views, "parts">): Views {
  return { projected: sum.projected + projected, actual: sum.actual + actual, parts: sum.parts + 1 };
}

/** The log change of a stream's views as that of all views and, where there are several, of its place's share. */
function splitViews(sums: ReadonlyMap<string, Views>, { key }: Projection, log: number): LogChange[] {
  const [all, platform] = [sums.get(""), sums.get(key.platform)];
  if (!all || !platform) return [{ cause: "views", log }];
  const [inAll, inPlatform] = [all, platform].map(({ actual, projected }) => Math.log(actual / projected));
  const mixes: LogChange[] = [];
  if (all.parts > 1) mixes.push({ cause: "streams", log: inPlatform! - inAll! });
  if (platform.parts > 1) mixes.push({ cause: "formats", log: log - inPlatform! });
  return [{ cause: "views", log: mixes.reduce((rest, mix) => rest - mix.log, log) }, ...mixes];
}

/** Gaps of many streams in one currency as one: causes add, the sums stay exact. Throws RangeError on a mix. */
export function sumGaps(gaps: readonly Gap[], currency: Currency): Gap {
  const sums = new Map<Cause, bigint>();
  let [projectedMinor, actualMinor] = [0n, 0n];
  for (const gap of gaps) {
    if (gap.currency !== currency) throw new RangeError(`A gap in ${gap.currency} cannot join ${currency}.`);
    projectedMinor += gap.projectedMinor;
    actualMinor += gap.actualMinor;
    for (const { cause, minor } of gap.parts) sums.set(cause, (sums.get(cause) ?? 0n) + minor);
  }
  const parts = CAUSES.filter((cause) => sums.has(cause)).map((cause) => ({
    cause,
    minor: sums.get(cause)!,
  }));
  return gapOf(currency, projectedMinor, actualMinor, parts);
}

/**
 * Brings the sum of the streams' gaps to what was earned: money nothing was projected for is "booked", and the
 * last cents, where a currency is converted once for several platforms, belong to the conversion.
 */
export function closeGap(gap: Gap, earnedMinor: bigint, unprojectedMinor: bigint): Gap {
  const parts = new Map(gap.parts.map(({ cause, minor }) => [cause, minor]));
  const add = (cause: Cause, minor: bigint) => {
    if (minor !== 0n) parts.set(cause, (parts.get(cause) ?? 0n) + minor);
  };
  add("booked", unprojectedMinor);
  add("currency", earnedMinor - gap.actualMinor - unprojectedMinor);
  return {
    ...gap,
    actualMinor: earnedMinor,
    gapMinor: earnedMinor - gap.projectedMinor,
    parts: CAUSES.flatMap((cause) => {
      const minor = parts.get(cause);
      return minor === undefined ? [] : [{ cause, minor }];
    }),
  };
}

/** A month as it was, for the comparison with another one. */
export type PastMonth = Actual & { readonly month: Month };

/**
 * What changed from one month to another (`projectedMinor` of the answer is the earlier month's money), with the
 * coefficients of `projection`; here the ad season is a cause of its own. Without a projection, or where no rate
 * connects the two, all of it is "booked". `conversion` has the earlier month's rate as the pinned one.
 */
export function explainChange(
  projection: Projection | null,
  own: Currency,
  earlier: PastMonth,
  later: PastMonth,
  conversion?: Conversion,
): Gap {
  return between(own, earlier, later, projection && seasonalChanges(projection, earlier, later), conversion);
}

function seasonalChanges(projection: Projection, earlier: PastMonth, later: PastMonth): LogChange[] | null {
  if (!projection.state || projection.mu === null) return null;
  const changes = factorChanges(projection, realFactors(projection, earlier), realFactors(projection, later));
  const log = projection.state.m[2] * (seasonOf(later.month) - seasonOf(earlier.month));
  return changes && [...changes, { cause: "season", log }];
}

type Factors = ReturnType<typeof realFactors>;

/** Log changes from projected to real; null when no rate connects the two (lumpy, no projection, no views). */
function changesOf(projection: Projection, actual: Traffic): LogChange[] | null {
  if (!projection.state || projection.mu === null) return null;
  const { views, paidViews, paidShare } = projection.inputs;
  const { x, mix } = projection;
  const before = { views, paidViews, paidShare, x, mix, nicheMix: projectedNicheMix(projection) };
  return factorChanges(projection, before, realFactors(projection, actual));
}

function factorChanges(projection: Projection, before: Factors, after: Factors): LogChange[] | null {
  if (projection.denominator === null) return [];
  if (!before.paidViews || !after.paidViews) return null;
  const paid = Math.log(after.paidViews / before.paidViews);
  const views = before.views && after.views ? Math.log(after.views / before.views) : paid;
  const beta = projection.state?.m[1] ?? 0;
  const niche = Math.log(after.nicheMix / before.nicheMix);
  return [
    { cause: "views", log: views },
    ...(projection.inputs.paidShare === null ? [] : [{ cause: "qualified", log: paid - views } as const]),
    { cause: "region", log: Math.log(after.mix / before.mix) - niche },
    ...(projection.inputs.niches ? [{ cause: "niche", log: niche } as const] : []),
    { cause: "watch_time", log: beta * (after.x - before.x) },
  ];
}

/** Parts in minor units, not yet whole. Money that is not positive on both sides has no logs: one line. */
function partsOf(
  projected: bigint,
  actual: bigint,
  changes: readonly LogChange[] | null,
): { cause: Cause; amount: number }[] {
  if (changes === null || projected <= 0n || actual <= 0n)
    return [{ cause: "booked", amount: Number(actual - projected) }];
  return decompose(Number(projected), Number(actual), changes);
}

/** (a - b) / (ln a - ln b), and a when they are equal. */
function logMean(a: number, b: number): number {
  return a === b ? a : (b - a) / logRatio(a, b);
}

/** ln(b / a), by log1p where the amounts are near each other: each of the two is exact only on its own side. */
function logRatio(a: number, b: number): number {
  const change = (b - a) / a;
  return Math.abs(change) < 0.5 ? Math.log1p(change) : Math.log(b / a);
}

/** Whole minor units that sum to `total`, by largest remainder; the earlier part wins ties. */
function rounded(parts: readonly { cause: Cause; amount: number }[], total: bigint): Part[] {
  const floors = parts.map(({ amount }) => BigInt(Math.floor(amount)));
  const order = parts
    .map(({ amount }, index) => ({ index, rest: amount - Math.floor(amount) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  const count = BigInt(parts.length);
  const left = total - floors.reduce((a, b) => a + b, 0n);
  // Usually 0 <= left < count. Amounts beyond 2^53 lose whole units as floats: those go to all parts alike.
  const each = left >= 0n ? left / count : (left - count + 1n) / count;
  const extra = Number(left - each * count);
  const winners = new Set(order.slice(0, extra).map(({ index }) => index));
  return parts.map(({ cause }, index) => ({
    cause,
    minor: floors[index]! + each + (winners.has(index) ? 1n : 0n),
  }));
}

function gapOf(currency: Currency, projectedMinor: bigint, actualMinor: bigint, parts: readonly Part[]): Gap {
  return { currency, projectedMinor, actualMinor, gapMinor: actualMinor - projectedMinor, parts };
}
