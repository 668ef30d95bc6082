import { parseArgs } from "node:util";
import { LOCALES } from "../../locale";
import type { Month } from "../../model/month";
import { MOST_MONTHS, readRange, STATEMENT_FORMATS, type StatementFormat } from "../../model/statement";
import { PAPER_SIZES, type PaperSize } from "../../report/paper";
import { fromWhereOneStands, UsageError } from "../command";

export const USAGE = `npm run report -- --creator NAME --month YYYY-MM --format FORMAT --out FILE

  --creator NAME      whose statement, by name or id
  --month YYYY-MM     of this month
  --range RANGE       or of more: 2026-Q1, 2026, 2026-01..2026-05
  --format FORMAT     ${STATEMENT_FORMATS.join(", ")}
  --out FILE          where to; a file that is there is written over
  --paper SIZE        of a PDF: ${PAPER_SIZES.join(" or ")}
  --locale LOCALE     of its numbers and dates, like en-US, de-DE, fr-FR, es-ES`;

export interface ReportArguments {
  creator: string;
  range: { from: Month; to: Month };
  format: StatementFormat;
  out: string;
  paper: PaperSize;
  locale: string;
}

const text = { type: "string" } as const;
const OPTIONS = {
  creator: text,
  month: text,
  range: text,
  format: text,
  out: text,
  paper: text,
  locale: text,
} as const;

/** Reads the command's arguments. Throws UsageError. */
export function parseReport(args: string[]): ReportArguments {
  const { creator, month, range, format, out, paper, locale } = parsed(args);
  if (creator === undefined) throw new UsageError("Say whose statement it is: --creator NAME.");
  if ((month === undefined) === (range === undefined))
    throw new UsageError("Say of which months: --month YYYY-MM, or --range.");
  if (out === undefined) throw new UsageError("Say where the file goes: --out FILE.");
  return {
    creator,
    range: rangeOf(month, range),
    format: one("--format", format, STATEMENT_FORMATS),
    out: fromWhereOneStands(out),
    paper: one("--paper", paper ?? "a4", PAPER_SIZES),
    locale: one(
      "--locale",
      locale ?? "en-US",
      LOCALES.map(({ code }) => code),
    ),
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "");
  }
}

function rangeOf(month: string | undefined, range: string | undefined) {
  const given = month ?? range ?? "";
  const found = readRange(given);
  if (!found || (month !== undefined && found.from !== found.to))
    throw new UsageError(
      month === undefined
        ? `--range: “${given}” is no range; write it like 2026-01..2026-05, of at most ${MOST_MONTHS} months.`
        : `--month: “${given}” is no month; write it like 2026-01.`,
    );
  return found;
}

function one<Value extends string>(
  option: string,
  given: string | undefined,
  offered: readonly Value[],
): Value {
  const found = offered.find((value) => value === given);
  if (found === undefined)
    throw new UsageError(
      given === undefined
        ? `Choose with ${option}: ${offered.join(", ")}.`
        : `${option}: “${given}” is none of ${offered.join(", ")}.`,
    );
  return found;
}
