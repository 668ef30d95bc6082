/**
 * The sample studio's two years: a cook who began on TikTok. Invented, but told the way such accounts run:
 * steady growth, a strong fourth quarter, one month that went viral on cheap views, brand fees that come in
 * lumps, a refund, tax withheld, a payout that is late, and a second currency. The same day tells the same story.
 */

import type { Promised } from "../lib/model/deal";
import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  firstDay,
  lastDay,
  type Month,
  monthNumber,
  monthOf,
} from "../lib/model/month";
import type {
  DealState,
  EntryKind,
  EventEffect,
  EventKind,
  FactKind,
  Format,
  Niche,
  PayoutState,
  Platform,
  Stream,
} from "../lib/model/words";
import { livesOfMonth, makingsOfStory, type StoryLive, type StoryRule, termsOfStory } from "./sample-makings";

export interface Story {
  name: string;
  channels: { key: string; platform: Platform; name: string; handle: string; niche: Niche }[];
  followers: { channel: string; day: Day; followers: number }[];
  audience: { channel: string; month: Month; shares: Record<string, number> }[];
  videos: {
    key: string;
    channel: string;
    title: string;
    publishedOn: Day;
    format: Format;
    durationSeconds: number;
  }[];
  traffic: StoryTraffic[];
  payouts: StoryPayout[];
  receipts: { receivedOn: Day; currency: string; feeMinor: bigint; note: string; pays: string[] }[];
  rates: { day: Day; base: string; quote: string; rate: string }[];
  deals: {
    channel: string | null;
    brand: string;
    feeMinor: bigint;
    currency: string;
    expectedOn: Day;
    state: DealState;
    note: string;
    extras: Record<string, unknown>[];
    deliverables: (Promised & Record<string, unknown>)[];
    promisedViews: number | null;
    invoiceNumber: string;
    invoicedOn: Day | null;
    termsDays: number | null;
    key: string;
  }[];
  placements: {
    key: string;
    channel: string;
    merchant: string;
    label: string;
    ratePpm: number;
    fromDay: Day;
    toDay: Day | null;
  }[];
  lives: StoryLive[];
  rules: StoryRule[];
  facts: { what: FactKind; day: Day; value: string }[];
  goals: { fromMonth: Month; toMonth: Month; minor: bigint; currency: string; note: string }[];
  events: {
    day: Day;
    label: string;
    kind: EventKind;
    stream: Stream | null;
    platform: Platform | null;
    effect: EventEffect;
  }[];
}

interface StoryTraffic {
  channel: string;
  video?: string;
  format: Format;
  fromDay: Day;
  toDay: Day;
  views: number;
  qualifiedViews?: number;
  watchSeconds: number;
  likes: number;
  comments: number;
  shares: number;
}

export interface StoryPayout {
  key: string;
  channel: string | null;
  format: Format | "all";
  stream: Stream;
  kind: Exclude<EntryKind, "void">;
  state: PayoutState;
  fromDay: Day;
  toDay: Day;
  minor: bigint;
  currency: string;
  note: string;
  about?: string;
  replaces?: string;
  makings?: Record<string, unknown> | null;
  /** keys of the deal and the placement it belongs to */
  deal?: string;
  placement?: string;
  estimatedMinor?: bigint;
  lines?: { video: string; minor: bigint }[];
}

const MONTHS = 24;
const YEAR_GOAL = 28_000_00n;
/** counted from the oldest month */
const VIRAL = 15;
const REFUND = 17;
const CORRECTED = 19;
const LATE = 21;
const RULES = 18;
/** from here on the better affiliate offer */
const SECOND_OFFER = 12;
/** months of sponsorships whose deals are told: one that was paid, one that nobody has paid yet */
const PAID_DEAL = 18;
const LATE_DEAL = 22;
const BRAND_FEES: Record<number, [brand: string, channel: string, euros: number]> = {
  3: ["Kernhaus flour", "instagram", 900],
  7: ["Lumo pans", "tiktok", 1_200],
  10: ["Kernhaus flour", "instagram", 1_450],
  11: ["Frisk delivery", "tiktok", 1_800],
  14: ["Lumo pans", "youtube", 2_100],
  18: ["Olivar oil", "instagram", 1_600],
  22: ["Frisk delivery", "tiktok", 2_400],
};
/** Advertisers pay most before Christmas and least after it. */
const SEASON = [0.8, 0.86, 0.95, 0.98, 1, 1.03, 0.93, 0.95, 1.02, 1.08, 1.24, 1.32];

