/** What somebody said of a creator, a month, a payout or a deal, and to whom. A chain, as deals and events are. */
import { and, desc, eq, or, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type Day, firstDay, lastDay, type Month } from "../lib/model/month";
import type { NoteAudience, NoteSubject } from "../lib/model/words";
import { personOf } from "./agencies";
import { asMember, represented } from "./agency-scope";
import { insertNew } from "./bulk";
import { conn, read, transaction } from "./client";
import { bodyHash, sameBody } from "./once";
import { notes } from "./schema";
import { demand } from "./scope";

/** Who reads a note: the members alone, or one agency with or without them. */
export interface Readers {
  readonly audience: NoteAudience;
  /** null: the creator's members alone */
  readonly agencyId: string | null;
}

export interface Subject {
  readonly about: NoteSubject;
  /** the month, or the first entry of the payout's or the deal's chain; blank of a creator */
  readonly subject: string;
}

export interface NewNote extends Readers, Subject {
  /** made by the browser before the first submit */
  readonly id: string;
  readonly text: string;
}

export interface Note extends Readers, Subject {
  readonly id: string;
  readonly text: string;
  readonly byline: string;
  readonly recordedAt: Date;
  /** the viewer wrote it, and may correct it or take it back */
  readonly isOwn: boolean;
  /** null: of the creator's members alone */
  readonly agencyName: string | null;
  /** what it said before, newest first */
  readonly earlier: readonly { readonly text: string; readonly recordedAt: Date }[];
}

/** Readers whom the viewer may write to on the creator. */
export interface Circle extends Readers {
  /** null: of the creator's members alone */
  readonly agencyName: string | null;
  /** the viewer belongs to the agency, and writes for it; else he writes for the creator */
  readonly ofAgency: boolean;
}

/**
 * Records a note. Errors: invalid when nothing is written; conflict when the id has another body; not_found to a
 * stranger; forbidden to one who may not write to these readers.
 */
export function record(viewer: Viewer, creatorId: string, note: NewNote): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demandReaders(viewer, creatorId, note);
    if (note.text === "") throw blank();
    await append(viewer, creatorId, { ...note, replaces: null, isVoid: false });
    return { id: note.id };
  });
}

/** Says it in other words, to the same readers. Only its author; throws not_found to anybody else. */
export function correct(
  viewer: Viewer,
  creatorId: string,
  { id, replaces, text }: { id: string; replaces: string; text: string },
): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    const old = await own(viewer, creatorId, replaces);
    if (text === "") throw blank();
    await append(viewer, creatorId, { ...old, id, text, replaces, isVoid: false });
    return { id };
  });
}

/** Takes a note back. The history keeps it. Only its author; throws not_found to anybody else. */
export function remove(
  viewer: Viewer,
  creatorId: string,
  { id, replaces }: { id: string; replaces: string },
): Promise<void> {
  return transaction(viewer, async () => {
    const old = await own(viewer, creatorId, replaces);
    await append(viewer, creatorId, { ...old, id, replaces, isVoid: true });
  });
}

/** The notes that count and that the viewer may read, newest first; with `of`, those on one thing. */
export function list(viewer: Viewer, creatorId: string, of?: Subject): Promise<Note[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "read");
    const rows = await conn()
      .select({
        ...BODY,
        id: notes.id,
        replaces: notes.replaces,
        isVoid: notes.isVoid,
        byline: notes.byline,
        recordedBy: notes.recordedBy,
        recordedAt: notes.recordedAt,
      })
      .from(notes)
      .where(
        and(
          readable(viewer),
          eq(notes.creatorId, creatorId),
          of && and(eq(notes.about, of.about), eq(notes.subject, of.subject)),
        ),
      )
      .orderBy(desc(notes.recordedAt), desc(notes.id));
    const names = new Map((await beside(creatorId)).map((each) => [each.agency_id, each.agency_name]));
    const byId = new Map(rows.map((row) => [row.id, row]));
    const replaced = new Set(rows.map((row) => row.replaces));
    return rows
      .filter((row) => !row.isVoid && !replaced.has(row.id))
      .map(({ replaces, isVoid: _, recordedBy, ...note }) => {
        const earlier: Pick<Note, "text" | "recordedAt">[] = [];
        for (let at = byId.get(replaces ?? ""); at; at = byId.get(at.replaces ?? ""))
          earlier.push({ text: at.text, recordedAt: at.recordedAt });
        return {
          ...note,
          earlier,
          isOwn: recordedBy === personOf(viewer),
          agencyName: note.agencyId && (names.get(note.agencyId) ?? "An agency of before"),
        };
      });
  });
}

/** The readers whom the viewer may write to on the creator, the narrowest first; none for one who only looks. */
export function circles(viewer: Viewer, creatorId: string): Promise<Circle[]> {
  return transaction(viewer, async () => {
    personOf(viewer);
    const standing = (await beside(creatorId)).filter((row) => row.may_write);
    const [member] = await conn().execute<{ is: boolean }>(
      sql`select ${asMember(viewer, sql`${creatorId}::uuid`, "write")} as is`,
    );
    const alone: Circle = { audience: "members", agencyId: null, agencyName: null, ofAgency: false };
    const of = (row: (typeof standing)[number], audience: NoteAudience): Circle => ({
      ...{ audience, agencyId: row.agency_id, agencyName: row.agency_name, ofAgency: row.of_agency },
    });
    return [
      ...(member?.is ? [alone] : []),
      ...standing.filter((row) => row.of_agency).map((row) => of(row, "agency")),
      ...standing.filter((row) => row.notes).map((row) => of(row, "both")),
    ];
  });
}

