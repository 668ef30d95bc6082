// Rows of a full studio that no function of db/ makes in a line.
import { randomUUID } from "node:crypto";
import { conn, transaction } from "../db/client";
import {
  alertChoices,
  alertReads,
  alerts,
  calendarFeeds,
  facts,
  goals,
  statementFiles,
  statementMails,
  statementRecipients,
  statementSchedules,
  statementSends,
} from "../db/schema";
import { operatorOf } from "./factories";
import type { Studio } from "./studio";

/** A row in each table that says more of a stream than its money. */
export async function makeBesides({ viewer, creatorId, user }: Studio) {
  const of = () => ({ creatorId, id: randomUUID(), recordedBy: user.id, bodyHash: Buffer.alloc(32) });
  const [alertId, factId, goalId, feedId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  await transaction(viewer, async () => {
    const add = conn();
    await add.insert(facts).values({ ...of(), id: factId, what: "country", day: "2026-01-01", value: "DE" });
    await add.insert(goals).values({
      ...of(),
      id: goalId,
      fromMonth: "2026-01",
      toMonth: "2026-12",
      minor: 100n,
      currency: "USD",
    });
    await add
      .insert(alerts)
      .values({ creatorId, id: alertId, kind: "late_payout", subject: "payout:x", detail: {} });
    await add.insert(alertReads).values({ creatorId, alertId, userId: user.id });
    await add
      .insert(alertChoices)
      .values({ creatorId, userId: user.id, kind: "late_payout", inApp: true, byMail: false });
    const secretHash = Buffer.from(alertId);
    await add
      .insert(calendarFeeds)
      .values({ creatorId, id: feedId, secretHash, amounts: true, recordedBy: user.id });
  });
  return { alertId, factId, goalId, feedId };
}

/** A schedule with somebody who gets it, and a send of it with its file. */
export async function makeSending({ viewer, creatorId, user }: Studio) {
  const [scheduleId, recipientId, sendId, mailId] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
  const by = { creatorId, recordedBy: user.id };
  const what = { attachments: ["json" as const], sections: null, locale: "en-US", note: "" };
  const address = { email: `${recipientId}@books.example`, name: "Kit" };
  await transaction(viewer, async () => {
    await conn()
      .insert(statementSchedules)
      .values({ ...by, ...what, id: scheduleId, pace: "month", day: 5, hour: 8, timeZone: "UTC" });
    await conn()
      .insert(statementRecipients)
      .values({ ...by, ...address, id: recipientId, scheduleId });
    await conn()
      .insert(statementSends)
      .values({ ...by, ...what, id: sendId, scheduleId, kind: "now", period: "2026-01", month: "2026-01" });
    await conn()
      .insert(statementMails)
      .values({ creatorId, ...address, id: mailId, sendId, recipientId });
  });
  const bytes = Buffer.from("{}");
  await transaction(operatorOf(creatorId), () =>
    conn()
      .insert(statementFiles)
      .values({ ...by, sendId, name: "a.json", mediaType: "application/json", sha256: "00", bytes }),
  );
  return { scheduleId, recipientId, sendId, mailId };
}
