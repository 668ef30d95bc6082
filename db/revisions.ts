/** Whether anything about a creator has changed, for one small query: what was worked out before may be shown again. */
import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { notFound } from "../lib/errors";
import { type Share, type Shared, sharedOf, type Viewer } from "../lib/model/access";
import type { Currency } from "../lib/model/money";
import type { Day } from "../lib/model/month";
import type { Stream } from "../lib/model/words";
import { conn, read } from "./client";
import { agencies, creators, receipts, representations, revisions } from "./schema";
import { granted, scope } from "./scope";

export interface Standing {
  creator: { id: string; name: string; currency: Currency; timeZone: string; isSample: boolean };
  /** in the creator's zone, by the database's clock */
  today: Day;
  /** whether any receipt was ever logged: without one, nothing can be said about what has arrived */
  keepsReceipts: boolean;
  /** null: the viewer belongs to the creator */
  shared: Shared | null;
  /**
   * The same while the creator, his ledger, the day and what the viewer may see of it are the same; never again
   * once any of them has changed. Whoever has the same key sees the same.
   */
  key: string;
}

/** Throws not_found to a stranger. */
export function standing(viewer: Viewer, creatorId: string): Promise<Standing> {
  return read(viewer, async () => {
    const [row] = await conn().execute<Row>(sql`
      select ${creators.id}, ${creators.name}, ${creators.currency}, ${creators.timeZone}, ${creators.isSample},
        to_char(now() at time zone ${creators.timeZone}, 'YYYY-MM-DD') as today,
        exists (
          select from ${receipts}
          where ${scope(viewer, receipts.creatorId, "amounts")} and ${receipts.creatorId} = ${creatorId}
        ) as keeps_receipts,
        (
          select string_agg(${revisions.transaction}::text, ' ' order by ${revisions.transaction}) from ${revisions}
          where ${scope(viewer, revisions.creatorId)} and ${revisions.creatorId} = ${creatorId}
        ) as revision,
        (
          select json_agg(json_build_array(g.role, g.streams, g.amounts, g.notes, case when g.via like 'representation:%' then (
              select json_build_array(${agencies.id}, ${agencies.name}, ${representations.toDay})
              from ${representations} join ${agencies} on ${agencies.id} = ${representations.agencyId}
              where ${representations.id} = substring(g.via from 16)::uuid) end) order by g.via)
          from access g where ${granted(viewer, "g")} and g.creator_id = ${creatorId}
        ) as grants
      from ${creators} where ${scope(viewer, creators.id)} and ${creators.id} = ${creatorId}`);
    if (!row) throw notFound("creator");
    return {
      creator: {
        id: row.id,
        name: row.name,
        currency: row.currency,
        timeZone: row.time_zone,
        isSample: row.is_sample,
      },
      today: row.today,
      keepsReceipts: row.keeps_receipts,
      shared: row.grants.every(({ 4: by }) => by !== null) ? sharedOf(row.grants.map(shareOf)) : null,
      key: createHash("sha256").update(JSON.stringify(row)).digest("base64"),
    };
  });
}

type Grant = [
  role: string,
  streams: Stream[] | null,
  amounts: boolean,
  notes: boolean,
  by: [id: string, name: string, toDay: Day | null] | null,
];

function shareOf([, streams, amounts, notes, by]: Grant): Share {
  const [agencyId = "", agencyName = "", toDay = null] = by ?? [];
  return { agencyId, agencyName, streams, amounts, notes, toDay };
}

interface Row extends Record<string, unknown> {
  id: string;
  name: string;
  currency: Currency;
  time_zone: string;
  is_sample: boolean;
  today: Day;
  keeps_receipts: boolean;
  grants: Grant[];
}
