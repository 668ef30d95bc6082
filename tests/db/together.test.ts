import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listWaitingLetters } from "../../db/jobs";
import * as letters from "../../db/letters";
import * as notes from "../../db/notes";
import * as representations from "../../db/representations";
import * as rosterMonths from "../../db/roster-months";
import * as tags from "../../db/tags";
import * as tasks from "../../db/tasks";
import type { Viewer } from "../../lib/model/access";
import { dayOf, monthOf } from "../../lib/model/month";
import type { AgencyRole } from "../../lib/model/words";
import { makeMember, makeUser, viewerOf } from "../factories";
import { asApp, connectApp, connectOwner, outcomeOf, type Sql } from "../setup/catalogue";
import { makeDeal, makePayout, makeRepresentation, makeStudio, newTask } from "../studio";

// Who reads and writes what of notes, tasks, letters and tags; the second wall is asked in SQL of its own.

let owner: Sql;
let app: Sql;
beforeAll(() => {
  owner = connectOwner();
  app = connectApp();
});
afterAll(async () => {
  await owner.end();
  await app.end();
});

const WHOLE = { streams: null, notes: true } as const;

async function makeAgencyMember(agencyId: string, role: AgencyRole): Promise<string> {
  const { id } = await makeUser();
  await owner`insert into agency_members (agency_id, user_id, role) values (${agencyId}, ${id}, ${role})`;
  return id;
}

const note = (given: Partial<notes.NewNote>): notes.NewNote => ({
  ...{ id: randomUUID(), audience: "members", agencyId: null, about: "month", subject: "2026-01" },
  text: "A word",
  ...given,
});

/** What a person reads in the table itself, whatever the app asks. */
function readOf(viewer: Viewer, creatorId: string): Promise<string[]> {
  const userId = viewer.kind === "person" ? viewer.userId : "";
  return asApp(app, { userId }, async (sql) => {
    const rows = await sql<{ text: string }[]>`
      select text from notes where creator_id = ${creatorId} order by text`;
    return rows.map(({ text }) => text);
  });
}

const textsOf = async (viewer: Viewer, creatorId: string) =>
  (await notes.list(viewer, creatorId)).map(({ text }) => text).sort();

/** One creator with two agencies that may read her notes and one that may not; a note for each circle of readers. */
async function makeTalk() {
  const { viewer, creatorId } = await makeStudio();
  const north = await makeRepresentation(viewer, creatorId, WHOLE);
  const south = await makeRepresentation(viewer, creatorId, WHOLE);
  const kept = await makeRepresentation(viewer, creatorId, { streams: null, notes: false });
  await notes.record(viewer, creatorId, note({ text: "canary members" }));
  const { agencyId } = north;
  await notes.record(viewer, creatorId, note({ audience: "both", agencyId, text: "canary both, hers" }));
  await notes.record(
    north.admin,
    creatorId,
    note({ audience: "both", agencyId, text: "canary both, theirs" }),
  );
  await notes.record(north.admin, creatorId, note({ audience: "agency", agencyId, text: "canary agency" }));
  return { viewer, creatorId, north, south, kept };
}

