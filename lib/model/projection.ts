import { NICHE_FACTOR, type NicheShares, PRIOR_VERSION, type Prior, type RegionShares } from "./benchmarks";
import type { Eligibility } from "./eligibility";
import { type FilterState, ownWeight, predict, reach, smallViewsNoise, start, update } from "./filter";
import { KINDS, type Kind, type KindName, kindOf, MODEL_VERSION, seasonOf } from "./kinds";
import { type LumpyMonth, projectLumpy } from "./lumpy";
import { type Currency, exponentOf } from "./money";
import { addMonths, daysBetween, firstDay, lastDay, type Month, monthsBetween, monthsFrom } from "./month";
import { type Niches, nicheMixOf } from "./niche-mix";
import { checkMonth, checkPrior, checkRow, checkTraffic } from "./possible";
import { logWatch, mixOf, moneyOf, type Range } from "./rate-money";
import type { Denominator } from "./rpm";
import type { Band } from "./student-t";
import type { EventEffect, Format, PayoutState, Platform, Stream } from "./words";

/** One stream of money that has a rate of its own. */
export type StreamKey = {
  readonly channelId: string | null;
  readonly platform: Platform;
  readonly format: Format | "all";
  readonly stream: Stream;
  readonly currency: Currency;
};

/** What drew the money in one month; every part may be unknown (null or absent), which is not zero. */
export type Traffic = {
  readonly views: number | null;
  /** Views on the platform's own terms (denominatorFor): qualified, engaged. */
  readonly paidViews?: number | null;
  readonly watchSeconds?: number | null;
  readonly regions?: RegionShares | null;
  /** What the videos were about, by views; absent when it is the same all along. */
  readonly niches?: NicheShares | null;
};

/** One earned month of a stream, already summed. */
export type HistoryRow = Traffic & {
  readonly month: Month;
  /** Minor units of the key's currency; null when nothing was entered, 0n only when confirmed to be zero. */
  readonly minor: bigint | null;
  /** The part of `minor` that dated deals had announced before the month began. */
  readonly bookedMinor?: bigint;
  /** The part of `minor` that entries about other entries made: refunds, clawbacks, tax, fees, corrections. */
  readonly adjustmentsMinor?: bigint;
  /** "final" when absent. */
  readonly state?: PayoutState;
};

export type StreamHistory = {
  readonly key: StreamKey;
  /** At most one row a month, in any order. */
  readonly rows: readonly HistoryRow[];
  /** null when the benchmark cannot be put into this currency; then the first own payout is the start. */
  readonly prior: Prior | null;
  /** Deals booked for a month, as known before it began. */
  readonly deals?: readonly { readonly month: Month; readonly minor: bigint }[];
  /** What happened to this stream, in any order; of one month only the strongest counts. */
  readonly events?: readonly StreamEvent[];
  /** Whether the programme behind the stream lets the creator in, as known then. Unknown changes nothing. */
  readonly gate?: Eligibility | null;
};

/** From its month on: "widen" lets the level drift a year at once, "restart" begins it anew. */
export type StreamEvent = { readonly month: Month; readonly effect: Exclude<EventEffect, "none"> };

export type Basis = "prior" | "own" | "lumpy" | "none";

/** Everything a projection stood on, as plain JSON, so that it can be explained and redone years later. */
export type ProjectionInputs = {
  readonly kind: KindName;
  readonly views: number | null;
  readonly paidViews: number | null;
  /** paidViews per view; null when the creator's paid views are not known apart from views. */
  readonly paidShare: number | null;
  readonly watchSecondsPerView: number | null;
  readonly watchFrom: "own" | "usual" | "none";
  readonly referenceRegions: RegionShares | null;
  readonly regions: RegionShares | null;
  /** Absent unless some month told what its videos were about. */
  readonly niches?: Niches;
  /** Only when it decided the projection: not eligible yet, and how far from it. */
  readonly gate?: Eligibility;
  /** Months without an update before the projection. */
  readonly gap: number;
  readonly noise: number;
  readonly prior: Prior | null;
};

/** The steps of "why this number", as factors on the rate (1 changes nothing). */
export type Why = {
  readonly payouts: number;
  /** Share of the level that own payouts decide, 0..1. */
  readonly ownWeight: number;
  readonly watchFactor: number;
  readonly seasonFactor: number;
  readonly mixFactor: number;
  /** Under three payouts: show it grey. */
  readonly tentative: boolean;
  readonly watchTimeAssumed: boolean;
  /** Months further than three standard deviations from what was expected then. */
  readonly unusual: readonly Month[];
  /** A gap of more than a year, or an event: begun anew, with the old level as one observation. */
  readonly restarted: boolean;
  /** Events that changed the level; absent where there were none. */
  readonly events?: readonly StreamEvent[];
};

