import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import { conn, transaction } from "../../db/client";
import * as schedules from "../../db/statement-schedules";
import * as sends from "../../db/statement-sends";
import { type Arrived, attachmentsOf, type Mailbox, openMailbox } from "../../lib/cli/prove/mailbox";
import { postgresArguments } from "../../lib/cli/urls.mjs";
import { operatorOf } from "../factories";
import { ownerUrl } from "../setup/database";
import { makePayout, makeStudio, type Studio } from "../studio";

const mailbox: Mailbox = await openMailbox();
process.env.SMTP_URL = mailbox.url;
process.env.SMTP_FROM = "Permille <statements@permille.example>";
const { sendOfCreator } = await import("../../lib/server/statement-sends");

const owner = postgres(...postgresArguments(ownerUrl, { max: 1 }));
afterAll(async () => {
  await owner.end();
  await mailbox.close();
});

const BODY: schedules.ScheduleBody = {
  ...{ pace: "month", day: 5, hour: 8, timeZone: "Europe/Berlin" },
  ...{ attachments: ["pdf", "xlsx", "csv", "json"], sections: null, locale: "en-US", note: "With thanks." },
};

/** A studio with 100.00 of last month and a schedule that goes to one address. */
async function makeScheduled(body: Partial<schedules.ScheduleBody> = {}) {
  const studio = await makeStudio();
  await makePayout(studio.viewer, studio.creatorId, { channelId: studio.channelId });
  const scheduleId = randomUUID();
  await schedules.create(studio.viewer, studio.creatorId, { ...BODY, id: scheduleId, ...body });
  const email = `${randomUUID().slice(0, 8)}@books.example`;
  const recipientId = randomUUID();
  await schedules.addRecipient(studio.viewer, studio.creatorId, {
    ...{ id: recipientId, scheduleId, email, name: "Kit Ledger" },
  });
  return { ...studio, scheduleId, email, recipientId };
}

const work = ({ creatorId }: Studio) => sendOfCreator(operatorOf, { creatorId });
const arrivedAt = (email: string): Arrived[] => mailbox.mails.filter(({ to }) => to === email);
const makeDue = (scheduleId: string, at = "now() - interval '1 minute'") =>
  owner.unsafe(`update statement_schedules set next_at = ${at} where id = '${scheduleId}'`);
const tryAgainNow = (creatorId: string) =>
  owner`update statement_mails set try_at = now() where creator_id = ${creatorId}`;
const plain = (raw: string) => raw.replace(/=\r\n/g, "").replace(/\r\n[ \t]/g, " ");

async function onlyMail(studio: Studio): Promise<sends.Mail> {
  const mails = (await sends.history(studio.viewer, studio.creatorId)).flatMap((send) => send.mails);
  expect(mails).toHaveLength(1);
  return mails[0]!;
}

describe("a schedule that is due", () => {
  it("sends its statement once, however often and by however many it is looked at, and says when it comes next", async () => {
    const studio = await makeScheduled({ attachments: ["csv", "json"] });
    await makeDue(studio.scheduleId, "'2026-02-05T07:00:00Z'");
    await Promise.all([work(studio), work(studio)]);
    await work(studio);
    const history = await sends.history(studio.viewer, studio.creatorId);
    // Months that were slept through are sent each: the first that was due is of January.
    const january = history.find(({ month }) => month === "2026-01");
    expect(january).toMatchObject({ kind: "due", period: "2026-01" });
    const [of2026] = arrivedAt(studio.email).filter(({ raw }) => /January 2026/.test(plain(raw)));
    const mail = plain(of2026?.raw ?? "");
    expect(mail).toMatch(/^Subject: Mira Cooks, statement of January 2026/m);
    expect(mail).toMatch(/^List-Unsubscribe: <http:\/\/localhost:3000\/api\/statements\/[\w.-]+>/m);
    expect(mail).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click/m);
    expect(mail).toContain("With thanks.");
    expect(mail).toContain("Booked: $100.00");
    const files = await sends.listFiles(studio.viewer, studio.creatorId, [january!.id]);
    expect(attachmentsOf(of2026!)).toEqual(files.map(({ name, sha256 }) => ({ name, sha256 })));
    const ids = arrivedAt(studio.email).map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
    while ((await schedules.list(studio.viewer, studio.creatorId))[0]!.nextAt! < new Date())
      await work(studio);
    await work(studio);
    const months = arrivedAt(studio.email).map(({ raw }) => /statement of (\w+ \d+)/.exec(plain(raw))?.[1]);
    expect(months).toHaveLength(new Set(months).size);
    const [next] = await schedules.list(studio.viewer, studio.creatorId);
    expect(next?.nextAt?.getTime()).toBeGreaterThan(Date.now());
    expect(months).toHaveLength((await sends.history(studio.viewer, studio.creatorId)).length);
  });

  it("by the week sends the last one only, after a sleep of three: nobody needs three of the same month so far", async () => {
    const studio = await makeScheduled({ pace: "week", day: 1 });
    await makeDue(studio.scheduleId, "now() - interval '3 weeks'");
    for (let looks = 0; looks < 3; looks++) await work(studio);
    expect(arrivedAt(studio.email)).toHaveLength(1);
  });
});

