/**
 * How a payout came about, in its stream's own terms. The payout's amount is what the platform credits: after its
 * share, before tax withheld and fees, which are entries about the payout. All amounts are minor units of the
 * payout's currency, shares and rates are parts per million. Null is unknown, never 0.
 */
import { commissionOn } from "./commission";
import { type Currency, type Decimal, decimalText, divideHalfEven, partOf, roundToMinor } from "./money";
import { DENOMINATORS, type Denominator } from "./rpm";
import type { EntryKind, Stream } from "./words";

/** Of money that others paid, the platform keeps a share: ads, rewards, sponsorship through a platform. */
export type ShareMakings = {
  readonly of: "share";
  readonly grossMinor: bigint | null;
  /** what the platform keeps of the gross */
  readonly platformPpm: number | null;
  /** signed; claims, disputes, back pay */
  readonly adjustmentMinor: bigint | null;
  /** what the money was counted by, where it was counted at all */
  readonly per: Denominator | null;
  readonly count: number | null;
  /** the part that a country may tax at its source */
  readonly taxableMinor: bigint | null;
};

/** Viewers bought something by the piece: super likes, gifts, subscriptions. */
export type UnitMakings = {
  readonly of: "units";
  readonly units: number | null;
  /** exact, in whole units of the currency: a diamond may be worth half a cent */
  readonly unitPrice: Decimal | null;
  readonly platformPpm: number | null;
  readonly taxableMinor: bigint | null;
};

/** Viewers ordered something: shop and affiliate. Orders that came by paid ads have their own value and rate. */
export type OrderMakings = {
  readonly of: "orders";
  readonly clicks: number | null;
  readonly orders: number | null;
  /** order value that the commission is counted on */
  readonly valueMinor: bigint | null;
  /** the part of it that was refunded */
  readonly refundedMinor: bigint | null;
  readonly ratePpm: number | null;
  readonly adsValueMinor: bigint | null;
  readonly adsRefundedMinor: bigint | null;
  readonly adsRatePpm: number | null;
  readonly taxableMinor: bigint | null;
};

/** Of an entry about another: the tax is a rate of its base. */
export type WithheldMakings = {
  readonly of: "withheld";
  readonly taxableMinor: bigint | null;
  readonly ratePpm: number | null;
  /** under which rule: "US, treaty" */
  readonly rule: string | null;
};

export type Makings = ShareMakings | UnitMakings | OrderMakings | WithheldMakings;
export type MakingsSort = Makings["of"];

const SORT_OF_STREAM: Readonly<Record<Stream, MakingsSort>> = {
  ads: "share",
  rewards: "share",
  sponsorship: "share",
  affiliate: "orders",
  super_like: "units",
  gift: "units",
  shop: "orders",
  subscription: "units",
  other: "share",
};

/** Which makings an entry may have; null: none. */
export function makingsSortOf(stream: Stream, kind: EntryKind): MakingsSort | null {
  if (kind === "withheld") return "withheld";
  return kind === "earning" ? SORT_OF_STREAM[stream] : null;
}

/** The way from the gross to what is credited; parts sum up to it: gross + platform + adjustment + refunded. */
export type Ladder = {
  readonly gross: bigint;
  /** what the platform keeps, 0 or negative; null: neither stated nor to be derived */
  readonly platform: bigint | null;
  readonly adjustment: bigint;
  /** commission lost to refunded orders, 0 or negative */
  readonly refunded: bigint;
  /** what the makings give; null while the platform's share or a rate is unknown */
  readonly gives: bigint | null;
};

const MILLION = 1_000_000n;

/** Null where the makings say nothing about the gross. Halves go to even, once per step. */
export function ladderOf(makings: Makings, currency: Currency): Ladder | null {
  if (makings.of === "orders") return ladderOfOrders(makings);
  if (makings.of === "withheld") return null;
  const gross = makings.of === "share" ? makings.grossMinor : worthOf(makings, currency);
  if (gross === null) return null;
  const adjustment = (makings.of === "share" && makings.adjustmentMinor) || 0n;
  const { platformPpm } = makings;
  if (platformPpm === null) return { gross, platform: null, adjustment, refunded: 0n, gives: null };
  const platform = -partOf(gross, platformPpm);
  return { gross, platform, adjustment, refunded: 0n, gives: gross + platform + adjustment };
}

function ladderOfOrders(makings: OrderMakings): Ladder | null {
  const own = commissionOf(makings.valueMinor, makings.refundedMinor, makings.ratePpm);
  const byAds = commissionOf(makings.adsValueMinor, makings.adsRefundedMinor, makings.adsRatePpm);
  const parts = [own, byAds].filter((part) => part !== "none");
  if (parts.length === 0 || parts.includes("unknown")) return null;
  const known = parts as { full: bigint; kept: bigint }[];
  const gross = known.reduce((sum, { full }) => sum + full, 0n);
  const gives = known.reduce((sum, { kept }) => sum + kept, 0n);
  return { gross, platform: 0n, adjustment: 0n, refunded: gives - gross, gives };
}