export type Projection = {
  readonly key: StreamKey;
  readonly target: Month;
  /** The first month that was not known. */
  readonly asOf: Month;
  readonly horizon: number;
  readonly reconstructed: boolean;
  readonly basis: Basis;
  /** Why there is no amount, or none can come yet, as a sentence; null otherwise. */
  readonly reason: string | null;
  /** Half of all months lie above. null when views are unknown or there is nothing to go on. */
  readonly medianMinor: bigint | null;
  /** The part of the median that deals had booked; absent where there were none. */
  readonly bookedMinor?: bigint;
  /** For bias checks, never shown. */
  readonly meanMinor: bigint | null;
  readonly bands: Readonly<Record<Band, Range>> | null;
  /** Variance of the money in minor units squared, for totals. */
  readonly variance: number | null;
  readonly denominator: Denominator | null;
  /** Log rate relative to mix, its spread and degrees of freedom; null for lumpy streams. */
  readonly mu: number | null;
  readonly sd: number | null;
  readonly df: number | null;
  readonly x: number;
  readonly mix: number;
  readonly season: number;
  readonly state: FilterState | null;
  readonly inputs: ProjectionInputs;
  readonly why: Why;
  readonly modelVersion: string;
  readonly priorVersion: string;
};

/** A projection redone with the traffic that really came, at the same frozen rate. */
export type RealTraffic = {
  readonly medianMinor: bigint | null;
  readonly bands: Readonly<Record<Band, Range>> | null;
  readonly mu: number;
  readonly sd: number;
  readonly df: number;
  readonly x: number;
  readonly mix: number;
  readonly paidViews: number | null;
};

const MIN_VIEWS = 100;
const SETTLED_AFTER_DAYS = 45;
const RESTART_AFTER_MONTHS = 12;
const WIDEN_BY_MONTHS = 12;
const MAX_HORIZON = 36;

/**
 * The projection of one stream for `target`. Uses only rows before `target - (horizon - 1)` and, among those,
 * final payouts or estimates of at least 45 days: later data change nothing.
 * Throws RangeError on two rows for one month, on counts that cannot be, or on a horizon outside 1 to 36.
 */
export function projectStream(history: StreamHistory, target: Month, horizon = 1): Projection {
  checkMonth(target, "The month to project");
  if (!(Number.isInteger(horizon) && horizon >= 1 && horizon <= MAX_HORIZON))
    throw new RangeError(
      `${target} is ${horizon} months ahead of what is known; project 1 to ${MAX_HORIZON} months ahead.`,
    );
  const asOf = addMonths(target, 1 - horizon);
  const walk = begin(history);
  for (const row of sorted(history.rows)) {
    if (row.month >= asOf) break;
    observe(walk, row, isSettled(row, asOf));
  }
  return projectFrom(walk, target, horizon, false);
}

/**
 * What would have been projected for each month of the history, from the first to the last: replayed in
 * earned-month order, each month known at its end. Labelled reconstructed and scored apart. With `from` only
 * the months from there on are answered; the ones before are learned all the same.
 */
export function reconstruct(history: StreamHistory, from?: Month): Projection[] {
  const rows = sorted(history.rows);
  if (rows.length === 0) return [];
  const walk = begin(history);
  const byMonth = new Map(rows.map((row) => [row.month, row]));
  return monthsFrom(rows[0]!.month, rows.at(-1)!.month).flatMap((month) => {
    const projection = from === undefined || month >= from ? [projectFrom(walk, month, 1, true)] : [];
    const row = byMonth.get(month);
    if (row) observe(walk, row, true);
    return projection;
  });
}

/** The projection with the traffic the month really had; null when the stream has no rate (lumpy, none). */
export function withRealTraffic(projection: Projection, actual: Traffic): RealTraffic | null {
  const { state, inputs, horizon, season } = projection;
  if (!state || projection.basis === "lumpy" || projection.basis === "none") return null;
  const kind: Kind = KINDS[inputs.kind];
  const { x, mix, paidViews } = realFactors(projection, actual);
  const noise = kind.perView && paidViews !== null ? smallViewsNoise(paidViews) : 1;
  const at = { x, season, gap: inputs.gap, horizon, noise };
  const prediction = predict(state, kind, at);
  const money = moneyOf(prediction, mix, kind.perView ? paidViews : 1000, projection.key.currency);
  return {
    ...prediction,
    x,
    mix,
    paidViews,
    medianMinor: money?.median ?? null,
    bands: money?.bands ?? null,
  };
}

