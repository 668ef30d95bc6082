import { compactCount, count, money, monthName, rpm, signedMoney, signedPercent } from "./format";
import { type Currency, decimalOf } from "./model/money";
import { addMonths, type Month, monthsFrom } from "./model/month";
import {
  type Amount,
  REASON_LABEL,
  type Reason,
  type Rollup,
  type RosterRow,
  type RosterTag,
  TREND_MONTHS,
} from "./model/roster";
import { PLATFORM_LABEL, STREAM_LABEL } from "./model/words";
import type { CsvCell } from "./report/csv";
import type { RosterColumn } from "./roster-query";

/** A roster's rows as text: the same for the page, the live search and the file. Pure. */

/** A figure ready to show; `text` null: it is not there, or not shared. */
export type LineCell = {
  readonly text: string | null;
  readonly note?: string;
  readonly tone?: "good" | "bad";
};

export type RosterLine = {
  readonly id: string;
  readonly name: string;
  /** what of the creator is not in the figures; null: all is */
  readonly partly: string | null;
  readonly cells: Readonly<Partial<Record<Exclude<RosterColumn, "trend" | "attention" | "tags">, LineCell>>>;
  readonly trend: { readonly points: readonly (number | null)[]; readonly summary: string } | null;
  readonly reasons: readonly string[];
  readonly tags: readonly RosterTag[];
};

/** One page of what was found, and the sum of all of it. */
export type RosterSheet = {
  readonly lines: readonly RosterLine[];
  readonly total: RosterLine;
  readonly found: number;
  readonly page: number;
  readonly label: string;
};

export type LineLook = { readonly currency: Currency; readonly locale: string; readonly month: Month };

export function lineOf(row: RosterRow, look: LineLook): RosterLine {
  const { currency, locale } = look;
  const { creator, overdue, band } = row;
  const amount = (minor: bigint | null): LineCell => ({
    text: minor === null ? null : money(minor, currency, locale),
  });
  return {
    id: creator.creatorId,
    name: creator.name,
    partly: partlyOf(row),
    cells: {
      earned: earnedCell(row, currency, locale),
      projected: amount(row.projectedMinor),
      gap: gapCell(row.gapMinor, currency, locale),
      rpm: { text: row.eRpm === null ? null : rpm(row.eRpm, currency, locale) },
      band: {
        text: band && BAND_LABEL[band],
        ...(band === "inside" || band === null ? {} : { tone: band === "below" ? "bad" : "good" }),
      },
      overdue: overdue === null ? { text: null } : overdueCell(overdue, currency, locale),
      commission: commissionCell(row.commission, currency, locale),
      views: { text: row.views === null ? null : compactCount(row.views, locale) },
      last: { text: row.lastMonth && monthName(row.lastMonth, locale, "short") },
      team: { text: creator.teamName },
      platforms: { text: creator.platforms.map((platform) => PLATFORM_LABEL[platform]).join(", ") || null },
    },
    trend: trendOf(row, look),
    reasons: row.reasons.map((reason) => reasonText(reason, row, look)),
    tags: row.tags.map(({ name, colour }) => ({ name, colour })),
  };
}

/** The sum of all rows found, under the table. */
export function totalLine(rollup: Rollup, { currency, locale }: LineLook): RosterLine {
  return {
    id: "total",
    name: `All ${count(rollup.creators, locale)}`,
    partly: null,
    cells: {
      earned: earnedCell(rollup, currency, locale),
      projected: {
        text: rollup.projectedMinor === null ? null : money(rollup.projectedMinor, currency, locale),
      },
      gap: gapCell(rollup.gapMinor, currency, locale),
      rpm: { text: rollup.eRpm === null ? null : rpm(rollup.eRpm, currency, locale) },
      overdue: overdueCell(rollup.overdue, currency, locale),
      commission: commissionCell(rollup.commission, currency, locale),
      views: { text: rollup.views === null ? null : compactCount(rollup.views, locale) },
    },
    trend: null,
    reasons: [],
    tags: [],
  };
}

const BAND_LABEL = { below: "Below", inside: "Inside", above: "Above" } as const;

/** "Shows rewards and ads only". */
function partlyOf({ shares, creator }: RosterRow): string | null {
  if (shares === "none") return "Amounts not shared";
  if (shares === "all") return null;
  const names = (creator.streams ?? []).map((stream) => STREAM_LABEL[stream]);
  return names.length > 0 ? `${names.join(", ")} only` : "No stream is shared";
}

/** Money that cannot be converted is not missing: where it is all there is, it stands in its own currency. */
function earnedCell(
  { earnedMinor, apart }: Pick<RosterRow, "earnedMinor" | "apart">,
  currency: Currency,
  locale: string,
): LineCell {
  if (earnedMinor !== null)
    return { text: money(earnedMinor, currency, locale), ...apartNote(apart, locale) };
  if (apart.length === 0) return { text: null };
  return { text: amountsOf(apart, locale), note: "no rate yet" };
}

function gapCell(minor: bigint | null, currency: Currency, locale: string): LineCell {
  if (minor === null) return { text: null };
  const text = signedMoney(minor, currency, locale);
  return minor === 0n ? { text } : { text, tone: minor < 0n ? "bad" : "good" };
}

