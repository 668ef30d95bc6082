import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as agencies from "../../db/agencies";
import * as looks from "../../db/looks";
import * as payouts from "../../db/payouts";
import * as representations from "../../db/representations";
import type { Viewer } from "../../lib/model/access";
import type { Scope } from "../../lib/model/representation";
import type { AgencyRole } from "../../lib/model/words";
import { makeUser, viewerOf } from "../factories";
import { AGENCY_TABLES, asApp, connectApp, connectOwner, outcomeOf, type Sql } from "../setup/catalogue";
import { makePayout, makeRepresentation, makeStudio } from "../studio";

// Who of an agency sees what of a creator, asked of the database with none of the app's code in between.

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

const MONEY = [
  "payouts",
  "payout_lines",
  "postings",
  "totals",
  "rollups",
  "projections",
  "receipts",
  "audit_log",
];

/** A creator with 100.00 of rewards and 7.77 of ads, and an agency that sees the rewards. */
async function makeRepresented(scope: Partial<Scope> = {}) {
  const { viewer, creatorId } = await makeStudio();
  await makePayout(viewer, creatorId, { stream: "rewards", minor: 10_000n });
  await makePayout(viewer, creatorId, { stream: "ads", minor: 777n });
  return { viewer, creatorId, ...(await makeRepresentation(viewer, creatorId, scope)) };
}

/** Rows of the creator that a person sees, by table; null where the creator himself is out of sight. */
function seen(userId: string, creatorId: string): Promise<Record<string, number> | null> {
  return asApp(app, { userId }, async (sql) => {
    if ((await sql`select from creators where id = ${creatorId}`).count === 0) return null;
    const counts: Record<string, number> = {};
    for (const name of MONEY) {
      const { count } = await sql.unsafe(`select from ${name} where creator_id = '${creatorId}'`);
      if (count > 0) counts[name] = count;
    }
    return counts;
  });
}

/** A further person of the agency, as an accepted invitation will make one. */
async function makeAgencyMember(agencyId: string, role: AgencyRole): Promise<string> {
  const { id } = await makeUser();
  await owner`insert into agency_members (agency_id, user_id, role) values (${agencyId}, ${id}, ${role})`;
  return id;
}

