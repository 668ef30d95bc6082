import writeXlsxFile from "write-excel-file/node";
import type { SharedRosterLine } from "../model/sending";
import type { Brand } from "./brand";
import type { StatementCell, StatementColumn, StatementRow } from "./statement";
import { PLAIN_ACCENT, tableSheet } from "./statement-xlsx";

/** A creator of the roster, with what his statement came to, or why there is none. */
export interface RosterCreator {
  readonly name: string;
  readonly row: { readonly lines: readonly SharedRosterLine[] } | null;
  readonly problem: string | null;
}

/** What there is a column for, by its name in a line, with its heading. */
export const ROSTER_AMOUNTS = [
  ["booked", "Booked"],
  ["earned", "Earned"],
  ["projected", "Projected"],
  ["gap", "Gap"],
  ["received", "Received"],
  ["outstanding", "Outstanding"],
  ["commission", "Commission"],
  ["net", "After commission"],
] as const satisfies readonly (readonly [keyof SharedRosterLine, string])[];

const COLUMNS: readonly StatementColumn[] = [
  { key: "name", header: "Creator", kind: "text" },
  { key: "currency", header: "Currency", kind: "text" },
  ...ROSTER_AMOUNTS.map(([key, header]) => ({ key, header, kind: "money" as const })),
];

/**
 * A roster as ONE workbook: a line for each creator and currency, totals by currency that are the sums of the lines
 * above, and on a sheet of their own those of whom there is no statement, with the reason.
 */
export function rosterXlsx(creators: readonly RosterCreator[], brand: Brand | null = null): Promise<Buffer> {
  const lines = creators.flatMap(({ name, row }) => (row?.lines ?? []).map((line) => ({ name, line })));
  const look = { accent: brand?.accent ?? PLAIN_ACCENT };
  const without = creators.filter(({ problem }) => problem !== null);
  return writeXlsxFile([
    tableSheet(
      {
        ...{
          title: brand ? `Roster of ${brand.name}` : "Roster",
          columns: COLUMNS,
          empty: "No creator of this roster has a statement.",
        },
        rows: lines.map(({ name, line }) => rowOf(name, line)),
        totals: rosterTotals(lines.map(({ line }) => line)).map((line) => rowOf("Total", line)),
      },
      look,
    ),
    tableSheet(
      {
        title: "Without a statement",
        columns: [
          { key: "name", header: "Creator", kind: "text" },
          { key: "problem", header: "Why", kind: "text" },
        ],
        rows: without.map(({ name, problem }) => ({ name, problem })),
        totals: [],
        empty: "Every creator of this roster has a statement.",
      },
      look,
    ),
    ...(brand
      ? [
          tableSheet(
            {
              ...{ title: "Made by", columns: [{ key: "name", header: "Made by", kind: "text" }] },
              ...{ rows: [{ name: brand.name }], totals: [], empty: "" },
            },
            look,
          ),
        ]
      : []),
  ]).toBuffer();
}

/** By currency, in the order of the alphabet. What is not known of anybody stays not known. */
export function rosterTotals(lines: readonly SharedRosterLine[]): SharedRosterLine[] {
  const currencies = [...new Set(lines.map(({ currency }) => currency))].sort();
  return currencies.map((currency) => {
    const own = lines.filter((line) => line.currency === currency);
    const sums = ROSTER_AMOUNTS.map(([key]) => {
      const known = own.flatMap((line) => line[key] ?? []);
      return [key, known.length === 0 ? null : String(known.reduce((sum, minor) => sum + BigInt(minor), 0n))];
    });
    return { currency, ...Object.fromEntries(sums) } as SharedRosterLine;
  });
}

function rowOf(name: string, line: SharedRosterLine): StatementRow {
  const amounts = ROSTER_AMOUNTS.map(([key]): [string, StatementCell] => {
    const minor = line[key];
    return [key, minor === null ? null : { minor, currency: line.currency }];
  });
  return { name, currency: line.currency, ...Object.fromEntries(amounts) };
}
