import type { Decimal } from "../model/money";
import { addDays, firstDay, lastDay } from "../model/month";
import type { Result } from "../model/result";
import { minorOf } from "./amounts";
import {
  type Columns,
  cellOf,
  decimalMarkOfColumns,
  findColumns,
  readCell,
  twiceProblems,
  wordsFor,
} from "./columns";
import { type DayOrder, parseDay, parseMonth } from "./dates";
import { columnOrder } from "./day-column";
import { ESTIMATE, type Need, NO_FIGURES, type Period, type Problem, type Sink } from "./draft";
import { type FileFormat, type Reading, type ReadOptions, raggedProblem } from "./format";
import { currencyNeed } from "./needs";
import { type DecimalMark, parseAmount, parseCount, sumDecimals } from "./numbers";
import { allRows, cleanText, normalise, type Row, shown, type Table } from "./parse";
import { countAsDecimal, differenceNotice } from "./reconcile";

/** English, Chinese (Taiwan, mainland), and the names of the AdSense Management API. */
const WORDS = {
  date: ["Date", "日期"],
  week: ["Week", "星期", "週", "周"],
  month: ["Month", "月份", "月"],
  earnings: ["Estimated earnings", "ESTIMATED_EARNINGS", "預估收益", "估算收入"],
  pageViews: ["Page views", "PAGE_VIEWS", "瀏覽量", "网页浏览量"],
  impressions: ["Impressions", "IMPRESSIONS", "曝光次數", "展示次数"],
  pageRpm: ["Page RPM", "PAGE_VIEWS_RPM", "網頁千次曝光收益", "网页 RPM"],
  impressionRpm: ["Impression RPM", "IMPRESSIONS_RPM", "曝光千次曝光收益", "每千次展示收入"],
  viewable: ["Active View Viewable", "ACTIVE_VIEW_VIEWABILITY", "Active View 可視率", "Active View 可见率"],
  clicks: ["Clicks", "CLICKS", "點擊", "点击次数"],
  ctr: ["CTR", "IMPRESSIONS_CTR", "點閱率", "点击率"],
  pageCtr: ["Page CTR", "PAGE_VIEWS_CTR"],
  cpc: ["CPC", "COST_PER_CLICK", "單次點擊出價"],
  site: ["Site", "OWNED_SITE_DOMAIN_NAME", "網站", "网站"],
  domain: ["Domain", "DOMAIN_NAME"],
  country: ["Country", "COUNTRY_NAME", "國家/地區", "国家/地区"],
  countryCode: ["COUNTRY_CODE"],
} as const;
type Column = keyof typeof WORDS;

const NAMES = wordsFor<Column>(WORDS);
const MONEY: ReadonlySet<Column> = new Set(["earnings", "pageRpm", "impressionRpm", "cpc"]);
const GRAINS = ["date", "week", "month"] as const satisfies readonly Column[];
/** Whatever is none of these tells rows of one period apart. */
const MEASURES: ReadonlySet<Column> = new Set([
  "earnings",
  "pageViews",
  "impressions",
  "pageRpm",
  "impressionRpm",
  "viewable",
  "clicks",
  "ctr",
  "pageCtr",
  "cpc",
]);
const SUMMARY = new Set(
  ["Total", "Totals", "Average", "Averages", "總計", "总计", "合計", "合计", "平均", "平均值"].map(normalise),
);
const AVERAGE = new Set(["Average", "Averages", "平均", "平均值"].map(normalise));

type Entry = Period & {
  line: number;
  earnings: Decimal[];
  views: (number | null)[];
  impressions: (number | null)[];
};

/** Google AdSense, Reports: earnings by day, week or month; sites and countries are added up. */
export const ADSENSE: FileFormat = {
  id: "adsense",
  label: "Google AdSense: earnings by day, week or month",
  detect(table) {
    const { at } = columnsIn(table);
    const isOfAdsense = (["pageViews", "pageRpm", "impressionRpm", "viewable", "cpc"] as const).some((name) =>
      at.has(name),
    );
    return at.has("earnings") && isOfAdsense;
  },
  read: readAdsense,
};