describe("the next time", () => {
  it.each([
    ["the same day, later", "month", 5, 8, "Europe/Berlin", "2026-03-05T06:00:00Z", "2026-03-05T07:00:00Z"],
    [
      "the next month, by the clock of summer",
      "month",
      5,
      8,
      "Europe/Berlin",
      "2026-03-05T07:00:00Z",
      "2026-04-05T06:00:00Z",
    ],
    [
      "an hour that the clocks leave out comes an hour later",
      "week",
      7,
      2,
      "Europe/Berlin",
      "2026-03-25T00:00:00Z",
      "2026-03-29T01:00:00Z",
    ],
    [
      "an hour that comes twice is taken once",
      "week",
      7,
      2,
      "Europe/Berlin",
      "2026-10-25T01:00:00Z",
      "2026-11-01T01:00:00Z",
    ],
    [
      "a zone a day ahead",
      "month",
      1,
      0,
      "Pacific/Kiritimati",
      "2026-03-30T12:00:00Z",
      "2026-03-31T10:00:00Z",
    ],
  ] as const)("%s", async (_, pace, day, hour, timeZone, last, next) => {
    const { viewer } = await makeStudio();
    const due = schedules.dueAfter({ pace, day, hour, timeZone }, sql`${last}::timestamptz`);
    const [row] = await transaction(viewer, () => conn().execute<{ at: string }>(sql`select ${due} as at`));
    expect(new Date(row!.at)).toEqual(new Date(next));
  });
});

