import { axisFor, type FigureTable, moneyScale, type ProjectionChartData } from "./chart-data";
import { FIELDS, type FieldName, minorOfDigits, readField, SPEC, type Typed } from "./explorer-fields";
import { compactCount, count, money } from "./format";
import type { Benchmark } from "./model/benchmarks";
import type { EngagementEffect } from "./model/engagement";
import { KINDS } from "./model/kinds";
import { type Currency, exponentOf } from "./model/money";
import type { Day, Month } from "./model/month";
import { fits, priorFrom } from "./model/prior";
import { minorOf } from "./model/rate-money";
import {
  asItIs,
  explore,
  freshGround,
  type Ground,
  type Outcome,
  type Scenario,
  type Shop,
  sharesOf,
} from "./model/scenario";
import { type Price, priceOf, type Span, type Spot } from "./model/sponsorship";
import type { Deliverable, Rated, RewardRule, Right, Sourced, Tier } from "./model/sponsorship-rates";
import {
  FORMATS,
  type Format,
  NICHES,
  type Niche,
  PLATFORMS,
  type Platform,
  REGIONS,
  STREAMS,
  type Stream,
} from "./model/words";

/** The explorer between the page's data and the model: what is chosen, what it means, what comes out. Pure. */

export type ExplorerData = {
  readonly locale: string;
  /** This month and those after it. */
  readonly months: readonly Month[];
  readonly currency: Currency;
  readonly streams: readonly ExplorerStream[];
  readonly platforms: readonly PlatformFacts[];
  readonly channels: readonly ExplorerChannel[];
  readonly benchmarks: readonly Benchmark[];
  readonly nicheFactors: Readonly<Record<Niche, number>>;
  readonly priorVersion: string;
  /** Units per 1 USD of the currencies in use; absent where none is known. */
  readonly perUsd: Readonly<Record<string, number>>;
  /** The newest rate of the reporting currency, for what is quoted today; null in USD, and when none is known. */
  readonly usd: { readonly rate: number; readonly day: Day } | null;
  readonly sponsorship: {
    readonly cpm: Readonly<Record<Platform, Span & Sourced>>;
    readonly youtubeCpm: Readonly<Partial<Record<Niche, Span & Sourced>>>;
    readonly deliverables: readonly Rated<Deliverable>[];
    readonly rights: readonly Rated<Right>[];
    readonly engagement: Readonly<Record<Platform, ({ readonly rate: number } & Sourced) | null>>;
    readonly fees: Readonly<Partial<Record<Platform, readonly Tier[]>>>;
    readonly feesSource: Sourced;
  };
  readonly rules: readonly RewardRule[];
};

export type ExplorerStream = {
  readonly id: string;
  readonly platform: Platform | null;
  readonly format: Format | "all";
  readonly ground: Ground;
  readonly effect: EngagementEffect;
};

/** The newest that is known of a platform, by format. */
export type PlatformFacts = {
  readonly platform: Platform;
  readonly format: Format | "all";
  readonly views: number | null;
  readonly watchSeconds: number | null;
  readonly engagement: number | null;
};

export type ExplorerChannel = {
  readonly id: string;
  readonly name: string;
  readonly platform: Platform;
  readonly niche: Niche;
  readonly followers: number | null;
  readonly engagement: number | null;
  /** Of the newest videos; null where unknown. */
  readonly views: readonly (number | null)[];
};

/** The streams one can begin from a benchmark; the rest have none that says anything. */
export const FRESH_STREAMS = STREAMS.filter(
  (stream) => stream !== "sponsorship" && stream !== "other" && stream !== "subscription",
);

/** All that is chosen; what is as it starts is absent, so that a link holds only what was changed. */
export type Choice = {
  /** The id of a stream; null: from a benchmark. */
  readonly stream: string | null;
  readonly fresh: { readonly platform: Platform; readonly stream: Stream };
  readonly month: Month | null;
  readonly format: Format | null;
  readonly niche: Niche | null;
  readonly typed: Readonly<Partial<Record<FieldName, string>>>;
  /** Thousandths by region, in the order of REGIONS. */
  readonly mix: readonly number[] | null;
  readonly channel: string | null;
  readonly deliverable: Deliverable;
  readonly rights: readonly Right[];
};

