/** Who did what, append-only. The actor and the time are set by the database. */
import { and, desc, eq } from "drizzle-orm";
import type { Viewer } from "../lib/model/access";
import { insertAll } from "./bulk";
import { conn, OPERATOR_ID, transaction } from "./client";
import { auditLog } from "./schema";
import { scope } from "./scope";

/** Notes an act in the transaction that does it. */
export async function note(
  creatorId: string,
  action: string,
  subject: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await conn().insert(auditLog).values({ creatorId, action, subject, detail, actor: OPERATOR_ID });
}

/** Notes many acts at once, in the transaction that does them. */
export async function noteAll(
  creatorId: string,
  acts: readonly { action: string; subject: string; detail: Record<string, unknown> }[],
): Promise<void> {
  await insertAll(
    auditLog,
    acts.map((act) => ({ creatorId, ...act, actor: OPERATOR_ID })),
  );
}

/** The newest acts first; none to an agency, for they tell of others. */
export function list(viewer: Viewer, creatorId: string, limit = 100) {
  return transaction(viewer, () =>
    conn()
      .select({
        id: auditLog.id,
        at: auditLog.at,
        actor: auditLog.actor,
        action: auditLog.action,
        subject: auditLog.subject,
        detail: auditLog.detail,
      })
      .from(auditLog)
      .where(
        and(
          scope(viewer, auditLog.creatorId, "amounts"),
          scope(viewer, auditLog.creatorId, "house"),
          eq(auditLog.creatorId, creatorId),
        ),
      )
      .orderBy(desc(auditLog.id))
      .limit(limit),
  );
}
