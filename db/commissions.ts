/**
 * What agencies and others take of creators' money, as the database works it out with every payout, receipt and
 * refund (commission_records), and what of it was paid. All amounts are minor units of their currency.
 */
import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import type { Viewer } from "../lib/model/access";
import type { Currency } from "../lib/model/money";
import { type Day, firstDay, lastDay, type Month } from "../lib/model/month";
import type { CommissionPayee, Stream } from "../lib/model/words";
import * as agencies from "./agencies";
import { conn, read } from "./client";
import { agencies as agencyTable, commissionPayments, commissionRecords } from "./schema";
import { demand, granted, scope } from "./scope";

interface Range {
  readonly from: Month;
  readonly to: Month;
}

/** What an agency and its managers are owed; others' shares (a lawyer's) are not in it. */
export interface Owed {
  readonly currency: Currency;
  /** of what was earned in the range, after refunds */
  readonly accruedMinor: bigint;
  /** of that, what is due because the payouts were paid */
  readonly dueMinor: bigint;
  /** what reached the agency on days of the range */
  readonly paidMinor: bigint;
}

export interface OwedBy extends Owed {
  readonly creatorId: string;
  /** as it was when the newest of it was recorded */
  readonly creatorName: string;
  /** due and not paid, of all time; below 0: paid ahead */
  readonly outstandingMinor: bigint;
}

/**
 * What the agency is owed, per creator and currency, in the order of their names: all creators in one query. Its
 * admins see those of ended representations too, its others those whom they see. Throws not_found to a stranger.
 */
export function byCreator(viewer: Viewer, agencyId: string, range: Range): Promise<OwedBy[]> {
  return read(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    const rows = await conn().execute<SumRow & { creator_id: string; name: string; outstanding: string }>(sql`
      with changes as (${changesOf(viewer, agencyId)})
      select creator_id, (array_agg(creator_name order by recorded_at desc))[1] as name, currency, ${sumsOf(range)},
        (sum(due_minor) - sum(paid_minor))::text as outstanding
      from changes group by creator_id, currency order by 2, 1, 3`);
    return rows.map((row) => ({
      ...owedOf(row),
      creatorId: row.creator_id,
      creatorName: row.name,
      outstandingMinor: BigInt(row.outstanding),
    }));
  });
}

/** The same by the month it was earned in (paid: the month it was paid in) and currency, newest first. */
export function byMonth(
  viewer: Viewer,
  agencyId: string,
  range: Range,
): Promise<(Owed & { readonly month: Month })[]> {
  return read(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    const rows = await conn().execute<SumRow & { month: Month }>(sql`
      with changes as (${changesOf(viewer, agencyId)})
      select to_char(day, 'YYYY-MM') as month, currency, ${sumsOf(range)}
      from changes where ${within(range)} group by 1, 2 order by 1 desc, 2`);
    return rows.map((row) => ({ ...owedOf(row), month: row.month }));
  });
}

/** One change of what is owed on one payout, to one party: what a payout, a receipt or a refund did. */
export interface Change {
  readonly creatorId: string;
  readonly creatorName: string;
  readonly chainId: string;
  readonly stream: Stream;
  readonly earnedOn: Day;
  readonly claim: string;
  readonly payee: CommissionPayee;
  readonly party: string;
  readonly currency: Currency;
  /** signed; below 0: taken back */
  readonly accruedMinor: bigint;
  readonly dueMinor: bigint;
  readonly recordedAt: Date;
  readonly rate: Rate;
}

/** The part of the terms that says how much. */
export interface Rate {
  /** null: `flatMinor` for each payout */
  readonly ppm: number | null;
  readonly base: "gross" | "net" | null;
  /** of the payout's currency; terms of another owe nothing */
  readonly flatMinor: bigint | null;
}

/** The ledger of an agency's commission, the shares of others by its terms included, newest first, a page at a time. */
export function list(
  viewer: Viewer,
  agencyId: string,
  {
    range,
    creatorId,
    page = 1,
    size = 50,
  }: { range?: Range; creatorId?: string; page?: number; size?: number } = {},
): Promise<{ rows: Change[]; total: number }> {
  return read(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    const where = and(
      seen(viewer, commissionRecords),
      eq(commissionRecords.agencyId, agencyId),
      creatorId ? eq(commissionRecords.creatorId, creatorId) : undefined,
      range ? earnedIn(range) : undefined,
    );
    const { rows, total } = await listChanges(where, { page, size });
    return { rows, total };
  });
}

export interface Share {
  readonly agencyId: string;
  readonly agencyName: string;
  readonly claim: string;
  readonly payee: CommissionPayee;
  readonly party: string;
  readonly currency: Currency;
  readonly accruedMinor: bigint;
  readonly dueMinor: bigint;
}

/**
 * Who takes what of a creator's money, per claim, party and currency. `by` says of which months: those it was earned
 * in, or those it is booked in (a statement's). For the creator's own people: throws forbidden to an agency's, who
 * would not see what others take.
 */
