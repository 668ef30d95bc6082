import { describe, expect, it } from "vitest";
import {
  benchmarkQuery,
  findFigures,
  subjectOf,
  subjectsOf,
} from "../../app/(app)/creators/[creatorId]/projections/benchmarks/benchmark-query";
import {
  figureText,
  timesText,
  usdText,
} from "../../app/(app)/creators/[creatorId]/projections/benchmarks/figure-text";
import { splitByUse } from "../../app/(app)/creators/[creatorId]/projections/benchmarks/start-data";
import { BENCHMARKS } from "../../lib/model/benchmarks";
import { middleOf, PUBLISHED } from "../../lib/model/published/published";

const listed = { sort: "listed", descending: false } as const;
const subjects = subjectsOf(PUBLISHED).flatMap((group) => group.subjects);
const find = (params: Record<string, string>) => {
  const { filter, order } = benchmarkQuery(params, subjects);
  return findFigures(PUBLISHED, filter, order);
};

describe("published figures are found", () => {
  it("by every word of the search, wherever it stands: site, country, niche, count, note, grade", () => {
    expect(find({ search: "portugal" }).map(({ place }) => place)).toEqual(["Portugal"]);
    expect(find({ search: "IsThisChannelMonetized grade c new zealand" })).toHaveLength(1);
    expect(find({ search: "qualified first nine days" }).map(({ low }) => low)).toEqual([0.83]);
    expect(find({ search: "portugal finance" })).toEqual([]);
  });

  it("by platform (what holds for all of them among it), measure, region and subject, all at once", () => {
    expect(
      find({ platform: "instagram", measure: "fee", about: subjects.find((s) => s.startsWith("Nano"))! }),
    ).toHaveLength(3);
    const rpm = find({ platform: "youtube", measure: "rpm", about: "Finance" });
    expect(new Set(rpm.map(({ niche, measure }) => `${niche} ${measure}`))).toEqual(new Set(["finance rpm"]));
    for (const { regions } of find({ region: "asia_africa" })) expect(regions).toContain("asia_africa");
  });

  it("in any order, with what has no figure last both ways, and never fewer", () => {
    for (const order of ["ascending", "descending"]) {
      const found = find({ sort: "figure", order });
      expect(found).toHaveLength(PUBLISHED.length);
      const middles = found.map((figure) => middleOf(figure) ?? figure.low ?? figure.high ?? 0);
      expect(middles).toEqual([...middles].sort((a, b) => (order === "ascending" ? a - b : b - a)));
    }
    expect(find({}).map(({ id }) => id)).toEqual(findFigures(PUBLISHED, {}, listed).map(({ id }) => id));
  });

  it("whatever the address says: what it does not understand is as if it was not there", () => {
    expect(
      find({ platform: "vine", measure: "x", region: "mars", about: "toString", sort: "__proto__" }),
    ).toHaveLength(PUBLISHED.length);
  });

  it("under a subject that the select offers, each of them once", () => {
    expect(new Set(subjects).size).toBe(subjects.length);
    for (const figure of PUBLISHED) {
      const subject = subjectOf(figure);
      if (subject !== null && !figure.niche) expect(subjects).toContain(subject);
      if (subject !== null) expect(find({ about: subject })).toContain(figure);
    }
  });
});

describe("figures are written", () => {
  const one = (search: string) => find({ search })[0]!;
  it("as their sources print them: ranges, half-open ones, percent, factors, fractions of a cent", () => {
    expect(figureText(one("portugal"), "en-US")).toBe("€0.14");
    expect(figureText(one("countries 3 shorts asia ytestimator"), "en-US")).toBe("$0.001 to $0.01");
    expect(figureText(one("upgrowth india"), "en-US")).toBe("under $1.00");
    expect(figureText(one("mega wordontheblock instagram"), "en-US")).toBe("$10,000 and more");
    expect(figureText(one("platform allows a seller"), "en-US")).toBe("1% to 80%");
    expect(figureText(one("revenuelab september"), "en-US")).toBe("1.05 to 1.15");
    expect([usdText(0.0025, "en-US"), usdText(118, "en-US"), usdText(0.6, "en-US")]).toEqual([
      "$0.0025",
      "$118",
      "$0.60",
    ]);
  });

  it("a spread of 0.9 in logs is 2.5 times, either way", () => {
    expect(timesText(0.9, "en-US")).toBe("2.5 times, either way");
  });
});

describe("starting rates stand in the order of a creator's channels", () => {
  it("on TikTok: its own row first, then those for any platform that it has none of; the rest are others", () => {
    const { mine, others } = splitByUse(BENCHMARKS, new Set(["tiktok"]));
    expect(mine[0]).toMatchObject({ platform: "tiktok", stream: "rewards" });
    expect(mine.slice(1).every(({ platform }) => platform === "any")).toBe(true);
    expect(others.map(({ platform }) => platform)).toEqual([
      "youtube",
      "youtube",
      "facebook",
      "other",
      "any",
    ]);
    expect(mine.length + others.length).toBe(BENCHMARKS.length);
  });

  it("without a channel all are others", () => {
    expect(splitByUse(BENCHMARKS, new Set()).mine).toEqual([]);
  });
});