/** What the choice means: the field's values, and what the model makes of them. */
export type Explored = {
  readonly stream: ExplorerStream | null;
  readonly name: {
    readonly stream: Stream;
    readonly platform: Platform | null;
    readonly format: Format | "all";
  };
  readonly month: Month;
  readonly niche: Niche | null;
  readonly startNiche: Niche | null;
  readonly channel: ExplorerChannel | null;
  /** The fields that play a part here. */
  readonly fields: readonly FieldName[];
  readonly starts: Readonly<Record<FieldName, number | null>>;
  readonly typed: Readonly<Partial<Record<FieldName, Typed>>>;
  readonly values: Readonly<Record<FieldName, number | null>>;
  /** null: no exchange rate puts the benchmark into the currency. */
  readonly ground: Ground | null;
  readonly scenario: Scenario | null;
  /** null while a field is refused. */
  readonly outcome: Outcome | null;
  /** Whether a field that the projection, or the price, stands on is refused. */
  readonly isRefused: boolean;
  readonly isPriceRefused: boolean;
  /** True when the format's own benchmark stands in for payouts of another format. */
  readonly isOtherFormat: boolean;
  /** What a programme asks for and the figures fall short of; only for a stream that has not paid yet. */
  readonly short: { readonly rule: RewardRule; readonly followers: number; readonly views: number } | null;
  readonly rule: RewardRule | null;
};

/** The commission a scenario starts from: the middle of what SocialTale prints as typical, 8 to 22 % by category. */
const USUAL_COMMISSION = 15;

const MOVES_MONEY: readonly FieldName[] = ["views", "paid", "watch", "commission", "sales"];
const MOVES_PRICE: readonly FieldName[] = ["engagement", "followers", "fee"];

export function exploreChoice(data: ExplorerData, choice: Choice): Explored {
  const own = choice.stream === null ? null : (data.streams.find(({ id }) => id === choice.stream) ?? null);
  const platform = own ? own.platform : choice.fresh.platform;
  const stream = own?.ground.stream ?? choice.fresh.stream;
  const format = choice.format ?? own?.format ?? "all";
  // What is booked for a later month is no scenario.
  const month = (own?.ground.lumpy ? null : choice.month) ?? data.months[0]!;
  const channel = channelOf(data, choice, platform);
  const facts = data.platforms.find((each) => each.platform === platform && each.format === format) ?? null;
  const startNiche = own ? own.ground.niche : (channel?.niche ?? null);
  const niche = choice.niche ?? startNiche;

  const rowFor = (of: Format | "all") =>
    data.benchmarks.find((row) => fits(row, stream, platform ?? "other", of)) ?? null;
  const row = rowFor(format);
  const isOtherFormat = own !== null && format !== own.format && row !== rowFor(own.format);
  const regions =
    own?.ground.regions ?? data.streams.find((each) => each.platform === platform)?.ground.regions ?? null;
  const ground =
    own && !isOtherFormat
      ? own.ground
      : freshIn(data, {
          row,
          stream,
          platform,
          niche: startNiche,
          regions,
          facts,
          currency: own?.ground.currency,
        });

  const fields = fieldsOf(ground, stream);
  const starts = startsOf(ground, facts, channel);
  const typed: Partial<Record<FieldName, Typed>> = {};
  const values = { ...starts };
  for (const name of FIELDS) {
    const text = choice.typed[name];
    if (text === undefined) continue;
    const read = readField(name, text, data.locale);
    typed[name] = read;
    values[name] = read.kind === "number" ? read.value : null;
  }
  const isRefused = MOVES_MONEY.some((name) => fields.includes(name) && typed[name]?.kind === "refused");
  const scenario =
    ground && scenarioOf(data, choice, { ground, month, niche, startNiche, typed, values, stream });
  const rule = data.rules.find((each) => each.platform === platform && each.stream === stream) ?? null;
  const isNew = ground?.payouts === 0;
  return {
    stream: own,
    name: { stream, platform, format },
    month,
    niche,
    startNiche,
    channel,
    fields,
    starts,
    typed,
    values,
    ground,
    scenario,
    outcome: ground && scenario && !isRefused ? explore(ground, scenario) : null,
    isRefused,
    isPriceRefused: MOVES_PRICE.some((name) => typed[name]?.kind === "refused"),
    isOtherFormat,
    rule,
    short: rule && isNew ? shortOf(rule, values) : null,
  };
}

/** The channel a sponsorship is priced for: the chosen one, else the platform's with most followers. */
function channelOf(data: ExplorerData, choice: Choice, platform: Platform | null): ExplorerChannel | null {
  const chosen = data.channels.find(({ id }) => id === choice.channel);
  if (chosen) return chosen;
  const byFollowers = [...data.channels].sort((a, b) => (b.followers ?? -1) - (a.followers ?? -1));
  return byFollowers.find((each) => each.platform === platform) ?? byFollowers[0] ?? null;
}

