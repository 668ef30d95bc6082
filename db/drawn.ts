/** How often videos were seen in given days: entries over longer periods count by their days, evenly. */
import { sql } from "drizzle-orm";
import type { Viewer } from "../lib/model/access";
import { conn, transaction } from "./client";
import { traffic } from "./schema";
import { demand, scope } from "./scope";

export interface VideoSpan {
  /** names the answer */
  key: string;
  videoId: string;
  fromDay: string;
  toDay: string;
}

export interface Drawn {
  /** null when no entry touches the days, or one that does has unknown views */
  views: number | null;
  /** how many of the days something is known about */
  days: number;
}

/** The views of each span, by key. A span of a video that is not there, or somebody else's, has none. */
export function drawnIn(
  viewer: Viewer,
  creatorId: string,
  spans: readonly VideoSpan[],
): Promise<Map<string, Drawn>> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "read");
    const asked = JSON.stringify(
      spans.map(({ key, videoId, fromDay, toDay }) => [key, videoId, fromDay, toDay]),
    );
    const rows = await conn().execute<{ key: string; views: string | null; days: number }>(sql`
      select s.key, v.views, v.days
      from (
        select a ->> 0 as key, (a ->> 1)::uuid as video, (a ->> 2)::date as first, (a ->> 3)::date as last
        from json_array_elements(${asked}::json) a
      ) s
      cross join lateral (
        select case when bool_and(t.views is not null) then round(sum(t.views::numeric * t.overlap / t.length))::text end as views,
          coalesce(sum(t.overlap), 0)::integer as days
        from (
          select t.views, least(t.to_day, s.last) - greatest(t.from_day, s.first) + 1 as overlap,
            t.to_day - t.from_day + 1 as length
          from ${traffic} t
          where ${scope(viewer, sql`t.creator_id`)} and t.creator_id = ${creatorId} and t.video_id = s.video
            and t.from_day <= s.last and t.to_day >= s.first and not t.is_void
            and not exists (select from ${traffic} l where l.creator_id = t.creator_id and l.replaces = t.id)
        ) t
      ) v`);
    return new Map(
      rows.map(({ key, views, days }) => [key, { views: views === null ? null : Number(views), days }]),
    );
  });
}