describe("a mail", () => {
  it("whose answer was lost after its end is sent again: never lost, and what the server had is the same mail byte for byte", async () => {
    for (const drop of ["taken", "lost"] as const) {
      const studio = await makeScheduled();
      await sends.ask(studio.viewer, studio.creatorId, {
        id: randomUUID(),
        scheduleId: studio.scheduleId,
        to: null,
      });
      mailbox.meetNext({ drop });
      await work(studio);
      expect(await onlyMail(studio)).toMatchObject({ state: "waiting", tries: 1, doubts: 1 });
      await tryAgainNow(studio.creatorId);
      await work(studio);
      expect(await onlyMail(studio)).toMatchObject({ state: "sent", tries: 2, doubts: 1 });
      const came = arrivedAt(studio.email);
      expect(came).toHaveLength(drop === "taken" ? 2 : 1);
      expect(new Set(came.map(({ raw }) => raw)).size).toBe(1);
    }
  });

  it("that a process left behind as it died is another's only when the answer must have come, and counts as in doubt", async () => {
    const studio = await makeScheduled();
    const id = randomUUID();
    await sends.ask(studio.viewer, studio.creatorId, { id, scheduleId: studio.scheduleId, to: null });
    const operator = operatorOf(studio.creatorId);
    const [send] = await sends.listOpen(operator, studio.creatorId);
    const mail = send!.mails[0]!;
    expect(await sends.handOver(operator, studio.creatorId, mail.id)).toBe(true);
    expect(await sends.handOver(operator, studio.creatorId, mail.id)).toBe(false);
    await work(studio);
    expect(arrivedAt(studio.email)).toEqual([]);
    await tryAgainNow(studio.creatorId);
    await Promise.all([work(studio), work(studio)]);
    // The one that was thought dead hears its answer after all: a yes changes nothing more.
    await sends.settle(operator, studio.creatorId, mail, { state: "waiting", reply: "late" });
    expect(await onlyMail(studio)).toMatchObject({ state: "sent", tries: 2, doubts: 1 });
    expect(arrivedAt(studio.email)).toHaveLength(1);
  });

  it("that the server refuses for now is tried again later; one that it refuses for good is not", async () => {
    const studio = await makeScheduled();
    await sends.ask(studio.viewer, studio.creatorId, {
      id: randomUUID(),
      scheduleId: studio.scheduleId,
      to: null,
    });
    mailbox.meetNext({ code: 451 });
    await work(studio);
    expect(await onlyMail(studio)).toMatchObject({ state: "waiting", tries: 1, handedAt: null });
    await work(studio);
    expect(arrivedAt(studio.email)).toEqual([]);
    await tryAgainNow(studio.creatorId);
    await work(studio);
    expect(await onlyMail(studio)).toMatchObject({ state: "sent", tries: 2 });
    expect(arrivedAt(studio.email)).toHaveLength(1);

    const refused = await makeScheduled();
    await sends.ask(refused.viewer, refused.creatorId, {
      id: randomUUID(),
      scheduleId: refused.scheduleId,
      to: null,
    });
    mailbox.meetNext({ code: 550 });
    await work(refused);
    await tryAgainNow(refused.creatorId);
    await work(refused);
    expect(await onlyMail(refused)).toMatchObject({ state: "failed", tries: 1 });
    expect(arrivedAt(refused.email)).toEqual([]);
  });

  it("of two workers at once is ended by one: the other breaks off before the last line", async () => {
    const studio = await makeScheduled();
    await sends.ask(studio.viewer, studio.creatorId, {
      id: randomUUID(),
      scheduleId: studio.scheduleId,
      to: null,
    });
    await Promise.all([work(studio), work(studio), work(studio)]);
    expect(await onlyMail(studio)).toMatchObject({ state: "sent", tries: 1 });
    expect(arrivedAt(studio.email)).toHaveLength(1);
  });

  it("carries the same files and the same name on every try, whatever the ledger has become", async () => {
    const studio = await makeScheduled();
    const id = randomUUID();
    await sends.ask(studio.viewer, studio.creatorId, { id, scheduleId: studio.scheduleId, to: null });
    mailbox.meetNext({ code: 451 });
    await work(studio);
    const before = await sends.listFiles(studio.viewer, studio.creatorId, [id]);
    await makePayout(studio.viewer, studio.creatorId, { channelId: studio.channelId });
    await tryAgainNow(studio.creatorId);
    await work(studio);
    const [mail] = arrivedAt(studio.email);
    expect(attachmentsOf(mail!)).toEqual(before.map(({ name, sha256 }) => ({ name, sha256 })));
    expect(before).toHaveLength(4);
    expect(mail?.messageId).toBe(`<${(await onlyMail(studio)).id}@permille>`);
  });
});

describe("a recipient", () => {
  it("who unsubscribes gets nothing more, not even what waits, and is not to be added again by the owner", async () => {
    const studio = await makeScheduled();
    const { viewer, creatorId, scheduleId, recipientId, email } = studio;
    await sends.ask(viewer, creatorId, { id: randomUUID(), scheduleId, to: null });
    const operator = operatorOf(creatorId);
    await schedules.unsubscribe(operator, creatorId, recipientId, true);
    await work(studio);
    expect(await onlyMail(studio)).toMatchObject({ state: "skipped" });
    await schedules.removeRecipient(viewer, creatorId, recipientId);
    const again = { id: randomUUID(), scheduleId, email, name: "" };
    await expect(schedules.addRecipient(viewer, creatorId, again)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("unsubscribed"),
    });
    await schedules.unsubscribe(operator, creatorId, recipientId, false);
    await schedules.addRecipient(viewer, creatorId, again);
    await sends.ask(viewer, creatorId, { id: randomUUID(), scheduleId, to: null });
    await work(studio);
    expect(arrivedAt(email)).toHaveLength(1);
  });

  it("nobody: asking is refused in words; a test goes to the one who asks, alone", async () => {
    const studio = await makeScheduled();
    const { viewer, creatorId, scheduleId, recipientId, email, user } = studio;
    await sends.ask(viewer, creatorId, { id: randomUUID(), scheduleId, to: { email: user.email, name: "" } });
    await work(studio);
    expect([arrivedAt(email).length, arrivedAt(user.email).length]).toEqual([0, 1]);
    expect(arrivedAt(user.email)[0]?.raw).not.toMatch(/^List-Unsubscribe/m);
    await schedules.removeRecipient(viewer, creatorId, recipientId);
    await expect(sends.ask(viewer, creatorId, { id: randomUUID(), scheduleId, to: null })).rejects.toThrow(
      "Nobody gets this statement yet: add an address below, then send it.",
    );
  });
});