function freshIn(
  data: ExplorerData,
  about: {
    row: Benchmark | null;
    stream: Stream;
    platform: Platform | null;
    niche: Niche | null;
    regions: Ground["regions"];
    facts: PlatformFacts | null;
    currency: Currency | undefined;
  },
): Ground | null {
  const { row, stream, niche, regions, facts } = about;
  const currency = about.currency ?? data.currency;
  const perUsd = currency === "USD" ? 1 : data.perUsd[currency];
  if (!row || !perUsd) return null;
  const nicheFactor = niche ? data.nicheFactors[niche] : 1;
  const prior = priorFrom(row, { perUsd, nicheFactor, regions, version: data.priorVersion });
  const known = { views: facts?.views ?? null, watchSeconds: facts?.watchSeconds ?? null };
  return freshGround(stream, currency, prior, niche, known);
}

function fieldsOf(ground: Ground | null, stream: Stream): FieldName[] {
  const perView =
    ground !== null && ground.lumpy === null && ground.reason === null && KINDS[ground.kind].perView;
  return FIELDS.filter((name) => {
    if (name === "views") return perView;
    if (name === "paid") return perView && ground.paidShare !== null;
    if (name === "watch") return perView && ground.prior?.referenceWatchSeconds != null;
    if (name === "commission" || name === "sales") return perView && stream === "shop";
    return true;
  });
}

function startsOf(
  ground: Ground | null,
  facts: PlatformFacts | null,
  channel: ExplorerChannel | null,
): Record<FieldName, number | null> {
  const share = ground?.paidShare ?? null;
  const engagement = channel?.engagement ?? facts?.engagement ?? null;
  return {
    views: ground?.views ?? null,
    paid: share === null ? null : share * 100,
    watch: ground?.watchSeconds ?? null,
    engagement: engagement === null ? null : engagement * 100,
    followers: channel?.followers ?? null,
    commission: USUAL_COMMISSION,
    sales: null,
    fee: null,
  };
}

function scenarioOf(
  data: ExplorerData,
  choice: Choice,
  at: {
    ground: Ground;
    month: Month;
    niche: Niche | null;
    startNiche: Niche | null;
    typed: Explored["typed"];
    values: Explored["values"];
    stream: Stream;
  },
): Scenario {
  const { ground, month, typed, values } = at;
  const factor = (niche: Niche | null) => (niche ? data.nicheFactors[niche] : 1);
  const start = asItIs(ground, month, data.months.indexOf(month) + 1);
  return {
    ...start,
    // What was not touched stays exact: a field shows fewer digits than are known.
    views: typed.views ? values.views : start.views,
    paidShare: typed.paid ? (values.paid === null ? start.paidShare : values.paid / 100) : start.paidShare,
    watchSeconds: typed.watch ? values.watch : start.watchSeconds,
    regions: choice.mix ? sharesOf(choice.mix) : start.regions,
    nicheFactor: at.niche === at.startNiche ? 1 : factor(at.niche) / factor(at.startNiche),
    shop: at.stream === "shop" ? shopOf(ground.currency, typed, values) : null,
  };
}

function shopOf(currency: Currency, typed: Explored["typed"], values: Explored["values"]): Shop {
  const { sales } = typed;
  return {
    ratePpm: Math.round((values.commission ?? USUAL_COMMISSION) * 10_000),
    presentPpm: USUAL_COMMISSION * 10_000,
    salesMinor: sales?.kind === "number" ? minorOfDigits(sales.digits, exponentOf(currency)) : null,
  };
}

/** How far followers and views fall short of the programme's terms; null when they do not, or are unknown. */
function shortOf(rule: RewardRule, values: Explored["values"]): Explored["short"] {
  const missing = (asked: number | null, known: number | null) =>
    asked === null || known === null ? 0 : Math.max(0, asked - known);
  const followers = missing(rule.followers, values.followers);
  const views = missing(rule.views, values.views);
  return followers + views > 0 ? { rule, followers, views } : null;
}

// ---------------------------------------------------------------- money against views

export type Curve = Pick<
  ProjectionChartData,
  | "axis"
  | "labels"
  | "actual"
  | "running"
  | "points"
  | "projected"
  | "low80"
  | "high80"
  | "realTraffic"
  | "markers"
