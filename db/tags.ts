/** Words by which an agency sorts its creators. They are its own: no creator sees them. */
import { and, asc, eq, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { AppError, notFound, stale } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { TagColour } from "../lib/model/words";
import { demandMember, personOf } from "./agencies";
import { demandOnRoster, demandToWrite, ofAgencies, represented } from "./agency-scope";
import { insertNew } from "./bulk";
import { conn, read, transaction } from "./client";
import * as representations from "./representations";
import { creatorTags, tags } from "./schema";

export interface Tag {
  readonly id: string;
  readonly name: string;
  readonly colour: TagColour;
  readonly version: number;
}

/** The agency's tags by name. Throws not_found to a stranger. */
export function list(viewer: Viewer, agencyId: string): Promise<Tag[]> {
  return read(viewer, async () => {
    await demandMember(viewer, agencyId);
    return conn()
      .select({ id: tags.id, name: tags.name, colour: tags.colour, version: tags.version })
      .from(tags)
      .where(and(own(viewer, agencyId), isNull(tags.removedAt)))
      .orderBy(sql`lower(${tags.name})`, asc(tags.id));
  });
}

/** Every tagging of the roster that the viewer sees, in one query: for filters and rows. */
export function listOfCreators(
  viewer: Viewer,
  agencyId: string,
): Promise<{ creatorId: string; tagId: string }[]> {
  return read(viewer, async () => {
    await demandMember(viewer, agencyId);
    return conn()
      .select({ creatorId: creatorTags.creatorId, tagId: creatorTags.tagId })
      .from(creatorTags)
      .innerJoin(tags, and(eq(tags.agencyId, creatorTags.agencyId), eq(tags.id, creatorTags.tagId)))
      .where(and(ofCreators(viewer, agencyId), isNull(tags.removedAt)))
      .orderBy(asc(creatorTags.creatorId), asc(creatorTags.tagId));
  });
}

/** Adds a tag. Admins and managers. The same id with the same values answers the same. */
export function add(
  viewer: Viewer,
  agencyId: string,
  { id, name, colour }: { id: string; name: string; colour: TagColour },
): Promise<void> {
  return transaction(viewer, async () => {
    await demandToWrite(viewer, agencyId);
    const isNew = await insertNew(tags, [{ agencyId, id, name, colour, recordedBy: personOf(viewer) }]);
    if (isNew.has(id)) return;
    const there = (await list(viewer, agencyId)).find((tag) => tag.id === id);
    if (there?.name === name && there.colour === colour) return;
    throw new AppError("invalid", "Please look at the marked fields.", {
      name: "The agency has a tag of this name already: choose it from the list, or type another name.",
    });
  });
}

/** Removes a tag from the list and from every creator. Admins and managers. */
export function remove(
  viewer: Viewer,
  agencyId: string,
  { id, version }: { id: string; version: number },
): Promise<void> {
  return transaction(viewer, async () => {
    await demandToWrite(viewer, agencyId);
    const { count } = await conn()
      .update(tags)
      .set({ removedAt: sql`now()`, version: version + 1 })
      .where(and(own(viewer, agencyId), eq(tags.id, id), eq(tags.version, version), isNull(tags.removedAt)));
    if (count === 1) return;
    const current = (await list(viewer, agencyId)).find((tag) => tag.id === id);
    throw current ? stale("tag", current) : notFound("tag");
  });
}

/**
 * Puts a tag on creators, or takes it off them, in one statement; resolves to how many changed. Admins and managers.
 * Throws not_found for a creator who is not on the roster, and for a tag of somebody else.
 */
export function tagAll(
  viewer: Viewer,
  agencyId: string,
  { tagId, creatorIds, isOn }: { tagId: string; creatorIds: readonly string[]; isOn: boolean },
): Promise<number> {
  return transaction(viewer, async () => {
    await demandToWrite(viewer, agencyId);
    demandOnRoster(await representations.roster(viewer, agencyId), creatorIds);
    if (!(await list(viewer, agencyId)).some((tag) => tag.id === tagId)) throw notFound("tag");
    const ids = [...creatorIds];
    if (!isOn) {
      const { count } = await conn()
        .delete(creatorTags)
        .where(
          and(
            ofCreators(viewer, agencyId),
            eq(creatorTags.tagId, tagId),
            inArray(creatorTags.creatorId, ids),
          ),
        );
      return count;
    }
    const by = personOf(viewer);
    const added = await conn().execute(sql`
      insert into ${creatorTags} (agency_id, creator_id, tag_id, recorded_by)
      select ${agencyId}, c::uuid, ${tagId}, ${by} from json_array_elements_text(${JSON.stringify(ids)}::json) c
      on conflict do nothing returning 1`);
    return added.length;
  });
}

function own(viewer: Viewer, agencyId: string): SQL | undefined {
  return and(ofAgencies(viewer, tags.agencyId), eq(tags.agencyId, agencyId));
}

function ofCreators(viewer: Viewer, agencyId: string): SQL | undefined {
  return and(
    ofAgencies(viewer, creatorTags.agencyId),
    eq(creatorTags.agencyId, agencyId),
    represented(viewer, creatorTags),
  );
}
