import { describe, expect, test } from "vitest";
import { engagementByViews, engagementEffect } from "../../lib/model/engagement";
import { addMonths, type Month, monthOf } from "../../lib/model/month";
import { type HistoryRow, projectStream } from "../../lib/model/projection";
import { random } from "../../lib/model/random";
import { ADS_KEY, GOLDEN_PRIOR } from "./stories";

const FIRST = monthOf("2024-01");

/** Months whose log rate is a walk plus `effect` times log engagement. */
function story(months: number, effect: number, seed: number) {
  const { normal } = random(seed);
  const engagement = new Map<Month, number>();
  const rows: HistoryRow[] = [];
  let level = Math.log(3);
  for (let n = 0; n < months; n++) {
    const month = addMonths(FIRST, n);
    const engaged = 0.05 * Math.exp(0.3 * normal());
    level += 0.02 * normal();
    engagement.set(month, engaged);
    const rate = Math.exp(level + effect * Math.log(engaged / 0.05) + 0.02 * normal());
    rows.push({ month, minor: BigInt(Math.round(rate * 10_000)), views: 100_000, watchSeconds: 18_000_000 });
  }
  const projection = projectStream({ key: ADS_KEY, rows, prior: GOLDEN_PRIOR }, addMonths(FIRST, months));
  return { projection, rows, engagement };
}

describe("engagement by views", () => {
  test("is (likes + comments + shares) / views: (40 + 8 + 2) / 1,000 = 5 %", () => {
    expect(engagementByViews({ views: 1_000, likes: 40, comments: 8, shares: 2 })).toBe(0.05);
  });

  test("is unknown when a part is unknown or nobody looked, which is not zero", () => {
    const known = { views: 1_000, likes: 40, comments: 8, shares: 2 };
    for (const part of ["views", "likes", "comments", "shares"])
      expect(engagementByViews({ ...known, [part]: null })).toBeNull();
    expect(engagementByViews({ ...known, views: 0 })).toBeNull();
    expect(engagementByViews({ views: 10, likes: 0, comments: 0, shares: 0 })).toBe(0);
  });
});

describe("the measured effect of engagement", () => {
  const effectOf = ({ projection, rows, engagement }: ReturnType<typeof story>) =>
    engagementEffect(projection, rows, engagement);

  test("finds an elasticity of 0.5 within its range", () => {
    const { pairs, slope } = effectOf(story(24, 0.5, 1));
    expect(pairs).toBe(23);
    expect(slope!.lo95).toBeLessThan(0.5);
    expect(slope!.hi95).toBeGreaterThan(0.5);
    expect(slope!.lo95).toBeGreaterThan(0.2);
  });

  test("shows one that is near zero too, with a range that holds zero", () => {
    const { slope } = effectOf(story(24, 0, 2));
    expect(Math.abs(slope!.value)).toBeLessThan(0.2);
    expect(slope!.lo95).toBeLessThan(0);
    expect(slope!.hi95).toBeGreaterThan(0);
  });

  test("says nothing with fewer than 6 pairs of neighbouring months", () => {
    expect(effectOf(story(6, 0.5, 3))).toEqual({ pairs: 5, slope: null });
    expect(effectOf(story(7, 0.5, 3)).slope).not.toBeNull();
  });

  test("does not bridge a month that is missing", () => {
    const { projection, rows, engagement } = story(12, 0, 4);
    engagement.delete(addMonths(FIRST, 5));
    expect(engagementEffect(projection, rows, engagement).pairs).toBe(9);
  });

  test("says nothing when engagement never changed", () => {
    const { projection, rows } = story(12, 0, 5);
    const flat = new Map(rows.map(({ month }) => [month, 0.05]));
    expect(engagementEffect(projection, rows, flat)).toEqual({ pairs: 11, slope: null });
  });
});
