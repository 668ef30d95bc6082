/**
 * What needs a person: raised once per subject, ended when it is no longer so. Who saw it, and whom it was mailed,
 * is kept by person; so is what each of them wants to hear of.
 */
import { randomUUID } from "node:crypto";
import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Alert } from "../lib/model/alerts";
import { ALERT_KINDS, type AlertKind } from "../lib/model/words";
import { conn, read, transaction } from "./client";
import { alertChoices, alertReads, alerts, creators, members, uploads } from "./schema";
import { demand, scope } from "./scope";

export type RaisedAlert = Alert & {
  id: string;
  raisedAt: Date;
  /** null = it is still so */
  endedAt: Date | null;
  /** by the viewer; null = not yet */
  seenAt: Date | null;
};

export interface Choice {
  kind: AlertKind;
  inApp: boolean;
  byMail: boolean;
}

/**
 * Brings the alerts up to what is so now: new ones are raised, those no longer in the list end, one that is so again
 * goes on. The operator's. Resolves to how many are new.
 */
export function settle(viewer: Viewer, creatorId: string, found: readonly Alert[]): Promise<number> {
  return transaction(viewer, async () => {
    await demandOperator(viewer, creatorId);
    // Two runs at once settle one after the other.
    await conn().execute(sql`select pg_advisory_xact_lock(hashtextextended(${`alerts ${creatorId}`}, 0))`);
    const list = JSON.stringify(found.map((alert) => ({ ...alert, id: randomUUID() })));
    const rows = sql`json_to_recordset(${list}::json) as f(id uuid, kind text, subject text, detail jsonb)`;
    const inserted = await conn().execute(sql`
      insert into ${alerts} (creator_id, id, kind, subject, detail)
      select ${creatorId}, f.id, f.kind, f.subject, f.detail from ${rows}
      on conflict do nothing returning id`);
    await conn().execute(sql`
      update ${alerts} set ended_at = null, detail = f.detail from ${rows}
      where ${mine(viewer, creatorId)} and alerts.kind = f.kind and alerts.subject = f.subject
        and (alerts.ended_at is not null or alerts.detail is distinct from f.detail)`);
    await conn().execute(sql`
      update ${alerts} set ended_at = now()
      where ${mine(viewer, creatorId)} and alerts.ended_at is null
        and not exists (select from ${rows} where f.kind = alerts.kind and f.subject = alerts.subject)`);
    return inserted.length;
  });
}

/** The viewer's alerts: those that are so, newest first; with `ended` the last of the others too. */
export function list(
  viewer: Viewer,
  creatorId: string,
  { ended = false, limit = 100 }: { ended?: boolean; limit?: number } = {},
): Promise<RaisedAlert[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "amounts");
    const rows = await conn()
      .select({
        id: alerts.id,
        kind: alerts.kind,
        subject: alerts.subject,
        detail: alerts.detail,
        raisedAt: alerts.raisedAt,
        endedAt: alerts.endedAt,
        seenAt: alertReads.seenAt,
      })
      .from(alerts)
      .leftJoin(alertReads, readsOf(viewer))
      .where(
        and(
          ofCreator(viewer, creatorId),
          wanted(viewer, "in_app"),
          ended ? undefined : isNull(alerts.endedAt),
        ),
      )
      .orderBy(sql`${alerts.endedAt} is not null`, desc(alerts.raisedAt), desc(alerts.id))
      .limit(limit);
    return rows as RaisedAlert[];
  });
}

/** How many alerts that are so the viewer wants in the app and has not seen: the bell's number. 0 to a stranger. */
export function countUnseen(viewer: Viewer, creatorId: string): Promise<number> {
  return read(viewer, async () => {
    const [row] = await conn().execute<{ unseen: number }>(sql`
      select count(*)::int as unseen from ${alerts}
      where ${ofCreator(viewer, creatorId)} and ${alerts.endedAt} is null and ${wanted(viewer, "in_app")}
        and not exists (select from ${alertReads} where ${readsOf(viewer)} and ${alertReads.seenAt} is not null)`);
    return row?.unseen ?? 0;
  });
}

