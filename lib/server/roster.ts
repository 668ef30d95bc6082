import "server-only";
import * as roster from "@/db/roster";
import { count } from "../format";
import type { Viewer } from "../model/access";
import { addMonths, type Day, dayOf } from "../model/month";
import {
  type RateUse,
  type RosterRow,
  rollupOf,
  rosterRows,
  sortRoster,
  TREND_MONTHS,
} from "../model/roster";
import { type LineLook, lineOf, type RosterSheet, totalLine } from "../roster-lines";
import { ROSTER_PAGE, type RosterQuery } from "../roster-query";

export interface ReadRoster {
  readonly agency: roster.Roster["agency"];
  /** everybody, or, when only what was found was read, that */
  readonly rows: readonly RosterRow[];
  /** what the filter found, in its order */
  readonly found: readonly RosterRow[];
  readonly rates: readonly RateUse[];
}

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
  const { month, period, filter, attention, order } = query;
  const months = {
    from: addMonths(month, 1 - TREND_MONTHS),
    to: month,
    comparedFrom: addMonths(month, 1 - period),
  };
  const read = await roster.list(viewer, agencyId, months, { filter, ...(only && { only }) });
  const { currency } = read.agency;
  const { rows, rates } = rosterRows({ ...read, currency, month, period, today });
  const found = rows.filter(({ creator, reasons }) => creator.isMatch && (!attention || reasons.length > 0));
  return { agency: read.agency, rows, found: sortRoster(found, order), rates };
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