function columnsIn(table: Table): Columns<Column> {
  return findColumns(table, NAMES, MONEY);
}

function readAdsense(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = columnsIn(table);
  const grain = GRAINS.find((name) => columns.at.has(name));
  if (!grain)
    return {
      kind: "not_useful",
      message:
        "This AdSense report names no days; add Date or Month as its first breakdown under Reports, and export it again.",
    };
  const rows = allRows(table);
  const data = rows.filter((row) => !isSummary(row));
  const fatal = twiceProblems(columns);
  const column = table.header[columns.at.get(grain) ?? 0] ?? "";
  const when = columnOrder(
    column,
    data.map((row) => cellOf(row, columns, grain)),
    options,
  );
  fatal.push(...when.problems);
  if (data.length === 0) fatal.push({ message: "The report holds no day. Export a longer period." });
  if (fatal.length > 0) return { kind: "refused", problems: fatal };

  const currency = columns.currency ?? options.currency;
  const needs: Need[] = [...when.needs];
  if (!currency) needs.push(currencyNeed());
  const problems: Problem[] = [];
  const notices: Problem[] = [];
  if (needs.length > 0) return { kind: "read", needs, problems, notices };

  const mark = decimalMarkOfColumns(table, columns, ["earnings"], options);
  const entries = entriesOf(table, data, columns, grain, { order: when.order, mark }, problems, notices);
  for (const entry of entries) {
    const { from, to, line } = entry;
    const common = {
      sourceKey: `adsense:${from}..${to}:${options.channelKey}`,
      platform: "other" as const,
      format: null,
      from,
      to,
      line,
    };
    const views = sumKnown(entry.views);
    const adImpressions = sumKnown(entry.impressions);
    if (views !== null || adImpressions !== null)
      out.traffic({ ...common, videoExternalId: null, ...NO_FIGURES, views, adImpressions });
    if (!currency || entry.earnings.length === 0) continue;
    const minor = minorOf(entry.earnings, currency);
    if (minor.ok)
      out.payout({ ...common, stream: "ads", minor: minor.value, currency, ...ESTIMATE, lines: [] });
    else problems.push({ line, column: table.header[columns.at.get("earnings") ?? 0], message: minor.error });
  }
  const total = rows.find((row) => isSummary(row) && !AVERAGE.has(normalise(row.cells[0] ?? "")));
  if (total) notices.push(...reconcile(table, total, entries, columns, mark));
  return { kind: "read", needs, problems, notices };
}