const DISHES = [
  "One-pan gnocchi",
  "Burnt butter eggs",
  "Five-minute flatbread",
  "Miso corn ribs",
  "Tomato bread soup",
  "Crispy rice salad",
  "Cold noodles",
  "Skillet cookie",
  "Lemon orzo",
  "Smashed potatoes",
  "Chili crisp beans",
  "Brown sugar ramen",
  "Pickled everything",
  "Salted caramel toast",
  "Green shakshuka",
  "Peanut udon",
  "Roast grape toast",
  "Leek pasta",
  "Kimchi grilled cheese",
  "Cardamom buns",
  "Harissa carrots",
  "Freezer dumplings",
  "Apple galette",
  "Garlic mushrooms",
];

export function tellStory(today: Day): Story {
  const chance = randomFrom(20_260_301);
  const wobble = (spread: number) => 1 + (chance() + chance() - 1) * spread;
  const thisMonth = monthOf(today);
  const oldest = addMonths(thisMonth, -MONTHS);

  const story: Story = {
    name: "Nora Fields (sample)",
    channels: [
      { key: "tiktok", platform: "tiktok", name: "Nora cooks", handle: "@nora.cooks.sample", niche: "food" },
      {
        key: "youtube",
        platform: "youtube",
        name: "Nora Fields Kitchen",
        handle: "@norafieldskitchen.sample",
        niche: "food",
      },
      {
        key: "instagram",
        platform: "instagram",
        name: "Nora Fields",
        handle: "@nora.fields.sample",
        niche: "lifestyle",
      },
    ],
    followers: [],
    audience: [],
    videos: [],
    traffic: [],
    payouts: [],
    receipts: [],
    rates: [],
    deals: [],
    placements: [
      {
        ...{
          key: "first placement",
          channel: "youtube",
          merchant: "Kitchen outfitters",
          label: "First link",
        },
        ...{
          ratePpm: 80_000,
          fromDay: firstDay(oldest),
          toDay: lastDay(addMonths(oldest, SECOND_OFFER - 1)),
        },
      },
      {
        ...{
          key: "second placement",
          channel: "youtube",
          merchant: "Pan shop",
          label: "First link and code",
        },
        ...{ ratePpm: 100_000, fromDay: firstDay(addMonths(oldest, SECOND_OFFER)), toDay: null },
      },
    ],
    events: [],
    lives: [],
    rules: termsOfStory(oldest, thisMonth),
    facts: [
      { what: "country", day: firstDay(oldest), value: "US" },
      { what: "birth_year", day: firstDay(oldest), value: "1996" },
    ],
    goals: [yearGoal(thisMonth)],
  };

  for (let i = 0; i <= MONTHS; i++) tellMonth(i);
  tellDeals();
  tellEvents();
  return story;

  function tellDeals(): void {
    const euros = (brand: string, channel: string, fee: number) => ({
      ...{ key: `deal ${brand}`, brand, channel, feeMinor: BigInt(fee * 100), currency: "EUR" },
      ...{ extras: [], deliverables: [], promisedViews: null },
      ...{ invoiceNumber: "", invoicedOn: null, termsDays: null },
    });
    const clip = (what: string, dueOn: Day, deliveredOn: Day | null) => ({
      ...{ id: "1", what, dueOn, deliveredOn, videoId: null },
    });
    const part = (what: string, euro: number, days: number) => ({ what, minor: String(euro * 100), days });
    const told = (i: number) => {
      const [brand, channel, fee] = BRAND_FEES[i]!;
      const expectedOn = lastDay(addMonths(oldest, i));
      return {
        ...euros(brand, channel, fee),
        ...{ key: `deal ${i}`, expectedOn, invoicedOn: addDays(expectedOn, -15), termsDays: 30 },
        deliverables: [clip("Two clips", addDays(expectedOn, -20), addDays(expectedOn, -22))],
        promisedViews: 80_000,
      };
    };
    const soon = addDays(firstDay(addMonths(thisMonth, 1)), 14);
    story.deals.push(
      {
        ...told(PAID_DEAL),
        ...{ state: "paid", note: "Two clips, one month of paid use", invoiceNumber: "K-041" },
        extras: [part("usage", 300, 30)],
      },
      {
        ...told(LATE_DEAL),
        ...{ state: "invoiced", note: "Said it would pay last week", invoiceNumber: "K-042" },
      },
      {
        ...euros("Bergamo knives", "youtube", 3_000),
        expectedOn: lastDay(thisMonth),
        state: "lost",
        note: "Asked for a year of exclusivity",
      },
      {
        ...euros("Olivar oil", "instagram", 1_900),
        expectedOn: soon,
        state: "agreed",
        note: "Three reels before the holidays",
        extras: [part("usage", 350, 90), part("exclusivity", 250, 30)],
        deliverables: [clip("Three reels", addDays(soon, -7), null)],
        promisedViews: 60_000,
        termsDays: 30,
      },
      {
        ...euros("Lumo pans", "youtube", 2_300),
        expectedOn: lastDay(addMonths(thisMonth, 2)),
        state: "pitched",
        note: "",
      },
    );
  }

  function tellEvents(): void {
    story.events.push(
      {
        day: firstDay(addMonths(oldest, VIRAL)),
        label: "One clip seen everywhere",
        kind: "other",
        stream: null,
        platform: "tiktok",
        effect: "none",
      },
      {
        day: firstDay(addMonths(oldest, RULES)),
        label: "Qualified views counted anew",
        kind: "rule_change",
        stream: "rewards",
        platform: "tiktok",
        effect: "widen",
      },
    );
  }

  function tellMonth(i: number): void {
    const month = addMonths(oldest, i);
    const from = firstDay(month);
    const isOpen = i === MONTHS;
    const to = isOpen ? addDays(today, -1) : lastDay(month);
    if (to < from) return;
    const part = (daysBetween(from, to) + 1) / (daysBetween(from, lastDay(month)) + 1);
    const season = SEASON[monthNumber(month) - 1]!;
    const isViral = i === VIRAL;
    const growth = 1.028 ** i * part;
    const period = { fromDay: from, toDay: to };
    const final: PayoutState = i >= MONTHS - 1 ? "estimated" : "final";

    const reel = (views: number, seconds: number) => ({
      ...period,
      views: Math.round(views),
      watchSeconds: Math.round(views * seconds),
      likes: Math.round(views * 0.061 * wobble(0.15)),
      comments: Math.round(views * 0.0034 * wobble(0.2)),
      shares: Math.round(views * 0.0052 * wobble(0.3)),
    });

    // ---- what was watched
    const clips = 640_000 * growth * (0.7 + 0.3 * season) * wobble(0.12) * (isViral ? 3.6 : 1);
    const clipSeconds = (isViral ? 13.5 : 21) * wobble(0.06);
    const qualified = Math.round(clips * (isViral ? 0.31 : 0.43) * wobble(0.05));
    const lives = 38_000 * growth * wobble(0.2);
    const films = 52_000 * growth * (0.8 + 0.2 * season) * wobble(0.1);
    const filmSeconds = 205 * wobble(0.08);
    const shorts = 130_000 * growth * wobble(0.18);
    const reels = 190_000 * growth * wobble(0.15) * (isViral ? 1.5 : 1);
    story.traffic.push(
      { channel: "tiktok", format: "short", qualifiedViews: qualified, ...reel(clips, clipSeconds) },
      { channel: "tiktok", format: "live", ...reel(lives, 160) },
      { channel: "youtube", format: "long", ...reel(films, filmSeconds) },
      { channel: "youtube", format: "short", ...reel(shorts, 24) },
      { channel: "instagram", format: "short", ...reel(reels, 11) },
    );

    // ---- two videos of the month, with part of its views and rewards
    const dish = DISHES[i % DISHES.length]!;
    const weight = isViral ? 0.62 : 0.28;
    if (!isOpen) {
      story.videos.push(
        {
          key: `clip ${i}`,
          channel: "tiktok",
          title: isViral ? `${dish} (the one everybody saw)` : dish,
          publishedOn: addDays(from, 3),
          format: "short",
          durationSeconds: 64 + (i % 5) * 9,
        },
        {
          key: `film ${i}`,
          channel: "youtube",
          title: `${dish}: the long version`,
          publishedOn: addDays(from, 10),
          format: "long",
          durationSeconds: 540 + (i % 7) * 45,
        },
      );
      story.traffic.push(
        {
          channel: "tiktok",
          video: `clip ${i}`,
          format: "short",
          ...reel(clips * weight, clipSeconds),
          fromDay: addDays(from, 3),
        },
        {
          channel: "youtube",
          video: `film ${i}`,
          format: "long",
          ...reel(films * 0.4, filmSeconds),
          fromDay: addDays(from, 10),
        },
      );
    }

    // ---- what it paid
    const pay = (
      key: string,
      entry: Omit<StoryPayout, "key" | "kind" | "state" | "fromDay" | "toDay" | "note"> &
        Partial<StoryPayout>,
    ) =>
      story.payouts.push({
        kind: "earning",
        state: final,
        note: "",
        makings: entry.about
          ? null
          : makingsOfStory(entry.stream, entry.minor, entry.stream === "rewards" ? qualified : null),
        ...period,
        ...entry,
        key: `${key} ${i}`,
      });
    const cents = (amount: number) => BigInt(Math.round(amount * 100));

    const rewards = cents(
      (qualified / 1000) * 0.64 * (0.75 + 0.25 * season) * (clipSeconds / 21) ** 0.7 * wobble(0.06),
    );
    pay("rewards", {
      channel: "tiktok",
      format: "short",
      stream: "rewards",
      minor: rewards,
      currency: "USD",
      ...(isOpen
        ? {}
        : { lines: [{ video: `clip ${i}`, minor: BigInt(Math.floor(Number(rewards) * weight)) }] }),
    });
    const ads = cents((films / 1000) * 4.3 * season * (filmSeconds / 205) ** 0.8 * wobble(0.07));
    const filmLine = isOpen
      ? {}
      : { lines: [{ video: `film ${i}`, minor: BigInt(Math.floor(Number(ads) * 0.4)) }] };
    if (i === CORRECTED) {
      pay("ads first", {
        channel: "youtube",
        format: "long",
        stream: "ads",
        minor: (ads * 104n) / 100n,
        currency: "USD",
        state: "estimated",
        note: "As Studio showed it",
      });
      pay("ads", {
        channel: "youtube",
        format: "long",
        stream: "ads",
        minor: ads,
        currency: "USD",
        replaces: `ads first ${i}`,
        estimatedMinor: (ads * 104n) / 100n,
        note: "Final: invalid traffic taken off",
        ...filmLine,
      });
    } else {
      pay("ads", {
        channel: "youtube",
        format: "long",
        stream: "ads",
        minor: ads,
        currency: "USD",
        ...filmLine,
      });
    }
    if (i >= 12 && !isOpen) {
      const root = i === CORRECTED ? `ads first ${i}` : `ads ${i}`;
      pay("withheld", {
        channel: "youtube",
        format: "long",
        stream: "ads",
        kind: "withheld",
        about: root,
        minor: -((ads * 18n) / 1000n),
        currency: "USD",
        note: "US tax on US viewers, treaty rate",
      });
    }
    pay("short ads", {
      channel: "youtube",
      format: "short",
      stream: "ads",
      minor: cents((shorts / 1000) * 0.055 * season * wobble(0.1)),
      currency: "USD",
    });
    pay("affiliate", {
      channel: "youtube",
      format: "all",
      stream: "affiliate",
      placement: i < SECOND_OFFER ? "first placement" : "second placement",
      minor: cents(((films + shorts) / 1000) * 0.62 * wobble(0.35)),
      currency: "USD",
    });
    pay("likes", {
      channel: "tiktok",
      format: "short",
      stream: "super_like",
      minor: cents((clips / 1000) * 0.021 * wobble(0.3)),
      currency: "USD",
    });
    const gifts = cents((lives / 1000) * 3.1 * wobble(0.35));
    pay("gifts", { channel: "tiktok", format: "live", stream: "gift", minor: gifts, currency: "USD" });
    story.lives.push(...livesOfMonth(month, to, gifts));
    if (i >= 6) {
      pay("shop", {
        channel: "tiktok",
        format: "short",
        stream: "shop",
        minor: cents((clips / 1000) * 0.17 * (0.6 + 0.4 * season) * wobble(0.3)),
        currency: "USD",
      });
    }
    if (i === REFUND) {
      pay("refund", {
        channel: "tiktok",
        format: "short",
        stream: "shop",
        kind: "refund",
        about: `shop ${i}`,
        minor: -4_370n,
        currency: "USD",
        note: "Returned: 3 × cast iron pan",
      });
    }
    if (i >= 4) {
      pay("subscription", {
        channel: "tiktok",
        format: "all",
        stream: "subscription",
        minor: cents(Math.min(40 + i * 9, 220) * part * wobble(0.06)),
        currency: "USD",
      });
    }
    if (i >= 12) {
      pay("cookbook", {
        channel: null,
        format: "all",
        stream: "other",
        minor: cents(120 * part * wobble(0.4)),
        currency: "EUR",
        note: "Cookbook (PDF)",
      });
    }
    const brand = BRAND_FEES[i];
    if (brand) {
      pay("brand", {
        channel: brand[1],
        format: "all",
        stream: "sponsorship",
        minor: BigInt(brand[2] * 100),
        currency: "EUR",
        note: brand[0],
        state: "final",
        ...((i === PAID_DEAL || i === LATE_DEAL) && { deal: `deal ${i}` }),
      });
    }

    // ---- what arrived
    if (i < LATE || i === LATE + 1) {
      const shop = i >= 6 ? [`shop ${i}`] : [];
      const fans = i >= 4 ? [`subscription ${i}`] : [];
      story.receipts.push({
        receivedOn: addDays(lastDay(month), 15),
        currency: "USD",
        feeMinor: 150n,
        note: "TikTok",
        pays: [`rewards ${i}`, `likes ${i}`, `gifts ${i}`, ...shop, ...fans],
      });
    }
    if (i < MONTHS - 1) {
      const root = i === CORRECTED ? `ads first ${i}` : `ads ${i}`;
      story.receipts.push({
        receivedOn: addDays(lastDay(month), 22),
        currency: "USD",
        feeMinor: 0n,
        note: "AdSense",
        pays: [root, `short ads ${i}`, `affiliate ${i}`],
      });
      if (brand && i < LATE) {
        story.receipts.push({
          receivedOn: addDays(lastDay(month), 45),
          currency: "EUR",
          feeMinor: 0n,
          note: brand[0],
          pays: [`brand ${i}`],
        });
      }
    }

    // ---- who follows, where they watch, what a euro was worth
    story.followers.push(
      { channel: "tiktok", day: to, followers: Math.round(41_000 * 1.045 ** i + (i >= VIRAL ? 38_000 : 0)) },
      { channel: "youtube", day: to, followers: Math.round(12_500 * 1.03 ** i) },
      { channel: "instagram", day: to, followers: Math.round(9_800 * 1.025 ** i) },
    );
    const us = isViral ? 330_000 : Math.round(470_000 * wobble(0.04));
    story.audience.push(
      {
        channel: "tiktok",
        month,
        shares: {
          us_ca_au: us,
          uk_de_nordics: 210_000,
          fr_es_jp: 90_000,
          latam_east_europe: isViral ? 190_000 : 80_000,
        },
      },
      { channel: "youtube", month, shares: { us_ca_au: 520_000, uk_de_nordics: 260_000, fr_es_jp: 80_000 } },
    );
    story.rates.push({
      day: to,
      base: "EUR",
      quote: "USD",
      rate: (1.085 + 0.035 * Math.sin(i / 3.1) + 0.012 * chance()).toFixed(4),
    });
  }
}

/** mulberry32 (Tommy Ettinger, public domain): small, even, and the same on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** About what a good year brings. */
function yearGoal(month: Month): Story["goals"][number] {
  const year = month.slice(0, 4);
  return {
    ...{
      fromMonth: monthOf(`${year}-01`),
      toMonth: monthOf(`${year}-12`),
      minor: YEAR_GOAL,
      currency: "USD",
    },
    note: "A second camera, and somebody to cut",
  };
}