function commissionOf(
  value: bigint | null,
  refunded: bigint | null,
  ratePpm: number | null,
): { full: bigint; kept: bigint } | "unknown" | "none" {
  if (value === null) return "none";
  if (ratePpm === null) return "unknown";
  const order = { valueMinor: value, refundedMinor: refunded ?? 0n, ratePpm };
  return { full: partOf(value, ratePpm), kept: commissionOn(order) };
}

/** What the units are worth at their price, in minor units; null when either is unknown. */
export function worthOf({ units, unitPrice }: UnitMakings, currency: Currency): bigint | null {
  if (units === null || unitPrice === null) return null;
  return roundToMinor({ units: BigInt(units) * unitPrice.units, scale: unitPrice.scale }, currency);
}

/**
 * What share of the gross did not arrive, in parts per million, half to even: 1 - credited / gross. Derived from
 * one's own figures; null without a gross above 0.
 */
export function cutOf(gross: bigint, credited: bigint): number | null {
  return gross > 0n ? Number(divideHalfEven((gross - credited) * MILLION, gross)) : null;
}

/**
 * How far the makings are from the amount; null when they fit, or say too little to tell. A platform that rounds
 * each order may be half a minor unit off for every one of them, and never less than one is let pass.
 */
export function misfitOf(
  makings: Makings,
  minor: bigint,
  currency: Currency,
): { gives: bigint; off: bigint } | null {
  const gives = givenBy(makings, currency);
  if (gives === null) return null;
  const off = gives - minor;
  const size = off < 0n ? -off : off;
  const rounded = makings.of === "orders" ? (BigInt(makings.orders ?? 0) + 1n) / 2n : 0n;
  return size <= (rounded > 1n ? rounded : 1n) ? null : { gives, off };
}

/** What is withheld takes away, so it is negative like its entry. */
function givenBy(makings: Makings, currency: Currency): bigint | null {
  if (makings.of !== "withheld") return ladderOf(makings, currency)?.gives ?? null;
  const { taxableMinor, ratePpm } = makings;
  return taxableMinor === null || ratePpm === null ? null : -partOf(taxableMinor, ratePpm);
}

// ---------------------------------------------------------------- as kept

/** Plain JSON for a payout: amounts as digits, what is unknown left out, the ladder's parts beside, for sums. */
export function packMakings(makings: Makings, currency: Currency): Record<string, unknown> | null {
  const said = Object.entries(makings).filter(([, value]) => value !== null);
  if (said.length === 1) return null;
  const ladder = ladderOf(makings, currency);
  return {
    ...Object.fromEntries(said.map(([name, value]) => [name, plain(value)])),
    ...(ladder && {
      ladder: {
        gross: String(ladder.gross),
        ...(ladder.platform !== null && { platform: String(ladder.platform) }),
        adjustment: String(ladder.adjustment),
        refunded: String(ladder.refunded),
      },
    }),
  };
}

function plain(value: bigint | number | string | Decimal): string | number {
  if (typeof value === "bigint") return value.toString();
  return typeof value === "object" ? decimalText(value.units, value.scale) : value;
}

/** Makings as they were kept; null for what is not such JSON. */
export function readMakings(json: Readonly<Record<string, unknown>> | null): Makings | null {
  if (json === null) return null;
  const minor = (name: string) => {
    const text = json[name];
    return typeof text === "string" && /^-?\d{1,19}$/.test(text) ? BigInt(text) : null;
  };
  const number = (name: string) => {
    const value = json[name];
    return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
  };
  const taxableMinor = minor("taxableMinor");
  switch (json.of) {
    case "share":
      return {
        of: "share",
        grossMinor: minor("grossMinor"),
        platformPpm: number("platformPpm"),
        adjustmentMinor: minor("adjustmentMinor"),
        per: DENOMINATORS.find((name) => name === json.per) ?? null,
        count: number("count"),
        taxableMinor,
      };
    case "units":
      return {
        of: "units",
        units: number("units"),
        unitPrice: decimalFrom(json.unitPrice),
        platformPpm: number("platformPpm"),
        taxableMinor,
      };
    case "orders":
      return {
        of: "orders",
        clicks: number("clicks"),
        orders: number("orders"),
        valueMinor: minor("valueMinor"),
        refundedMinor: minor("refundedMinor"),
        ratePpm: number("ratePpm"),
        adsValueMinor: minor("adsValueMinor"),
        adsRefundedMinor: minor("adsRefundedMinor"),
        adsRatePpm: number("adsRatePpm"),
        taxableMinor,
      };
    case "withheld":
      return {
        of: "withheld",
        taxableMinor,
        ratePpm: number("ratePpm"),
        rule: typeof json.rule === "string" ? json.rule : null,
      };
    default:
      return null;
  }
}

function decimalFrom(value: unknown): Decimal | null {
  const [, whole, fraction = ""] =
    (typeof value === "string" && /^(\d{1,20})(?:\.(\d{1,20}))?$/.exec(value)) || [];
  return whole === undefined ? null : { units: BigInt(whole + fraction), scale: fraction.length };
}