function overdueCell(
  { count: late, minor, apart }: NonNullable<RosterRow["overdue"]>,
  currency: Currency,
  locale: string,
): LineCell {
  if (late === 0) return { text: money(0n, currency, locale) };
  const payments = `${count(late, locale)} ${late === 1 ? "payment" : "payments"}`;
  const { note } = apartNote(apart, locale);
  return {
    text: money(minor, currency, locale),
    note: note ? `${payments}, ${note}` : payments,
    tone: "bad",
  };
}

function commissionCell(commission: RosterRow["commission"], currency: Currency, locale: string): LineCell {
  if (commission === null) return { text: null };
  return { text: money(commission.minor, currency, locale), ...apartNote(commission.apart, locale) };
}

function apartNote(apart: readonly Amount[], locale: string): { note?: string } {
  if (apart.length === 0) return {};
  return { note: `and ${amountsOf(apart, locale)} without a rate` };
}

function amountsOf(apart: readonly Amount[], locale: string): string {
  return apart.map(({ currency, minor }) => money(minor, currency, locale)).join(", ");
}

/** Shares of the highest month, so that the picture tells no more than the figures do. */
function trendOf(
  { trend, shares, change }: RosterRow,
  { currency, locale, month }: LineLook,
): RosterLine["trend"] {
  const amounts = trend.map(({ earnedMinor }) => earnedMinor);
  const known = amounts.filter((minor): minor is bigint => minor !== null);
  if (shares === "none" || known.length === 0) return null;
  const most = known.reduce((a, b) => (a > b ? a : b));
  const least = known.reduce((a, b) => (a < b ? a : b));
  const top = most > 0n ? Number(most) : 1;
  const summary = `${known.length} of ${TREND_MONTHS} months with amounts, from ${money(least, currency, locale)} to ${money(most, currency, locale)}${
    change === null
      ? ""
      : `; ${monthName(month, locale)} ${signedPercent(change, locale)} against the mean before`
  }`;
  return {
    points: amounts.map((minor) => (minor === null ? null : Math.round((1000 * Number(minor)) / top) / 1000)),
    summary,
  };
}

export function reasonText(reason: Reason, row: RosterRow, { currency, locale }: LineLook): string {
  if (reason === "overdue" && row.overdue) return `${money(row.overdue.minor, currency, locale)} overdue`;
  if (reason === "missing") return "Not logged in full";
  return REASON_LABEL[reason];
}

// ---------------------------------------------------------------- the file

/** A column of the file: amounts exact with a point, months ISO; the agency's currency stands in a column of its own. */
const FILE_COLUMNS: Readonly<
  Record<RosterColumn, { header: readonly string[]; cells: (row: RosterRow, look: LineLook) => CsvCell[] }>
> = {
  earned: {
    header: ["Earned", "Without a rate"],
    cells: ({ earnedMinor, apart }, { currency }) => [exact(earnedMinor, currency), apartText(apart)],
  },
  projected: {
    header: ["Projected"],
    cells: ({ projectedMinor }, { currency }) => [exact(projectedMinor, currency)],
  },
  gap: { header: ["Gap"], cells: ({ gapMinor }, { currency }) => [exact(gapMinor, currency)] },
  rpm: { header: ["Per 1,000 views"], cells: ({ eRpm }) => [eRpm] },
  trend: {
    header: ["Against the mean before"],
    cells: ({ change }) => [change === null ? null : Math.round(change * 10_000) / 10_000],
  },
  band: { header: ["80% band"], cells: ({ band }) => [band && BAND_LABEL[band]] },
  overdue: {
    header: ["Overdue", "Overdue payments"],
    cells: ({ overdue }, { currency }) => [exact(overdue?.minor ?? null, currency), overdue?.count],
  },
  commission: {
    header: ["Commission owed"],
    cells: ({ commission }, { currency }) => [exact(commission?.minor ?? null, currency)],
  },
  attention: {
    header: ["Needs attention"],
    cells: ({ reasons }) => [reasons.map((reason) => REASON_LABEL[reason]).join("; ")],
  },
  views: { header: ["Views"], cells: ({ views }) => [views] },
  last: { header: ["Last logged"], cells: ({ lastMonth }) => [lastMonth] },
  team: { header: ["Team"], cells: ({ creator }) => [creator.teamName] },
  tags: { header: ["Tags"], cells: ({ tags }) => [tags.map(({ name }) => name).join("; ")] },
  platforms: {
    header: ["Platforms"],
    cells: ({ creator }) => [creator.platforms.map((platform) => PLATFORM_LABEL[platform]).join("; ")],
  },
};

/** Header and rows of the file, in the order and with the columns of the screen. */
export function rosterFile(
  rows: readonly RosterRow[],
  columns: readonly RosterColumn[],
  look: LineLook,
  period: number,
): CsvCell[][] {
  const months = monthsFrom(addMonths(look.month, 1 - period), look.month);
  const chosen = columns.map((column) => FILE_COLUMNS[column]);
  return [
    ["Creator", "Shares", "From", "To", "Currency", ...chosen.flatMap(({ header }) => header)],
    ...rows.map((row) => [
      row.creator.name,
      partlyOf(row) ?? "All",
      months[0],
      look.month,
      look.currency,
      ...chosen.flatMap(({ cells }) => cells(row, look)),
    ]),
  ];
}

function exact(minor: bigint | null, currency: Currency): string | null {
  return minor === null ? null : decimalOf(minor, currency);
}

function apartText(apart: readonly Amount[]): string {
  return apart.map(({ currency, minor }) => `${decimalOf(minor, currency)} ${currency}`).join("; ");
}
