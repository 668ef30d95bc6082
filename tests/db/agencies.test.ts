import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as agencies from "../../db/agencies";
import * as agencyMembers from "../../db/agency-members";
import * as accounts from "../../db/auth";
import * as commissionTerms from "../../db/commission-terms";
import * as commissions from "../../db/commissions";
import * as creators from "../../db/creators";
import * as handovers from "../../db/handovers";
import * as members from "../../db/members";
import * as payouts from "../../db/payouts";
import * as representations from "../../db/representations";
import * as schedules from "../../db/statement-schedules";
import * as sends from "../../db/statement-sends";
import type { Viewer } from "../../lib/model/access";
import { currencyOf } from "../../lib/model/money";
import type { Day, Month } from "../../lib/model/month";
import type { AgencyRole } from "../../lib/model/words";
import { makeCreator, makeMember, makeUser, type TestUser, viewerOf } from "../factories";
import { connectOwner, type Sql } from "../setup/catalogue";
import { makeAgency, makePayout, makeTerms, represent } from "../studio";

// The people of an agency and the creators it runs, through the functions that the pages call.

let owner: Sql;
beforeAll(() => {
  owner = connectOwner();
});
afterAll(() => owner.end());

interface Person {
  user: TestUser;
  viewer: Viewer;
}

async function makePerson(): Promise<Person> {
  const user = await makeUser();
  return { user, viewer: viewerOf(user) };
}

const link = () => ({
  id: randomUUID(),
  secretHash: Buffer.from(randomUUID()),
  expiresAt: new Date(Date.now() + 60_000),
});

async function makeHouse(): Promise<Person & { agencyId: string }> {
  const person = await makePerson();
  return { ...person, agencyId: await makeAgency(person.viewer) };
}

async function join(admin: Viewer, agencyId: string, role: AgencyRole): Promise<Person> {
  const person = await makePerson();
  const invitation = { ...link(), email: person.user.email, agencyId, role };
  await agencyMembers.invite(admin, invitation);
  await agencyMembers.accept(person.viewer, invitation);
  return person;
}

const ALL = { streams: null, amounts: true, notes: true, mayEdit: false, toDay: null };

describe("the people of an agency", () => {
  it("an invitation is good once, for its own address alone, and shows nobody but who has the link what it is about", async () => {
    const { viewer: admin, agencyId } = await makeHouse();
    const [guest, thief] = [await makePerson(), await makePerson()];
    const invitation = { ...link(), email: guest.user.email, agencyId, role: "manager" as const };
    await agencyMembers.invite(admin, invitation);
    const { id, secretHash } = invitation;
    expect(await accounts.findAgencyInvitation(id, secretHash)).toEqual({
      ...{ agencyName: "North Talent", email: guest.user.email, role: "manager" },
    });
    expect(await accounts.findAgencyInvitation(id, Buffer.from("guessed"))).toBeNull();
    await expect(agencyMembers.accept(thief.viewer, invitation)).rejects.toMatchObject({ code: "not_found" });
    expect(await agencyMembers.accept(guest.viewer, invitation)).toBe(agencyId);
    await expect(agencyMembers.accept(guest.viewer, invitation)).rejects.toMatchObject({ code: "not_found" });
    expect(await accounts.findAgencyInvitation(id, secretHash)).toBeNull();
    expect((await agencyMembers.list(guest.viewer, agencyId)).map(({ role }) => role)).toEqual([
      "admin",
      "manager",
    ]);
    await expect(agencyMembers.listInvitations(guest.viewer, agencyId)).rejects.toMatchObject({
      code: "forbidden",
    });
  });

  it("sent again, the older link is dead; withdrawn, the newer one too", async () => {
    const { viewer: admin, agencyId } = await makeHouse();
    const guest = await makePerson();
    const first = { ...link(), email: guest.user.email, agencyId, role: "assistant" as const };
    await agencyMembers.invite(admin, first);
    const { id: newId, ...rest } = link();
    await agencyMembers.resend(admin, { agencyId, id: first.id, newId, ...rest });
    await expect(agencyMembers.accept(guest.viewer, first)).rejects.toMatchObject({ code: "not_found" });
    await agencyMembers.revokeInvitation(admin, agencyId, newId);
    await expect(agencyMembers.accept(guest.viewer, { id: newId, ...rest })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await agencyMembers.listInvitations(admin, agencyId)).toEqual([]);
  });

  it("a team's creators are seen by its members and by nobody who left it; the last admin stays", async () => {
    const { viewer: admin, user, agencyId } = await makeHouse();
    const manager = await join(admin, agencyId, "manager");
    const boss = await makePerson();
    const { id: creatorId } = await makeCreator(boss.viewer);
    const who = { owner: boss.viewer, creatorId, admin, agencyId, email: user.email };
    const id = await represent(who, ALL);
    const roster = async () =>
      (await representations.roster(manager.viewer, agencyId)).map((each) => each.creatorId);
    expect(await roster()).toEqual([]);

    const teamId = randomUUID();
    await agencies.addTeam(admin, { agencyId, id: teamId, name: "Food" });
    await agencies.renameTeam(admin, { agencyId, id: teamId, name: "Cooks", version: 1 });
    await expect(
      agencies.renameTeam(admin, { agencyId, id: teamId, name: "Late", version: 1 }),
    ).rejects.toMatchObject({ code: "conflict", current: { name: "Cooks", version: 2 } });
    await agencies.changeTeam(admin, { agencyId, teamId, userId: manager.user.id, isIn: true });
    await representations.assignTeam(admin, id, teamId);
    expect(await roster()).toEqual([creatorId]);
    expect((await agencyMembers.list(admin, agencyId)).map(({ teams }) => teams)).toEqual([[], [teamId]]);

    await agencyMembers.leave(manager.viewer, agencyId);
    await expect(roster()).rejects.toMatchObject({ code: "not_found" });
    await expect(agencyMembers.leave(admin, agencyId)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("at least one admin"),
    });
  });
});