/** The real month's factors; what is unknown about it stays as projected. */
export function realFactors(
  projection: Projection,
  actual: Traffic,
): {
  views: number | null;
  paidShare: number | null;
  paidViews: number | null;
  x: number;
  mix: number;
  /** The part of `mix` that what the videos were about makes; the rest is where the audience sat. */
  nicheMix: number;
} {
  checkTraffic(actual, `The real ${projection.target}`);
  const { inputs, x, mix } = projection;
  const nicheBefore = projectedNicheMix(projection);
  const paidShare = shareOf(actual) ?? inputs.paidShare;
  const watch = watchPerView(actual);
  const { prior } = inputs;
  const { perView } = KINDS[inputs.kind];
  const paidViews =
    inputs.paidShare === null
      ? actual.views
      : (actual.paidViews ?? (actual.views === null ? null : actual.views * inputs.paidShare));
  const nicheMix = actual.niches && perView ? nicheMixOf(inputs.niches, actual.niches) : nicheBefore;
  const regionMix =
    actual.regions && perView ? mixOf(prior, actual.regions, inputs.referenceRegions) : mix / nicheBefore;
  return {
    views: actual.views,
    paidShare: inputs.paidShare === null ? null : paidShare,
    paidViews,
    x: watch === null || !perView ? x : logWatch(watch, prior),
    mix: regionMix * nicheMix,
    nicheMix,
  };
}

/** The part of a projection's mix that what its videos are about makes, 1 when that is unknown. */
export function projectedNicheMix({ inputs }: Projection): number {
  return KINDS[inputs.kind].perView ? nicheMixOf(inputs.niches, inputs.niches?.shares) : 1;
}

/** The projected rate and its band, per 1,000 of the projection's denominator, in major units; null without a rate. */
export function rateOf(
  projection: Pick<Projection, "mu" | "sd" | "df" | "mix" | "denominator">,
): { median: number; bands: Record<Band, { lo: number; hi: number }> } | null {
  const { mu, sd, df, mix, denominator } = projection;
  if (mu === null || sd === null || df === null || denominator === null) return null;
  const ends = (band: Band) => {
    const half = reach({ mu, sd, df }, band);
    return { lo: mix * Math.exp(mu - half), hi: mix * Math.exp(mu + half) };
  };
  return { median: mix * Math.exp(mu), bands: { 50: ends(50), 80: ends(80), 95: ends(95) } };
}

/** The log rate that a month really had, relative to its mix: what the filter learns. null when it cannot. */
export function logRateOf(projection: Projection, actual: Traffic & { minor: bigint | null }): number | null {
  const kind: Kind = KINDS[projection.inputs.kind];
  const { paidViews, mix } = realFactors(projection, actual);
  if (actual.minor === null || actual.minor <= 0n) return null;
  const major = Number(actual.minor) / 10 ** exponentOf(projection.key.currency);
  if (!kind.perView) return Math.log(major / mix);
  return paidViews === null || paidViews < MIN_VIEWS ? null : Math.log(major / (paidViews / 1000) / mix);
}

/** What has been learned while replaying a history; grows row by row. */
type Walk = {
  readonly history: StreamHistory;
  readonly kindName: KindName;
  readonly kind: Kind;
  state: FilterState | null;
  /** Month of the last update. */
  last: Month | null;
  restarted: boolean;
  /** True once a month told its paid views apart; from then on rates are per 1,000 of those. */
  onPaidViews: boolean;
  views: number | null;
  paidViews: number | null;
  paidShare: number | null;
  watch: number | null;
  regions: RegionShares | null;
  referenceRegions: RegionShares | null;
  niches: NicheShares | null;
  referenceNiches: NicheShares | null;
  payouts: number;
  /** Whoever was paid once has been let in, whatever the rules say. */
  wasPaid: boolean;
  readonly months: LumpyMonth[];
  readonly unusual: Month[];
  /** Not yet felt, the next one first. */
  events: readonly StreamEvent[];
  felt: readonly StreamEvent[];
};

