import type { Format, Platform, Stream } from "./words";

/**
 * What public calculators say that views pay: one flat rate for everybody, per 1,000 plain views. It is no part of
 * the model; a creator's own months show what trusting it would have cost.
 */
export type CalculatorRate = {
  readonly platform: Platform;
  readonly stream: Stream;
  readonly format: Format | "any";
  /** USD per 1,000 views. */
  readonly usd: number;
  readonly source: string;
  /** The page's own date, or null when it shows none. */
  readonly date: string | null;
};

/** From the middle of what each source prints; all are unsourced lists (grade D). The first row that fits is used. */
export const CALCULATOR_RATES: readonly CalculatorRate[] = [
  {
    platform: "youtube",
    stream: "ads",
    format: "short",
    usd: 0.055,
    source: "basitbuilds.tech, Shorts revenue calculator: 0.04 to 0.07",
    date: null,
  },
  {
    platform: "youtube",
    stream: "ads",
    format: "any",
    usd: 3,
    source:
      "celticana.com, RPM calculator: 2 to 5 for entertainment; lenostube.com: CPM about 3.50 worldwide",
    date: "2025",
  },
  {
    platform: "tiktok",
    stream: "rewards",
    format: "any",
    usd: 0.7,
    source: "napolify.com, Creator Rewards: 0.40 to 1.00 typical",
    date: null,
  },
  {
    platform: "facebook",
    stream: "ads",
    format: "short",
    usd: 0.11,
    source: "postplanify.com, Reels: 0.02 to 0.20",
    date: "2026",
  },
];

/** The rate that calculators take for a stream on a platform; null where they offer none. */
export function calculatorRateFor(about: {
  readonly stream: Stream;
  readonly platform: Platform;
  readonly format: Format | "all";
}): CalculatorRate | null {
  const { stream, platform, format } = about;
  const fits = (row: CalculatorRate) =>
    row.stream === stream && row.platform === platform && (row.format === format || row.format === "any");
  return CALCULATOR_RATES.find(fits) ?? null;
}