describe("notes", () => {
  it("in a statement are those of both, on its months, payouts and deals: what one side keeps to itself leaves in no file", async () => {
    const { viewer, creatorId, north, south, kept } = await makeTalk();
    const paid = await makePayout(viewer, creatorId, { stream: "sponsorship" });
    const dealId = await makeDeal(viewer, creatorId, { brand: "Acme", expectedOn: dayOf("2026-01-20") });
    const both = { audience: "both", agencyId: north.agencyId } as const;
    await notes.record(viewer, creatorId, note({ ...both, about: "payout", subject: paid, text: "paid" }));
    await notes.record(viewer, creatorId, note({ ...both, about: "deal", subject: dealId, text: "deal" }));
    await notes.record(viewer, creatorId, note({ ...both, subject: "2026-02", text: "later" }));
    await notes.record(viewer, creatorId, note({ about: "deal", subject: dealId, text: "canary deal" }));
    const month = monthOf("2026-01");
    const told = async (who: Viewer) =>
      (await notes.ofMonths(who, creatorId, { from: month, to: month })).map(
        ({ subject, text }) => `${subject}: ${text}`,
      );
    const all = [
      "2026-01: canary both, hers",
      "2026-01: canary both, theirs",
      "sponsorship: paid",
      "Acme: deal",
    ];
    expect(await told(viewer)).toEqual(all);
    expect(await told(north.admin)).toEqual(all);
    for (const who of [south.admin, kept.admin]) expect(await told(who)).toEqual([]);
  });

  it("are read by those whom they are for, and no canary of another circle is in any row", async () => {
    const { viewer, creatorId, north, south, kept } = await makeTalk();
    const seen = async (who: Viewer) => {
      expect(await textsOf(who, creatorId)).toEqual(await readOf(who, creatorId));
      return readOf(who, creatorId);
    };
    const both = ["canary both, hers", "canary both, theirs"];
    expect(await seen(viewer)).toEqual([...both, "canary members"]);
    expect(await seen(north.admin)).toEqual(["canary agency", ...both]);
    expect(await seen(south.admin)).toEqual([]);
    expect(await seen(kept.admin)).toEqual([]);
    const { viewer: looker } = await makeMember(viewer, creatorId, "viewer");
    expect(await seen(looker)).toEqual([...both, "canary members"]);
  });

  it("go with the scope and the representation: her own stay hers, the agency reads none from then on", async () => {
    const { viewer, creatorId, north } = await makeTalk();
    const scope = { streams: null, amounts: true, mayEdit: false, toDay: null };
    await representations.rescope(viewer, creatorId, {
      ...scope,
      ...{ id: north.representationId, notes: false, version: 2 },
    });
    expect(await textsOf(north.admin, creatorId), "what it wrote for itself").toEqual(["canary agency"]);
    const { agencyId } = north;
    await expect(
      notes.record(north.admin, creatorId, note({ audience: "both", agencyId })),
    ).rejects.toMatchObject({ code: "forbidden", message: expect.stringContaining("not shared") });
    await representations.end(viewer, north.representationId);
    expect(await readOf(north.admin, creatorId)).toEqual([]);
    await expect(notes.list(north.admin, creatorId)).rejects.toMatchObject({ code: "not_found" });
    expect(await textsOf(viewer, creatorId)).toHaveLength(3);
  });

  it("are written by owners and editors, admins and managers, and by no assistant, looker or other agency", async () => {
    const { viewer, creatorId, north, south } = await makeTalk();
    const { viewer: looker } = await makeMember(viewer, creatorId, "viewer");
    const { viewer: editor } = await makeMember(viewer, creatorId, "editor");
    const { agencyId } = north;
    const assistant = viewerOf({ id: await makeAgencyMember(agencyId, "assistant") });
    await owner`
      insert into teams (agency_id, id, name) values (${agencyId}, ${agencyId}, 'All')`;
    await owner`update representations set team_id = ${agencyId} where id = ${north.representationId}`;
    const assistantId = assistant.kind === "person" ? assistant.userId : "";
    await owner`insert into team_members (agency_id, team_id, user_id) values (${agencyId}, ${agencyId}, ${assistantId})`;
    expect(await textsOf(assistant, creatorId), "an assistant reads").toHaveLength(3);
    const both = () => note({ audience: "both", agencyId });
    await expect(notes.record(assistant, creatorId, both())).rejects.toMatchObject({ code: "forbidden" });
    await expect(notes.record(looker, creatorId, both())).rejects.toMatchObject({ code: "forbidden" });
    await expect(notes.record(south.admin, creatorId, both())).rejects.toMatchObject({ code: "forbidden" });
    await expect(notes.record(south.admin, creatorId, note({}))).rejects.toMatchObject({ code: "forbidden" });
    await expect(notes.record(editor, creatorId, both())).resolves.toBeDefined();
    const raw = (audience: string, agency: string | null) => `
      insert into notes (creator_id, id, audience, agency_id, about, subject, text, byline, recorded_by, body_hash)
      values ('${creatorId}', '${randomUUID()}', '${audience}', ${agency ? `'${agency}'` : "null"}, 'creator', '', 'x', '', '${creatorId}', '')`;
    const southId = south.admin.kind === "person" ? south.admin.userId : "";
    for (const [who, statement] of [
      [assistantId, raw("both", agencyId)],
      [assistantId, raw("agency", agencyId)],
      [southId, raw("both", agencyId)],
      [southId, raw("members", null)],
    ] as const)
      expect(await outcomeOf(app, { userId: who }, statement), statement).toBe("42501");
  });

  it("are corrected by their author alone, for the same readers, and keep what they said", async () => {
    const { viewer, creatorId, north } = await makeTalk();
    const { agencyId } = north;
    const first = note({ audience: "both", agencyId, text: "Wrong" });
    await notes.record(viewer, creatorId, first);
    await notes.record(viewer, creatorId, first);
    const change = { id: randomUUID(), replaces: first.id, text: "Right" };
    await expect(notes.correct(north.admin, creatorId, change)).rejects.toMatchObject({ code: "not_found" });
    for (let twice = 0; twice < 2; twice++) await notes.correct(viewer, creatorId, change);
    await expect(notes.correct(viewer, creatorId, { ...change, text: "Else" })).rejects.toMatchObject({
      code: "conflict",
    });
    const found = (await notes.list(north.admin, creatorId)).find(({ id }) => id === change.id);
    expect(found).toMatchObject({ text: "Right", isOwn: false, byline: "Mira Okafor" });
    expect(found?.earlier.map(({ text }) => text)).toEqual(["Wrong"]);
    const userId = viewer.kind === "person" ? viewer.userId : "";
    const widened = `
      insert into notes (creator_id, id, audience, about, subject, text, replaces, byline, recorded_by, body_hash)
      values ('${creatorId}', '${randomUUID()}', 'members', 'month', '2026-01', 'x', '${change.id}', '', '${creatorId}', '')`;
    expect(await outcomeOf(app, { userId }, widened)).toBe("42501");
    await notes.remove(viewer, creatorId, { id: randomUUID(), replaces: change.id });
    expect(await textsOf(viewer, creatorId)).not.toContain("Right");
  });
});

