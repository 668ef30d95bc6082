import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUILT_IN } from "../../lib/model/benchmarks";
import { eligibility, type Fact } from "../../lib/model/eligibility";
import { MEASURES, PROGRAMMES, programmeFor } from "../../lib/model/eligibility-programmes";
import { closedGates, gateOf } from "../../lib/model/gates";
import { historiesOf, type Ledger, type TrafficCell } from "../../lib/model/histories";
import { addDays, type Day, dayOf, monthOf } from "../../lib/model/month";
import { projectStream } from "../../lib/model/projection";
import { USD } from "./stories";

const TODAY = dayOf("2026-11-23");
const REWARDS = programmeFor({ platform: "tiktok", stream: "rewards", day: TODAY })!;
const YPP = programmeFor({ platform: "youtube", stream: "ads", day: TODAY })!;

function factsOf(values: Partial<Record<Fact["measure"], number>>, day: Day = TODAY): Fact[] {
  return Object.entries(values).map(([measure, value]) => ({
    measure: measure as Fact["measure"],
    day,
    value,
  }));
}
const enough = { followers: 10_000, views_30d: 100_000, longest_video_seconds: 61, age_years: 18 };

describe("the programmes", () => {
  test("each rule has a source, a grade and numbers, and no two rules of one place and day contradict each other", () => {
    for (const { source, grade, anyOf } of PROGRAMMES) {
      expect([source, grade].every((text) => text !== "")).toBe(true);
      for (const thresholds of anyOf)
        expect(Object.values(thresholds).every((needed) => needed > 0)).toBe(true);
    }
  });

  test("rules are dated: YouTube's fan funding asked for 1,000 subscribers until 12 June 2023 and for 500 since", () => {
    const needs = (day: string) =>
      programmeFor({ platform: "youtube", stream: "super_like", day: dayOf(day) })!.anyOf[0]!.followers;
    expect([needs("2023-06-12"), needs("2023-06-13")]).toEqual([1000, 500]);
  });

  test("a country with a rule of its own has that one, others the general one, and most streams have none", () => {
    const needs = (country: string | null) =>
      programmeFor({ platform: "tiktok", stream: "rewards", day: TODAY, country })!.anyOf[0]!.followers;
    expect([needs("JP"), needs("US"), needs(null)]).toEqual([50_000, 10_000, 10_000]);
    expect(programmeFor({ platform: "other", stream: "affiliate", day: TODAY })).toBeNull();
  });
});

describe("TikTok Creator Rewards: 10,000 followers, 100,000 views in 30 days, videos over a minute, 18 years", () => {
  test("all of it: eligible", () => {
    expect(eligibility(factsOf(enough), REWARDS, TODAY)).toMatchObject({ status: "eligible", since: null });
  });

  test("8,200 followers and 40,000 views: not yet, 1,800 and 60,000 to go", () => {
    const now = eligibility(factsOf({ ...enough, followers: 8200, views_30d: 40_000 }), REWARDS, TODAY);
    expect(now).toEqual({
      status: "not_yet",
      programme: "TikTok Creator Rewards",
      reason:
        "Not eligible for TikTok Creator Rewards yet: 1,800 of 10,000 followers and 60,000 of 100,000 views in 30 days to go.",
      missing: [
        { measure: "followers", needed: 10_000, has: 8200, distance: 1800 },
        { measure: "views_30d", needed: 100_000, has: 40_000, distance: 60_000 },
      ],
    });
  });

  test("one known threshold that is missed is enough for not yet; one unknown is not enough for eligible", () => {
    expect(eligibility(factsOf({ followers: 9999 }), REWARDS, TODAY).status).toBe("not_yet");
    expect(eligibility(factsOf({ followers: 10_000 }), REWARDS, TODAY)).toEqual({
      status: "unknown",
      programme: "TikTok Creator Rewards",
      facts: ["views_30d", "longest_video_seconds", "age_years"],
    });
  });

  test("an old number says nothing about today, an age stays", () => {
    const old = factsOf({ followers: 5 }, addDays(TODAY, -63));
    expect(eligibility(old, REWARDS, TODAY).status).toBe("unknown");
    const { age_years, ...rest } = enough;
    const facts = [...factsOf(rest), ...factsOf({ age_years }, dayOf("2020-01-01"))];
    expect(eligibility(facts, REWARDS, TODAY).status).toBe("eligible");
  });

  test("eligible since the month in which the last threshold was met", () => {
    const facts = [
      ...factsOf({ ...enough, followers: 9000 }, dayOf("2026-09-30")),
      ...factsOf(enough, dayOf("2026-10-31")),
      ...factsOf(enough, TODAY),
    ];
    expect(eligibility(facts, REWARDS, TODAY)).toMatchObject({ status: "eligible", since: "2026-10" });
  });

  test("a fact that cannot be is refused by day", () => {
    expect(() => eligibility(factsOf({ followers: -1 }), REWARDS, TODAY)).toThrow(
      /2026-11-23 has -1 followers/,
    );
    expect(() => eligibility(factsOf({ followers: Number.POSITIVE_INFINITY }), REWARDS, TODAY)).toThrow(
      RangeError,
    );
    expect(() => eligibility(factsOf({ followers: 1 }, "2026-02-30" as Day), REWARDS, TODAY)).toThrow(
      /2026-02-30/,
    );
  });
});

