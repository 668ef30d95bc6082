/**
 * `npm run backtest -- FILE`: how well the model would have done on a monthly file, against two naive rules.
 * FILE is CSV with the columns month, views, amount and, if known, watch_hours; or month, pageviews and any
 * columns named *_usd (adsense_usd, amazon_usd, total_usd). Amounts are taken as US dollars.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { priorFor } from "../model/benchmarks";
import { currencyOf, parseDecimal, roundToMinor } from "../model/money";
import { monthOf } from "../model/month";
import { type HistoryRow, reconstruct, type StreamHistory } from "../model/projection";
import { scoreMonths, scoreOf } from "../model/score";

const USD = currencyOf("USD");

/** The series of a monthly file. Throws an Error that names line and remedy when it cannot be read. */
export function seriesOf(csv: string): { name: string; history: StreamHistory }[] {
  const lines = csv.replace(/^\uFEFF/, "").split(/\r?\n/);
  const header = (lines[0] ?? "").split(",").map((name) => name.trim().toLowerCase());
  const monthAt = header.indexOf("month");
  const viewsAt = Math.max(header.indexOf("views"), header.indexOf("pageviews"));
  const hoursAt = header.indexOf("watch_hours");
  const amounts = header.filter(
    (name) => name === "amount" || (name.endsWith("_usd") && !name.startsWith("rpm")),
  );
  if (monthAt < 0 || viewsAt < 0 || amounts.length === 0)
    throw new Error("The first line must name the columns month, views, amount (and watch_hours, if known).");

  return amounts.map((name) => {
    const amountAt = header.indexOf(name);
    const rows = lines.slice(1).flatMap((line, index): HistoryRow[] => {
      if (line.trim() === "") return [];
      const cells = line.split(",").map((cell) => cell.trim());
      const number = index + 2;
      const hours = hoursAt < 0 ? null : numberOf(cells[hoursAt], number);
      return [
        {
          month: atLine(number, () => monthOf(cells[monthAt] ?? "")),
          views: numberOf(cells[viewsAt], number),
          minor: minorOf(cells[amountAt], number),
          ...(hoursAt < 0 ? {} : { watchSeconds: hours === null ? null : hours * 3600 }),
        },
      ];
    });
    const stream = name.startsWith("amazon") ? "affiliate" : "ads";
    // A file with watch time is of videos; one without may be a web site, so watch time plays no part there.
    const platform = hoursAt < 0 ? "other" : "youtube";
    const key = { channelId: null, platform, format: "all", stream, currency: USD } as const;
    return { name, history: { key, rows, prior: priorFor({ ...key, perUsd: 1 }) } };
  });
}

/** One line per series: months judged, error against the naive rules, share of months inside the bands. */
export function tableOf(csv: string): string {
  const rows = seriesOf(csv).map(({ name, history }) => {
    const judged = scoreMonths(history.rows, reconstruct(history)).filter(
      ({ errorLast }) => errorLast !== null,
    );
    const score = scoreOf(judged);
    if (!score) return [name, "0", "", "", "", "", "", "", ""];
    const share = (hits: number) => `${((100 * hits) / score.months).toFixed(0)} %`;
    const against = (skill: number | null) => (skill === null ? "-" : (1 + skill).toFixed(3));
    return [
      name,
      String(score.months),
      score.error.toFixed(3),
      against(score.skillAgainstLast),
      against(score.skillAgainstTrailing),
      share(score.hits[50]),
      share(score.hits[80]),
      share(score.hits[95]),
      score.wmape === null ? "-" : `${(100 * score.wmape).toFixed(1)} %`,
    ];
  });
  const head = [
    "series",
    "months",
    "error",
    "vs last",
    "vs trailing 3",
    "in 50",
    "in 80",
    "in 95",
    "money off",
  ];
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join("  ");
  return [
    line(head),
    ...rows.map(line),
    "",
    "error: mean absolute error of the log rate, each month judged at the traffic it had.",
    "vs: that error over the naive rule's; below 1 the model is better.",
    "money off: sum of absolute money errors over all money, with views projected as last month's.",
  ].join("\n");
}

function numberOf(cell: string | undefined, line: number): number | null {
  if (cell === undefined || cell === "") return null;
  if (!/^\d+(\.\d+)?$/.test(cell))
    throw new Error(`line ${line}: "${cell}" is not a number; write 1234 or 1234.5.`);
  return Number(cell);
}

function minorOf(cell: string | undefined, line: number): bigint | null {
  if (cell === undefined || cell === "") return null;
  const parsed = parseDecimal(cell, ".");
  if (!parsed.ok) throw new Error(`line ${line}: ${parsed.error}`);
  return roundToMinor(parsed.value, USD);
}

function atLine<T>(line: number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`line ${line}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function main(args: readonly string[]): number {
  const [file] = args;
  if (!file) {
    console.error(
      "Which file? npm run backtest -- FILE (CSV with month, views, amount and maybe watch_hours).",
    );
    return 1;
  }
  // npm runs scripts in the project's folder and tells here where the command was typed.
  const full = path.resolve(process.env.INIT_CWD ?? process.cwd(), file);
  try {
    console.log(tableOf(readFileSync(full, "utf8")));
    return 0;
  } catch (error) {
    console.error(`${file}: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = main(process.argv.slice(2));
