import { describe, expect, test } from "vitest";
import { BUILT_IN } from "../../lib/model/benchmarks";
import {
  eligibility,
  type Fact,
  NOBODY,
  personOn,
  type Told,
  thresholdsOf,
} from "../../lib/model/eligibility";
import { type ChannelRecord, metersOf } from "../../lib/model/eligibility-meter";
import {
  PROGRAMMES,
  programmeFor,
  programmesWith,
  TIKTOK_REWARDS,
  termsOf,
  type WrittenRule,
} from "../../lib/model/eligibility-programmes";
import { type VideoRecord, whyNoPay } from "../../lib/model/eligibility-videos";
import { gateOf } from "../../lib/model/gates";
import { historiesOf, type Ledger } from "../../lib/model/histories";
import { addMonths, dayOf, lastDay, monthOf } from "../../lib/model/month";
import { projectStream } from "../../lib/model/projection";
import { USD } from "./stories";

const rule = (fromDay: string, body: WrittenRule["body"], subject = "tiktok.rewards"): WrittenRule => ({
  ...{ subject, fromDay: dayOf(fromDay), body, source: "a mail of TikTok" },
});
const enough: Fact[] = (
  [
    ["followers", 10_000],
    ["views_30d", 100_000],
    ["longest_video_seconds", 61],
  ] as const
).map(([measure, value]) => ({ measure, value, day: dayOf("2026-06-30") }));
const adult = { ...NOBODY, birthYear: 2000 };

describe("a rule that a creator wrote down", () => {
  const programmes = programmesWith([
    rule("2026-07-01", { anyOf: [{ followers: 5_000 }] }),
    rule("2026-09-01", { anyOf: [{ followers: 20_000 }], openIn: ["US", "GB"] }),
  ]);
  const needs = (day: string, country: string | null = null) =>
    programmeFor({ platform: "tiktok", stream: "rewards", day: dayOf(day), country, programmes })!.anyOf[0]!
      .followers;

  test("stands from its day on and changes nothing before: 10,000 until June, 5,000 from July, 20,000 from September", () => {
    expect(["2026-06-30", "2026-07-01", "2026-08-31", "2026-09-01"].map((day) => needs(day))).toEqual([
      ...[10_000, 5_000, 5_000, 20_000],
    ]);
  });

  test("takes the place of every row of its programme, in every country, and of no other programme", () => {
    expect([needs("2026-06-30", "JP"), needs("2026-07-01", "JP")]).toEqual([50_000, 5_000]);
    const other = programmeFor({ platform: "tiktok", stream: "gift", day: dayOf("2026-09-01"), programmes });
    expect(other).toEqual(programmeFor({ platform: "tiktok", stream: "gift", day: dayOf("2026-09-01") }));
  });

  test("that cannot be read, or names nothing known, is as if it was not there", () => {
    const broken = [rule("2026-01-01", {}), rule("2026-01-01", { anyOf: [{ followers: -1 }] })];
    expect(programmesWith([...broken, rule("2026-01-01", { anyOf: [{ followers: 1 }] }, "nothing")])).toBe(
      PROGRAMMES,
    );
    expect(termsOf({ anyOf: [{ followers: 5, luck: 7 }], openIn: ["usa"], accounts: ["x"] })).toEqual({
      ...{ anyOf: [{ followers: 5 }], openIn: null, accounts: null },
    });
  });
});

describe("a list of countries", () => {
  const [listed] = programmesWith([rule("2026-07-01", { anyOf: [{ followers: 1 }], openIn: ["US"] })]);
  const at = (country: string | null) =>
    eligibility(enough, listed!, dayOf("2026-07-01"), { ...NOBODY, country });

  test("keeps out who is known to live elsewhere, and nobody of whom it was never told", () => {
    expect([at("US").status, at(null).status, at("DE").status]).toEqual(["eligible", "eligible", "not_yet"]);
    expect(at("DE")).toMatchObject({
      barred: ["country"],
      reason: "Not eligible for TikTok Creator Rewards: it does not take creators of your country.",
    });
  });
});

describe("an age from a year of birth", () => {
  const age = (birthYear: number, day: string) =>
    thresholdsOf([], TIKTOK_REWARDS, dayOf(day), { ...NOBODY, birthYear })[0]!.find(
      ({ measure }) => measure === "age_years",
    );

  test("born in 2008: not 18 in 2025, either in 2026, and surely 18 in 2027", () => {
    expect([age(2008, "2025-12-31"), age(2008, "2026-06-30"), age(2008, "2027-01-01")]).toMatchObject([
      { isMet: false, has: 17 },
      { isMet: null, has: null },
      { isMet: true, has: 18 },
    ]);
  });

  test("completes what programmes ask: with it TikTok's rewards are open, without it they are not known to be", () => {
    const day = dayOf("2026-06-30");
    expect(eligibility(enough, TIKTOK_REWARDS, day, adult).status).toBe("eligible");
    expect(eligibility(enough, TIKTOK_REWARDS, day)).toMatchObject({
      status: "unknown",
      facts: ["age_years"],
    });
    const shop = { ...adult, accountType: "business" } as const;
    expect(eligibility(enough, TIKTOK_REWARDS, day, shop)).toMatchObject({ barred: ["account_type"] });
  });
});