test("YouTube's two ways in: the nearer one tells the distance", () => {
  const facts = factsOf({ followers: 1200, watch_hours_365d: 3900, short_views_90d: 1_000_000 });
  expect(eligibility(facts, YPP, TODAY)).toMatchObject({
    status: "not_yet",
    missing: [{ measure: "watch_hours_365d", needed: 4000, has: 3900, distance: 100 }],
  });
  const shorts = factsOf({ followers: 1200, watch_hours_365d: 10, short_views_90d: 10_000_000 });
  expect(eligibility(shorts, YPP, TODAY).status).toBe("eligible");
});

test("whatever is known: later facts change nothing, more of anything never loses eligibility, distances add up", () => {
  const fact = fc.record({
    measure: fc.constantFrom(...MEASURES),
    day: fc.integer({ min: -80, max: 0 }).map((days) => addDays(TODAY, days)),
    value: fc.integer({ min: 0, max: 200_000 }),
  });
  const later = fc.record({
    ...{ measure: fc.constantFrom(...MEASURES), value: fc.nat() },
    day: fc.constant(addDays(TODAY, 1)),
  });
  const rank = { not_yet: 0, unknown: 1, eligible: 2 };
  fc.assert(
    fc.property(
      fc.array(fact, { maxLength: 12 }),
      fc.array(later, { maxLength: 4 }),
      fc.constantFrom(...PROGRAMMES),
      (facts, after, programme) => {
        const now = eligibility(facts, programme, TODAY);
        expect(eligibility([...after, ...facts], programme, TODAY)).toEqual(now);
        const more = facts.map((each) => ({ ...each, value: each.value * 2 }));
        expect(rank[eligibility(more, programme, TODAY).status]).toBeGreaterThanOrEqual(rank[now.status]);
        if (now.status === "not_yet")
          for (const { has, needed, distance } of now.missing)
            expect([has + distance, distance > 0]).toEqual([needed, true]);
      },
    ),
    { numRuns: 10_000, seed: 20261123 },
  );
});

describe("from what a creator logged", () => {
  const drawn = (month: string, views: number): TrafficCell => ({
    ...{ month: monthOf(month), platform: "tiktok", format: "all", views },
    ...{ qualifiedViews: null, engagedViews: null, adImpressions: null, watchSeconds: null },
  });
  const zero = {
    stream: "rewards",
    platform: "tiktok",
    format: "all",
    currency: USD,
    estimatedMinor: null,
  } as const;
  const ledger: Ledger = {
    money: [{ ...zero, month: monthOf("2026-10"), finalMinor: 0n }],
    traffic: [drawn("2026-10", 40_000)],
    audience: [],
    niches: {},
    deals: [],
    events: [],
    benchmarks: BUILT_IN,
    perUsd: {},
    followers: [
      { platform: "tiktok", day: dayOf("2026-10-20"), followers: 300 },
      { platform: "tiktok", day: dayOf("2026-10-31"), followers: 8200 },
    ],
  };
  const target = monthOf("2026-11");

  test("a stream that never paid and is known not to be let in is projected at 0, with the distance", () => {
    const [stream] = historiesOf(ledger, { asOf: target });
    const projection = projectStream(stream!.history, target);
    expect(projection.medianMinor).toBe(0n);
    expect(projection.reason).toMatch(/1,800 of 10,000 followers and 60,000 of 100,000 views/);
    expect(closedGates({ ...ledger, money: [] }, TODAY).map(({ programme }) => programme)).toEqual([
      "TikTok Creator Rewards",
    ]);
  });

  test("one payout ever, and no gate is asked", () => {
    const money = [...ledger.money, { ...zero, month: monthOf("2026-01"), finalMinor: 500n }];
    const [stream] = historiesOf({ ...ledger, money }, { asOf: target });
    expect(stream!.history.gate).toBeUndefined();
    expect(closedGates({ ...ledger, money }, TODAY).length).toBe(0);
  });

  test("without followers, or with a month of unknown views, nothing is known and nothing is gated", () => {
    const { followers: _, ...unknown } = { ...ledger, traffic: [] };
    expect(gateOf(unknown, "rewards", "tiktok", TODAY)?.status).toBe("unknown");
    expect(gateOf({ ...ledger, followers: [] }, "rewards", "tiktok", TODAY)?.status).toBe("not_yet");
    expect(gateOf(ledger, "other", "tiktok", TODAY)).toBeNull();
  });
});
