/** On which days an agency's people looked at a creator's amounts, for the creator to read. */
import { sql } from "drizzle-orm";
import type { Viewer } from "../lib/model/access";
import type { Day } from "../lib/model/month";
import { conn, transaction } from "./client";
import { demand } from "./scope";

/** One person of one agency. Days are in the creator's zone. */
export interface Looker {
  readonly userId: string;
  readonly name: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly firstDay: Day;
  readonly lastDay: Day;
  /** on how many days */
  readonly days: number;
}

/**
 * Notes that the viewer is shown amounts of these creators today: once per person, agency and day, before they are
 * shown. Of a creator that no agency shows him, or whom he belongs to, nothing is noted.
 */
export function record(viewer: Viewer, creatorIds: readonly string[]): Promise<void> {
  return transaction(viewer, async () => {
    await conn().execute(sql`
      select note_looks(array(select json_array_elements_text(${JSON.stringify(creatorIds)}::json)::uuid))`);
  });
}

/** Who looked, the latest first; those whose agency sees the creator no more too. For owners. */
export function list(viewer: Viewer, creatorId: string): Promise<Looker[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    const rows = await conn().execute<Row>(sql`
      select user_id, name, agency_id, agency_name, first_day::text, last_day::text, days
      from looked_at(${creatorId}) order by last_day desc, agency_name, name, user_id`);
    return rows.map((row) => ({
      userId: row.user_id,
      name: row.name,
      agencyId: row.agency_id,
      agencyName: row.agency_name,
      firstDay: row.first_day,
      lastDay: row.last_day,
      days: row.days,
    }));
  });
}

interface Row extends Record<string, unknown> {
  user_id: string;
  name: string;
  agency_id: string;
  agency_name: string;
  first_day: Day;
  last_day: Day;
  days: number;
}
