import type { Grade } from "./benchmarks";
import { type Currency, currencyOf } from "./money";
import type { Day } from "./month";
import type { Platform, Stream } from "./words";

/** First and last day of a month, e.g. the 21st to the 26th. */
export type Days = readonly [first: number, last: number];

/** When a stream's money moves. */
export type Timing =
  /** Once a month, in the month after the one it was earned in; `final` is null where no day is told. */
  | { readonly kind: "monthly"; readonly final: Days | null; readonly paid: Days }
  /** A number of days after the last day it was earned on. */
  | { readonly kind: "after"; readonly days: number }
  /** When the creator asks for it. */
  | { readonly kind: "on_request" };

/** A balance that has to be reached before money moves; sources disagree, so there may be several. */
export type Minimum = { readonly minor: bigint; readonly currency: Currency; readonly source: string };

export type PaymentRule = {
  /** What a dated rule about it names as its subject. */
  readonly id: string;
  readonly name: string;
  readonly platform: Platform;
  readonly streams: readonly Stream[];
  /** First day of the rule; null: not known to begin. */
  readonly from: Day | null;
  readonly timing: Timing;
  /** In ascending order; empty: none is known. */
  readonly minimums: readonly Minimum[];
  readonly source: string;
  /** The page's own date, or null when it shows none. */
  readonly date: string | null;
  readonly grade: Grade;
};

const USD = currencyOf("USD");

/** How the platforms say they pay. The first row that fits platform, stream and day is the rule. */
export const PAYMENT_RULES: readonly PaymentRule[] = [
  {
    id: "youtube.monthly",
    name: "YouTube, by AdSense",
    platform: "youtube",
    streams: ["ads", "super_like", "gift", "subscription", "shop"],
    from: null,
    timing: { kind: "monthly", final: [7, 12], paid: [21, 26] },
    minimums: [{ minor: 100_00n, currency: USD, source: "blogwolf.com" }],
    source:
      "blogwolf.com/when-does-youtube-pay-creators-and-what-triggers-a-payout; el-balad.com/274505 on YouTube's own answers",
    date: null,
    grade: "D",
  },
  {
    id: "tiktok.rewards",
    name: "TikTok Creator Rewards",
    platform: "tiktok",
    streams: ["rewards"],
    from: null,
    timing: { kind: "monthly", final: null, paid: [15, 15] },
    minimums: [
      { minor: 50_00n, currency: USD, source: "napolify.com, howtoearntips.com" },
      { minor: 100_00n, currency: USD, source: "napolify.com on earnings" },
    ],
    source: "napolify.com/blogs/news/tiktok-creator-rewards-work; howtoearntips.com",
    date: null,
    grade: "D",
  },
  {
    id: "tiktok.shop",
    name: "TikTok Shop",
    platform: "tiktok",
    streams: ["shop", "affiliate"],
    from: null,
    timing: { kind: "after", days: 15 },
    minimums: [],
    source:
      "seller-us.tiktok.com/university, page 6077860360177451: about 15 days after delivery, later where the seller settles later",
    date: "2025-09-26",
    grade: "A",
  },
  {
    id: "tiktok.gifts",
    name: "TikTok LIVE gifts",
    platform: "tiktok",
    streams: ["gift", "super_like"],
    from: null,
    timing: { kind: "on_request" },
    minimums: [
      { minor: 50_00n, currency: USD, source: "calculatecreator.com" },
      { minor: 100_00n, currency: USD, source: "cheerslive.agency" },
    ],
    source: "calculatecreator.com/calculators/coins-gifts-diamonds; cheerslive.agency",
    date: null,
    grade: "D",
  },
  {
    id: "instagram.monthly",
    name: "Instagram gifts",
    platform: "instagram",
    streams: ["gift", "super_like"],
    from: null,
    // "Monthly", and no day: the whole of the next month.
    timing: { kind: "monthly", final: null, paid: [1, 31] },
    minimums: [{ minor: 25_00n, currency: USD, source: "mediapost.com" }],
    source:
      "mediapost.com/publications/article/389275; ticker.tv/news/instagram-gifts-expanded-its-access-how-to-get-paid/51342",
    date: "2023-09",
    grade: "C",
  },
];

/** A rule about payment as it is stored: it stands from its day on. */
export type WrittenPayment = {
  readonly subject: string;
  readonly fromDay: Day;
  readonly body: Readonly<Record<string, unknown>>;
  readonly source: string;
};

/** The built-in rules with the creator's own before them, newest first; what cannot be read is left out. */
export function paymentRulesWith(written: readonly WrittenPayment[]): readonly PaymentRule[] {
  const own = [...written]
    .sort((a, b) => (a.fromDay < b.fromDay ? 1 : a.fromDay > b.fromDay ? -1 : 0))
    .flatMap(({ subject, fromDay, body, source }): PaymentRule[] => {
      const base = PAYMENT_RULES.find(({ id }) => id === subject);
      const timing = timingOf(body.timing);
      if (!base || !timing) return [];
      const from = source || "your own rule";
      const minimums = minimumsOf(body.minimums, from);
      return [{ ...base, from: fromDay, timing, minimums, source: from, date: fromDay, grade: "judgement" }];
    });
  return own.length === 0 ? PAYMENT_RULES : [...own, ...PAYMENT_RULES];
}

/** The rule for money earned up to `day`; null when none is known. */
export function paymentRuleFor(
  rules: readonly PaymentRule[],
  {
    platform,
    stream,
    day,
  }: { readonly platform: Platform | null; readonly stream: Stream; readonly day: Day },
): PaymentRule | null {
  return (
    rules.find(
      (rule) =>
        rule.platform === platform &&
        rule.streams.includes(stream) &&
        (rule.from === null || rule.from <= day),
    ) ?? null
  );
}

/** A stored timing; null when it is none. */
export function timingOf(value: unknown): Timing | null {
  const { kind, final, paid, days } = (value ?? {}) as Record<string, unknown>;
  if (kind === "on_request") return { kind };
  if (kind === "after" && isDayCount(days, 0, 365)) return { kind, days };
  const [when, sure] = [daysOf(paid), daysOf(final)];
  return kind === "monthly" && when ? { kind, final: sure, paid: when } : null;
}

/** Stored as decimal text of minor units: JSON numbers lose cents. */
function minimumsOf(value: unknown, source: string): Minimum[] {
  const list = Array.isArray(value) ? value : [];
  return list
    .flatMap((each): Minimum[] => {
      const { minor, currency } = (each ?? {}) as Record<string, unknown>;
      if (typeof minor !== "string" || !/^\d{1,18}$/.test(minor) || typeof currency !== "string") return [];
      return [{ minor: BigInt(minor), currency: currencyOf(currency), source }];
    })
    .sort((a, b) => (a.minor < b.minor ? -1 : 1));
}

function daysOf(value: unknown): Days | null {
  if (!Array.isArray(value)) return null;
  const [first, last] = value as unknown[];
  return isDayCount(first, 1, 31) && isDayCount(last, 1, 31) && first <= last ? [first, last] : null;
}

function isDayCount(value: unknown, least: number, most: number): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
}