/** Marks what the viewer has before him as seen; his alone. Throws not_found to a stranger. */
export function markSeen(viewer: Viewer, creatorId: string): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "amounts");
    const userId = personOf(viewer);
    await conn().execute(sql`
      insert into ${alertReads} (creator_id, alert_id, user_id, seen_at)
      select ${alerts.creatorId}, ${alerts.id}, ${userId}::uuid, now() from ${alerts}
      where ${ofCreator(viewer, creatorId)} and ${alerts.endedAt} is null
      on conflict (creator_id, alert_id, user_id) do update set seen_at = now() where alert_reads.seen_at is null`);
  });
}

/** What the viewer wants to hear of, each kind once; without a choice of his both ways are on. */
export function listChoices(viewer: Viewer, creatorId: string): Promise<Choice[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "amounts");
    const userId = personOf(viewer);
    const rows = await conn()
      .select({ kind: alertChoices.kind, inApp: alertChoices.inApp, byMail: alertChoices.byMail })
      .from(alertChoices)
      .where(
        and(
          scope(viewer, alertChoices.creatorId, "amounts"),
          eq(alertChoices.creatorId, creatorId),
          eq(alertChoices.userId, userId),
        ),
      );
    const chosen = new Map(rows.map((row) => [row.kind, row]));
    return ALERT_KINDS.map((kind) => chosen.get(kind) ?? { kind, inApp: true, byMail: true });
  });
}

/** Switches a kind on or off for the viewer, in the app and by mail. Throws not_found to a stranger. */
export function choose(viewer: Viewer, creatorId: string, choices: readonly Choice[]): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "amounts");
    const userId = personOf(viewer);
    for (const { kind, inApp, byMail } of choices) {
      await conn()
        .insert(alertChoices)
        .values({ creatorId, userId, kind, inApp, byMail })
        .onConflictDoUpdate({
          target: [alertChoices.creatorId, alertChoices.userId, alertChoices.kind],
          set: { inApp, byMail },
        });
    }
  });
}

// ---------------------------------------------------------------- mail

export interface Pending {
  alertId: string;
  userId: string;
}

/**
 * Whom an alert that is so still has to be mailed: members who want its kind by mail and have not had it. The
 * operator's. One who joined after it was raised is spared the old ones; a sample is nobody's worry.
 */
export function listUnmailed(viewer: Viewer, creatorId: string): Promise<Pending[]> {
  return transaction(viewer, async () => {
    await demandOperator(viewer, creatorId);
    const rows = await conn().execute<{ alert_id: string; user_id: string }>(sql`
      select ${alerts.id} as alert_id, m.user_id
      from ${alerts}
      join ${members} m on m.creator_id = ${alerts.creatorId} and m.removed_at is null and m.created_at <= ${alerts.raisedAt}
      join ${creators} o on o.id = ${alerts.creatorId} and not o.is_sample
      where ${mine(viewer, creatorId)} and ${alerts.endedAt} is null
        and not exists (
          select from ${alertChoices} c
          where c.creator_id = ${alerts.creatorId} and c.user_id = m.user_id and c.kind = ${alerts.kind} and not c.by_mail)
        and not exists (
          select from ${alertReads} r
          where r.creator_id = ${alerts.creatorId} and r.alert_id = ${alerts.id} and r.user_id = m.user_id
            and r.mailed_at is not null)
      order by 1, 2`);
    return rows.map((row) => ({ alertId: row.alert_id, userId: row.user_id }));
  });
}

/** A mail is on its way to a mail server for at most so long. */
const MAIL_MS = 60_000;

/**
 * Sends one alert to one person, once: `send` runs while the row that says "mailed" is held and unwritten, so of two
 * runs at once the second finds it written, and one that dies leaves it unwritten for the next. Nothing is sent when
 * it was mailed, is no longer so, or is not wanted any more. The operator's.
 */
