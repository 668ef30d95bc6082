import { type Axis, axisFor, type FigureTable, moneyScale, rpmScale } from "./chart-data";
import { MISSING, money, monthName, rpm, signedPercent } from "./format";
import { type Currency, decimalOf } from "./model/money";
import type { Month } from "./model/month";
import type { RosterMonth, RosterRow } from "./model/roster";

/** Two to six creators of a roster over the same months, on one chart. Pure. */

export const COMPARE_FIGURES = ["earned", "rpm", "gap"] as const;
export type CompareFigure = (typeof COMPARE_FIGURES)[number];
export const COMPARE_FIGURE_LABEL: Readonly<Record<CompareFigure, string>> = {
  earned: "Earned",
  rpm: "eRPM",
  gap: "Against projected",
};

export type LinesData = {
  readonly unit: string;
  readonly summary: string;
  readonly labels: readonly string[];
  readonly axis: Axis;
  readonly lines: readonly { readonly name: string; readonly marks: readonly (number | null)[] }[];
  readonly table: FigureTable;
};

type Figure = {
  readonly unit: string;
  readonly mark: (month: RosterMonth) => number | null;
  readonly text: (month: RosterMonth) => string;
  readonly leastStep: number;
  readonly tick: (at: number, step: number) => string;
};

/** The rows' months as lines and as numbers; a month that is not known breaks its line. */
export function linesOf(
  rows: readonly RosterRow[],
  figure: CompareFigure,
  { currency, locale }: { currency: Currency; locale: string },
): LinesData {
  const { unit, mark, text, leastStep, tick } = figureOf(figure, currency, locale);
  const lines = rows.map(({ creator, trend }) => ({ name: creator.name, marks: trend.map(mark) }));
  const months = rows[0]?.trend.map(({ month }) => month) ?? [];
  return {
    unit,
    summary: summaryOf(rows, mark, text, months),
    labels: months.map((month) => monthName(month, locale, "short")),
    axis: axisFor(
      lines.flatMap(({ marks }) => marks),
      [],
      { leastStep, tick },
    ),
    lines,
    table: {
      columns: ["Month", ...rows.map(({ creator }) => creator.name)],
      rows: months.map((month, index) => ({
        key: month,
        cells: [monthName(month, locale, "short"), ...rows.map(({ trend }) => text(trend[index]!))],
      })),
    },
  };

  function summaryOf(
    of: readonly RosterRow[],
    toMark: Figure["mark"],
    toText: Figure["text"],
    all: readonly Month[],
  ): string {
    const last = all.at(-1);
    const known = of
      .map(({ creator, trend }) => ({ name: creator.name, at: trend.at(-1)! }))
      .filter(({ at }) => at && toMark(at) !== null)
      .sort((a, b) => toMark(b.at)! - toMark(a.at)!);
    const [first, least] = [known[0], known.at(-1)];
    if (!last || !first || !least) return "Nothing of these creators is known for the last month.";
    const when = monthName(last, locale);
    if (known.length === 1) return `${when}: ${first.name} ${toText(first.at)}.`;
    return `${when}: from ${toText(first.at)} (${first.name}) to ${toText(least.at)} (${least.name}).`;
  }
}

function figureOf(figure: CompareFigure, currency: Currency, locale: string): Figure {
  if (figure === "earned") {
    const { unit, leastStep, tick } = moneyScale(currency, locale);
    return {
      ...{ unit, leastStep, tick },
      mark: ({ earnedMinor }) => (earnedMinor === null ? null : Number(decimalOf(earnedMinor, currency))),
      text: ({ earnedMinor }) => money(earnedMinor, currency, locale),
    };
  }
  if (figure === "rpm") {
    const { unit, leastStep, tick } = rpmScale(currency, "views", locale);
    return {
      ...{ unit, leastStep, tick },
      mark: ({ eRpm }) => (eRpm === null ? null : Number(eRpm)),
      text: ({ eRpm }) => rpm(eRpm, currency, locale),
    };
  }
  return {
    unit: "Per cent above or below the projection",
    leastStep: 0.01,
    tick: (at) => signedPercent(at, locale),
    mark: shareOf,
    text: (month) => {
      const share = shareOf(month);
      return share === null ? MISSING : signedPercent(share, locale);
    },
  };
}

/** The gap as a share of what was projected of the streams that were entered. */
function shareOf({ earnedMinor, gapMinor }: RosterMonth): number | null {
  if (earnedMinor === null || gapMinor === null) return null;
  const projected = earnedMinor - gapMinor;
  return projected > 0n ? Number(gapMinor) / Number(projected) : null;
}