describe("asking", () => {
  it("the same address again: one open question, the older link is dead; declined, it is closed", async () => {
    const { viewer: admin, agencyId } = await makeHouse();
    const person = await makePerson();
    const { id: side } = await makeCreator(person.viewer);
    const [first, second] = [link(), link()];
    const ask = (each: typeof first) =>
      representations.askCreator(admin, agencyId, { ...ALL, ...each, email: person.user.email });
    await ask(first);
    await ask(second);
    const open = () => representations.listAskedByAgency(admin, agencyId);
    expect((await open()).map(({ id }) => id)).toEqual([second.id]);
    await expect(representations.accept(person.viewer, { ...first, side })).rejects.toMatchObject({
      code: "not_found",
    });
    const { id: newId, ...third } = link();
    await representations.askAgain(admin, { agencyId }, { id: second.id, newId, ...third });
    expect(await accounts.findRepresentation(newId, third.secretHash)).toEqual({
      ...ALL,
      ...{ email: person.user.email, by: "Mira Okafor", agencyName: "North Talent", creatorName: null },
    });
    await expect(representations.decline(admin, { id: newId, ...third })).rejects.toMatchObject({
      code: "not_found",
    });
    await representations.decline(person.viewer, { id: newId, ...third });
    expect(await open()).toEqual([]);
    expect(await accounts.findRepresentation(newId, third.secretHash)).toBeNull();
  });

  it("a creator that is represented already is said in words, not as a broken rule of the database", async () => {
    const { viewer: admin, user, agencyId } = await makeHouse();
    const boss = await makePerson();
    const { id: creatorId } = await makeCreator(boss.viewer);
    await represent({ owner: boss.viewer, creatorId, admin, agencyId, email: user.email });
    const again = link();
    await representations.askCreator(admin, agencyId, { ...ALL, ...again, email: boss.user.email });
    await expect(representations.accept(boss.viewer, { ...again, side: creatorId })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("represents this creator already"),
    });
  });

  it("many at once: whose creator is represented is asked nothing, and each address gets its answer in order", async () => {
    const { viewer: admin, user, agencyId } = await makeHouse();
    const boss = await makePerson();
    const { id: creatorId } = await makeCreator(boss.viewer);
    await represent({ owner: boss.viewer, creatorId, admin, agencyId, email: user.email });
    const asked = ["new@example.com", boss.user.email].map((email) => ({ ...link(), email }));
    const results = await representations.askCreators(admin, agencyId, ALL, asked);
    expect(results.map(({ email, outcome }) => [email, outcome])).toEqual([
      ["new@example.com", "asked"],
      [boss.user.email, "represented"],
    ]);
    const open = await representations.listAskedByAgency(admin, agencyId);
    expect(open.map(({ email }) => email)).toEqual(["new@example.com"]);
  });
});