function begin(history: StreamHistory): Walk {
  const kindName = kindOf(history.key.stream);
  const kind: Kind = KINDS[kindName];
  const { prior } = history;
  if (prior) checkPrior(prior);
  // Until paid views are known, a rate per paid view is worth its typical share per plain view.
  const m0 = prior ? Math.log(prior.rate * (kind.perView ? prior.typicalPaidShare : 1)) : 0;
  return {
    history,
    kindName,
    kind,
    state: prior ? start(m0, kind, prior.tau) : null,
    last: null,
    restarted: false,
    onPaidViews: false,
    views: null,
    paidViews: null,
    paidShare: null,
    watch: null,
    regions: prior?.regions ?? null,
    referenceRegions: prior?.regions ?? null,
    niches: null,
    referenceNiches: null,
    payouts: 0,
    wasPaid: false,
    months: [],
    unusual: [],
    events: byMonth(history.events ?? []),
    felt: [],
  };
}

/** Learns one month. Unsettled money is not learned, but the month's traffic is. */
function observe(walk: Walk, row: HistoryRow, settled: boolean): void {
  const { kind } = walk;
  feel(walk, row.month);
  learnTraffic(walk, row);
  if (row.minor === null) return;
  if (row.minor > 0n) walk.wasPaid = true;
  // Nobody earns before he may: such a month's zero says nothing about what comes once he may.
  if (!walk.wasPaid && isBeforeEligible(walk.history.gate, row.month)) return;
  walk.months.push({ month: row.month, minor: row.minor, bookedMinor: row.bookedMinor ?? 0n });
  if (row.minor <= 0n || !settled) return;
  walk.payouts += 1;

  const paidViews = kind.perView ? paidViewsOf(walk, row) : 1000;
  if (paidViews === null || paidViews < MIN_VIEWS) return;
  const major = Number(row.minor) / 10 ** exponentOf(walk.history.key.currency);
  const x = kind.perView ? logWatch(watchPerView(row) ?? walk.watch, walk.history.prior) : 0;
  const mix = kind.perView ? mixOfWalk(walk) : 1;
  const y = Math.log(major / (paidViews / 1000) / mix);
  const season = seasonOf(row.month);

  const gap = walk.last === null ? 0 : monthsBetween(walk.last, row.month) - 1;
  if (gap > RESTART_AFTER_MONTHS) restart(walk);
  walk.state ??= start(y - kind.beta.mean * x - kind.kappa.mean * season, kind);
  const at = {
    x,
    season,
    gap: walk.restarted && walk.last === null ? 0 : gap,
    noise: smallViewsNoise(paidViews),
  };
  const learned = update(walk.state, kind, y, at);
  walk.state = learned.state;
  walk.last = row.month;
  if (learned.unusual) walk.unusual.push(row.month);
}

/** Takes note of the latest known traffic; the first month with paid views moves the level onto them. */
function learnTraffic(walk: Walk, row: HistoryRow): void {
  const share = shareOf(row);
  if (row.paidViews != null && !walk.onPaidViews && walk.kind.perView) {
    const typical = walk.history.prior?.typicalPaidShare ?? 1;
    // An untouched prior returns to its own denominator; a learned level moves by the creator's own share.
    if (walk.state)
      walk.state = shifted(walk.state, -Math.log(walk.state.t === 0 ? typical : (share ?? typical)));
    walk.onPaidViews = true;
    walk.paidShare = share ?? typical;
  }
  if (share !== null && walk.onPaidViews) walk.paidShare = share;
  walk.watch = watchPerView(row) ?? walk.watch;
  if (row.regions) {
    walk.regions = row.regions;
    walk.referenceRegions ??= row.regions;
  }
  if (row.niches) {
    walk.niches = row.niches;
    walk.referenceNiches ??= row.niches;
  }
  const paidViews = paidViewsOf(walk, row);
  if (paidViews !== null) {
    walk.paidViews = paidViews;
    walk.views = row.views;
  }
}

/** After more than a year without payouts, or at an event: the shared prior again, the old level one observation. */
function restart(walk: Walk): void {
  const { prior } = walk.history;
  if (!walk.state || walk.state.t === 0) return;
  const level = walk.state.m[0];
  const paid = walk.onPaidViews ? 1 : (prior?.typicalPaidShare ?? 1);
  const m0 = prior ? Math.log(prior.rate * (walk.kind.perView ? paid : 1)) : level;
  const fresh = start(m0, walk.kind, prior?.tau);
  walk.state = update(fresh, walk.kind, level, { x: 0, season: 0 }).state;
  walk.restarted = true;
  walk.last = null;
}

