import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { priorFor } from "../../lib/model/benchmarks";
import { currencyOf } from "../../lib/model/money";
import { dayOf, type Month } from "../../lib/model/month";
import {
  isPooledVersion,
  offsetFor,
  offsetsOf,
  type Pooled,
  type PooledCreator,
  pool,
  pooledPrior,
  startsFrom,
} from "../../lib/model/pooling";
import { projectStream } from "../../lib/model/projection";
import { type Random, random } from "../../lib/model/random";
import { NICHES, type Niche, REGIONS, type Region } from "../../lib/model/words";

const AREAS = REGIONS.filter((region) => region !== "unknown");
const SUBJECTS = NICHES.slice(0, 5);

const creator = (level: number, given: Partial<PooledCreator> = {}): PooledCreator => ({
  level,
  variance: 0.05,
  regions: { us_ca_au: 1 },
  niche: "music",
  ...given,
});

describe("nobody's pay can be read from another's start", () => {
  const many = Array.from({ length: 6 }, () => creator(0.5));

  test("fewer than five creators are not pooled at all", () => {
    expect(pool(many.slice(0, 4))).toBeNull();
    expect(pool([])).toBeNull();
    expect(pool(many.slice(0, 5))).not.toBeNull();
  });

  test("a niche or region of fewer than five keeps the published value", () => {
    const pooled = pool([
      ...many,
      ...Array.from({ length: 4 }, () => creator(-1, { niche: "gaming", regions: { asia_africa: 1 } })),
    ])!;
    expect(Object.keys(pooled.niches)).toEqual(["music"]);
    expect(Object.keys(pooled.regions)).toEqual(["us_ca_au"]);
  });

  test("a cell in which one creator is more than 40 % of the weight keeps the published value", () => {
    const rest = Array.from({ length: 5 }, () => creator(0.2, { niche: "food" }));
    const few = Array.from({ length: 4 }, () => creator(0.4, { variance: 5, niche: "gaming" }));
    const loud = creator(2, { variance: 0.0001, niche: "gaming" });
    expect(pool([...rest, ...rest, ...few, loud], 0.01)!.niches.gaming).toBeUndefined();
    expect(
      pool([...rest, ...rest, ...few, creator(2, { variance: 5, niche: "gaming" })], 0.01)!.niches.gaming,
    ).toBeDefined();
  });

  test("taking one creator out moves nobody's start by more than his weight in his cell times his distance from it", () => {
    const someone = fc.record({
      level: fc.double({ min: -3, max: 3, noNaN: true }),
      variance: fc.double({ min: 0.01, max: 2, noNaN: true }),
      region: fc.constantFrom<Region>("us_ca_au", "asia_africa"),
      niche: fc.constantFrom<Niche>("music", "finance"),
    });
    const between = fc.double({ min: 0.01, max: 0.81, noNaN: true });
    const cellOf = ({ region, niche }: { region: Region; niche: Niche }) => `${region} ${niche}`;
    const used = ({ regions, niches }: Pooled) => `${Object.keys(regions)} ${Object.keys(niches)}`;
    fc.assert(
      fc.property(
        fc.array(someone, { minLength: 6, maxLength: 16 }),
        between,
        fc.nat(),
        (all, spread, at) => {
          const out = all[at % all.length]!;
          const asPooled = all.map(({ region, ...rest }) => ({ ...rest, regions: { [region]: 1 } }));
          const without = asPooled.filter((_, index) => index !== at % all.length);
          const [before, after] = [pool(asPooled, spread), pool(without, spread)];
          // Where he was what made a cell safe, the cell goes back to the published value.
          if (!before || !after || used(before) !== used(after)) return;
          const weightOf = ({ variance }: { variance: number }) => 1 / (spread + variance);
          const cell = all.filter((each) => cellOf(each) === cellOf(out));
          const share = weightOf(out) / cell.reduce((sum, each) => sum + weightOf(each), 0);
          const distance = Math.abs(
            out.level - offsetFor(after, { regions: { [out.region]: 1 }, niche: out.niche }),
          );
          const moved = without.map((each) => Math.abs(offsetFor(before, each) - offsetFor(after, each)));
          expect(Math.max(...moved)).toBeLessThanOrEqual(share * distance + 1e-9);
        },
      ),
      { numRuns: 10_000, seed: 20261123 },
    );
  });
});

/** MODEL's synthetic hierarchy: a table wrong by 0.4 in all and 0.3 a cell, creators 0.5 around their cells. */
function world(source: Random) {
  const effects = <Name extends string>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, 0.3 * source.normal()])) as Record<Name, number>;
  const truth = { overall: 0.4 * source.normal(), regions: effects(AREAS), niches: effects(SUBJECTS) };
  const born = (): PooledCreator & { truth: number; oracle: number } => {
    const raw = AREAS.map(() => source.uniform() ** 3);
    const sum = raw.reduce((a, b) => a + b, 0);
    const regions = Object.fromEntries(AREAS.map((region, index) => [region, raw[index]! / sum]));
    const niche = SUBJECTS[Math.floor(source.uniform() * SUBJECTS.length)]!;
    const oracle = offsetFor(truth, { regions, niche });
    const own = oracle + 0.5 * source.normal();
    return {
      truth: own,
      oracle,
      level: own + Math.sqrt(0.03) * source.normal(),
      variance: 0.03,
      regions,
      niche,
    };
  };
  return { born };
}

