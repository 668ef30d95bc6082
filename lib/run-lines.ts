import { money } from "./format";
import type { Currency } from "./model/money";
import type { RosterLine } from "./model/sending";
import { isMoney, type Statement } from "./report/statement";

/** Which figures of a statement's summary a roster's workbook has a column for, by what they are called there. */
const FIGURE: Readonly<Record<string, keyof Omit<RosterLine, "currency">>> = {
  Booked: "booked",
  Earned: "earned",
  Projected: "projected",
  Gap: "gap",
  Received: "received",
  Outstanding: "outstanding",
};

/** What a statement comes to, in a line for each currency that its summary speaks of; its own currency first. */
export function rosterLinesOf({ creator, summary }: Statement): RosterLine[] {
  const lines = new Map<string, RosterLine>([[creator.currency, emptyLine(creator.currency)]]);
  for (const { label, cell } of summary) {
    // "Booked in JPY" is what no exchange rate is known for.
    const column = FIGURE[label.replace(/ in [A-Z]{3}$/, "")];
    if (!column || !isMoney(cell)) continue;
    const { minor, currency } = cell;
    lines.set(currency, { ...(lines.get(currency) ?? emptyLine(currency)), [column]: minor });
  }
  // Where nothing was adjusted afterwards, what was booked is what was earned, and the summary says it once.
  const isOneFigure = !summary.some(({ label }) => label === "Earned");
  return [...lines.values()].map((line) => (isOneFigure ? { ...line, earned: line.booked } : line));
}

function emptyLine(currency: string): RosterLine {
  return {
    currency,
    ...{ booked: null, earned: null, projected: null, gap: null, received: null, outstanding: null },
  };
}

/** What a roster comes to in sentences, one for each currency and figure that is known. */
export function rosterSummary(totals: readonly RosterLine[], locale: string): string[] {
  return totals.flatMap((total) =>
    Object.entries(FIGURE).flatMap(([label, key]) => {
      const minor = total[key];
      if (minor === null) return [];
      return `${label}: ${money(BigInt(minor), total.currency as Currency, locale)}`;
    }),
  );
}