describe("what was told", () => {
  const told = (what: Told["what"], day: string, value: string, channelId: string | null = null): Told => ({
    ...{ what, day: dayOf(day), value, channelId, platform: channelId === null ? null : "tiktok" },
  });

  test("counts from its day on, the newest first, and a channel's own before the creator's", () => {
    const all = [
      told("country", "2026-01-01", "DE"),
      told("country", "2026-05-01", "US"),
      told("account_type", "2026-01-01", "personal"),
      told("account_type", "2026-03-01", "business", "c"),
    ];
    const on = (day: string, channelId?: string) =>
      personOn(all, dayOf(day), { platform: "tiktok", ...(channelId ? { channelId } : {}) });
    expect([on("2025-12-31").country, on("2026-04-30").country, on("2026-05-01").country]).toEqual([
      null,
      "DE",
      "US",
    ]);
    expect([on("2026-06-01", "c").accountType, on("2026-06-01", "d").accountType]).toEqual([
      "business",
      "personal",
    ]);
    const differing = [...all, told("account_type", "2026-03-01", "personal", "d")];
    expect(personOn(differing, dayOf("2026-06-01"), { platform: "tiktok" }).accountType).toBeNull();
  });
});

describe("a projection is gated by the rule of its own time", () => {
  const ledger: Ledger = {
    money: [
      ...[
        {
          month: monthOf("2026-05"),
          stream: "rewards",
          platform: "tiktok",
          format: "all",
          currency: USD,
        } as const,
      ].map((cell) => ({ ...cell, finalMinor: 0n, estimatedMinor: null })),
    ],
    traffic: [],
    audience: [],
    niches: {},
    deals: [],
    events: [],
    benchmarks: BUILT_IN,
    perUsd: {},
    followers: [
      { platform: "tiktok", day: dayOf("2026-05-20"), followers: 8_000 },
      { platform: "tiktok", day: dayOf("2026-07-20"), followers: 8_000 },
    ],
  };
  const projected = (target: string, programmes?: Ledger["programmes"]) => {
    const [stream] = historiesOf(
      { ...ledger, ...(programmes ? { programmes } : {}) },
      { asOf: monthOf(target) },
    );
    return projectStream(stream!.history, monthOf(target)).reason;
  };

  test("8,000 followers: not yet at 10,000; a rule of 5,000 from 1 July changes July's projection no more than June's", () => {
    const lower = programmesWith([rule("2026-07-01", { anyOf: [{ followers: 5_000 }] })]);
    const notYet = /2,000 of 10,000 followers/;
    expect([projected("2026-06", lower), projected("2026-07")]).toEqual([
      expect.stringMatching(notYet),
      expect.stringMatching(notYet),
    ]);
    // What July's projection knows ends on 30 June.
    expect(projected("2026-07", lower)).toMatch(notYet);
    expect(projected("2026-08", lower) ?? "").not.toMatch(notYet);
    expect(gateOf({ ...ledger, programmes: lower }, "rewards", "tiktok", dayOf("2026-07-01"))?.status).toBe(
      "eligible",
    );
  });
});

test("a channel's meters: 1,400 and 1,700 followers a month apart, the hours of twelve full months, a way for each", () => {
  const last = monthOf("2026-05");
  const channel: ChannelRecord = {
    ...{ channelId: "c", name: "Mira", platform: "youtube" },
    followers: [0, 1, 2, 3].map((n) => ({ day: lastDay(addMonths(last, n - 3)), value: 400 + 100 * n })),
    months: Array.from({ length: 12 }, (_, n) => ({
      ...({
        month: addMonths(last, n - 11),
        format: "all",
        views: 1_000,
        watchSeconds: 3_600 * 100,
      } as const),
    })),
    videos: [{ publishedOn: dayOf("2026-06-01"), seconds: 50 }],
  };
  const meters = metersOf(channel, { today: dayOf("2026-06-10"), programmes: PROGRAMMES, told: [] });
  expect(meters.map(({ programme }) => programme.name)).toEqual([
    "YouTube Partner Program",
    "YouTube Partner Program, fan funding and shopping",
  ]);
  const [hours] = meters[0]!.ways;
  expect(hours!.map(({ measure, has, needed }) => [measure, has, needed])).toEqual([
    ["followers", 700, 1_000],
    ["watch_hours_365d", 1_200, 4_000],
  ]);
  // 300 to go at 100 a month: the end of August.
  expect(hours![0]!.reach).toMatchObject({
    status: "projected",
    likely: expect.stringMatching(/^2026-(08|09)/),
  });
  expect(meters[1]!.ways[0]!.find(({ measure }) => measure === "uploads_90d")).toMatchObject({
    has: 1,
    isMet: false,
  });
});

describe("why a video earns nothing", () => {
  const video: VideoRecord = {
    ...{
      videoId: "v",
      channelId: "c",
      title: "Five eggs",
      platform: "tiktok",
      publishedOn: dayOf("2026-03-01"),
    },
    ...{ seconds: 61, views: 1_000, qualifiedViews: null, isPaid: false },
  };
  const why = (given: Partial<VideoRecord>, joinedOn: string | null = null) =>
    whyNoPay(
      { ...video, ...given },
      {
        programmes: PROGRAMMES,
        told: [],
        today: dayOf("2026-06-01"),
        joinedOn: joinedOn === null ? null : dayOf(joinedOn),
      },
    );

  test("60 seconds are too short and 61 are not; what is not known is held against nothing", () => {
    expect([why({ seconds: 60 }), why({ seconds: 61 }), why({ seconds: null })]).toEqual([
      ["too_short"],
      [],
      [],
    ]);
  });

  test("before joining, none of its views qualified, no programme on the platform; a paid one has none of these", () => {
    expect(why({}, "2026-03-02")).toEqual(["before_joining"]);
    expect(why({ qualifiedViews: 0 })).toEqual(["no_qualified_views"]);
    expect(why({ platform: "facebook" })).toEqual(["no_programme"]);
    expect(why({ seconds: 5, qualifiedViews: 0, isPaid: true }, "2026-03-02")).toEqual([]);
  });
});
