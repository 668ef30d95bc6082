/** The first wall of what an agency does with its creators, as db/scope.ts is of what a creator's people do. */
import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { demandMember, personOf } from "./agencies";
import { granted } from "./scope";

/** read: every member; write: admins and managers. An assistant looks, and says what of his own is done. */
export type AgencyNeed = "read" | "write";

/** `agency_id = any (…)`: the agencies that the viewer belongs to. */
export function ofAgencies(viewer: Viewer, column: AnyColumn, need: AgencyNeed = "read"): SQL {
  return sql`${column} = any (array(
    select m.agency_id from agency_access m where m.user_id = ${personOf(viewer)} and ${ROLE[need]}))`;
}

/** `(creator_id, agency_id) in (…)`: the creators that a representation shows the viewer, each with its agency. */
export function represented(
  viewer: Viewer,
  columns: { creatorId: AnyColumn; agencyId: AnyColumn },
  { need = "read", withNotes = false }: { need?: AgencyNeed; withNotes?: boolean } = {},
): SQL {
  return sql`(${columns.creatorId}, ${columns.agencyId}) in (
    select r.creator_id, r.agency_id from access a
    join representations r on r.id = case when a.via like 'representation:%' then substr(a.via, 16)::uuid end
    join agency_access m on m.agency_id = r.agency_id and m.user_id = ${personOf(viewer)} and ${ROLE[need]}
    where ${granted(viewer, "a")}${withNotes ? sql` and a.notes` : sql``})`;
}

/** `creator_id = any (…)`: the creators that the viewer is a member of; `write`: those he may change. */
export function asMember(viewer: Viewer, column: AnyColumn | SQL, need: AgencyNeed = "read"): SQL {
  const may = need === "write" ? sql` and a.role in ('owner', 'editor')` : sql``;
  return sql`${column} = any (array(
    select a.creator_id from access a where ${granted(viewer, "a")} and a.via = 'member'${may}))`;
}

/** Throws not_found to a stranger of the agency, forbidden to an assistant of it. */
export async function demandToWrite(viewer: Viewer, agencyId: string): Promise<void> {
  if ((await demandMember(viewer, agencyId)) === "assistant")
    throw new AppError(
      "forbidden",
      "Assistants look only. Ask an admin of this agency to make you a manager.",
    );
}

/** Throws not_found unless each of them is on the roster that the viewer sees. */
export function demandOnRoster(
  roster: readonly { readonly creatorId: string }[],
  creatorIds: readonly string[],
): void {
  const shown = new Set(roster.map(({ creatorId }) => creatorId));
  if (creatorIds.some((id) => !shown.has(id))) throw notFound("creator");
}

const ROLE: Readonly<Record<AgencyNeed, SQL>> = {
  read: sql`true`,
  write: sql`m.role in ('admin', 'manager')`,
};
