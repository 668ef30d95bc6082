import { money } from "./format";
import type { Currency } from "./model/money";
import type { RosterLine, SharedRosterLine } from "./model/sending";
import { ROSTER_AMOUNTS } from "./report/roster-xlsx";
import { isMoney, type Statement, type StatementFigureKey } from "./report/statement";

/** Which figures of a statement's summary a roster's workbook has a column for. */
const COLUMNS: readonly (StatementFigureKey & keyof RosterLine)[] = [
  "booked",
  "earned",
  "projected",
  "gap",
  "received",
  "outstanding",
];

/** What a statement comes to, in a line for each currency that its summary speaks of; its own currency first. */
export function rosterLinesOf({ creator, summary }: Statement): RosterLine[] {
  const lines = new Map<string, RosterLine>([[creator.currency, emptyLine(creator.currency)]]);
  for (const { key, cell } of summary) {
    const column = COLUMNS.find((each) => each === key);
    if (!column || !isMoney(cell)) continue;
    const { minor, currency } = cell;
    lines.set(currency, { ...(lines.get(currency) ?? emptyLine(currency)), [column]: minor });
  }
  // Without adjustments to earlier months all that is booked was earned, and the summary says it once. With them, what
  // of an amount without a rate was earned is not said.
  if (!summary.some(({ key }) => key === "earned"))
    for (const [currency, line] of lines) lines.set(currency, { ...line, earned: line.booked });
  return [...lines.values()];
}

/**
 * The lines with the agency's commission, each in its currency. What is left is known where all commission is of the
 * line's own currency: amounts of several never add, and a converted sum does not say of which it was.
 */
export function linesAfter(
  lines: readonly RosterLine[],
  owed: readonly { readonly currency: string; readonly accruedMinor: bigint }[],
): SharedRosterLine[] {
  const taken = new Map(owed.map(({ currency, accruedMinor }) => [currency, accruedMinor]));
  const known = new Set(lines.map(({ currency }) => currency));
  const more = [...taken.keys()].filter((currency) => !known.has(currency)).map(emptyLine);
  return [...lines, ...more].map((line) => {
    const commission = taken.get(line.currency) ?? 0n;
    const isAll = [...taken.keys()].every((currency) => currency === line.currency);
    return {
      ...line,
      commission: String(commission),
      net: line.earned !== null && isAll ? String(BigInt(line.earned) - commission) : null,
    };
  });
}

function emptyLine(currency: string): RosterLine {
  return {
    currency,
    ...{ booked: null, earned: null, projected: null, gap: null, received: null, outstanding: null },
  };
}

/** What a roster comes to in sentences, one for each currency and figure that is known. */
export function rosterSummary(totals: readonly SharedRosterLine[], locale: string): string[] {
  return totals.flatMap((total) =>
    ROSTER_AMOUNTS.flatMap(([key, label]) => {
      const minor = total[key];
      if (minor === null) return [];
      return `${label}: ${money(BigInt(minor), total.currency as Currency, locale)}`;
    }),
  );
}
