/** Which months of an agency's creators have entries, of the streams that their scope shows. */
import { and, gte, inArray, type SQL, sql } from "drizzle-orm";
import type { Viewer } from "../lib/model/access";
import type { Month } from "../lib/model/month";
import type { Stream } from "../lib/model/words";
import { demandOnRoster } from "./agency-scope";
import { conn, transaction } from "./client";
import * as representations from "./representations";
import { totals } from "./schema";
import { granted } from "./scope";

export interface LoggedMonth {
  readonly creatorId: string;
  readonly stream: Stream;
  readonly month: Month;
}

/**
 * One query for all of them. Of a creator without amounts nothing is known. Throws not_found for a creator who is not
 * on the roster.
 */
export function listLogged(
  viewer: Viewer,
  agencyId: string,
  { creatorIds, from }: { creatorIds: readonly string[]; from: Month },
): Promise<LoggedMonth[]> {
  return transaction(viewer, async () => {
    demandOnRoster(await representations.roster(viewer, agencyId), creatorIds);
    const rows = await conn()
      .selectDistinct({
        creatorId: totals.creatorId,
        stream: totals.stream,
        month: sql<Month>`${totals.earnedMonth}`,
      })
      .from(totals)
      .where(
        and(
          inArray(totals.creatorId, [...creatorIds]),
          gte(totals.earnedMonth, from),
          sql`${totals.entries} > 0`,
          shown(viewer),
        ),
      );
    return rows;
  });
}

/** The streams with amounts that the creator shows the viewer. */
function shown(viewer: Viewer): SQL {
  return sql`exists (
    select from access a where ${granted(viewer, "a")} and a.creator_id = ${totals.creatorId} and a.amounts
      and (a.streams is null or ${totals.stream} = any (a.streams)))`;
}