describe("a creator run by an agency", () => {
  async function makeRun() {
    const house = await makeHouse();
    const manager = await join(house.viewer, house.agencyId, "manager");
    const creatorId = randomUUID();
    const creator = {
      id: creatorId,
      name: "Kenji Bakes",
      currency: currencyOf("JPY"),
      timeZone: "Asia/Tokyo",
    };
    const run = { ...creator, representationId: randomUUID() };
    await handovers.run(manager.viewer, house.agencyId, run);
    await handovers.run(manager.viewer, house.agencyId, run);
    await makePayout(manager.viewer, creatorId, { minor: 12_345n, currency: "JPY" });
    return { ...house, manager, creatorId, representationId: run.representationId };
  }
  const seen = async (viewer: Viewer, creatorId: string) =>
    (await creators.list(viewer)).filter(({ id }) => id === creatorId).map(({ role }) => role);

  it("is handed over with everything in it: the person owns it, the agency keeps exactly its representation and owns nothing", async () => {
    const { viewer: admin, agencyId, manager, creatorId, representationId } = await makeRun();
    const { user: cutter, viewer: cutting } = await makeMember(manager.viewer, creatorId, "owner");
    const person = await makePerson();
    const offer = { ...link(), email: person.user.email };
    await handovers.offer(manager.viewer, creatorId, offer);
    expect(await accounts.findHandover(offer.id, offer.secretHash)).toMatchObject({
      ...{ agencyName: "North Talent", creatorName: "Kenji Bakes", mayEdit: true, streams: null },
    });
    await expect(handovers.accept(cutting, { ...offer, keep: true })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await handovers.accept(person.viewer, { ...offer, keep: true })).toBe(creatorId);

    expect((await payouts.list(person.viewer, creatorId)).rows.map(({ minor }) => minor)).toEqual([12_345n]);
    const people = await members.list(person.viewer, creatorId);
    expect(people.map(({ userId, role }) => [userId, role])).toEqual([
      [person.user.id, "owner"],
      [cutter.id, "editor"],
    ]);
    const [kept, ...others] = await representations.list(person.viewer, creatorId);
    expect(others).toEqual([]);
    expect(kept).toMatchObject({
      ...{ id: representationId, agencyId, runs: false },
      ...{ streams: null, amounts: true, notes: true, mayEdit: true, toDay: null },
    });
    // The admin sees it by the representation; the manager, in no team of it, no more.
    expect(await seen(admin, creatorId)).toEqual(["editor"]);
    expect(await seen(manager.viewer, creatorId)).toEqual([]);
    await representations.end(person.viewer, representationId);
    expect(await seen(admin, creatorId)).toEqual([]);
    await expect(handovers.accept(person.viewer, { ...offer, keep: true })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("is handed over without the agency when the person says so", async () => {
    const { viewer: admin, manager, creatorId } = await makeRun();
    const person = await makePerson();
    const offer = { ...link(), email: person.user.email };
    await handovers.offer(manager.viewer, creatorId, offer);
    await handovers.accept(person.viewer, { ...offer, keep: false });
    expect(await representations.list(person.viewer, creatorId)).toEqual([]);
    expect([await seen(admin, creatorId), await seen(person.viewer, creatorId)]).toEqual([[], ["owner"]]);
  });

  it.each([true, false])(
    "binds nobody by commission that the agency agreed with itself: it ends with the handover, kept %s",
    async (keep) => {
      const { viewer: admin, agencyId, creatorId, representationId, manager } = await makeRun();
      const of = { owner: manager.viewer, creatorId, admin, agencyId, representationId };
      await makeTerms(of, { ppm: 200_000, sunsetDays: 400 });
      await makeTerms(of, { claim: "later", fromDay: "2199-01-01" as Day });
      const person = await makePerson();
      const offer = { ...link(), email: person.user.email };
      await handovers.offer(manager.viewer, creatorId, offer);
      const claims = async (viewer: Viewer) =>
        (await commissionTerms.ofHandover(viewer, offer)).map(({ claim }) => claim);
      expect([await claims(person.viewer), await claims(admin)]).toEqual([["management", "later"], []]);
      await handovers.accept(person.viewer, { ...offer, keep });

      const day = "2198-05-01" as Day;
      await makePayout(person.viewer, creatorId, {
        minor: 50_000n,
        currency: "JPY",
        fromDay: day,
        toDay: day,
      });
      const late = "2199-05-01" as Day;
      await makePayout(person.viewer, creatorId, {
        minor: 50_000n,
        currency: "JPY",
        fromDay: late,
        toDay: late,
      });
      const range = { from: "2026-01" as Month, to: "2199-12" as Month };
      const shares = await commissions.sharesOf(person.viewer, creatorId, range);
      // 20% of the 12,345 of before, and nothing of what came after.
      expect(shares.map(({ claim, accruedMinor }) => [claim, accruedMinor])).toEqual([
        ["management", 2_469n],
      ]);
      const standing = (await commissionTerms.ofCreator(person.viewer, creatorId)).filter(
        ({ state }) => state === "accepted",
      );
      const today = new Intl.DateTimeFormat("sv-SE", { timeZone: "Asia/Tokyo" }).format(new Date());
      const ends = standing.map(({ claim, toDay, sunsetDays }) => [claim, toDay, sunsetDays]);
      expect(ends.sort()).toEqual([
        ["later", today, null],
        ["management", today, null],
      ]);
    },
  );

  it("sends its statements to nobody whom the agency chose, once it is handed over", async () => {
    const { creatorId, manager } = await makeRun();
    const id = randomUUID();
    await schedules.create(manager.viewer, creatorId, {
      ...{ id, pace: "month", day: 5, hour: 8, timeZone: "UTC", attachments: ["pdf"], sections: null },
      ...{ locale: "en-US", note: "" },
    });
    const address = { id: randomUUID(), scheduleId: id, email: "desk@agency.example", name: "" };
    await schedules.addRecipient(manager.viewer, creatorId, address);
    await sends.ask(manager.viewer, creatorId, { id: randomUUID(), scheduleId: id, to: null });
    const person = await makePerson();
    const offer = { ...link(), email: person.user.email };
    await handovers.offer(manager.viewer, creatorId, offer);
    await handovers.accept(person.viewer, { ...offer, keep: true });
    const [schedule] = await schedules.list(person.viewer, creatorId);
    expect(schedule?.nextAt).toBeNull();
    const [sent] = await sends.history(person.viewer, creatorId);
    expect(sent?.mails.map(({ state }) => state)).toEqual(["skipped"]);
  });

  it("stays with the agency when the one who made it goes, and cannot be let go of before it is handed over", async () => {
    const { viewer: admin, agencyId, manager, creatorId, representationId } = await makeRun();
    await expect(representations.end(manager.viewer, representationId)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("Hand it over first"),
    });
    await agencyMembers.leave(manager.viewer, agencyId);
    expect([await seen(manager.viewer, creatorId), await seen(admin, creatorId)]).toEqual([[], ["owner"]]);
  });

  it("is let go at once by an owner from outside whom it invited: its people own and see nothing of it, and its own commission is over", async () => {
    const { viewer: admin, agencyId, creatorId, representationId, manager } = await makeRun();
    await makeTerms(
      { owner: manager.viewer, creatorId, admin, agencyId, representationId },
      { sunsetDays: 400 },
    );
    const { user, viewer: kenji } = await makeMember(manager.viewer, creatorId, "owner");
    await representations.endByCreator(kenji, creatorId, representationId);
    expect((await members.list(kenji, creatorId)).map(({ userId }) => userId)).toEqual([user.id]);
    expect([await seen(admin, creatorId), await seen(manager.viewer, creatorId)]).toEqual([[], []]);
    const [terms] = (await commissionTerms.ofCreator(kenji, creatorId)).filter(
      ({ state }) => state === "accepted",
    );
    expect(terms?.sunsetDays).toBeNull();
  });

  it("is seen by the team of the manager who made it, so that he does not lose it by handing it over", async () => {
    const { viewer: admin, agencyId } = await makeHouse();
    const manager = await join(admin, agencyId, "manager");
    const teamId = randomUUID();
    await agencies.addTeam(admin, { agencyId, id: teamId, name: "Food" });
    await agencies.changeTeam(admin, { agencyId, teamId, userId: manager.user.id, isIn: true });
    const id = randomUUID();
    const run = { id, name: "Kenji Bakes", currency: currencyOf("JPY"), timeZone: "Asia/Tokyo" };
    await handovers.run(manager.viewer, agencyId, { ...run, representationId: randomUUID() });
    const [mine] = await representations.roster(manager.viewer, agencyId);
    expect(mine).toMatchObject({ creatorId: id, teamId, runs: true, owns: true });
    const [theirs] = await representations.roster(admin, agencyId);
    expect(theirs).toMatchObject({ creatorId: id, owns: false });
    const person = await makePerson();
    const offer = { ...link(), email: person.user.email };
    await handovers.offer(manager.viewer, id, offer);
    await handovers.accept(person.viewer, { ...offer, keep: true });
    expect([await seen(manager.viewer, id), await seen(person.viewer, id)]).toEqual([["editor"], ["owner"]]);
  });

  it("an assistant, another agency's admin and an owner of somebody's creator can make none by it", async () => {
    const { viewer: admin, agencyId } = await makeHouse();
    const assistant = await join(admin, agencyId, "assistant");
    const stranger = await makeHouse();
    const run = () => ({
      ...{ id: randomUUID(), name: "X", currency: currencyOf("EUR"), timeZone: "UTC" },
      representationId: randomUUID(),
    });
    for (const { viewer } of [assistant, stranger])
      await expect(handovers.run(viewer, agencyId, run())).rejects.toMatchObject({ code: "not_found" });
    const [{ count } = { count: -1 }] = await owner<{ count: number }[]>`
      select count(*)::int as count from creators where created_by = ${assistant.user.id}`;
    expect(count).toBe(0);
  });
});

describe("the brand", () => {
  const png = (width: number, height: number) => {
    const bytes = Buffer.alloc(57);
    bytes.set(Buffer.from("89504e470d0a1a0a0000000d49484452", "hex"));
    bytes.writeUInt32BE(width, 16);
    bytes.writeUInt32BE(height, 20);
    bytes.write("IEND", 49, "latin1");
    return bytes;
  };

  it("is what an owner of a represented creator gets for reports, and a stranger does not", async () => {
    const { viewer: admin, user, agencyId } = await makeHouse();
    const boss = await makePerson();
    const { id: creatorId } = await makeCreator(boss.viewer);
    expect(await agencies.brand(admin, agencyId)).toEqual({
      ...{ name: "North Talent", logo: null, accent: null, paper: null },
    });
    const logo = png(300, 80);
    await agencies.setBrand(admin, {
      ...{ id: agencyId, version: 1, name: "North", accent: "#123456", paper: "#ffffff", logo },
    });
    await expect(agencies.brand(boss.viewer, agencyId)).rejects.toMatchObject({ code: "not_found" });
    await represent({ owner: boss.viewer, creatorId, admin, agencyId, email: user.email });
    expect(await agencies.brand(boss.viewer, agencyId)).toEqual({
      ...{ name: "North", logo: { bytes: logo, type: "image/png" }, accent: "#123456", paper: "#ffffff" },
    });
    await agencies.setBrand(admin, { id: agencyId, version: 2, name: null, accent: null, paper: null });
    expect(await agencies.brand(admin, agencyId)).toMatchObject({
      name: "North Talent",
      logo: { type: "image/png" },
    });
    await expect(
      agencies.setBrand(admin, { id: agencyId, version: 2, name: null, accent: null, paper: null }),
    ).rejects.toMatchObject({ code: "conflict" });
  });
});
