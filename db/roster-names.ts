/** By what names an agency's creators go: for finding them in a file. */
import { and, asc, eq, sql } from "drizzle-orm";
import type { Viewer } from "../lib/model/access";
import { demandToWrite, represented } from "./agency-scope";
import { conn, transaction } from "./client";
import { channels, creators, representations } from "./schema";

export interface RosterName {
  readonly creatorId: string;
  readonly creatorName: string;
  /** all figures are shown and may be changed: the only ones to whom a file can be brought */
  readonly mayImport: boolean;
  /** the creator's name, channels, handles and members' addresses */
  readonly names: readonly string[];
  readonly channels: readonly { readonly id: string; readonly names: readonly string[] }[];
}

/** The roster that the viewer sees, in three queries. Throws not_found to a stranger, forbidden to an assistant. */
export function list(viewer: Viewer, agencyId: string): Promise<RosterName[]> {
  return transaction(viewer, async () => {
    await demandToWrite(viewer, agencyId);
    const own = and(
      eq(representations.agencyId, agencyId),
      represented(viewer, { creatorId: representations.creatorId, agencyId: representations.agencyId }),
    );
    const shown = sql`(select ${representations.creatorId} from ${representations} where ${own})`;
    const rows = await conn()
      .select({
        creatorId: creators.id,
        creatorName: creators.name,
        mayImport: sql<boolean>`bool_or(${representations.amounts} and ${representations.streams} is null and ${representations.mayEdit})`,
      })
      .from(representations)
      .innerJoin(creators, eq(creators.id, representations.creatorId))
      .where(and(own, sql`${representations.endedAt} is null`))
      .groupBy(creators.id, creators.name)
      .orderBy(asc(creators.name), asc(creators.id));
    const known = await conn()
      .select({
        creatorId: channels.creatorId,
        id: channels.id,
        name: channels.name,
        handle: channels.handle,
      })
      .from(channels)
      .where(and(sql`${channels.creatorId} in ${shown}`, sql`${channels.archivedAt} is null`));
    const people = await conn().execute<{ creator_id: string; email: string }>(sql`
      select c.id as creator_id, p.email from ${creators} c cross join lateral member_people(c.id) p
      where c.id in ${shown}`);
    return rows.map((row) => {
      const ofRow = known.filter(({ creatorId }) => creatorId === row.creatorId);
      return {
        ...row,
        channels: ofRow.map(({ id, name, handle }) => ({ id, names: [name, handle] })),
        names: [
          row.creatorName,
          ...ofRow.flatMap(({ name, handle }) => [name, handle]),
          ...people.flatMap((person) => (person.creator_id === row.creatorId ? [person.email] : [])),
        ],
      };
    });
  });
}