export function sharesOf(
  viewer: Viewer,
  creatorId: string,
  range: Range,
  by: "earned" | "booked" = "earned",
): Promise<Share[]> {
  return read(viewer, async () => {
    await demand(viewer, creatorId, "house");
    const rows = await conn()
      .select({
        agencyId: commissionRecords.agencyId,
        agencyName: agencyTable.name,
        claim: commissionRecords.claim,
        payee: commissionRecords.payee,
        party: commissionRecords.party,
        currency: commissionRecords.currency,
        accruedMinor: sumOf(commissionRecords.accruedMinor),
        dueMinor: sumOf(commissionRecords.dueMinor),
      })
      .from(commissionRecords)
      .leftJoin(agencyTable, eq(agencyTable.id, commissionRecords.agencyId))
      .where(
        and(
          scope(viewer, commissionRecords.creatorId, "house"),
          eq(commissionRecords.creatorId, creatorId),
          by === "earned"
            ? earnedIn(range)
            : sql`${commissionRecords.bookedMonth} between ${range.from} and ${range.to}`,
        ),
      )
      .groupBy(
        commissionRecords.agencyId,
        agencyTable.name,
        commissionRecords.claim,
        commissionRecords.payee,
        commissionRecords.party,
        commissionRecords.currency,
      )
      .having(sql`sum(${commissionRecords.accruedMinor}) <> 0 or sum(${commissionRecords.dueMinor}) <> 0`)
      .orderBy(asc(commissionRecords.currency), asc(commissionRecords.claim), asc(commissionRecords.party));
    return rows.map((row) => ({
      ...row,
      agencyName: row.agencyName ?? "",
      currency: row.currency as Currency,
    }));
  });
}

/** A creator's money of some months: what payouts brought, who takes what of it, what is left. */
export interface Division {
  readonly currency: Currency;
  /** what the payouts of the range bring, with the entries about them */
  readonly broughtMinor: bigint;
  readonly shares: readonly Share[];
  readonly leftMinor: bigint;
}

/**
 * Per currency, of the payouts whose last day lies in the months `from` to `to`: shares and the rest always add up.
 * A currency in which nothing was earned is not there. Errors as `sharesOf`.
 */
export function ofCreator(viewer: Viewer, creatorId: string, range: Range): Promise<Division[]> {
  return read(viewer, async () => {
    const shares = await sharesOf(viewer, creatorId, range);
    const rows = await conn().execute<{ currency: Currency; minor: string }>(sql`
      select e.currency, sum(e.minor + coalesce(x.minor, 0))::text as minor
      from payouts e
      left join lateral (
        select sum(a.minor) as minor from payouts a
        where a.creator_id = e.creator_id and a.about = e.chain_id and a.currency = e.currency and a.kind <> 'void'
          and not exists (select from payouts l where l.creator_id = a.creator_id and l.replaces = a.id)
      ) x on true
      where e.creator_id = ${creatorId} and ${scope(viewer, sql`e.creator_id`, "amounts")}
        and e.about is null and e.kind <> 'void' and e.to_day between ${firstDay(range.from)} and ${lastDay(range.to)}
        and not exists (select from payouts l where l.creator_id = e.creator_id and l.replaces = e.id)
      group by 1 order by 1`);
    return rows.map(({ currency, minor }) => {
      const own = shares.filter((share) => share.currency === currency);
      const taken = own.reduce((sum, { accruedMinor }) => sum + accruedMinor, 0n);
      return {
        currency,
        broughtMinor: BigInt(minor),
        shares: own,
        leftMinor: BigInt(minor) - taken,
      };
    });
  });
}

/** The creator's side of the ledger: every change to every party, newest first. Errors as `sharesOf`. */
export function listOfCreator(
  viewer: Viewer,
  creatorId: string,
  { page = 1, size = 50 }: { page?: number; size?: number } = {},
): Promise<{ rows: Change[]; total: number }> {
  return read(viewer, async () => {
    await demand(viewer, creatorId, "house");
    const where = and(
      scope(viewer, commissionRecords.creatorId, "house"),
      eq(commissionRecords.creatorId, creatorId),
    );
    return listChanges(where, { page, size });
  });
}

// ---------------------------------------------------------------- the walls

/** An agency's admins see all of its commission; its others that of the creators, amounts and streams they see. */
export function seen(viewer: Viewer, table: typeof commissionRecords | typeof commissionPayments): SQL {
  const administered = sql`select g.agency_id from agency_access g where g.user_id = ${agencies.personOf(viewer)} and g.role = 'admin'`;
  // By a representation of this very agency: what the viewer sees by another one's says nothing of this one's commission.
  const whole = sql`select r.agency_id, r.creator_id from representations r
    join access a on a.creator_id = r.creator_id and a.via = 'representation:' || r.id
    where ${granted(viewer, "a")} and a.amounts and a.streams is null`;
  const part =
    table === commissionRecords
      ? sql`or (${commissionRecords.agencyId}, ${commissionRecords.creatorId}, ${commissionRecords.stream}) in (
          select r.agency_id, r.creator_id, s from representations r
          join access a on a.creator_id = r.creator_id and a.via = 'representation:' || r.id, unnest(a.streams) s
          where ${granted(viewer, "a")} and a.amounts)`
      : sql``;
  return sql`(${table.agencyId} = any (array(${administered}))
    or (${table.agencyId}, ${table.creatorId}) in (${whole}) ${part})`;
}