> & { readonly summary: string; readonly unit: string; readonly table: FigureTable };

const STEPS = 20;

/** From no views to twice the chosen ones; null where views move nothing. */
export function curveOf(explored: Explored, locale: string): Curve | null {
  const { ground, scenario, outcome, fields } = explored;
  if (!ground || !scenario || !outcome || !fields.includes("views")) return null;
  if (scenario.shop?.salesMinor != null) return null;
  const { currency } = ground;
  const middle = scenario.views || ground.views || SPEC.views.usual;
  const chosen = scenario.views === null ? null : scenario.views === 0 ? 0 : STEPS / 2;
  const points = Array.from({ length: STEPS + 1 }, (_, index) => {
    const views = index === STEPS / 2 ? middle : Math.round((middle * 2 * index) / STEPS);
    const { medianMinor, bands } = explore(ground, { ...scenario, views });
    return { views, median: medianMinor ?? 0n, low: bands?.[80].lo ?? 0n, high: bands?.[80].hi ?? 0n };
  });
  const scale = moneyScale(currency, locale);
  const projected = points.map(({ median }) => scale.place(median));
  const high80 = points.map(({ high }) => scale.place(high));
  const shown = (minor: bigint) => money(minor, currency, locale);
  const [first, last] = [points[0]!, points.at(-1)!];
  return {
    axis: axisFor(projected, high80, scale),
    labels: points.map(({ views }) => compactCount(views, locale)),
    actual: points.map(({ median }, index) => (index === chosen ? scale.place(median) : null)),
    running: points.map(() => false),
    points: points.map((_, index) => (index === chosen ? "solid" : null)),
    projected,
    low80: points.map(({ low }) => scale.place(low)),
    high80,
    realTraffic: points.map(() => null),
    markers: [],
    unit: `${currency} a month, by views a month`,
    summary: `From ${shown(first.median)} at ${count(first.views, locale)} views to ${shown(last.median)} at ${count(last.views, locale)}; at ${count(middle, locale)} views ${shown(points[STEPS / 2]!.median)}.`,
    table: {
      columns: ["Views a month", "Projected", "80% band from", "to"],
      rows: points
        .filter((_, index) => index % 2 === 0)
        .map(({ views, median, low, high }) => ({
          key: String(views),
          cells: [count(views, locale), shown(median), shown(low), shown(high)],
        })),
    },
  };
}

// ---------------------------------------------------------------- the price of a sponsorship

export type Sponsorship = {
  readonly channel: ExplorerChannel;
  /** How many of the channel's newest videos have known views, of how many. */
  readonly known: number;
  readonly newest: number;
  readonly cpm: Span & Sourced;
  readonly deliverable: Rated<Deliverable>;
  readonly rights: readonly Rated<Right>[];
  readonly engagement: {
    readonly own: number;
    readonly typical: ({ readonly rate: number } & Sourced) | null;
  } | null;
  readonly price: Price | null;
  readonly currency: Currency;
  /** Units of that currency per 1 USD, in which the CPM is printed. */
  readonly perUsd: number;
  readonly minor: Readonly<Record<keyof Spot, bigint>> | null;
  readonly feeMinor: bigint | null;
  readonly tier: Tier | null;
};

/** null without a channel. A price in the creator's currency where its rate is known, else in USD. */
export function sponsorshipOf(data: ExplorerData, choice: Choice, explored: Explored): Sponsorship | null {
  const { channel, niche, typed, values } = explored;
  if (!channel) return null;
  const { platform } = channel;
  const { cpm, youtubeCpm, deliverables, rights, engagement: typical, fees } = data.sponsorship;
  const isYouTube = platform === "youtube";
  const ofNiche = isYouTube && niche ? youtubeCpm[niche] : undefined;
  const deliverable =
    deliverables.find(({ name }) => isYouTube && name === choice.deliverable) ?? deliverables[0]!;
  const asked = rights.filter(({ name }) => choice.rights.includes(name));
  const known = channel.views.filter((views) => views !== null);
  const percent = values.engagement;
  const typicalHere = typical[platform];
  const price = priceOf({
    views: known,
    cpm: ofNiche ?? cpm[platform],
    multipliers: [deliverable, ...asked],
    engagement: percent !== null && typicalHere ? { own: percent / 100, typical: typicalHere.rate } : null,
  });
  const rate = data.currency === "USD" ? 1 : data.usd?.rate;
  const currency = rate ? data.currency : ("USD" as Currency);
  const inMinor = (usd: number) => minorOf(usd * (rate ?? 1), currency);
  const followers = values.followers;
  const fee = typed.fee;
  return {
    channel,
    known: known.length,
    newest: channel.views.length,
    cpm: ofNiche ?? cpm[platform],
    deliverable,
    rights: asked,
    engagement: percent === null ? null : { own: percent / 100, typical: typicalHere },
    price,
    currency,
    perUsd: rate ?? 1,
    minor: price && {
      low: inMinor(price.price.low),
      middle: inMinor(price.price.middle),
      high: inMinor(price.price.high),
    },
    feeMinor: fee?.kind === "number" ? minorOfDigits(fee.digits, exponentOf(currency)) : null,
    tier: followers === null ? null : (fees[platform]?.findLast(({ from }) => from <= followers) ?? null),
  };
}

