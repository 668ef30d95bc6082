/** The first wall of the roster: whom an agency represents in the viewer's sight, and how much of them it sees. */
import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "../lib/model/access";
import { granted } from "./scope";

/** Which creators a query is about: those of an agency in the viewer's sight, or some of them. */
export interface About {
  readonly viewer: Viewer;
  readonly agencyId: string;
  readonly ids: readonly string[] | undefined;
}

const NEED = {
  any: sql`true`,
  none: sql`not a.amounts`,
  amounts: sql`a.amounts`,
  whole: sql`a.amounts and a.streams is null`,
  part: sql`a.amounts and a.streams is not null`,
};

/** The creators as an array, so that it is made once and finds rows by index. */
export function shown({ viewer, agencyId, ids }: About, need: keyof typeof NEED): SQL {
  return sql`array(select a.creator_id ${represented(viewer, agencyId)} and ${NEED[need]}
    ${ids ? sql`and a.creator_id = any (${uuids(ids)})` : sql``})`;
}

/** The streams of the creators who show some: pairs to look a row up in. */
export function shownStreams({ viewer, agencyId }: About): SQL {
  return sql`(select a.creator_id, s.stream ${represented(viewer, agencyId, sql`cross join unnest(a.streams) s(stream)`)} and a.amounts)`;
}

/** As scope.granted for one agency: its representations `r` with the viewer's rows of access `a` by them. */
export function represented(viewer: Viewer, agencyId: string, beside: SQL = sql``): SQL {
  return sql`
    from representations r join access a on a.creator_id = r.creator_id and a.via = 'representation:' || r.id ${beside}
    where ${granted(viewer, "a")} and r.agency_id = ${agencyId} and r.accepted_at is not null and r.ended_at is null`;
}

export function uuids(ids: readonly string[]): SQL {
  return sql`${`{${ids.join(",")}}`}::uuid[]`;
}
