import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import * as agencyMembers from "../../db/agency-members";
import { listOpenRosterRuns, listRosterMailsToSend, openDueRosters } from "../../db/jobs";
import * as representations from "../../db/representations";
import * as runs from "../../db/roster-runs";
import * as schedules from "../../db/roster-schedules";
import { openMailbox } from "../../lib/cli/prove/mailbox";
import { postgresArguments } from "../../lib/cli/urls.mjs";
import type { Viewer } from "../../lib/model/access";
import type { AgencyRole } from "../../lib/model/words";
import { makeUser, viewerOf } from "../factories";
import { ownerUrl } from "../setup/database";
import { makePayout, makeRepresentation, makeStudio } from "../studio";

const mailbox = await openMailbox();
process.env.SMTP_URL = mailbox.url;
process.env.SMTP_FROM = "Permille <statements@permille.example>";
const { mailRun } = await import("../../lib/server/roster-mails");
const { workOnRun } = await import("../../lib/server/roster-runs");

const owner = postgres(...postgresArguments(ownerUrl, { max: 1 }));
afterAll(async () => {
  await owner.end();
  await mailbox.close();
});

const personOf = (userId: string) => viewerOf({ id: userId });
const plain = (raw: string) => raw.replace(/=\r\n/g, "").replace(/\r\n[ \t]/g, " ");

/** An agency with an admin, who sees a creator with 100.00 of January 2026, and a manager, who sees nobody. */
async function makeScheduled() {
  const studio = await makeStudio();
  await makePayout(studio.viewer, studio.creatorId, { minor: 10_000n });
  const represented = await makeRepresentation(studio.viewer, studio.creatorId, { streams: null });
  const { agencyId, admin, adminId } = represented;
  const managerId = await makeMember(agencyId, "manager");
  const id = randomUUID();
  await schedules.create(admin, agencyId, { ...BODY, id, people: [adminId, managerId] });
  const emailOf = async (userId: string) =>
    (await owner<{ email: string }[]>`select email from users where id = ${userId}`)[0]!.email;
  const emails = { admin: await emailOf(adminId), manager: await emailOf(managerId) };
  return { ...studio, agencyId, admin, adminId, managerId, id, emails };
}

const BODY = { day: 5, hour: 8, timeZone: "Europe/Berlin", attachments: ["pdf" as const] };

async function makeMember(agencyId: string, role: AgencyRole): Promise<string> {
  const { id } = await makeUser();
  await owner`insert into agency_members (agency_id, user_id, role) values (${agencyId}, ${id}, ${role})`;
  return id;
}

/** What the job does every minute, for this agency alone; `mails` false stops before the mails. */
async function work(agencyId: string, { mails = true } = {}): Promise<void> {
  const ofAgency = <Each extends { agencyId: string }>(all: Each[]) =>
    all.filter((each) => each.agencyId === agencyId);
  for (const run of ofAgency(await listOpenRosterRuns())) await workOnRun(personOf, run);
  if (mails) for (const run of ofAgency(await listRosterMailsToSend())) await mailRun(personOf, run);
}

const makeDue = (id: string) =>
  owner`update roster_schedules set next_at = '2026-02-05T07:00:00Z' where id = ${id}`;
const arrivedAt = (email: string) => mailbox.mails.filter(({ to }) => to === email);
const januaryOf = async (viewer: Viewer, agencyId: string) =>
  (await runs.list(viewer, agencyId)).filter(({ month }) => month === "2026-01");