function coldStart(
  count: number,
  worlds: number,
): { pooled: number; published: number; oracle: number; tau: number } {
  const source = random(20261123);
  const sums = { pooled: 0, published: 0, oracle: 0, tau: 0 };
  for (let index = 0; index < worlds; index++) {
    const { born } = world(source);
    const fit = pool(Array.from({ length: count }, born))!;
    for (let newcomer = 0; newcomer < 10; newcomer++) {
      const one = born();
      sums.pooled += Math.abs(one.truth - offsetFor(fit, one));
      sums.published += Math.abs(one.truth);
      sums.oracle += Math.abs(one.truth - one.oracle);
      sums.tau += fit.tau;
    }
  }
  const n = worlds * 10;
  return {
    pooled: sums.pooled / n,
    published: sums.published / n,
    oracle: sums.oracle / n,
    tau: sums.tau / n,
  };
}

describe("a new creator's start", () => {
  test("from 10 others is within 1.30 of what perfect cells would give, from 100 within 1.15, and beats the table", () => {
    const [ten, hundred] = [coldStart(10, 400), coldStart(100, 100)];
    expect(ten.pooled / ten.oracle).toBeLessThan(1.3);
    expect(hundred.pooled / hundred.oracle).toBeLessThan(1.15);
    expect(ten.pooled).toBeLessThan(ten.published);
    expect(hundred.pooled).toBeLessThan(ten.pooled);
  });

  test("its spread is learned: near 0.55 among 100 creators who lie 0.5 around their cells", () => {
    expect(coldStart(100, 50).tau).toBeCloseTo(0.55, 1);
    const equal = Array.from({ length: 20 }, () => creator(0.3));
    expect(pool(equal)!.between).toBe(0.01);
    const far = Array.from({ length: 20 }, (_, index) => creator(index % 2 === 0 ? 3 : -3));
    expect(pool(far)!.between).toBe(0.81);
  });

  test("a level that is no number is refused", () => {
    expect(() => pool([creator(Number.NaN)])).toThrow(/NaN.*leave it out/);
    expect(() => pool([creator(1, { variance: 0 })])).toThrow(RangeError);
  });
});

describe("what is given to the pool and begun from it", () => {
  const key = { channelId: null, platform: "tiktok", format: "all", stream: "rewards" } as const;
  const rows = (months: number, paid: number) =>
    Array.from({ length: months }, (_, index) => ({
      month: `2026-0${index + 1}` as Month,
      minor: BigInt(paid),
      views: 250_000,
      paidViews: 100_000,
    }));
  const given = (months: number, paid: number, currency = "USD", perUsd = 1) => {
    const prior = priorFor({ ...key, perUsd, niche: "food", regions: { us_ca_au: 1 } });
    const history = { key: { ...key, currency: currencyOf(currency) }, prior, rows: rows(months, paid) };
    return { projection: projectStream(history, "2026-09" as Month), niche: "food" as const };
  };
  const cell = { stream: "rewards", platform: "tiktok", format: "all" } as const;

  test("an offset is the distance from the published start, whatever the currency", () => {
    const [usd] = offsetsOf([given(8, 15_400)]);
    const [yen] = offsetsOf([given(8, 23_100, "JPY", 150)]);
    expect(usd).toMatchObject({ ...cell, niche: "food", regions: { us_ca_au: 1 } });
    // Twice the published 0.77.
    expect(usd!.level).toBeCloseTo(Math.log(2), 1);
    expect(yen).toEqual(usd);
    expect(offsetsOf([given(8, 7_700)])[0]!.level).toBeCloseTo(0, 1);
  });

  test("under three payouts there is nothing of one's own to give, and a cell is given once", () => {
    expect(offsetsOf([given(2, 15_400)])).toEqual([]);
    const [short, long] = [given(3, 15_400), given(8, 15_400, "EUR", 0.9)];
    expect(offsetsOf([short, long])).toEqual(offsetsOf([long]));
    expect(offsetsOf([long, short])).toEqual(offsetsOf([long]));
  });

  test("streams are pooled apart, and those of fewer than five not at all", () => {
    const offsets = [
      ...Array.from({ length: 5 }, () => ({ ...cell, ...creator(0.5) })),
      ...Array.from({ length: 4 }, () => ({ ...cell, platform: "youtube" as const, ...creator(9) })),
    ];
    const starts = startsFrom(offsets);
    expect(starts.map(({ platform }) => platform)).toEqual(["tiktok"]);
    expect(starts[0]!.pooled).toEqual(pool(offsets.slice(0, 5)));
    expect(startsFrom([])).toEqual([]);
  });

  test("a pooled start moves rate and regions by its offset, and only beside the table that it was made for", () => {
    const prior = priorFor({ ...key, perUsd: 1, niche: "music", regions: { us_ca_au: 1 } });
    const starts = startsFrom(Array.from({ length: 5 }, () => ({ ...cell, ...creator(0.5) })));
    const table = { priorVersion: prior.version, date: dayOf("2026-11-26"), starts };
    const about = { ...cell, niche: "music" as const };
    const moved = pooledPrior(prior, about, table);
    const factor = Math.exp(offsetFor(starts[0]!.pooled, { regions: { us_ca_au: 1 }, niche: "music" }));
    expect(moved.rate).toBeCloseTo(prior.rate * factor, 12);
    expect(moved.regionUsd.us_ca_au / moved.regionUsd.unknown).toBeCloseTo(
      prior.regionUsd.us_ca_au / prior.regionUsd.unknown,
      12,
    );
    expect(moved).toMatchObject({
      pooled: { creators: 5, tableRate: prior.rate },
      version: `${prior.version}+pool-2026-11-26`,
    });
    expect(isPooledVersion(moved.version)).toBe(true);
    expect(isPooledVersion(prior.version)).toBe(false);
    expect(pooledPrior(prior, about, { ...table, priorVersion: "2027-01" })).toBe(prior);
    expect(pooledPrior(prior, { ...about, format: "long" }, table)).toBe(prior);
    expect(pooledPrior(prior, about, null)).toBe(prior);
  });
});