export interface StatementNote {
  readonly about: NoteSubject;
  /** the month; the stream of a payout; the brand of a deal */
  readonly subject: string;
  readonly text: string;
  readonly byline: string;
  /** its day in the creator's zone */
  readonly writtenOn: Day;
}

/**
 * What the creator and an agency said to each other of the months, of payouts over days of them and of deals expected in
 * them, oldest first, as far as the viewer may read it. What either of them keeps to himself is not among it, whoever
 * asks: a statement leaves the house. The operator, who draws what is mailed by schedule, reads none. Throws forbidden
 * to one who may not see all amounts.
 */
export function ofMonths(
  viewer: Viewer,
  creatorId: string,
  { from, to }: { readonly from: Month; readonly to: Month },
): Promise<StatementNote[]> {
  return read(viewer, async () => {
    await demand(viewer, creatorId, "amounts");
    if (viewer.kind !== "person") return [];
    const [fromDay, toDay] = [firstDay(from), lastDay(to)];
    const rows = await conn().execute<{
      about: NoteSubject;
      subject: string;
      text: string;
      byline: string;
      written_on: Day;
    }>(sql`
      select notes.about, named.subject, notes.text, notes.byline,
        to_char(notes.recorded_at at time zone c.time_zone, 'YYYY-MM-DD') as written_on
      from notes join creators c on c.id = notes.creator_id
      cross join lateral (
        select notes.subject where notes.about = 'month' and notes.subject between ${from} and ${to}
        union all
        select p.stream from payouts p where notes.about = 'payout' and p.creator_id = notes.creator_id
          and p.chain_id::text = notes.subject and p.kind <> 'void' and p.from_day <= ${toDay} and p.to_day >= ${fromDay}
          and not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id)
        union all
        select d.brand from (
          with recursive chain as (
            select f.id, f.brand, f.expected_on, f.is_void, f.replaces from deals f
            where f.creator_id = notes.creator_id and f.id::text = notes.subject
            union all
            select n.id, n.brand, n.expected_on, n.is_void, n.replaces from deals n join chain on n.replaces = chain.id
            where n.creator_id = notes.creator_id
          )
          select * from chain o where not exists (select from chain l where l.replaces = o.id)
        ) d where notes.about = 'deal' and not d.is_void and d.expected_on between ${fromDay} and ${toDay}
      ) named
      where ${readable(viewer)} and notes.creator_id = ${creatorId} and notes.audience = 'both' and not notes.is_void
        and not exists (select from notes l where l.creator_id = notes.creator_id and l.replaces = notes.id)
      order by notes.recorded_at, notes.id`);
    return rows.map(({ written_on: writtenOn, ...note }) => ({ ...note, writtenOn }));
  });
}

// ---------------------------------------------------------------- shared parts

const BODY = {
  audience: notes.audience,
  agencyId: notes.agencyId,
  about: notes.about,
  subject: notes.subject,
  text: notes.text,
};

/** The agencies that stand by the creator now, as far as the viewer is hers or theirs. */
function beside(creatorId: string) {
  return conn().execute<{
    agency_id: string;
    agency_name: string;
    of_agency: boolean;
    notes: boolean;
    may_write: boolean;
  }>(sql`select * from note_readers(${creatorId}) order by agency_name, agency_id, of_agency`);
}

function readable(viewer: Viewer): SQL | undefined {
  return or(
    and(sql`${notes.audience} <> 'agency'`, asMember(viewer, notes.creatorId)),
    and(eq(notes.audience, "agency"), represented(viewer, notes)),
    and(eq(notes.audience, "both"), represented(viewer, notes, { withNotes: true })),
  );
}

async function demandReaders(
  viewer: Viewer,
  creatorId: string,
  { audience, agencyId }: Readers,
): Promise<void> {
  await demand(viewer, creatorId, "read");
  const own = await circles(viewer, creatorId);
  if (own.some((circle) => circle.audience === audience && circle.agencyId === agencyId)) return;
  throw new AppError(
    "forbidden",
    own.length === 0
      ? "You can look at this creator, but not change it. Ask an owner for the role of editor."
      : "Notes for these readers are not shared with you. Choose who reads it from the list, or ask an owner of the creator.",
  );
}

/** The newest entry of a chain, for its author. */
async function own(viewer: Viewer, creatorId: string, id: string) {
  await demand(viewer, creatorId, "read");
  const [row] = await conn()
    .select(BODY)
    .from(notes)
    .where(
      and(
        readable(viewer),
        eq(notes.creatorId, creatorId),
        eq(notes.id, id),
        eq(notes.recordedBy, personOf(viewer)),
      ),
    );
  if (!row) throw notFound("note");
  await demandReaders(viewer, creatorId, row);
  return row;
}

async function append(
  viewer: Viewer,
  creatorId: string,
  row: NewNote & { replaces: string | null; isVoid: boolean },
): Promise<void> {
  const { id, ...body } = row;
  const hash = bodyHash(body);
  const entry = { ...row, creatorId, byline: "", recordedBy: personOf(viewer), bodyHash: hash };
  if ((await insertNew(notes, [entry])).has(id)) return;
  const [there] = await conn()
    .select({ bodyHash: notes.bodyHash })
    .from(notes)
    .where(and(readable(viewer), eq(notes.creatorId, creatorId), eq(notes.id, id)));
  if (there) return sameBody(there.bodyHash, hash);
  throw new AppError(
    "conflict",
    "This note was changed in the meantime. Reload the page, then change the newest one.",
  );
}

function blank(): AppError {
  return new AppError("invalid", "Please look at the marked fields.", { text: "Write the note." });
}