// ---------------------------------------------------------------- the address

export const START: Omit<Choice, "stream" | "fresh"> = {
  month: null,
  format: null,
  niche: null,
  typed: {},
  mix: null,
  channel: null,
  deliverable: "integration",
  rights: [],
};

/** The scenario that an address tells; what it does not tell, or what does not exist, is as it starts. */
export function choiceFrom(data: ExplorerData, asked: URLSearchParams): Choice {
  const oneOf = <T extends string>(name: string, choices: readonly T[]): T | null =>
    choices.find((each) => each === asked.get(name)) ?? null;
  const ids = data.streams.map(({ id }) => id);
  const platform = oneOf("platform", PLATFORMS) ?? data.channels[0]?.platform ?? "tiktok";
  const typed: Partial<Record<FieldName, string>> = {};
  for (const name of FIELDS) {
    const text = asked.get(name);
    if (text !== null) typed[name] = shownDigits(name, text.slice(0, 60), data.locale);
  }
  const rights = (asked.get("rights") ?? "").split(".");
  return {
    ...START,
    stream: oneOf("stream", ids) ?? (asked.get("stream") === "new" ? null : (ids[0] ?? null)),
    fresh: {
      platform,
      stream: oneOf("of", FRESH_STREAMS) ?? (platform === "tiktok" ? "rewards" : "ads"),
    },
    month: oneOf("month", data.months),
    format: oneOf("format", FORMATS),
    niche: oneOf("niche", NICHES),
    typed,
    mix: mixFrom(asked.get("mix")),
    channel: oneOf(
      "channel",
      data.channels.map(({ id }) => id),
    ),
    deliverable:
      oneOf(
        "deliverable",
        data.sponsorship.deliverables.map(({ name }) => name),
      ) ?? START.deliverable,
    rights: data.sponsorship.rights.map(({ name }) => name).filter((name) => rights.includes(name)),
  };
}

/** Only what differs from where it starts. */
export function searchOf(data: ExplorerData, choice: Choice): URLSearchParams {
  const query = new URLSearchParams();
  const put = (name: string, value: string | null) => {
    if (value !== null) query.set(name, value);
  };
  if (choice.stream === null) {
    put("stream", "new");
    put("platform", choice.fresh.platform);
    put("of", choice.fresh.stream);
  } else if (choice.stream !== data.streams[0]?.id) put("stream", choice.stream);
  put("month", choice.month);
  put("format", choice.format);
  put("niche", choice.niche);
  for (const name of FIELDS) {
    const text = choice.typed[name];
    if (text === undefined) continue;
    const read = readField(name, text, data.locale);
    put(name, read.kind === "number" ? read.digits : text.trim().slice(0, 60));
  }
  put("mix", choice.mix?.join(".") ?? null);
  put("channel", choice.channel);
  if (choice.deliverable !== START.deliverable) put("deliverable", choice.deliverable);
  if (choice.rights.length > 0) put("rights", choice.rights.join("."));
  return query;
}

/** Counts come back grouped, as the field writes them. */
function shownDigits(name: FieldName, text: string, locale: string): string {
  return SPEC[name].isWhole && /^\d{1,15}$/.test(text) ? count(Number(text), locale) : text;
}

function mixFrom(text: string | null): number[] | null {
  const parts = (text ?? "").split(".").map(Number);
  const isWhole = parts.every((part) => Number.isInteger(part) && part >= 0 && part <= 1000);
  const sum = parts.reduce((a, b) => a + b, 0);
  return parts.length === REGIONS.length && isWhole && sum === 1000 ? parts : null;
}
