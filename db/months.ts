/** Months that are closed: entries that come later are booked in the first open month. */
import { and, desc, eq, sql } from "drizzle-orm";
import { AppError } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { isMonth, type Month } from "../lib/model/month";
import { note as audit } from "./audit";
import { conn, transaction } from "./client";
import { closedMonths, creators } from "./schema";
import { demand, scope } from "./scope";

export interface ClosedMonth {
  month: Month;
  closedBy: string;
  closedAt: Date;
}

/** Newest first. */
export function listClosed(viewer: Viewer, creatorId: string): Promise<ClosedMonth[]> {
  return transaction(viewer, async () => {
    const rows = await conn()
      .select({
        month: closedMonths.month,
        closedBy: closedMonths.closedBy,
        closedAt: closedMonths.closedAt,
      })
      .from(closedMonths)
      .where(and(scope(viewer, closedMonths.creatorId), eq(closedMonths.creatorId, creatorId)))
      .orderBy(desc(closedMonths.month));
    return rows.map((row) => ({ ...row, month: row.month as Month }));
  });
}

/**
 * Closes a month that is over, for good. Owners only. Closing it again changes nothing.
 * Errors: invalid for a month that is not over yet in the creator's zone.
 */
export function close(viewer: Viewer, creatorId: string, month: string): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    if (!isMonth(month)) throw new AppError("invalid", `"${month}" is not a month; write it as 2026-01.`);
    // Entries under way hold this row for as long as they are deciding their month.
    const [creator] = await conn()
      .select({ thisMonth: sql<string>`to_char(now() at time zone ${creators.timeZone}, 'YYYY-MM')` })
      .from(creators)
      .where(and(scope(viewer, creators.id, "manage"), eq(creators.id, creatorId)))
      .for("update");
    if (!creator || month >= creator.thisMonth)
      throw new AppError("invalid", `${month} is not over yet. Close it when its last day has passed.`);
    const { count } = await conn()
      .insert(closedMonths)
      .values({ creatorId, month, closedBy: viewer.kind === "person" ? viewer.userId : viewer.creatorId })
      .onConflictDoNothing();
    if (count > 0) await audit(creatorId, "month.closed", month, {});
  });
}
