import type { Axis, FigureTable } from "./chart-data";
import { count, MISSING, monthName, percent, signedPercent } from "./format";
import type { Month } from "./model/month";

/**
 * How far each month came out from what was projected, as finished chart data. Bars stand in logs, so that twice
 * and half are equally far from zero; every text says percent. Pure.
 */

export type ErrorMonth = {
  readonly month: Month;
  /** null: the month could not be judged. */
  readonly scored: {
    readonly errorShown: number;
    readonly insideShown: { readonly 80: boolean };
    readonly reconstructed: boolean;
  } | null;
};

export type ErrorBarsData = {
  readonly kind: "errors";
  readonly unit: string;
  readonly labels: readonly string[];
  readonly axis: Axis;
  readonly barShare: number;
  /** Logs of actual over projected; null where nothing is drawn. */
  readonly marks: readonly (number | null)[];
  /** "hit" lay inside the 80 % band, "miss" outside. */
  readonly hits: readonly ("hit" | "miss" | null)[];
  readonly reconstructed: readonly boolean[];
  readonly tooltips: readonly { readonly title: string; readonly lines: readonly string[] }[];
  readonly summary: string;
  readonly table: FigureTable;
};

/** Ticks as factors of the projection, each reached by the errors up to the last one. */
const SCALES = [
  [1.05, 1.1],
  [1.1, 1.25],
  [1.25, 1.5],
  [1.5, 2],
  [2, 4],
  [4, 10],
  [10, 100],
] as const;

/** Months in calendar order. */
export function errorBars(months: readonly ErrorMonth[], locale: string): ErrorBarsData {
  const marks = months.map(({ scored }) => scored && held(scored.errorShown));
  const band = `${percent(0.8, locale)} band`;
  const place = (scored: NonNullable<ErrorMonth["scored"]>) =>
    `${scored.insideShown[80] ? "inside" : "outside"}${scored.reconstructed ? " (reconstructed)" : ""}`;
  return {
    kind: "errors",
    unit: "actual against projected",
    labels: months.map(({ month }) => monthName(month, locale, "short")),
    axis: axisOf(marks, locale),
    barShare: 0.3 * Math.min(1, months.length / 6),
    marks,
    hits: months.map(({ scored }) => scored && (scored.insideShown[80] ? "hit" : "miss")),
    reconstructed: months.map(({ scored }) => scored?.reconstructed ?? false),
    tooltips: months.map(({ month, scored }) => ({
      title: monthName(month, locale),
      lines: scored
        ? [`${offBy(scored.errorShown, locale)} against projected`, `${band}: ${place(scored)}`]
        : ["Not judged"],
    })),
    summary: summaryOf(months, locale),
    table: {
      columns: ["Month", "Actual against projected", band],
      rows: months.map(({ month, scored }) => ({
        key: month,
        cells: [
          monthName(month, locale, "short"),
          scored ? offBy(scored.errorShown, locale) : "not judged",
          scored ? place(scored) : MISSING,
        ],
      })),
    },
  };
}

function summaryOf(months: readonly ErrorMonth[], locale: string): string {
  const judged = months.flatMap(({ month, scored }) => (scored ? [{ month, ...scored }] : []));
  const [first] = judged;
  if (!first) return "No month could be judged here yet.";
  const above = judged.filter(({ errorShown }) => errorShown > 0).length;
  const farthest = judged.reduce((far, each) =>
    Math.abs(each.errorShown) > Math.abs(far.errorShown) ? each : far,
  );
  const noun = judged.length === 1 ? "month" : "months";
  return (
    `${count(above, locale)} of ${count(judged.length, locale)} ${noun} came out above what was projected; ` +
    `farthest off, ${monthName(farthest.month, locale)}: ${offBy(farthest.errorShown, locale)}.`
  );
}

/** A log error as what came, compared with what was projected: 0.18 → "+20%". */
function offBy(error: number, locale: string): string {
  return signedPercent(Math.expm1(error), locale);
}

function axisOf(marks: readonly (number | null)[], locale: string): Axis {
  const reach = Math.max(0, ...marks.map((mark) => Math.abs(mark ?? 0)));
  const factors = SCALES.find((scale) => Math.log(scale[1]) >= reach) ?? SCALES.at(-1)!;
  const up = factors.map((factor) => ({ at: Math.log(factor), factor }));
  const down = [...up].reverse().map(({ at, factor }) => ({ at: -at, factor: 1 / factor }));
  const max = Math.log(factors[1]);
  return {
    min: -max,
    max,
    ticks: [...down, { at: 0, factor: 1 }, ...up].map(({ at, factor }) => ({
      at,
      label: signedPercent(factor - 1, locale),
    })),
  };
}

/** What is off by more than a hundred times ends at the plot's edge. */
function held(error: number): number {
  const far = Math.log(SCALES.at(-1)![1]);
  return Math.min(far, Math.max(-far, error));
}