describe("tasks", () => {
  it("asked of a creator are seen by her members and that agency, done by either, and said by whom", async () => {
    const { viewer, creatorId, north, south } = await makeTalk();
    const { viewer: looker } = await makeMember(viewer, creatorId, "viewer");
    const { viewer: editor } = await makeMember(viewer, creatorId, "editor");
    const { agencyId } = north;
    const asked = newTask({ creatorId, ofCreator: true, dueOn: "2026-10-05" });
    const inside = newTask({ creatorId, title: "Look at her rates" });
    for (let twice = 0; twice < 2; twice++) await tasks.ask(north.admin, agencyId, [asked, inside]);
    expect((await tasks.listAsked(looker, creatorId)).open.map(({ id }) => id)).toEqual([asked.id]);
    expect((await tasks.list(north.admin, agencyId)).open).toHaveLength(2);
    await expect(tasks.list(south.admin, agencyId)).rejects.toMatchObject({ code: "not_found" });
    expect((await tasks.listAsked(south.admin, creatorId)).open).toEqual([]);
    const done = { agencyId, id: asked.id, version: 1, isDone: true };
    await expect(tasks.settle(looker, done)).rejects.toMatchObject({ code: "forbidden" });
    await expect(tasks.settle(south.admin, done)).rejects.toMatchObject({ code: "not_found" });
    await expect(tasks.settle(editor, { ...done, id: inside.id })).rejects.toMatchObject({
      code: "not_found",
    });
    await tasks.settle(editor, done);
    expect((await tasks.list(north.admin, agencyId)).done).toMatchObject([
      { id: asked.id, doneBy: "Mira Okafor", byline: "Mira Okafor, North Talent" },
    ]);
    await expect(tasks.settle(north.admin, done), "it was changed meanwhile").rejects.toMatchObject({
      code: "conflict",
    });
    const userId = viewer.kind === "person" ? viewer.userId : "";
    const retitled = `update tasks set title = 'x' where id = '${asked.id}'`;
    expect(await outcomeOf(app, { userId }, retitled), "a creator does not change what she is asked").toBe(
      "42501",
    );
    await representations.end(viewer, north.representationId);
    expect((await tasks.list(north.admin, agencyId)).open).toEqual([]);
  });

  it("go to somebody of the agency only, and an assistant says what is done but asks nothing", async () => {
    const { creatorId, north } = await makeTalk();
    const { agencyId } = north;
    const assistantId = await makeAgencyMember(agencyId, "assistant");
    const assistant = viewerOf({ id: assistantId });
    const task = newTask({ assignee: assistantId });
    await tasks.ask(north.admin, agencyId, [task]);
    await expect(
      tasks.ask(north.admin, agencyId, [newTask({ assignee: (await makeUser()).id })]),
    ).rejects.toMatchObject({ fields: { assignee: expect.stringContaining("does not belong") } });
    await expect(tasks.ask(assistant, agencyId, [newTask()])).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      tasks.ask(north.admin, agencyId, [newTask({ creatorId, ofCreator: true, assignee: assistantId })]),
    ).rejects.toMatchObject({ code: "invalid" });
    await tasks.settle(assistant, { agencyId, id: task.id, version: 1, isDone: true });
    expect((await tasks.list(assistant, agencyId)).done).toHaveLength(1);
  });
});