export function mailOnce(
  viewer: Viewer,
  creatorId: string,
  { alertId, userId }: Pending,
  send: (alert: RaisedAlert) => Promise<void>,
): Promise<void> {
  return transaction(
    viewer,
    async () => {
      await demandOperator(viewer, creatorId);
      const isMeant = sql`exists (
        select from ${alerts} where ${mine(viewer, creatorId)} and ${alerts.id} = ${alertId} and ${alerts.endedAt} is null)`;
      await conn().execute(sql`
        insert into ${alertReads} (creator_id, alert_id, user_id)
        select ${creatorId}, ${alertId}, ${userId} where ${isMeant} on conflict do nothing`);
      const [held] = await conn().execute(sql`
        select from ${alertReads} r
        where ${scope(viewer, sql`r.creator_id`, "write")} and r.creator_id = ${creatorId}
          and r.alert_id = ${alertId} and r.user_id = ${userId} and r.mailed_at is null
        for update`);
      if (!held) return;
      const wants = (await listUnmailed(viewer, creatorId)).some(
        (each) => each.alertId === alertId && each.userId === userId,
      );
      const [alert] = await conn()
        .select()
        .from(alerts)
        .where(and(mine(viewer, creatorId), eq(alerts.id, alertId)));
      if (!wants || !alert) return;
      await send({ ...alert, seenAt: null } as unknown as RaisedAlert);
      await conn()
        .update(alertReads)
        .set({ mailedAt: sql`now()` })
        .where(
          and(
            scope(viewer, alertReads.creatorId, "write"),
            eq(alertReads.creatorId, creatorId),
            eq(alertReads.alertId, alertId),
            eq(alertReads.userId, userId),
          ),
        );
    },
    { deadlineMs: MAIL_MS },
  );
}

/** Files that were brought lately and could not be read or imported. The operator's. */
export function listFailedUploads(
  viewer: Viewer,
  creatorId: string,
): Promise<{ uploadId: string; fileName: string }[]> {
  return transaction(viewer, async () => {
    await demandOperator(viewer, creatorId);
    return conn()
      .select({ uploadId: uploads.id, fileName: uploads.fileName })
      .from(uploads)
      .where(
        and(
          scope(viewer, uploads.creatorId, "amounts"),
          eq(uploads.creatorId, creatorId),
          eq(uploads.state, "failed"),
        ),
      )
      .orderBy(uploads.recordedAt);
  });
}

// ---------------------------------------------------------------- shared parts

function personOf(viewer: Viewer): string {
  if (viewer.kind !== "person") throw new AppError("forbidden", "Only a person can read or choose alerts.");
  return viewer.userId;
}

/** Members may neither raise nor mail: that is the job's. */
async function demandOperator(viewer: Viewer, creatorId: string): Promise<void> {
  await demand(viewer, creatorId, "read");
  if (viewer.kind !== "operator")
    throw new AppError("forbidden", "Alerts are raised by the nightly job alone.");
  if (viewer.creatorId !== creatorId) throw notFound("creator");
}

function ofCreator(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, alerts.creatorId, "amounts"), eq(alerts.creatorId, creatorId));
}

function mine(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, alerts.creatorId, "write"), eq(alerts.creatorId, creatorId));
}

function readsOf(viewer: Viewer): SQL | undefined {
  return and(
    eq(alertReads.creatorId, alerts.creatorId),
    eq(alertReads.alertId, alerts.id),
    viewer.kind === "person" ? eq(alertReads.userId, viewer.userId) : sql`false`,
  );
}

function wanted(viewer: Viewer, way: "in_app" | "by_mail"): SQL {
  if (viewer.kind !== "person") return sql`true`;
  return sql`not exists (
    select from ${alertChoices} c
    where c.creator_id = ${alerts.creatorId} and c.user_id = ${viewer.userId} and c.kind = ${alerts.kind}
      and not c.${sql.raw(way)})`;
}
