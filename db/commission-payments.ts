/**
 * Commission that reached an agency: paid by the creator, or kept of money that went through the agency's hands. Its
 * admins write it down, as what somebody received is his to confirm; the creator's own people see it. A payment goes
 * against all that is due to the agency from the creator in its currency. Rows are never changed; see `remove`.
 */
import { and, desc, eq, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type Currency, isCurrency } from "../lib/model/money";
import { type Day, isDay } from "../lib/model/month";
import * as agencies from "./agencies";
import { insertNew } from "./bulk";
import { conn, read, transaction } from "./client";
import { house, isCurrentPayment, seen } from "./commissions";
import { bodyHash, sameBody } from "./once";
import { agencies as agencyTable, commissionPayments, representations } from "./schema";

export interface NewPayment {
  /** made by the browser before the first submit */
  id: string;
  creatorId: string;
  paidOn: Day;
  /** above 0 */
  minor: bigint;
  currency: Currency;
  /** the agency kept it of money that went through its hands */
  isWithheld: boolean;
  note: string;
}

export interface Payment extends NewPayment {
  readonly agencyId: string;
  readonly agencyName: string;
  /** as it was then */
  readonly creatorName: string;
  readonly recordedAt: Date;
}

/**
 * An admin records a payment from a creator whom the agency represents or has represented. The same id with the same
 * values answers the same.
 * Errors: invalid by field; conflict when the id has other values; not_found for a creator of somebody else.
 */
export function record(viewer: Viewer, agencyId: string, payment: NewPayment): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await agencies.demandAdmin(viewer, agencyId);
    check(payment);
    const [known] = await conn()
      .select({ id: representations.id })
      .from(representations)
      .where(and(eq(representations.agencyId, agencyId), eq(representations.creatorId, payment.creatorId)))
      .limit(1);
    if (!known) throw notFound("creator");
    await insert(viewer, agencyId, payment);
    return { id: payment.id };
  });
}

/** Takes a payment back: what it paid is outstanding again. Errors: conflict when it was taken back already. */
export function remove(
  viewer: Viewer,
  agencyId: string,
  { id, replaces }: { id: string; replaces: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await agencies.demandAdmin(viewer, agencyId);
    const [old] = await select(and(ofAgency(viewer, agencyId), eq(commissionPayments.id, replaces)));
    if (!old) throw notFound("payment");
    const { creatorId, paidOn, minor, currency, isWithheld, note } = old;
    await insert(
      viewer,
      agencyId,
      { id, creatorId, paidOn, minor, currency, isWithheld, note },
      { replaces, isVoid: true },
    );
  });
}

/** The payments that count, newest first; of one creator, or of all whom the viewer sees. */
export function list(
  viewer: Viewer,
  agencyId: string,
  { creatorId }: { creatorId?: string } = {},
): Promise<Payment[]> {
  return read(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    return select(
      and(
        ofAgency(viewer, agencyId),
        isCurrentPayment,
        creatorId ? eq(commissionPayments.creatorId, creatorId) : undefined,
      ),
    );
  });
}

/** What agencies say they received of the creator: for the creator's own people. Others get none. */
export function listOfCreator(viewer: Viewer, creatorId: string): Promise<Payment[]> {
  return read(viewer, () =>
    select(
      and(
        house(viewer, commissionPayments.creatorId),
        eq(commissionPayments.creatorId, creatorId),
        isCurrentPayment,
      ),
    ),
  );
}

function ofAgency(viewer: Viewer, agencyId: string): SQL | undefined {
  return and(seen(viewer, commissionPayments), eq(commissionPayments.agencyId, agencyId));
}

async function select(where: SQL | undefined): Promise<Payment[]> {
  const rows = await conn()
    .select({
      id: commissionPayments.id,
      agencyId: commissionPayments.agencyId,
      agencyName: sql<string>`coalesce(${agencyTable.name}, '')`,
      creatorId: commissionPayments.creatorId,
      creatorName: commissionPayments.creatorName,
      paidOn: commissionPayments.paidOn,
      minor: commissionPayments.minor,
      currency: commissionPayments.currency,
      isWithheld: commissionPayments.isWithheld,
      note: commissionPayments.note,
      recordedAt: commissionPayments.recordedAt,
    })
    .from(commissionPayments)
    .leftJoin(agencyTable, eq(agencyTable.id, commissionPayments.agencyId))
    .where(where)
    .orderBy(
      desc(commissionPayments.paidOn),
      desc(commissionPayments.recordedAt),
      desc(commissionPayments.id),
    );
  return rows.map((row) => ({ ...row, paidOn: row.paidOn as Day, currency: row.currency as Currency }));
}

function check({ paidOn, minor, currency }: NewPayment): void {
  const fields: Record<string, string> = {};
  if (!isDay(paidOn)) fields.paidOn = "Choose the day it was paid, like 2026-11-23.";
  if (minor <= 0n) fields.amount = "Type what was paid as an amount above 0.";
  if (!isCurrency(currency)) fields.currency = "Choose a currency from the list, like USD.";
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

async function insert(
  viewer: Viewer,
  agencyId: string,
  { id, ...body }: NewPayment,
  link: { replaces: string; isVoid: true } | { replaces: null; isVoid: false } = {
    replaces: null,
    isVoid: false,
  },
): Promise<void> {
  const hash = bodyHash({ ...body, ...link });
  const row = { ...body, ...link, agencyId, id, recordedBy: id, bodyHash: hash };
  if ((await insertNew(commissionPayments, [row])).has(id)) return;
  const [there] = await conn()
    .select({ bodyHash: commissionPayments.bodyHash })
    .from(commissionPayments)
    .where(and(ofAgency(viewer, agencyId), eq(commissionPayments.id, id)));
  if (there) return sameBody(there.bodyHash, hash);
  throw new AppError(
    "conflict",
    "This payment was taken back in the meantime. Reload the page to see the list.",
  );
}