describe("a roster's schedule that is due", () => {
  it("makes one run and one mail for each person, with what that person sees, however often it is looked at", async () => {
    const { agencyId, admin, managerId, id, emails } = await makeScheduled();
    await makeDue(id);
    await Promise.all([openDueRosters(), openDueRosters()]);
    await makeDue(id);
    await openDueRosters();
    const [schedule] = await schedules.list(admin, agencyId);
    expect(schedule?.nextAt).toEqual(new Date("2026-03-05T07:00:00Z"));
    for (let looks = 0; looks < 2; looks++) await Promise.all([work(agencyId), work(agencyId)]);

    expect(await januaryOf(admin, agencyId)).toMatchObject([{ scheduleId: id, creators: 1, made: 1 }]);
    const ofJanuary = (email: string) =>
      arrivedAt(email).filter(({ raw }) => /January 2026/.test(plain(raw)));
    const [mail, ...more] = ofJanuary(emails.admin);
    expect(more).toEqual([]);
    expect(plain(mail!.raw)).toMatch(/^Subject: North Talent: the statements of January 2026 are ready/m);
    expect(plain(mail!.raw)).toContain("Booked: $100.00");
    expect(plain(mail!.raw)).toContain(`/agencies/${agencyId}/statements`);
    for (const each of await schedules.listMails(admin, agencyId))
      expect(each).toMatchObject({ state: "sent", doubts: 0 });

    const manager = personOf(managerId);
    expect(await januaryOf(manager, agencyId)).toMatchObject([{ creators: 0 }]);
    const [own, ...others] = ofJanuary(emails.manager);
    expect(others).toEqual([]);
    expect(plain(own!.raw)).toContain("no creator of your roster");
    expect(plain(own!.raw)).not.toContain("100.00");
  });

  it("sends nothing to who left the agency, before it was due or before the mail went out", async () => {
    const { agencyId, managerId, adminId, admin, id, emails } = await makeScheduled();
    const lateId = await makeMember(agencyId, "manager");
    const people = [adminId, managerId, lateId];
    await schedules.update(admin, agencyId, { ...BODY, id, version: 1, people });
    await agencyMembers.leave(personOf(managerId), agencyId);
    await makeDue(id);
    await openDueRosters();
    await work(agencyId, { mails: false });
    await agencyMembers.leave(personOf(lateId), agencyId);
    await work(agencyId);
    const [late] = await owner<{ email: string }[]>`select email from users where id = ${lateId}`;
    expect([emails.admin, emails.manager, late!.email].map((email) => arrivedAt(email).length)).toEqual([
      1, 0, 0,
    ]);
  });

  it("sends no figure of a creator who shows his amounts no longer, and says why", async () => {
    const { agencyId, viewer, creatorId, admin, id, emails } = await makeScheduled();
    await makeDue(id);
    await openDueRosters();
    await work(agencyId, { mails: false });
    const [representation] = await representations.list(viewer, creatorId);
    await representations.end(viewer, representation!.id);
    await work(agencyId);
    expect(arrivedAt(emails.admin)).toEqual([]);
    expect(await schedules.listMails(admin, agencyId)).toMatchObject([
      { state: "failed", reply: expect.stringContaining("shows you no amounts any more") },
    ]);
  });

  it("sends the mail again when its answer was lost, the same byte for byte", async () => {
    const { agencyId, managerId, id, admin, emails } = await makeScheduled();
    await agencyMembers.leave(personOf(managerId), agencyId);
    await makeDue(id);
    await openDueRosters();
    mailbox.meetNext({ drop: "taken" });
    await work(agencyId);
    await owner`update roster_mails set try_at = now() where agency_id = ${agencyId}`;
    await work(agencyId);
    const came = arrivedAt(emails.admin);
    expect([came.length, new Set(came.map(({ raw }) => raw)).size]).toEqual([2, 1]);
    expect(await schedules.listMails(admin, agencyId)).toMatchObject([{ state: "sent", doubts: 1 }]);
  });
});

describe("who sets up a roster's schedule", () => {
  it("is an admin, for people of the agency alone; the others of it see when it comes and to whom", async () => {
    const { agencyId, admin, adminId, managerId, id } = await makeScheduled();
    const manager = personOf(managerId);
    const body = { ...BODY, people: [managerId] };
    expect((await schedules.list(manager, agencyId)).map(({ people }) => people)).toEqual([
      [adminId, managerId],
    ]);
    const forbidden = { code: "forbidden" };
    await expect(schedules.create(manager, agencyId, { ...body, id: randomUUID() })).rejects.toMatchObject(
      forbidden,
    );
    await expect(schedules.update(manager, agencyId, { ...body, id, version: 1 })).rejects.toMatchObject(
      forbidden,
    );
    await expect(schedules.remove(manager, agencyId, { id, version: 1 })).rejects.toMatchObject(forbidden);
    const stranger = await makeUser();
    await expect(
      schedules.update(admin, agencyId, { ...body, people: [stranger.id], id, version: 1 }),
    ).rejects.toMatchObject({ fields: { people: expect.stringContaining("has left the agency") } });
    await schedules.update(admin, agencyId, { ...body, id, version: 1 });
    await expect(schedules.remove(admin, agencyId, { id, version: 1 })).rejects.toMatchObject({
      code: "conflict",
    });
    await schedules.remove(admin, agencyId, { id, version: 2 });
    expect(await schedules.list(admin, agencyId)).toEqual([]);
    await makeDue(id);
    await openDueRosters();
    expect(await runs.list(manager, agencyId)).toEqual([]);
  });
});
