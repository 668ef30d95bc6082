import { choiceParam, type Order, orderParam, type SearchParams, textParam } from "@/lib/list-query";
import {
  about,
  MEASURE_LABEL,
  MEASURES,
  type Measure,
  type Published,
  perLabel,
  TIER_LABEL,
  TIERS,
} from "@/lib/model/published/figure";
import { middleOf } from "@/lib/model/published/published";
import { siteOf, sourceOf } from "@/lib/model/published/sources";
import {
  NICHE_LABEL,
  NICHES,
  PLATFORM_LABEL,
  PLATFORMS,
  type Platform,
  REGION_LABEL,
  REGIONS,
  type Region,
  STREAM_LABEL,
} from "@/lib/model/words";

export const BENCHMARK_SORTS = ["figure", "site", "grade"] as const;
export type BenchmarkSort = (typeof BENCHMARK_SORTS)[number] | "listed";

export type BenchmarkFilter = {
  readonly search?: string;
  readonly platform?: Platform;
  readonly measure?: Measure;
  readonly region?: Region;
  /** A niche, a tier or another subject, by its label. */
  readonly about?: string;
};

/** What the address asks for; what it does not understand is as if it was not there. */
export function benchmarkQuery(
  params: SearchParams,
  subjects: readonly string[],
): { filter: BenchmarkFilter; order: Order<BenchmarkSort> } {
  const search = textParam(params, "search");
  const platform = choiceParam(params, "platform", PLATFORMS);
  const measure = choiceParam(params, "measure", MEASURES);
  const region = choiceParam(params, "region", REGIONS);
  const subject = choiceParam(params, "about", subjects);
  return {
    filter: {
      ...(search && { search }),
      ...(platform && { platform }),
      ...(measure && { measure }),
      ...(region && { region }),
      ...(subject && { about: subject }),
    },
    order: orderParam<BenchmarkSort>(params, BENCHMARK_SORTS, { sort: "listed", descending: false }),
  };
}

/** "Finance", "Nano, 1,000 to 10,000 followers", "Supplements"; null: nothing in particular. */
export function subjectOf(figure: Published): string | null {
  if (figure.category) return figure.category;
  if (figure.niche) return NICHE_LABEL[figure.niche];
  return figure.tier ? TIER_LABEL[figure.tier] : null;
}

/** What the figures are about, as a select offers it: niches, then sizes of an audience, then the rest. */
export function subjectsOf(figures: readonly Published[]): { label: string; subjects: string[] }[] {
  const used = new Set(figures.map(about));
  const others = figures.flatMap(({ category, niche }) => (category && !niche ? [category] : []));
  return [
    { label: "Niches", subjects: NICHES.filter((niche) => used.has(niche)).map((each) => NICHE_LABEL[each]) },
    { label: "Followers", subjects: TIERS.filter((tier) => used.has(tier)).map((each) => TIER_LABEL[each]) },
    { label: "Other", subjects: [...new Set(others)].sort() },
  ];
}

/** The figures that match, in the order asked for; every word of the search must be somewhere. */
export function findFigures(
  figures: readonly Published[],
  filter: BenchmarkFilter,
  order: Order<BenchmarkSort>,
): Published[] {
  const words = (filter.search ?? "").toLowerCase().split(/\s+/).filter(Boolean);
  const found = figures.filter(
    (figure) =>
      (!filter.platform || figure.platform === filter.platform || figure.platform === "any") &&
      (!filter.measure || figure.measure === filter.measure) &&
      (!filter.region || figure.regions.includes(filter.region)) &&
      (!filter.about || isAbout(figure, filter.about)) &&
      words.every((word) => textOf(figure).includes(word)),
  );
  if (order.sort === "listed") return found;
  const direction = order.descending ? -1 : 1;
  const key = KEYS[order.sort];
  return found.sort((a, b) => compare(key(a), key(b), direction));
}

function isAbout({ niche, tier, category }: Published, subject: string): boolean {
  return (
    category === subject ||
    (niche !== null && NICHE_LABEL[niche] === subject) ||
    (tier !== null && TIER_LABEL[tier] === subject)
  );
}

const KEYS: Readonly<
  Record<(typeof BENCHMARK_SORTS)[number], (figure: Published) => number | string | null>
> = {
  figure: (figure) => middleOf(figure) ?? figure.low ?? figure.high,
  site: ({ source }) => siteOf(source),
  grade: ({ grade }) => grade,
};

/** What is not there stands last, whichever way it is sorted. */
function compare(a: number | string | null, b: number | string | null, direction: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a === b ? 0 : a < b ? -direction : direction;
}

function textOf(figure: Published): string {
  const { url, quotes = "" } = sourceOf(figure.source);
  return [
    figure.platform === "any" ? "all platforms" : PLATFORM_LABEL[figure.platform],
    figure.programme,
    figure.stream && STREAM_LABEL[figure.stream],
    MEASURE_LABEL[figure.measure],
    perLabel(figure.per),
    figure.place,
    ...figure.regions.map((region) => REGION_LABEL[region]),
    subjectOf(figure),
    figure.niche && NICHE_LABEL[figure.niche],
    figure.note,
    url,
    quotes,
    figure.date,
    `grade ${figure.grade}`,
  ]
    .join(" ")
    .toLowerCase();
}
