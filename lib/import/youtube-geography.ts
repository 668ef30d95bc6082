import { allocate } from "../model/money";
import { monthOf, monthsFrom } from "../model/month";
import type { Region } from "../model/words";
import { cellOf } from "./columns";
import { regionOfCountry } from "./countries";
import type { Problem, Sink } from "./draft";
import type { FileFormat, Reading, ReadOptions } from "./format";
import { periodNeed } from "./needs";
import { allRows, cleanText, type Table } from "./parse";
import { repeatProblem } from "./repeats";
import { decimalMarkIn, type Figures, mergeProblems, readFigures, reconcile } from "./youtube-rows";
import { partsOf, youtubeColumnsOf } from "./youtube-words";

const MILLION = 1_000_000n;

/**
 * YouTube Studio, tab "Geography": views by country over the period of the export. No family: the totals beside it
 * in its zip are the channel's views by day, which it does not tell.
 */
export const YOUTUBE_GEOGRAPHY: FileFormat = {
  id: "youtube-geography",
  label: "YouTube Studio: table of countries",
  detect(table) {
    const { at } = youtubeColumnsOf(table);
    const isOfYoutube = at.has("watchHours") || at.has("averageDuration") || at.has("revenue");
    const isAlone = !at.has("date") && !at.has("id") && !at.has("channel");
    return at.has("geography") && at.has("views") && isOfYoutube && isAlone;
  },
  read: readGeography,
};

function readGeography(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = youtubeColumnsOf(table);
  const { totals, data } = partsOf(allRows(table), columns.at.get("geography") ?? 0);
  const fatal = mergeProblems(columns, totals);
  if (fatal.length > 0) return { kind: "refused", problems: fatal };

  const problems: Problem[] = [];
  const mark = decimalMarkIn(table, columns, options);
  const viewsByRegion = new Map<Region, bigint>();
  const lineOfCountry = new Map<string, number>();
  const read: Figures[] = [];
  for (const row of data) {
    const country = cleanText(cellOf(row, columns, "geography"));
    const figures = readFigures(table, row, columns, mark, problems);
    const earlier = lineOfCountry.get(country);
    if (figures && earlier !== undefined)
      problems.push(repeatProblem(country, row, earlier, table.header[columns.at.get("geography") ?? 0]));
    if (!figures || earlier !== undefined) continue;
    lineOfCountry.set(country, row.line);
    read.push(figures);
    const region = regionOfCountry(country) ?? "unknown";
    viewsByRegion.set(region, (viewsByRegion.get(region) ?? 0n) + BigInt(figures.views ?? 0));
  }

  // YouTube does not know the country of every view: its total is larger than the sum of the countries.
  const summed = [...viewsByRegion.values()].reduce((sum, views) => sum + views, 0n);
  const stated = totals[0] ? BigInt(readFigures(table, totals[0], columns, mark, [])?.views ?? 0) : 0n;
  if (stated > summed) viewsByRegion.set("unknown", (viewsByRegion.get("unknown") ?? 0n) + stated - summed);
  const [first] = data;
  if (!first || (summed === 0n && stated === 0n))
    return {
      kind: "refused",
      problems: [...problems, { message: "The table holds no views. Export a longer period." }],
    };

  const why = "The difference counts as elsewhere or unknown.";
  const views = columns.at.get("views");
  const notices = reconcile(table, totals[0], read, columns, mark, why).filter(
    ({ column }) => column === table.header[views ?? 0],
  );
  const { period } = options;
  if (!period) return { kind: "read", needs: [periodNeed("YouTube Studio")], problems, notices };
  const regions = sharesOf(viewsByRegion);
  const months = monthsFrom(monthOf(period.from), monthOf(period.to));
  for (const month of months)
    out.audience({
      sourceKey: `yt:audience:${month}:${options.channelKey}`,
      platform: "youtube",
      month,
      regions,
      line: first.line,
    });
  if (months.length > 1)
    notices.push({
      message: `The shares of the whole period stand for each of its ${months.length} months. Export single months to tell them apart.`,
    });
  return { kind: "read", needs: [], problems, notices };
}

/** Parts per million that add up to a million. */
function sharesOf(viewsByRegion: ReadonlyMap<Region, bigint>): Partial<Record<Region, number>> {
  const parts = allocate(MILLION, [...viewsByRegion.values()]);
  const shares = [...viewsByRegion.keys()].map((region, index) => [region, Number(parts[index])] as const);
  return Object.fromEntries(shares.filter(([, ppm]) => ppm > 0));
}