describe("the scope", () => {
  it("chosen streams: their entries and totals alone, no rollup, receipt or act, so the rest cannot be worked out", async () => {
    const { creatorId, adminId } = await makeRepresented();
    expect(await seen(adminId, creatorId)).toEqual({ payouts: 1, postings: 1, totals: 1 });
    const amounts = await asApp(
      app,
      { userId: adminId },
      (sql) =>
        sql`select stream, sum(minor)::text as minor from totals where creator_id = ${creatorId} group by 1`,
    );
    expect([...amounts]).toEqual([{ stream: "rewards", minor: "10000" }]);
  });

  it("every stream with amounts: all money and the rollup, but not what the house did", async () => {
    const { creatorId, adminId } = await makeRepresented({ streams: null });
    expect(await seen(adminId, creatorId)).toEqual({ payouts: 2, postings: 2, totals: 2, rollups: 1 });
  });

  it("without amounts: the creator, and no money of any kind", async () => {
    const { creatorId, adminId } = await makeRepresented({ streams: null, amounts: false });
    expect(await seen(adminId, creatorId)).toEqual({});
  });

  it("of no stream at all: no money", async () => {
    const { creatorId, adminId } = await makeRepresented({ streams: [] });
    expect(await seen(adminId, creatorId)).toEqual({});
  });

  it("a last day that has passed ends it by itself", async () => {
    const { creatorId, adminId } = await makeRepresented({ toDay: "2026-01-31" });
    expect(await seen(adminId, creatorId)).toBeNull();
  });

  it("read-only unless granted, and an assistant's in any case", async () => {
    const {
      creatorId,
      agencyId,
      adminId,
      viewer,
      representationId: id,
    } = await makeRepresented({ streams: null });
    const assistant = await makeAgencyMember(agencyId, "assistant");
    const log = (userId: string) =>
      payouts.record(viewerOf({ id: userId }), creatorId, {
        ...{
          id: randomUUID(),
          channelId: null,
          format: "all",
          stream: "rewards",
          kind: "earning",
          state: "final",
        },
        ...{ fromDay: "2026-02-01", toDay: "2026-02-28", minor: 1n, currency: "USD", note: "" },
        ...{ about: null, replaces: null, lines: [] },
      } as payouts.NewPayout);
    await expect(log(adminId)).rejects.toMatchObject({ code: "forbidden" });
    const scope = { streams: null, amounts: true, notes: false, mayEdit: true, toDay: null };
    await representations.rescope(viewer, creatorId, { id, version: 2, ...scope });
    await log(adminId);
    await expect(log(assistant)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("narrowed and ended", () => {
  it("narrowed to ads: the rewards are gone with the same transaction, ended: everything", async () => {
    const { viewer, creatorId, adminId, representationId: id } = await makeRepresented({ streams: null });
    const scope = { streams: ["ads" as const], amounts: true, notes: false, mayEdit: false, toDay: null };
    await representations.rescope(viewer, creatorId, { id, version: 2, ...scope });
    expect(await seen(adminId, creatorId)).toEqual({ payouts: 1, postings: 1, totals: 1 });
    await expect(
      representations.rescope(viewer, creatorId, { id, version: 2, ...scope }),
    ).rejects.toMatchObject({ code: "conflict" });
    await representations.end(viewer, id);
    expect(await seen(adminId, creatorId)).toBeNull();
    expect(await representations.list(viewer, creatorId)).toEqual([]);
  });

  it("either side ends it, nobody else; the creator reads in his log who did", async () => {
    const { viewer, admin, representationId: id, creatorId } = await makeRepresented();
    const stranger = viewerOf(await makeUser());
    await expect(representations.end(stranger, id)).rejects.toMatchObject({ code: "not_found" });
    await representations.end(admin, id);
    await expect(representations.end(viewer, id)).rejects.toMatchObject({ code: "not_found" });
    const acts =
      await owner`select action from audit_log where creator_id = ${creatorId} and action like 'rep%' order by id`;
    expect(acts.map(({ action }) => action)).toEqual([
      "representation.asked",
      "representation.accepted",
      "representation.ended",
    ]);
  });

  it("the agency cannot widen what it was given", async () => {
    const { adminId, representationId: id } = await makeRepresented();
    const widen = `update representations set streams = null where id = '${id}'`;
    expect(await outcomeOf(app, { userId: adminId }, widen)).toBe("done 0");
    const forge = `insert into access (user_id, creator_id, via, role) select '${adminId}', creator_id, 'x', 'owner' from representations where id = '${id}'`;
    expect(await outcomeOf(app, { userId: adminId }, forge)).toBe("42501");
  });
});

describe("an agency's people", () => {
  it("admins see the whole roster; a manager his teams' creators, from the moment he joins until he leaves", async () => {
    const { creatorId, agencyId, admin, representationId } = await makeRepresented();
    const manager = await makeAgencyMember(agencyId, "manager");
    const second = await makeAgencyMember(agencyId, "admin");
    expect(await seen(second, creatorId)).not.toBeNull();
    const teamId = randomUUID();
    await agencies.addTeam(admin, { agencyId, id: teamId, name: "Food" });
    await representations.assignTeam(admin, representationId, teamId);
    expect(await seen(manager, creatorId)).toBeNull();
    const place = { agencyId, teamId, userId: manager };
    await agencies.changeTeam(admin, { ...place, isIn: true });
    expect(await seen(manager, creatorId)).toEqual({ payouts: 1, postings: 1, totals: 1 });
    await agencies.changeTeam(admin, { ...place, isIn: false });
    expect(await seen(manager, creatorId)).toBeNull();
  });

  it("who is removed from the agency sees no creator of it any more; the last admin stays", async () => {
    const { creatorId, agencyId, admin, adminId } = await makeRepresented();
    const second = await makeAgencyMember(agencyId, "admin");
    await agencies.changeMember(admin, { agencyId, userId: second, role: null, version: 1 });
    expect(await seen(second, creatorId)).toBeNull();
    await expect(
      agencies.changeMember(admin, { agencyId, userId: adminId, role: "manager", version: 1 }),
    ).rejects.toMatchObject({ code: "invalid" });
  });

  it("two admins who remove each other at once leave one", async () => {
    const { agencyId, admin, adminId } = await makeRepresented();
    const secondId = await makeAgencyMember(agencyId, "admin");
    const second = viewerOf({ id: secondId });
    const done = await Promise.allSettled([
      agencies.changeMember(admin, { agencyId, userId: secondId, role: null, version: 1 }),
      agencies.changeMember(second, { agencyId, userId: adminId, role: null, version: 1 }),
    ]);
    expect(done.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const left = await owner`select from agency_access where agency_id = ${agencyId}`;
    expect(left.count).toBe(1);
  });

  it("the creator's owner sees the agency, its scope and its people by name; another creator's nothing", async () => {
    const { viewer, creatorId, agencyId, adminId } = await makeRepresented();
    const [standing] = await representations.list(viewer, creatorId);
    expect(standing).toMatchObject({
      agencyId,
      agencyName: "North Talent",
      streams: ["rewards"],
      amounts: true,
    });
    expect(standing?.people.map(({ userId }) => userId)).toEqual([adminId]);
    const stranger = await makeStudio();
    await expect(representations.list(stranger.viewer, creatorId)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

describe("asking and accepting", () => {
  it("an agency asks a creator by mail: only an owner at that address accepts, for a creator of his own", async () => {
    const { admin, agencyId } = await makeRepresented();
    const other = await makeStudio();
    const victim = await makeStudio();
    const id = randomUUID();
    const secretHash = Buffer.from(id);
    await representations.askCreator(admin, agencyId, {
      ...{ id, secretHash, email: other.user.email, expiresAt: new Date(Date.now() + 60_000) },
      ...{ streams: null, amounts: true, notes: true, mayEdit: false, toDay: null },
    });
    const take = (viewer: typeof admin, side: string, hash = secretHash) =>
      representations.accept(viewer, { id, secretHash: hash, side });
    for (const attempt of [
      () => take(victim.viewer, victim.creatorId),
      () => take(other.viewer, victim.creatorId),
      () => take(other.viewer, other.creatorId, Buffer.from("guessed")),
      () => take(admin, victim.creatorId),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    expect(await take(other.viewer, other.creatorId)).toBe(other.creatorId);
    await expect(take(other.viewer, other.creatorId)).rejects.toMatchObject({ code: "not_found" });
  });

  it("who only belongs to an agency, or to another one, can ask nobody in its name", async () => {
    const { agencyId } = await makeRepresented();
    const manager = viewerOf({ id: await makeAgencyMember(agencyId, "manager") });
    const { admin: stranger } = await makeRepresented();
    const ask = (viewer: typeof stranger) =>
      representations.askCreator(viewer, agencyId, {
        ...{ id: randomUUID(), secretHash: Buffer.from("x"), email: "a@example.com", expiresAt: new Date() },
        ...{ streams: null, amounts: true, notes: true, mayEdit: false, toDay: null },
      });
    await expect(ask(manager)).rejects.toMatchObject({ code: "forbidden" });
    await expect(ask(stranger)).rejects.toMatchObject({ code: "not_found" });
  });
});

/** What its own people may take out again. */
const TAKEN_OUT = ["creator_tags", "roster_views", "team_members"];

describe("an agency's own rows", () => {
  it("another agency's admin, a creator without it and nobody see none and change none", async () => {
    const { agencyId, admin } = await makeRepresented();
    await agencies.addTeam(admin, { agencyId, id: randomUUID(), name: "Canary team" });
    const { adminId: other } = await makeRepresented();
    const stranger = await makeStudio();
    for (const viewer of [{ userId: other }, { userId: stranger.user.id }, {}]) {
      for (const name of AGENCY_TABLES) {
        const key = name === "agencies" ? "id" : "agency_id";
        const where = `where ${key} = '${agencyId}'`;
        expect([name, await outcomeOf(app, viewer, `select from ${name} ${where}`)]).toEqual([
          name,
          "done 0",
        ]);
        const change = await outcomeOf(app, viewer, `delete from ${name} ${where}`);
        expect([name, change]).toEqual([name, TAKEN_OUT.includes(name) ? "done 0" : "42501"]);
      }
      const join = `insert into teams (agency_id, id, name) values ('${agencyId}', '${randomUUID()}', 'x')`;
      expect(await outcomeOf(app, viewer, join)).toBe("42501");
    }
  });

  it("a representation shows the creator the agency's name, and none of its people, teams or other creators", async () => {
    const { viewer, agencyId, admin } = await makeRepresented();
    await agencies.addTeam(admin, { agencyId, id: randomUUID(), name: "Canary team" });
    const userId = viewer.kind === "person" ? viewer.userId : "";
    const names = await asApp(app, { userId }, async (sql) => {
      const found: string[] = [];
      for (const name of AGENCY_TABLES)
        if ((await sql.unsafe(`select from ${name}`)).count > 0) found.push(name);
      return found;
    });
    expect(names).toEqual(["agencies"]);
  });
});

describe("looks", () => {
  /** What the creator reads, by day and person. */
  const read = async (viewer: Viewer, creatorId: string) =>
    (await looks.list(viewer, creatorId)).map(({ userId, agencyName, days }) => ({
      userId,
      agencyName,
      days,
    }));

  it("of an agency's person at amounts: one a person and day however often, which the owner reads by name", async () => {
    const { viewer, creatorId, admin, adminId, agencyId } = await makeRepresented();
    const secondId = await makeAgencyMember(agencyId, "admin");
    for (const who of [admin, admin, viewerOf({ id: secondId })]) await looks.record(who, [creatorId]);
    const kept = await owner`select from looks where creator_id = ${creatorId}`;
    expect(kept.count).toBe(2);
    const seenBy = { agencyName: "North Talent", days: 1 };
    expect(await read(viewer, creatorId)).toEqual(
      expect.arrayContaining([
        { userId: adminId, ...seenBy },
        { userId: secondId, ...seenBy },
      ]),
    );
    await expect(looks.list(admin, creatorId)).rejects.toMatchObject({ code: "forbidden" });
  });

  it("of an owner, of a stranger, of another creator and of one without amounts: none", async () => {
    const { viewer, creatorId } = await makeRepresented();
    const { creatorId: other, viewer: its } = await makeRepresented({ amounts: false });
    for (const who of [viewer, its, viewerOf(await makeUser())]) await looks.record(who, [creatorId, other]);
    const without = await makeRepresentation(viewer, creatorId, { amounts: false });
    await looks.record(without.admin, [creatorId, other]);
    expect(await read(viewer, creatorId)).toEqual([]);
    expect(await read(its, other)).toEqual([]);
  });

  it("stays readable after the end, and is written no more", async () => {
    const { viewer, creatorId, admin, adminId, representationId } = await makeRepresented();
    await looks.record(admin, [creatorId]);
    await representations.end(viewer, representationId);
    await looks.record(admin, [creatorId]);
    expect(await read(viewer, creatorId)).toEqual([{ userId: adminId, agencyName: "North Talent", days: 1 }]);
  });
});
