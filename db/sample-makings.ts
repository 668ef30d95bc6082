/**
 * How the sample's money came about: makings that fit its payouts, the LIVE sessions behind its gifts, and the terms
 * that held. Made of the story's own figures alone, so that the same day tells the same.
 */
import { packMakings } from "../lib/model/makings";
import { currencyOf } from "../lib/model/money";
import { addDays, addMonths, type Day, firstDay, type Month } from "../lib/model/month";
import type { RuleKind, Stream } from "../lib/model/words";

const USD = currencyOf("USD");
/** A diamond is credited at half a cent, so a cent is two; viewers pay 2.1 cents for one. */
const DIAMONDS_PER_CENT = 2n;
const DIAMOND_PRICE = { units: 21n, scale: 3 };
const LIKE_PRICE = { units: 99n, scale: 2 };
/** of 0.99, in hundredths of a cent */
const LIKE_CREDITED = 6_930n;
const ORDER_CENTS = 2_490n;
const SHOP_PPM = 150_000;
const LIVES_A_MONTH = 4;

/** What is said of an earning's making in dollars; null where the story says nothing. */
export function makingsOfStory(
  stream: Stream,
  minor: bigint,
  counted: number | null,
): Record<string, unknown> | null {
  const taxableMinor = stream === "ads" ? (minor * 12n) / 100n : null;
  switch (stream) {
    case "ads":
      return packMakings(
        {
          ...{ of: "share", grossMinor: (minor * 20n) / 11n, platformPpm: 450_000, adjustmentMinor: null },
          ...{ per: null, count: null, taxableMinor },
        },
        USD,
      );
    case "rewards":
      return packMakings(
        {
          ...{ of: "share", grossMinor: null, platformPpm: null, adjustmentMinor: null },
          ...{ per: "qualified_views", count: counted, taxableMinor },
        },
        USD,
      );
    case "gift":
      return packMakings(
        {
          ...{ of: "units", units: Number(minor * DIAMONDS_PER_CENT), unitPrice: DIAMOND_PRICE },
          ...{ platformPpm: null, taxableMinor },
        },
        USD,
      );
    case "super_like":
      return packMakings(
        {
          ...{ of: "units", units: Number((minor * 100n) / LIKE_CREDITED) + 1, unitPrice: LIKE_PRICE },
          ...{ platformPpm: null, taxableMinor },
        },
        USD,
      );
    case "shop": {
      const valueMinor = (minor * 1_000_000n) / BigInt(SHOP_PPM);
      return packMakings(
        {
          ...{ of: "orders", clicks: null, orders: Number(valueMinor / ORDER_CENTS) + 1, valueMinor },
          ...{ refundedMinor: null, ratePpm: SHOP_PPM, adsValueMinor: null, adsRefundedMinor: null },
          ...{ adsRatePpm: null, taxableMinor },
        },
        USD,
      );
    }
    default:
      return null;
  }
}

export interface StoryLive {
  channel: string;
  day: Day;
  seconds: number;
  units: number;
  viewers: number;
}

/** The sessions behind a month's gifts, a week apart; their diamonds are the payout's. */
export function livesOfMonth(month: Month, until: Day, gifts: bigint): StoryLive[] {
  const days = Array.from({ length: LIVES_A_MONTH }, (_, week) => addDays(firstDay(month), 4 + 7 * week));
  const held = days.filter((day) => day <= until);
  const diamonds = gifts * DIAMONDS_PER_CENT;
  return held.map((day, index) => {
    const upTo = (n: number) => (diamonds * BigInt(n)) / BigInt(held.length);
    return {
      channel: "tiktok",
      day,
      seconds: 5_400 + 900 * (index % 3),
      units: Number(upTo(index + 1) - upTo(index)),
      viewers: 180 + 35 * index,
    };
  });
}

export interface StoryRule {
  kind: RuleKind;
  subject: string;
  fromDay: Day;
  body: Record<string, unknown>;
}

/** The terms that held: a product's commission fell this month, so that its lock can be seen. */
export function termsOfStory(oldest: Month, thisMonth: Month): StoryRule[] {
  const pan = { kind: "commission", subject: "Cast iron pan" } as const;
  return [
    { kind: "share", subject: "ads", fromDay: firstDay(oldest), body: { platformPpm: 450_000 } },
    {
      ...pan,
      fromDay: firstDay(addMonths(oldest, 6)),
      body: { ratePpm: SHOP_PPM, adsRatePpm: 80_000, lockDays: 30 },
    },
    {
      ...pan,
      fromDay: firstDay(thisMonth),
      body: { ratePpm: 120_000, adsRatePpm: 80_000, lockDays: 30 },
    },
    {
      kind: "withholding",
      subject: "US",
      fromDay: firstDay(addMonths(oldest, 12)),
      body: { form: "treaty", ratePpm: 150_000 },
    },
  ];
}