/** One entry for each period; rows that differ only in site, country or another breakdown are added up. */
function entriesOf(
  table: Table,
  data: Row[],
  columns: Columns<Column>,
  grain: (typeof GRAINS)[number],
  how: { order: DayOrder | undefined; mark: DecimalMark },
  problems: Problem[],
  notices: Problem[],
): Entry[] {
  const entries = new Map<string, Entry>();
  const lineOf = new Map<string, number>();
  const measured = new Set([...columns.at].flatMap(([name, index]) => (MEASURES.has(name) ? [index] : [])));
  const breakdowns = [...table.header.keys()].filter((index) => !measured.has(index));
  // A view of a page with two ad units stands on the rows of both: only sites and countries share views out.
  const addsViews = columns.at.size === table.header.length;
  let repeats = false;
  for (const row of data) {
    const ragged = raggedProblem(table, row);
    if (ragged) problems.push(ragged);
    if (ragged) continue;
    const before = problems.length;
    const period = readCell(table, row, columns, grain, (text) => periodOf(text, grain, how.order), problems);
    const earnings = readCell(
      table,
      row,
      columns,
      "earnings",
      (text) => parseAmount(text, how.mark),
      problems,
    );
    const count = (name: Column) =>
      readCell(table, row, columns, name, (text) => parseCount(text, { mark: how.mark }), problems);
    const [views, impressions] = [count("pageViews"), count("impressions")];
    const key = [period?.from, ...breakdowns.map((index) => cleanText(row.cells[index] ?? ""))].join("\0");
    const earlier = lineOf.get(key);
    if (earlier !== undefined)
      problems.push({
        line: row.line,
        column: table.header[columns.at.get(grain) ?? 0],
        message: `This row speaks of the same as line ${earlier}; only line ${earlier} is read. Remove one of them.`,
      });
    if (!period || problems.length > before) continue;
    lineOf.set(key, row.line);
    const entry = entries.get(period.from) ?? {
      ...period,
      line: row.line,
      earnings: [],
      views: [],
      impressions: [],
    };
    if (entries.has(period.from)) repeats = true;
    if (earnings) entry.earnings.push(earnings);
    entry.views.push(views);
    entry.impressions.push(impressions);
    entries.set(period.from, entry);
  }
  if (!repeats || addsViews) return [...entries.values()];
  notices.push({
    message:
      "Page views are left out, since the same view stands on several rows of this breakdown. Export by Site or Country, or without a breakdown, to import them.",
  });
  return [...entries.values()].map((entry) => ({ ...entry, views: [null] }));
}

/** A day; the seven days that begin with it, or "first – last day"; or a month. */
function periodOf(text: string, grain: (typeof GRAINS)[number], order: DayOrder | undefined): Result<Period> {
  const bare = cleanText(text);
  if (grain === "month") {
    const month = parseMonth(bare.replace(/^(\d{4})\s*年\s*(\d{1,2})\s*月$/, "$1-$2"), order);
    return month.ok ? { ok: true, value: { from: firstDay(month.value), to: lastDay(month.value) } } : month;
  }
  const [begin = "", end] = grain === "week" ? bare.split(/\s+[-–—~]\s+/) : [bare];
  const from = parseDay(begin, order);
  if (!from.ok) return from;
  if (grain === "date") return { ok: true, value: { from: from.value, to: from.value } };
  const to = end === undefined ? { ok: true as const, value: addDays(from.value, 6) } : parseDay(end, order);
  if (!to.ok) return to;
  return to.value >= from.value
    ? { ok: true, value: { from: from.value, to: to.value } }
    : { ok: false, error: `"${shown(bare)}" ends before it begins; write its first day, then its last.` };
}

/** AdSense's own total against the sum of the rows. */
function reconcile(
  table: Table,
  total: Row,
  entries: Entry[],
  columns: Columns<Column>,
  mark: DecimalMark,
): Problem[] {
  const why = "Only the rows are imported; export the report again if one is missing.";
  const place = (name: Column) => ({ line: total.line, column: table.header[columns.at.get(name) ?? 0] });
  const earnings = readCell(table, total, columns, "earnings", (text) => parseAmount(text, mark), []);
  const views = readCell(table, total, columns, "pageViews", (text) => parseCount(text, { mark }), []);
  const amounts = entries.flatMap((entry) => entry.earnings);
  const summed = entries.map((entry) => sumKnown(entry.views));
  return [
    earnings && differenceNotice(earnings, sumDecimals(amounts), amounts.length, place("earnings"), why),
    views !== null && summed.every((each) => each !== null)
      ? differenceNotice(
          countAsDecimal(views),
          sumDecimals(summed.map(countAsDecimal)),
          0,
          place("pageViews"),
          why,
        )
      : null,
  ].flatMap((notice) => notice ?? []);
}

function isSummary(row: Row): boolean {
  return SUMMARY.has(normalise(row.cells[0] ?? ""));
}

/** A sum with an unknown part is unknown. */
function sumKnown(counts: readonly (number | null)[]): number | null {
  return counts.reduce<number | null>(
    (sum, count) => (sum === null || count === null ? null : sum + count),
    0,
  );
}