/** Lets the events up to a month change the level, each once. */
function feel(walk: Walk, until: Month): void {
  for (let [event] = walk.events; event && event.month <= until; [event] = walk.events) {
    walk.events = walk.events.slice(1);
    if (!walk.state || walk.state.t === 0) continue;
    if (event.effect === "widen") walk.state = widened(walk.state, walk.kind.rho * WIDEN_BY_MONTHS);
    else {
      restart(walk);
      // Silence is counted from the event on.
      walk.last = addMonths(event.month, -1);
    }
    walk.felt = [...walk.felt, event];
  }
}

/** One event a month, the strongest, so that their order within it does not matter. */
function byMonth(events: readonly StreamEvent[]): StreamEvent[] {
  const strongest = new Map<Month, StreamEvent>();
  for (const event of events)
    if (event.effect === "restart" || !strongest.has(event.month)) strongest.set(event.month, event);
  return [...strongest.values()].sort((a, b) => (a.month < b.month ? -1 : 1));
}

function projectFrom(walk: Walk, target: Month, horizon: number, reconstructed: boolean): Projection {
  const { kind, history } = walk;
  const asOf = addMonths(target, 1 - horizon);
  const now: Walk = { ...walk };
  // What is replayed knows each month at its end; what is frozen knows what had been announced for its month.
  feel(now, reconstructed ? addMonths(target, -1) : target);
  const isOld = now.last !== null && monthsBetween(now.last, asOf) - 1 > RESTART_AFTER_MONTHS;
  if (isOld) restart(now);

  const gap = now.last === null ? 0 : Math.max(0, monthsBetween(now.last, asOf) - 1);
  const watch = now.watch ?? history.prior?.usualWatchSeconds ?? null;
  const x = kind.perView ? logWatch(watch, history.prior) : 0;
  const mix = kind.perView ? mixOfWalk(now) : 1;
  const season = seasonOf(target);
  const noise = kind.perView && now.paidViews !== null ? smallViewsNoise(now.paidViews) : 1;
  const denominator: Denominator = now.onPaidViews ? (history.prior?.denominator ?? "views") : "views";
  const effect = now.state?.m ?? [0, 0, 0];
  const frame = {
    key: history.key,
    target,
    asOf,
    horizon,
    reconstructed,
    denominator: kind.perView ? denominator : null,
    x,
    mix,
    season,
    inputs: {
      kind: now.kindName,
      views: now.views,
      paidViews: now.paidViews,
      paidShare: now.paidShare,
      watchSecondsPerView: watch,
      watchFrom: now.watch !== null ? "own" : watch !== null ? "usual" : "none",
      referenceRegions: now.referenceRegions,
      regions: now.regions,
      ...(now.niches && { niches: nichesOf(now) }),
      gap,
      noise,
      prior: history.prior,
    },
    why: {
      payouts: now.payouts,
      ownWeight: now.state ? ownWeight(now.state) : 0,
      watchFactor: Math.exp(effect[1] * x),
      seasonFactor: Math.exp(effect[2] * season),
      mixFactor: mix,
      tentative: now.payouts < 3,
      watchTimeAssumed: kind.perView && now.watch === null && history.prior?.referenceWatchSeconds != null,
      unusual: [...now.unusual],
      restarted: now.restarted,
      ...(now.felt.length > 0 ? { events: now.felt } : {}),
    },
    modelVersion: MODEL_VERSION,
    priorVersion: history.prior?.version ?? PRIOR_VERSION,
  } as const;

  const { gate } = history;
  if (gate?.status === "not_yet" && !now.wasPaid)
    return { ...frame, inputs: { ...frame.inputs, gate }, ...NOT_YET, reason: gate.reason };

  if (isLumpy(now, asOf)) {
    const booked = (history.deals ?? []).filter((deal) => deal.month === target).map((deal) => deal.minor);
    const isDealStream = history.key.stream === "sponsorship";
    const lumpy = projectLumpy(now.months, asOf, booked, isDealStream, history.key.currency);
    return {
      ...frame,
      basis: lumpy ? "lumpy" : "none",
      reason: lumpy ? null : "Nothing was earned or booked here yet, so there is nothing to project from.",
      medianMinor: lumpy?.projectedMinor ?? null,
      ...(booked.length > 0 ? { bookedMinor: booked.reduce((a, b) => a + b, 0n) } : {}),
      meanMinor: lumpy?.projectedMinor ?? null,
      bands: lumpy?.bands ?? null,
      variance: lumpy?.variance ?? null,
      mu: null,
      sd: null,
      df: null,
      state: lumpy?.size ?? null,
    };
  }

  if (!now.state)
    return {
      ...frame,
      ...NOTHING,
      reason: `There is no exchange rate to put the benchmark into ${history.key.currency}, and no payout yet.`,
    };
  const prediction = predict(now.state, kind, { x, season, gap, horizon, noise });
  const money = moneyOf(prediction, mix, kind.perView ? now.paidViews : 1000, history.key.currency);
  return {
    ...frame,
    basis: now.state.t === 0 ? "prior" : "own",
    reason: money ? null : "No month's views are known yet, so the rate cannot become an amount.",
    medianMinor: money?.median ?? null,
    meanMinor: money?.mean ?? null,
    bands: money?.bands ?? null,
    variance: money?.variance ?? null,
    mu: prediction.mu,
    sd: prediction.sd,
    df: prediction.df,
    state: now.state,
  };
}

