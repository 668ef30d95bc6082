import { choiceParam, type Order, orderParam, pageParam, type SearchParams, textParam } from "./list-query";
import { addMonths, type Day, isMonth, type Month, monthOf } from "./model/month";
import { MOST_COMPARED, PERIODS, type Period, ROSTER_SORTS, type RosterSort } from "./model/roster";
import {
  NICHES,
  type Niche,
  PLATFORMS,
  type Platform,
  REGIONS,
  type Region,
  STREAMS,
  type Stream,
} from "./model/words";

/** What a roster shows stands in its address: month, period, filters, order, page and columns. */

export const ROSTER_COLUMNS = [
  "earned",
  "projected",
  "gap",
  "rpm",
  "trend",
  "band",
  "overdue",
  "commission",
  "attention",
  "views",
  "last",
  "team",
  "tags",
  "platforms",
] as const;
export type RosterColumn = (typeof ROSTER_COLUMNS)[number];
export const ROSTER_COLUMN_LABEL: Readonly<Record<RosterColumn, string>> = {
  earned: "Earned",
  projected: "Projected",
  gap: "Gap",
  rpm: "eRPM",
  trend: "12 months",
  band: "80% band",
  overdue: "Overdue",
  commission: "Commission owed",
  attention: "Needs attention",
  views: "Views",
  last: "Last logged",
  team: "Team",
  tags: "Tags",
  platforms: "Platforms",
};
export const USUAL_COLUMNS: readonly RosterColumn[] = [
  "earned",
  "projected",
  "gap",
  "rpm",
  "trend",
  "band",
  "overdue",
  "attention",
];

/** What sorts by a column; tags and platforms have no order. */
export const SORT_OF: Readonly<Partial<Record<RosterColumn, RosterSort>>> = {
  earned: "earned",
  projected: "projected",
  gap: "gap",
  rpm: "rpm",
  trend: "trend",
  band: "band",
  overdue: "overdue",
  commission: "commission",
  attention: "attention",
  views: "views",
  last: "last",
  team: "team",
};

export const ROSTER_PAGE = 50;

export type RosterQuery = {
  readonly month: Month;
  readonly period: Period;
  readonly filter: {
    readonly search?: string | undefined;
    readonly platform?: Platform | undefined;
    readonly niche?: Niche | undefined;
    readonly region?: Region | undefined;
    readonly stream?: Stream | undefined;
    readonly teamId?: string | undefined;
    readonly managerId?: string | undefined;
    readonly tagId?: string | undefined;
  };
  /** only those who need it */
  readonly attention: boolean;
  readonly order: Order<RosterSort>;
  readonly page: number;
  readonly columns: readonly RosterColumn[];
};

/** Parameters that narrow the list: one of them is enough to call it filtered. */
export const FILTERS = [
  "q",
  "platform",
  "niche",
  "region",
  "stream",
  "team",
  "manager",
  "tag",
  "attention",
] as const;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const FIRST_MONTH = "2000-01" as Month;

/** Anything that is not of the list is as if it was not there; the month is by default the last one that is over. */
export function rosterQuery(params: SearchParams, today: Day): RosterQuery {
  const current = monthOf(today);
  const month = textParam(params, "month") ?? "";
  const isPast = isMonth(month) && month >= FIRST_MONTH && month <= current;
  const period = choiceParam(params, "months", PERIODS.map(String));
  return {
    month: isPast ? (month as Month) : addMonths(current, -1),
    period: (period ? Number(period) : 1) as Period,
    filter: {
      search: printable(textParam(params, "q")),
      platform: choiceParam(params, "platform", PLATFORMS),
      niche: choiceParam(params, "niche", NICHES),
      region: choiceParam(params, "region", REGIONS),
      stream: choiceParam(params, "stream", STREAMS),
      teamId: idParam(params, "team"),
      managerId: idParam(params, "manager"),
      tagId: idParam(params, "tag"),
    },
    attention: textParam(params, "attention") === "1",
    order: orderParam(params, ROSTER_SORTS, { sort: "name", descending: false }),
    page: pageParam(params),
    columns: columnsOf(params),
  };
}

function idParam(params: SearchParams, name: string): string | undefined {
  const id = textParam(params, name) ?? "";
  return UUID.test(id) ? id : undefined;
}

/** What no name holds finds nothing, and the database takes no zero bytes. */
function printable(text: string | undefined): string | undefined {
  return text?.replace(/\p{Cc}/gu, "") || undefined;
}

/** `columns=earned.gap`, or several parameters of the name, as a form sends them. */
function columnsOf(params: SearchParams): readonly RosterColumn[] {
  const given = params.columns;
  const names = (Array.isArray(given) ? given : (given ?? "").split(".")).slice(0, 2 * ROSTER_COLUMNS.length);
  const chosen = ROSTER_COLUMNS.filter((column) => names.includes(column));
  return chosen.length > 0 ? chosen : USUAL_COLUMNS;
}

/** `creators=a.b`, or `creatorIds=a&creatorIds=b` as the roster's boxes send them; at most six, each once. */
export function comparedIds(params: SearchParams): string[] {
  const given = [params.creators, params.creatorIds]
    .flatMap((value) => value ?? [])
    .flatMap((text) => text.split("."));
  return [...new Set(given)].filter((id) => UUID.test(id)).slice(0, MOST_COMPARED);
}

export function isFiltered(params: SearchParams): boolean {
  return FILTERS.some((name) => textParam(params, name) !== undefined);
}

/** What of an address makes a view that is kept: all but the month and the page, which move on. */
const KEPT = ["months", ...FILTERS, "sort", "order", "columns"] as const;

/** "?sort=gap" and the like for a view, from an address or from what a form sent; "" is the roster as it opens. */
export function viewSearch(params: SearchParams): string {
  const query = new URLSearchParams();
  for (const name of KEPT) {
    const text = printable(textParam(params, name));
    if (text !== undefined) query.set(name, text);
  }
  const text = query.toString();
  return text ? `?${text}` : "";
}
