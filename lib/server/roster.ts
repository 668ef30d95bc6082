import "server-only";
import * as commissions from "@/db/commissions";
import * as roster from "@/db/roster";
import { listMonth } from "@/db/roster-causes";
import * as tags from "@/db/tags";
import { count, monthName } from "../format";
import type { Viewer } from "../model/access";
import type { Currency } from "../model/money";
import { addMonths, type Day, dayOf, type Month } from "../model/month";
import {
  type Amount,
  type FindRate,
  type RateUse,
  type RosterRow,
  type RosterTag,
  rollupOf,
  rosterRows,
  sortRoster,
  TREND_MONTHS,
} from "../model/roster";
import { attentionSentences, type GapOfMonth, gapOfMonth, gapSentence, mostPressing } from "../roster-causes";
import { type LineLook, lineOf, type RosterSheet, totalLine } from "../roster-lines";
import { ROSTER_PAGE, type RosterQuery } from "../roster-query";
import { noteLooks } from "./looks";

export interface ReadRoster {
  readonly agency: roster.Roster["agency"];
  /** everybody, or, when only what was found was read, that */
  readonly rows: readonly RosterRow[];
  /** what the filter found, in its order */
  readonly found: readonly RosterRow[];
  readonly rates: readonly RateUse[];
  readonly findRate: FindRate;
}

/** As many as one reads before the first coffee; the list's filter shows the rest. */
const MOST_PRESSING = 6;

/** An agency has no zone of its own: its day is UTC's. */
export function agencyToday(): Day {
  return dayOf(new Date().toISOString().slice(0, 10));
}

/**
 * The roster as the query asks for it; with `only: "matches"` nothing is read of the others, so there is no rollup of
 * all. Throws not_found to who does not belong to the agency.
 */
export async function readRoster(
  viewer: Viewer,
  agencyId: string,
  query: RosterQuery,
  today: Day,
  only?: "matches",
): Promise<ReadRoster> {
  const { month, period, filter, attention, order, columns } = query;
  const months = {
    from: addMonths(month, 1 - TREND_MONTHS),
    to: month,
    comparedFrom: addMonths(month, 1 - period),
  };
  const [read, owed, tagged] = await Promise.all([
    roster.list(viewer, agencyId, months, { filter, ...(only && { only }) }),
    commissions.byCreator(viewer, agencyId, { from: month, to: month }),
    columns.includes("tags") ? tagsByCreator(viewer, agencyId) : NO_TAGS,
  ]);
  const { currency } = read.agency;
  const commission = new Map<string, Amount[]>();
  for (const { creatorId, currency: of, outstandingMinor: minor } of owed)
    commission.set(creatorId, [...(commission.get(creatorId) ?? []), { currency: of, minor }]);
  const { rows, rates } = rosterRows({
    ...read,
    currency,
    commission,
    tags: tagged,
    month,
    period,
    today,
  });
  await noteAmounts(viewer, agencyId, rows);
  const found = rows.filter(({ creator, reasons }) => creator.isMatch && (!attention || reasons.length > 0));
  return { agency: read.agency, rows, found: sortRoster(found, order), rates, findRate: read.findRate };
}

export interface Attention {
  readonly creatorId: string;
  readonly name: string;
  readonly sentences: readonly string[];
}

/** Some creators' twelve months up to one, in the order of their names, and who of them left the projection's band in it. */
export async function readComparison(
  viewer: Viewer,
  agencyId: string,
  ids: readonly string[],
  month: Month,
  today: Day,
  locale: string,
): Promise<{ currency: Currency; rows: RosterRow[]; outliers: Attention[] }> {
  const from = addMonths(month, 1 - TREND_MONTHS);
  const read = await roster.list(viewer, agencyId, { from, to: month, comparedFrom: from }, { only: ids });
  const { currency } = read.agency;
  const { rows } = rosterRows({
    ...read,
    currency,
    commission: new Map(),
    tags: NO_TAGS,
    month,
    period: TREND_MONTHS,
    today,
  });
  await noteAmounts(viewer, agencyId, rows);
  const outside = rows.filter(({ band }) => band === "below" || band === "above");
  const gaps = await gapsOf(viewer, read, outside, month);
  const outliers = outside.flatMap(({ creator: { creatorId, name }, band }) => {
    const gap = gaps.get(creatorId);
    const where = `${band} the 80% band in ${monthName(month, locale)}`;
    const why = gap ? [gapSentence(gap, { currency, locale })] : [];
    return { creatorId, name, sentences: [where, ...why] };
  });
  return { currency, rows, outliers };
}

