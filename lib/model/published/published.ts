import type { Grade } from "../benchmarks";
import type { Published } from "./figure";
import { SHOP } from "./shop";
import { siteOf } from "./sources";
import { SPONSORSHIP } from "./sponsorship";
import { TIKTOK } from "./tiktok";
import { YOUTUBE } from "./youtube";

/**
 * Every usable figure of the survey of public sources of November 2026, with its citation. Nothing here enters a
 * projection: the model begins from benchmarks.ts. Only pages on the server import it, since it is large.
 */
export const PUBLISHED: readonly Published[] = [...TIKTOK, ...YOUTUBE, ...SPONSORSHIP, ...SHOP];

/** How much a voice weighs in a cell's centre: an official page counts as much as eight lists without a source. */
export const GRADE_WEIGHT: Readonly<Record<Grade, number>> = { A: 8, B: 4, C: 2, D: 1, judgement: 0 };

/** What the figures of one cell say together. */
export type Cell = {
  /** Sites with a figure that has both ends; several pages of one site count once. */
  readonly sites: number;
  /** Weighted geometric mean of the sites' middles; null when no figure has both ends. */
  readonly centre: number | null;
  /** Standard deviation of the logs between sites (n - 1); null below two sites. */
  readonly spread: number | null;
};

/** Figures of the same cell measure the same thing, on the same count, in the same place, about the same subject. */
export function cellKey(figure: Published): string {
  const { platform, programme, measure, per, format, place, currency, niche, tier, category } = figure;
  return [platform, programme, measure, per, format, place, currency, niche, tier, category].join("|");
}

/** What each cell of the figures says together, by cellKey. */
export function cellsOf(figures: readonly Published[]): Map<string, Cell> {
  const groups = new Map<string, Published[]>();
  for (const figure of figures) {
    const key = cellKey(figure);
    groups.set(key, [...(groups.get(key) ?? []), figure]);
  }
  return new Map([...groups].map(([key, group]) => [key, cellOf(group)]));
}

/** Where a figure stands: the middle (geometric) of what it calls typical, else of its range; null when half open. */
export function middleOf({ low, high, typical }: Published): number | null {
  const [from, to] = typical ?? [low, high];
  return from === null || to === null ? null : Math.sqrt(from * to);
}

function cellOf(group: readonly Published[]): Cell {
  const sites = new Map<string, { logs: number[]; weight: number }>();
  for (const figure of group) {
    const middle = middleOf(figure);
    if (middle === null) continue;
    const site = sites.get(siteOf(figure.source)) ?? { logs: [], weight: 0 };
    site.logs.push(Math.log(middle));
    site.weight = Math.max(site.weight, GRADE_WEIGHT[figure.grade]);
    sites.set(siteOf(figure.source), site);
  }
  const voices = [...sites.values()].map(({ logs, weight }) => ({ log: mean(logs), weight }));
  if (voices.length === 0) return { sites: 0, centre: null, spread: null };
  const weights = voices.reduce((sum, { weight }) => sum + weight, 0);
  const centre = voices.reduce((sum, { log, weight }) => sum + weight * log, 0) / weights;
  return {
    sites: voices.length,
    centre: Math.exp(centre),
    spread: deviation(voices.map(({ log }) => log)),
  };
}

/** Sample standard deviation; null below two values. */
export function deviation(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const middle = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