const NOTHING = {
  basis: "none",
  medianMinor: null,
  meanMinor: null,
  bands: null,
  variance: null,
  mu: null,
  sd: null,
  df: null,
  state: null,
} as const;

const NO_RANGE: Range = { lo: 0n, hi: 0n };
/** Nothing can be earned before the programme lets the creator in: a zero that is known, not a missing figure. */
const NOT_YET = {
  ...NOTHING,
  medianMinor: 0n,
  meanMinor: 0n,
  bands: { 50: NO_RANGE, 80: NO_RANGE, 95: NO_RANGE },
  variance: 0,
} as const;

/** Deals always; ads and rewards after three confirmed zero months in a year; others also before two payouts. */
function isLumpy(walk: Walk, asOf: Month): boolean {
  if (walk.kindName === "deal") return true;
  if (walk.kindName !== "ads" && walk.payouts < 2) return true;
  const yearAgo = addMonths(asOf, -12);
  const first = walk.months.find(({ minor }) => minor > 0n)?.month;
  const zeros = walk.months.filter(
    ({ month, minor }) => minor === 0n && month >= yearAgo && first !== undefined && month > first,
  );
  return zeros.length >= 3;
}

function sorted(rows: readonly HistoryRow[]): HistoryRow[] {
  const ordered = [...rows].sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0));
  const twice = ordered.find((row, index) => row.month === ordered[index + 1]?.month);
  if (twice) throw new RangeError(`Two rows for ${twice.month}; sum them before projecting.`);
  for (const row of ordered) checkRow(row);
  return ordered;
}

function isSettled(row: HistoryRow, asOf: Month): boolean {
  return row.state !== "estimated" || daysBetween(lastDay(row.month), firstDay(asOf)) >= SETTLED_AFTER_DAYS;
}

function shareOf({ views, paidViews }: Traffic): number | null {
  return views && paidViews ? paidViews / views : null;
}

function watchPerView({ views, paidViews, watchSeconds }: Traffic): number | null {
  const count = views ?? paidViews;
  return watchSeconds && count ? watchSeconds / count : null;
}

function paidViewsOf(walk: Walk, row: Traffic): number | null {
  if (!walk.onPaidViews) return row.views;
  return row.paidViews ?? (row.views === null ? null : row.views * (walk.paidShare ?? 1));
}

function mixOfWalk({ history, regions, referenceRegions, niches, referenceNiches }: Walk): number {
  return (
    mixOf(history.prior, regions, referenceRegions) *
    nicheMixOf(nichesOf({ niches, referenceNiches }), niches)
  );
}

function nichesOf({ niches, referenceNiches }: Pick<Walk, "niches" | "referenceNiches">): Niches | undefined {
  return niches && referenceNiches
    ? { shares: niches, reference: referenceNiches, factors: NICHE_FACTOR }
    : undefined;
}

function isBeforeEligible(gate: Eligibility | null | undefined, month: Month): boolean {
  if (gate?.status === "not_yet") return true;
  return gate?.status === "eligible" && gate.since !== null && month < gate.since;
}

function shifted(state: FilterState, by: number): FilterState {
  return { ...state, m: [state.m[0] + by, state.m[1], state.m[2]] };
}

function widened(state: FilterState, by: number): FilterState {
  const [c00, ...others] = state.C;
  return { ...state, C: [c00 + by, ...others] };
}
