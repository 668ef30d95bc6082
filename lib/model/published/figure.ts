import type { Grade } from "../benchmarks";
import type { Denominator } from "../rpm";
import type { Format, Niche, Platform, Region, Stream } from "../words";
import { SOURCES, type SourceId } from "./sources";

/**
 * What a figure measures. rpm: what the creator is paid. cpm: what advertisers pay, before the platform's share.
 * sponsor_cpm: what a sponsor pays the creator. fee: for one post. commission, payout_share: percent.
 * unit: money for one gift. season: a month beside the year's mean (or beside what `per` names).
 */
export const MEASURES = [
  "rpm",
  "cpm",
  "sponsor_cpm",
  "fee",
  "commission",
  "payout_share",
  "unit",
  "qualified_share",
  "season",
] as const;
export type Measure = (typeof MEASURES)[number];
export const MEASURE_LABEL: Readonly<Record<Measure, string>> = {
  rpm: "RPM, paid to creators",
  cpm: "CPM, paid by advertisers",
  sponsor_cpm: "Sponsor's fee per 1,000 views",
  fee: "Fee per post",
  commission: "Commission",
  payout_share: "Share paid out",
  unit: "Money per gift",
  qualified_share: "Share of views that qualify",
  season: "Season",
};

/** What a figure is counted on; "unstated" where the page does not say, which is not "views". */
export type Per = Denominator | "unstated" | Exclude<keyof typeof PLAIN_PER_LABEL, "unstated">;
const PLAIN_PER_LABEL = {
  unstated: "per 1,000, of what is not said",
  post: "per post",
  deal: "per deal",
  gift: "per gift",
  order: "of the order's value",
  revenue: "of the revenue",
  price: "of what viewers pay",
  view: "of all views",
  year: "× the year's mean",
  december: "× December",
  q2: "× April to June",
} as const;

/** "per 1,000 qualified views", "of the order's value". */
export function perLabel(per: Per): string {
  return per in PLAIN_PER_LABEL
    ? PLAIN_PER_LABEL[per as keyof typeof PLAIN_PER_LABEL]
    : `per 1,000 ${per.replaceAll("_", " ")}`;
}

/** Sizes of an audience, as the rate cards cut it. */
export const TIERS = ["nano", "micro", "mid", "macro", "mega"] as const;
export type Tier = (typeof TIERS)[number];
export const TIER_LABEL: Readonly<Record<Tier, string>> = {
  nano: "Nano, 1,000 to 10,000 followers",
  micro: "Micro, 10,000 to 50,000 (or 100,000) followers",
  mid: "Mid, 50,000 to 500,000 followers",
  macro: "Macro, 100,000 to 1 million followers",
  mega: "Mega, over 1 million followers",
};

/** One published figure as its source prints it. Nothing is converted, nothing rounded. */
export type Published = {
  readonly id: string;
  readonly platform: Platform | "any";
  readonly programme: string;
  /** null: no stream of a creator's (what advertisers pay, how views qualify) */
  readonly stream: Stream | null;
  readonly measure: Measure;
  readonly per: Per;
  readonly format: Format | "any";
  /** As printed: "United States", "tier 2 countries"; null when it speaks of no place. */
  readonly place: string | null;
  /** The place in the model's regions; empty when it speaks of none, or fits none. */
  readonly regions: readonly Region[];
  readonly niche: Niche | null;
  readonly tier: Tier | null;
  /** A category, a month or another subject that is neither niche nor tier. */
  readonly category: string | null;
  /** null: it only says "under". */
  readonly low: number | null;
  /** null: it only says "and more". */
  readonly high: number | null;
  /** What the source itself calls typical within its range. */
  readonly typical: readonly [number, number] | null;
  /** null for percent and factors */
  readonly currency: string | null;
  readonly source: SourceId;
  /** The page's own date, or null when it shows none. */
  readonly date: string | null;
  readonly grade: Grade;
  readonly note: string | null;
};

type Given = Pick<Published, "source"> &
  Partial<Omit<Published, "id" | "date" | "grade">> & {
    /** A range, or one value. */
    readonly value: readonly [low: number | null, high: number | null] | number;
  };
type Common = Pick<Published, "platform" | "programme" | "stream" | "measure" | "per"> &
  Partial<Omit<Published, "id" | "source">>;

/** Figures that have most in common. Date and grade are the source's. */
export function figures(common: Common, rows: readonly Given[]): Published[] {
  return rows.map(({ value, ...row }): Published => {
    const [low, high] = typeof value === "number" ? [value, value] : value;
    const { date, grade } = SOURCES[row.source];
    const isMoney = ["rpm", "cpm", "sponsor_cpm", "fee", "unit"].includes(row.measure ?? common.measure);
    const figure = {
      format: "any",
      place: null,
      regions: [],
      niche: null,
      tier: null,
      category: null,
      typical: null,
      currency: isMoney ? "USD" : null,
      note: null,
      ...common,
      ...row,
      low,
      high,
      date,
      grade,
    } as const;
    const { platform, programme, measure, per, format, place, niche, tier, category, source } = figure;
    const parts = [
      platform,
      programme,
      measure,
      per,
      format,
      place,
      niche,
      tier,
      category,
      low,
      high,
      source,
    ];
    return { ...figure, id: parts.map((part) => slug(String(part ?? ""))).join(".") };
  });
}

function slug(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9.]+/g, "-");
}

/** What the figure is about besides its place: "Finance", "Nano, …", "Supplements"; null: nothing in particular. */
export const about = ({ niche, tier, category }: Pick<Published, "niche" | "tier" | "category">) =>
  niche ?? tier ?? category;