const NO_TAGS: ReadonlyMap<string, RosterTag[]> = new Map();

/** Each creator's tags, in the order of their names. */
async function tagsByCreator(viewer: Viewer, agencyId: string): Promise<Map<string, RosterTag[]>> {
  const [all, taggings] = await Promise.all([
    tags.list(viewer, agencyId),
    tags.listOfCreators(viewer, agencyId),
  ]);
  const tagIds = new Map<string, Set<string>>();
  for (const { creatorId, tagId } of taggings)
    tagIds.set(creatorId, (tagIds.get(creatorId) ?? new Set()).add(tagId));
  return new Map([...tagIds].map(([creatorId, ids]) => [creatorId, all.filter(({ id }) => ids.has(id))]));
}

/** Each of them is told of the look, before it is shown. */
function noteAmounts(viewer: Viewer, agencyId: string, rows: readonly RosterRow[]): Promise<void> {
  const shown = rows.filter(({ shares }) => shares !== "none").map(({ creator }) => creator.creatorId);
  return noteLooks(viewer, agencyId, shown);
}

/** Each one's gap of the month in its causes; absent where nothing can be compared. */
async function gapsOf(
  viewer: Viewer,
  { agency, findRate }: Pick<roster.Roster, "agency" | "findRate">,
  rows: readonly RosterRow[],
  month: Month,
): Promise<Map<string, GapOfMonth>> {
  const ids = rows.map(({ creator }) => creator.creatorId);
  const months = ids.length === 0 ? new Map() : await listMonth(viewer, agency.id, ids, month);
  return new Map(
    rows.flatMap((row) => {
      const own = months.get(row.creator.creatorId);
      const gap = own && gapOfMonth(own, row, month, agency.currency, findRate);
      return gap ? [[row.creator.creatorId, gap] as const] : [];
    }),
  );
}

/** Who needs it most, each with its causes in words. */
export async function readAttention(
  viewer: Viewer,
  read: ReadRoster,
  { month }: RosterQuery,
  locale: string,
): Promise<Attention[]> {
  const { agency, rows } = read;
  const pressing = mostPressing(rows, MOST_PRESSING);
  const below = pressing.filter(({ reasons }) => reasons.includes("below"));
  const gaps = await gapsOf(viewer, read, below, month);
  const look = { currency: agency.currency, locale, month };
  return pressing.map((row) => {
    const { creatorId, name } = row.creator;
    const sentences = attentionSentences(row, gaps.get(creatorId) ?? null, look);
    return { creatorId, name, sentences };
  });
}

/** The page of what was found, and the sum of all of it. */
export function sheetOf(
  { agency, found }: ReadRoster,
  { page, month }: RosterQuery,
  locale: string,
): RosterSheet {
  const look: LineLook = { currency: agency.currency, locale, month };
  const last = Math.max(1, Math.ceil(found.length / ROSTER_PAGE));
  const shown = Math.min(page, last);
  const first = (shown - 1) * ROSTER_PAGE;
  const rows = found.slice(first, first + ROSTER_PAGE);
  const all = count(found.length, locale);
  return {
    lines: rows.map((row) => lineOf(row, look)),
    total: totalLine(rollupOf(found, agency.currency), look),
    found: found.length,
    page: shown,
    label:
      found.length > ROSTER_PAGE
        ? `${count(first + 1, locale)}–${count(first + rows.length, locale)} of ${all} creators`
        : `${all} ${found.length === 1 ? "creator" : "creators"}`,
  };
}