describe("letters", () => {
  it("one click is one letter to each owner but the writer; a creator who is not on the roster gets none", async () => {
    const { viewer, creatorId, north, south } = await makeTalk();
    const { user: second } = await makeMember(viewer, creatorId, "owner");
    await makeMember(viewer, creatorId, "editor");
    const { agencyId } = north;
    const reminder = { id: randomUUID(), creatorId, subject: "September", text: "Please send it." };
    for (let twice = 0; twice < 2; twice++)
      expect(await letters.remind(north.admin, agencyId, [reminder])).toEqual([{ creatorId, owners: 2 }]);
    await expect(
      letters.remind(north.admin, agencyId, [{ ...reminder, text: "Else" }]),
    ).rejects.toMatchObject({ code: "conflict" });
    const waiting = async (of: string) =>
      (await listWaitingLetters()).filter((letter) => letter.agencyId === of).length;
    expect(await waiting(agencyId)).toBe(2);
    let sent = 0;
    const which = { agencyId, letterId: reminder.id };
    for (let twice = 0; twice < 2; twice++)
      await letters.mailOnce(viewerOf(second), which, async ({ text }) => {
        expect(text).toBe("Please send it.");
        sent++;
      });
    expect(sent).toBe(1);
    const stranger = await makeStudio();
    await expect(
      letters.remind(south.admin, south.agencyId, [
        reminder,
        { ...reminder, id: randomUUID(), creatorId: stranger.creatorId },
      ]),
      "nobody gets one when one of them may not",
    ).rejects.toMatchObject({ code: "not_found" });
    expect(await waiting(south.agencyId)).toBe(0);
  });

  it("a task that falls due writes one, to the one who is asked, however often the hour strikes", async () => {
    const { creatorId, user, north } = await (async () => {
      const studio = await makeStudio();
      return { ...studio, north: await makeRepresentation(studio.viewer, studio.creatorId, WHOLE) };
    })();
    const [today] = await owner<{ day: string }[]>`select current_date::text as day`;
    const { agencyId } = north;
    const asked = newTask({ creatorId, ofCreator: true, dueOn: today?.day ?? null });
    const later = newTask({ creatorId, ofCreator: true, dueOn: "2099-01-01" });
    await tasks.ask(north.admin, agencyId, [asked, later]);
    for (let twice = 0; twice < 2; twice++) {
      const mine = (await listWaitingLetters()).filter((letter) => letter.agencyId === agencyId);
      expect(
        mine.map(({ userId }) => userId),
        "two that were asked, one that is due",
      ).toEqual([user.id, user.id, user.id]);
    }
  });
});

describe("tags and missing months", () => {
  it("are the agency's own: set on many at once, seen by no other agency and no creator", async () => {
    const { viewer, creatorId, north, south } = await makeTalk();
    const { agencyId } = north;
    const tag = { id: randomUUID(), name: "Food", colour: "good" } as const;
    for (let twice = 0; twice < 2; twice++) await tags.add(north.admin, agencyId, tag);
    await expect(
      tags.add(north.admin, agencyId, { ...tag, id: randomUUID(), name: "FOOD" }),
    ).rejects.toMatchObject({ fields: { name: expect.stringContaining("already") } });
    const on = { tagId: tag.id, creatorIds: [creatorId], isOn: true };
    expect(await tags.tagAll(north.admin, agencyId, on)).toBe(1);
    expect(await tags.tagAll(north.admin, agencyId, on), "it has it already").toBe(0);
    expect(await tags.listOfCreators(north.admin, agencyId)).toEqual([{ creatorId, tagId: tag.id }]);
    for (const who of [viewer, south.admin])
      await expect(tags.listOfCreators(who, agencyId)).rejects.toMatchObject({ code: "not_found" });
    const userId = viewer.kind === "person" ? viewer.userId : "";
    for (const name of ["tags", "creator_tags", "letter_mails"])
      expect(await outcomeOf(app, { userId }, `select from ${name} where agency_id = '${agencyId}'`)).toBe(
        "done 0",
      );
    expect(await tags.tagAll(north.admin, agencyId, { ...on, isOn: false })).toBe(1);
    expect(await tags.listOfCreators(north.admin, agencyId)).toEqual([]);
  });

  it("tell months of the streams that are shown, and none of the others", async () => {
    const { viewer, creatorId } = await makeStudio();
    await makePayout(viewer, creatorId, { stream: "rewards" });
    await makePayout(viewer, creatorId, { stream: "ads" });
    const rewards = await makeRepresentation(viewer, creatorId);
    const blind = await makeRepresentation(viewer, creatorId, { streams: null, amounts: false });
    const of = { creatorIds: [creatorId], from: monthOf("2026-01") };
    expect(await rosterMonths.listLogged(rewards.admin, rewards.agencyId, of)).toEqual([
      { creatorId, stream: "rewards", month: "2026-01" },
    ]);
    expect(await rosterMonths.listLogged(blind.admin, blind.agencyId, of)).toEqual([]);
  });
});
