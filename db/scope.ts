/**
 * The first wall: what a viewer may touch, as part of every WHERE and before every write. Row-level security
 * (the second wall) says the same once more.
 */
import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { conn, OPERATOR_ID } from "./client";

/**
 * read: anything; house: what only those know who belong to the creator; figures: money of some streams at least;
 * amounts: all money; notes: what was written beside it; write: log and correct; post: what goes out by mail and to
 * whom; manage: members, settings, erasing.
 */
export type Need = "read" | "house" | "post" | "figures" | "amounts" | "notes" | "write" | "manage";

const CONDITION: Record<Need, SQL> = {
  read: sql`true`,
  house: sql`a.via not like 'representation:%'`,
  post: sql`a.via not like 'representation:%' and a.role in ('owner', 'editor', 'operator')`,
  figures: sql`a.amounts`,
  notes: sql`a.amounts and a.streams is null and a.notes`,
  amounts: sql`a.amounts and a.streams is null`,
  write: sql`a.amounts and a.streams is null and a.role in ('owner', 'editor', 'operator')`,
  manage: sql`a.role = 'owner'`,
};

/** `creator_id = any (…)`: evaluated once per query, uses the index. */
export function scope(viewer: Viewer, column: SQLWrapper, need: Need = "read"): SQL {
  return sql`${column} = any (array(${grants(viewer, need)}))`;
}

/**
 * As `scope`, for rows of one stream: those of every stream, and of some streams theirs; with `notes`, of whom they are
 * shared with.
 */
export function streamScope(
  viewer: Viewer,
  { creatorId, stream }: { creatorId: SQLWrapper; stream: SQLWrapper },
  need: "figures" | "notes" = "figures",
): SQL {
  const [whole, condition] =
    need === "notes"
      ? (["notes", sql`a.amounts and a.notes`] as const)
      : (["amounts", sql`a.amounts`] as const);
  const some = sql`
    select a.creator_id, s from access a, unnest(a.streams) s where ${granted(viewer, "a")} and ${condition}`;
  return sql`(${creatorId} = any (array(${grants(viewer, "figures")})) and (
    ${creatorId} = any (array(${grants(viewer, whole)})) or (${creatorId}, ${stream}) in (${some})))`;
}

/** What was written beside an entry of every stream; null where the notes are not shared. */
export function sharedNote(viewer: Viewer, { creatorId, note }: { creatorId: SQLWrapper; note: SQLWrapper }) {
  return sql<
    string | null
  >`case when ${creatorId} = any (array(${grants(viewer, "notes")})) then ${note} end`;
}

/**
 * Whether an entry was not corrected into a stream that is out of the viewer's sight: it counts no more, though
 * nothing he sees replaces it.
 */
export function staysInSight(creatorId: string, id: SQLWrapper): SQL {
  return sql`${id} <> all (array(select moved_payouts(${creatorId}::uuid)))`;
}

/** Throws not_found to a stranger, forbidden to one who may look but not do this. */
export async function demand(viewer: Viewer, creatorId: string, need: Need): Promise<void> {
  const [row] = await conn().execute<{ seen: boolean; whole: boolean; granted: boolean }>(sql`
    select ${creatorId}::uuid = any (array(${grants(viewer, "read")})) as seen,
      ${creatorId}::uuid = any (array(${grants(viewer, "amounts")})) as whole,
      ${creatorId}::uuid = any (array(${grants(viewer, need)})) as granted`);
  if (!row?.seen) throw notFound("creator");
  if (!row.granted) {
    throw new AppError(
      "forbidden",
      need === "manage" || need === "house" || need === "post"
        ? OWN[need]
        : row.whole
          ? "You can look at this creator, but not change it. Ask an owner for the role of editor."
          : "This creator shows you no amounts, or those of some streams only. Ask an owner for all of them.",
    );
  }
}

const OWN = {
  manage: "Only an owner of this creator can do this.",
  house: "Only those who belong to this creator can see or do this.",
  post: "Only owners and editors who belong to this creator see what is sent by mail.",
};

function grants(viewer: Viewer, need: Need): SQL {
  return sql`select a.creator_id from access a where ${granted(viewer, "a")} and ${CONDITION[need]}`;
}

/** The rows of `access` (under that name) that are this viewer's now. */
export function granted(viewer: Viewer, name: "a" | "g"): SQL {
  const a = sql.raw(name);
  const whose =
    viewer.kind === "person"
      ? sql`${a}.user_id = ${viewer.userId}`
      : sql`${a}.user_id = ${OPERATOR_ID} and ${a}.creator_id = ${viewer.creatorId}`;
  return sql`${whose} and (${a}.until is null or ${a}.until > now())`;
}
