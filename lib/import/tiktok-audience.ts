import { allocate, divideHalfEven, parseDecimal } from "../model/money";
import { monthOf } from "../model/month";
import type { Region } from "../model/words";
import { countryCodeOf, regionOfCountry } from "./countries";
import type { Problem, Sink } from "./draft";
import { type FileFormat, type Reading, type ReadOptions, raggedProblem } from "./format";
import { isUnknown } from "./numbers";
import { allRows, normalise, type Row, shown, type Table } from "./parse";
import { type Columns, cellOf, columnsNamed, headerOf, readCell } from "./tiktok-columns";
import { dayOfExport } from "./tiktok-days";

const WORDS = { territory: ["Top territories"], share: ["Distribution"] } as const;
type Column = keyof typeof WORDS;

const MILLION = 1_000_000n;
/** Each of a few dozen fractions is rounded to two decimals. */
const MOST = 1_050_000n;
const OTHERS = new Set(["others", "other", "unknown", "andere", "otros", "outros", "autres", "altri"]);

/** FollowerTopTerritories.csv of TikTok Studio: the followers' countries, on the day of the export. */
export const TIKTOK_TERRITORIES: FileFormat = {
  id: "tiktok-territories",
  label: "TikTok Studio: territories of the followers",
  detect(table) {
    const { at } = columnsNamed(table, WORDS);
    return at.has("territory") && at.has("share");
  },
  read: readTerritories,
};

function readTerritories(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = columnsNamed(table, WORDS);
  if (columns.twice.length > 0) return { kind: "refused", problems: columns.twice };
  const problems: Problem[] = [];
  const notices: Problem[] = [];
  const shares = sharesByRegion(table, columns, problems, notices);
  const total = [...shares.values()].reduce((sum, share) => sum + share, 0n);
  if (total === 0n && problems.length === 0)
    return {
      kind: "not_useful",
      message:
        "This table of territories has no rows, since TikTok fills it only from some number of followers on; export it again once it shows countries.",
    };
  if (total > MOST)
    return {
      kind: "refused",
      problems: [
        {
          column: headerOf(table, columns, "share"),
          message: `The shares add up to ${total / 10_000n} %, which is more than all followers. Export the file again.`,
        },
      ],
    };
  const message =
    "The table tells the followers' countries as they were on the day of the export, without its date. Say which day that was.";
  const asOf = dayOfExport(options);
  if (!asOf) return { kind: "read", needs: [{ what: "asOf", message }], problems, notices };
  const month = monthOf(asOf);
  const [first] = allRows(table);
  out.audience({
    sourceKey: `tt:audience:${month}:${options.channelKey}`,
    platform: "tiktok",
    month,
    regions: millionths(shares, total),
    line: first?.line ?? table.headerLine,
  });
  return { kind: "read", needs: [], problems, notices };
}

/** Millionths by region as they are printed; countries that no region knows are "unknown". */
function sharesByRegion(
  table: Table,
  columns: Columns<Column>,
  problems: Problem[],
  notices: Problem[],
): Map<Region, bigint> {
  const shares = new Map<Region, bigint>();
  for (const row of allRows(table)) {
    const ragged = raggedProblem(table, row);
    const share = ragged ? null : shareOf(table, row, columns, problems);
    if (ragged) problems.push(ragged);
    if (share === null) continue;
    const territory = cellOf(row, columns, "territory");
    if (countryCodeOf(territory) === null && !OTHERS.has(normalise(territory)))
      notices.push({
        line: row.line,
        column: headerOf(table, columns, "territory"),
        message: `"${shown(territory)}" is no country that is known here; its share counts as elsewhere or unknown.`,
      });
    const region = regionOfCountry(territory) ?? "unknown";
    shares.set(region, (shares.get(region) ?? 0n) + share);
  }
  return shares;
}

/** A fraction (0.59) or a percentage (59%), in millionths, half to even. */
function shareOf(table: Table, row: Row, columns: Columns<Column>, problems: Problem[]): bigint | null {
  return readCell(table, row, columns, "share", problems, (text) => {
    if (isUnknown(text)) return { ok: true, value: null };
    const isPercent = text.endsWith("%");
    const share = parseDecimal(isPercent ? text.slice(0, -1) : text);
    if (!share.ok) return share;
    const { units, scale } = share.value;
    const ppm = divideHalfEven(units * MILLION, 10n ** BigInt(scale) * (isPercent ? 100n : 1n));
    return ppm >= 0n && ppm <= MILLION
      ? { ok: true, value: ppm }
      : { ok: false, error: `"${shown(text)}" is not a share; write a fraction such as 0.59.` };
  });
}

/** As numbers that add up to a million: what is missing is unknown, what rounding added is taken off in proportion. */
function millionths(shares: ReadonlyMap<Region, bigint>, total: bigint): Partial<Record<Region, number>> {
  const regions = [...shares.keys()];
  const parts = total > MILLION ? allocate(MILLION, [...shares.values()]) : [...shares.values()];
  const told = Object.fromEntries(regions.map((region, index) => [region, Number(parts[index])]));
  const missing = Number(total > MILLION ? 0n : MILLION - total);
  return missing > 0 ? { ...told, unknown: (told.unknown ?? 0) + missing } : told;
}