// ---------------------------------------------------------------- parts of statements

/** What changed what the agency is owed, and what reached it: one row each, in its own columns. */
function changesOf(viewer: Viewer, agencyId: string): SQL {
  return sql`
    select ${commissionRecords.creatorId}, ${commissionRecords.creatorName}, ${commissionRecords.currency},
      ${commissionRecords.recordedAt}, ${commissionRecords.earnedOn} as day, ${commissionRecords.accruedMinor},
      ${commissionRecords.dueMinor}, 0::bigint as paid_minor
    from ${commissionRecords}
    where ${commissionRecords.agencyId} = ${agencyId} and ${seen(viewer, commissionRecords)}
      and ${commissionRecords.payee} <> 'external'
    union all
    select ${commissionPayments.creatorId}, ${commissionPayments.creatorName}, ${commissionPayments.currency},
      ${commissionPayments.recordedAt}, ${commissionPayments.paidOn}, 0, 0, ${commissionPayments.minor}
    from ${commissionPayments}
    where ${commissionPayments.agencyId} = ${agencyId} and ${seen(viewer, commissionPayments)} and ${isCurrentPayment}`;
}

/** Newest of its chain, and not taken back. */
export const isCurrentPayment = sql`not ${commissionPayments.isVoid} and not exists (
  select from commission_payments l where l.agency_id = ${commissionPayments.agencyId} and l.replaces = ${commissionPayments.id})`;

interface SumRow extends Record<string, unknown> {
  currency: Currency;
  accrued: string;
  due: string;
  paid: string;
}

function sumsOf(range: Range): SQL {
  const sum = (column: string, name: string) =>
    sql`coalesce(sum(${sql.raw(column)}) filter (where ${within(range)}), 0)::text as ${sql.raw(name)}`;
  return sql`${sum("accrued_minor", "accrued")}, ${sum("due_minor", "due")}, ${sum("paid_minor", "paid")}`;
}

function within({ from, to }: Range): SQL {
  return sql`day between ${firstDay(from)} and ${lastDay(to)}`;
}

function owedOf({ currency, accrued, due, paid }: SumRow): Owed {
  return { currency, accruedMinor: BigInt(accrued), dueMinor: BigInt(due), paidMinor: BigInt(paid) };
}

function earnedIn({ from, to }: Range): SQL {
  return sql`${commissionRecords.earnedOn} between ${firstDay(from)} and ${lastDay(to)}`;
}

const sumOf = (column: typeof commissionRecords.accruedMinor | typeof commissionRecords.dueMinor) =>
  sql<bigint>`sum(${column})::text`.mapWith(BigInt);

/**
 * What one transaction did to one payout's share is one change: a corrected receipt opens and pays in one go, and
 * what comes to nothing is none.
 */
async function listChanges(
  where: SQL | undefined,
  { page, size }: { page: number; size: number },
): Promise<{ rows: Change[]; total: number }> {
  const rows = await conn()
    .select({
      creatorId: commissionRecords.creatorId,
      creatorName: sql<string>`max(${commissionRecords.creatorName})`,
      chainId: commissionRecords.chainId,
      stream: commissionRecords.stream,
      earnedOn: commissionRecords.earnedOn,
      claim: commissionRecords.claim,
      payee: commissionRecords.payee,
      party: commissionRecords.party,
      currency: commissionRecords.currency,
      accruedMinor: sumOf(commissionRecords.accruedMinor),
      dueMinor: sumOf(commissionRecords.dueMinor),
      recordedAt: commissionRecords.recordedAt,
      ppm: commissionRecords.ppm,
      base: commissionRecords.base,
      flatMinor: commissionRecords.flatMinor,
      total: sql<number>`(count(*) over ())::int`,
    })
    .from(commissionRecords)
    .where(where)
    .groupBy(
      commissionRecords.agencyId,
      commissionRecords.creatorId,
      commissionRecords.termId,
      commissionRecords.chainId,
      commissionRecords.stream,
      commissionRecords.earnedOn,
      commissionRecords.claim,
      commissionRecords.payee,
      commissionRecords.party,
      commissionRecords.currency,
      commissionRecords.recordedAt,
      commissionRecords.ppm,
      commissionRecords.base,
      commissionRecords.flatMinor,
    )
    .having(sql`sum(${commissionRecords.accruedMinor}) <> 0 or sum(${commissionRecords.dueMinor}) <> 0`)
    .orderBy(
      desc(commissionRecords.recordedAt),
      desc(commissionRecords.earnedOn),
      asc(commissionRecords.chainId),
      asc(commissionRecords.claim),
      asc(commissionRecords.party),
    )
    .limit(size)
    .offset((page - 1) * size);
  return {
    rows: rows.map(({ ppm, base, flatMinor, total: _total, ...row }) => ({
      ...row,
      earnedOn: row.earnedOn as Day,
      currency: row.currency as Currency,
      rate: { ppm, base, flatMinor },
    })),
    total: rows[0]?.total ?? 0,
  };
}
