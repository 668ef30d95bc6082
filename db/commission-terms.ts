/**
 * The terms by which an agency and others take part of a creator's money: an admin of the agency proposes them, an
 * owner of the creator accepts or refuses. Terms are never changed; what is proposed in their place `replaces` them.
 */
import { isDeepStrictEqual } from "node:util";
import { and, asc, count, eq, isNotNull, isNull, or, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type CommissionTerm, type Stated, termOf } from "../lib/model/commission-terms";
import { type Currency, isCurrency } from "../lib/model/money";
import { type Day, isDay } from "../lib/model/month";
import type { Scope } from "../lib/model/representation";
import { type CommissionAnswer, type CommissionPayee, STREAMS } from "../lib/model/words";
import * as agencies from "./agencies";
import { note as audit } from "./audit";
import { insertNew } from "./bulk";
import { conn, read, transaction } from "./client";
import * as letters from "./letters";
import { bodyHash, sameBody } from "./once";
import {
  list as listRepresentations,
  rescope,
  roster,
  accept as takeUpRepresentation,
} from "./representations";
import {
  agencies as agencyTable,
  commissionAnswers,
  commissionTerms,
  creators,
  deals,
  representations,
} from "./schema";
import { demand, scope } from "./scope";

export interface TermsBody extends Omit<Stated, "agencyId" | "endedOn"> {
  readonly payee: CommissionPayee;
  readonly currency: Currency | null;
  readonly note: string;
}

export interface NewTerms extends TermsBody {
  /** made by the browser before the first submit */
  id: string;
  representationId: string;
  /** the accepted terms it takes the place of once it is accepted */
  replaces?: string | null;
}

/** replaced: newer ones were accepted in their place */
export type TermsState = "proposed" | "replaced" | CommissionAnswer;

export interface Terms extends TermsBody {
  readonly id: string;
  readonly agencyId: string;
  readonly agencyName: string;
  readonly representationId: string;
  /** null while the creator has not taken up the representation, or is out of sight */
  readonly creatorName: string | null;
  readonly brand: string | null;
  readonly replaces: string | null;
  readonly state: TermsState;
  /** the day the representation was ended, in the creator's zone */
  readonly endedOn: Day | null;
  readonly recordedAt: Date;
}

/**
 * Proposes terms to a creator whom the agency represents, or has asked to. The same id with the same values answers
 * the same.
 * Errors: invalid by field; conflict when the id has other values, or when what it replaces no longer counts; not_found
 * for a representation or a deal that the agency does not see; forbidden to its managers and assistants.
 */
export function propose(viewer: Viewer, agencyId: string, input: NewTerms): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await agencies.demandAdmin(viewer, agencyId);
    const agency = (await agencies.list(viewer)).find(({ id }) => id === agencyId);
    const terms = { ...input, parties: input.payee === "agency" ? [agency?.name ?? ""] : input.parties };
    check(terms);
    const { id, representationId, replaces = null, ...body } = terms;
    await demandRepresentation(viewer, agencyId, terms);
    const hash = bodyHash({ ...body, representationId, replaces });
    const row = { ...body, parties: [...body.parties], streams: body.streams && [...body.streams] };
    const isNew = await insertNew(commissionTerms, [
      { ...row, agencyId, id, representationId, replaces, recordedBy: id, bodyHash: hash },
    ]);
    if (!isNew.has(id)) await demandSame(viewer, agencyId, id, hash);
    else {
      if (replaces) await demandStanding(viewer, agencyId, { representationId, replaces });
      await tell(viewer, agencyId, terms);
    }
    return { id };
  });
}

/** A letter to the creator's owners, of the terms' own id. With a question it is the question's mail that tells. */
async function tell(
  viewer: Viewer,
  agencyId: string,
  { id, representationId, claim }: NewTerms,
): Promise<void> {
  const represented = (await roster(viewer, agencyId)).find((each) => each.id === representationId);
  if (!represented) return;
  const letter = { id, creatorId: represented.creatorId, to: null, taskId: null };
  const text = "Nothing counts before an owner accepts. The page says what would be taken, and what is left.";
  await letters.write(viewer, agencyId, [{ ...letter, subject: `Terms proposed for ${claim}`, text }]);
}

/** Takes back a proposal that waits. Errors: conflict once it was answered; else as `propose`. */
export function withdraw(viewer: Viewer, agencyId: string, id: string): Promise<void> {
  return transaction(viewer, async () => {
    await agencies.demandAdmin(viewer, agencyId);
    const own = and(ofAdmin(viewer), eq(commissionTerms.agencyId, agencyId), eq(commissionTerms.id, id));
    const [row] = await conn().select({ id: commissionTerms.id }).from(commissionTerms).where(own);
    if (!row) throw notFound("commission");
    await answerOnce(agencyId, id, "withdrawn");
  });
}

/**
 * An owner's yes or no. With a yes they count from their first day on, also for what was earned before today.
 * Errors: conflict when they were answered otherwise, taken back, or replaced meanwhile; not_found for another's.
 */
export function answer(
  viewer: Viewer,
  creatorId: string,
  input: { agencyId: string; id: string; answer: "accepted" | "refused" },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    const terms = (await ofCreator(viewer, creatorId)).find(
      ({ id, agencyId }) => id === input.id && agencyId === input.agencyId,
    );
    if (!terms || terms.endedOn) throw notFound("commission");
    if (await answerOnce(input.agencyId, input.id, input.answer))
      await audit(creatorId, `commission.${input.answer}`, input.id, { claim: terms.claim });
  });
}

/** All that the agency ever proposed, of those of its creators whom the viewer sees; by creator, newest last. */
export function ofAgency(
  viewer: Viewer,
  agencyId: string,
  { representationId }: { representationId?: string } = {},
): Promise<Terms[]> {
  return read(viewer, async () => {
    await agencies.demandMember(viewer, agencyId);
    return select(
      and(
        shownTo(viewer),
        eq(commissionTerms.agencyId, agencyId),
        // A question that was withdrawn, or asked anew, takes its proposals along.
        or(isNull(representations.endedAt), isNotNull(representations.acceptedAt)),
        representationId ? eq(commissionTerms.representationId, representationId) : undefined,
      ),
    );
  });
}

/** All that was proposed to a creator, by agency, newest last: for owners. */
export function ofCreator(viewer: Viewer, creatorId: string): Promise<Terms[]> {
  return read(viewer, async () => {
    await demand(viewer, creatorId, "manage");
    return select(
      and(scope(viewer, representations.creatorId, "manage"), eq(representations.creatorId, creatorId)),
    );
  });
}

/**
 * What was proposed with a representation that the viewer's own address was asked for: the page that accepts it shows
 * them, and then answers each. Nothing where the link does not fit.
 */
export function offered(viewer: Viewer, link: { id: string; secretHash: Buffer }): Promise<Offered[]> {
  return asked(viewer, sql`offered_terms(${link.id}, ${link.secretHash})`);
}

/**
 * The terms that an agency agreed with itself for a creator that it offers to the viewer's own address: they end when
 * the viewer takes over. Nothing where the link does not fit.
 */
export function ofHandover(viewer: Viewer, link: { id: string; secretHash: Buffer }): Promise<Offered[]> {
  return asked(viewer, sql`handover_terms(${link.id}, ${link.secretHash})`);
}

function asked(viewer: Viewer, terms: SQL): Promise<Offered[]> {
  return transaction(viewer, async () => {
    agencies.personOf(viewer);
    const rows = await conn().execute<Record<string, unknown>>(sql`
      select id, agency_id as "agencyId", claim, payee, parties, split, ppm, base, flat_minor::text as "flatMinor", currency,
        streams, deal_id as "dealId", from_day::text as "fromDay", to_day::text as "toDay", sunset_days as "sunsetDays", note
      from ${terms} order by recorded_at, id`);
    return rows.map((row) => ({
      ...(row as unknown as Offered),
      flatMinor: row.flatMinor === null ? null : BigInt(String(row.flatMinor)),
    }));
  });
}

/**
 * Takes up a representation together with the terms that were shown with it, all or nothing; with `scope` the agency
 * never sees more than that (null: what it asked for). What was proposed since waits for an answer of its own.
 * Resolves to the creator. Errors as representations.accept.
 */
export function takeUp(
  viewer: Viewer,
  link: { id: string; secretHash: Buffer; side: string },
  shown: readonly string[],
  scope: Scope | null = null,
): Promise<string> {
  return transaction(viewer, async () => {
    const waiting = await offered(viewer, link);
    const creatorId = await takeUpRepresentation(viewer, link);
    if (scope) {
      const taken = (await listRepresentations(viewer, creatorId)).find(({ id }) => id === link.id);
      if (!taken) throw notFound("representation");
      const { id, version, streams, amounts, notes, mayEdit, toDay } = taken;
      if (!isDeepStrictEqual(scope, { streams, amounts, notes, mayEdit, toDay }))
        await rescope(viewer, creatorId, { ...scope, id, version });
    }
    for (const { id, agencyId } of waiting)
      if (shown.includes(id)) await answer(viewer, creatorId, { agencyId, id, answer: "accepted" });
    return creatorId;
  });
}

export interface Offered extends TermsBody {
  readonly id: string;
  readonly agencyId: string;
}

/** Those that count, as lib/model reads them. */
export function standing(terms: readonly Terms[]): CommissionTerm[] {
  return terms.filter(({ state }) => state === "accepted").map(termOf);
}

// ---------------------------------------------------------------- reading

/** Admins of the terms' agency. */
function ofAdmin(viewer: Viewer): SQL {
  return sql`${commissionTerms.agencyId} = any (array(
    select g.agency_id from agency_access g where g.user_id = ${agencies.personOf(viewer)} and g.role = 'admin'))`;
}

/** Admins, and those of the agency whom the representation shows the creator's amounts. */
function shownTo(viewer: Viewer): SQL {
  return sql`(${ofAdmin(viewer)} or 'representation:' || ${commissionTerms.representationId} = any (array(
    select a.via from access a where a.user_id = ${agencies.personOf(viewer)} and a.amounts and (a.until is null or a.until > now()))))`;
}

async function select(where: SQL | undefined): Promise<Terms[]> {
  const later = sql`exists (
    select from commission_terms n
    join commission_answers y on y.agency_id = n.agency_id and y.term_id = n.id and y.answer = 'accepted'
    where n.agency_id = ${commissionTerms.agencyId} and n.replaces = ${commissionTerms.id})`;
  const rows = await conn()
    .select({
      id: commissionTerms.id,
      agencyId: commissionTerms.agencyId,
      agencyName: agencyTable.name,
      representationId: commissionTerms.representationId,
      creatorName: creators.name,
      brand: sql<
        string | null
      >`(select d.brand from deals d where d.creator_id = ${representations.creatorId} and d.id = ${commissionTerms.dealId})`,
      claim: commissionTerms.claim,
      payee: commissionTerms.payee,
      parties: commissionTerms.parties,
      split: commissionTerms.split,
      ppm: commissionTerms.ppm,
      base: commissionTerms.base,
      flatMinor: commissionTerms.flatMinor,
      currency: commissionTerms.currency,
      streams: commissionTerms.streams,
      dealId: commissionTerms.dealId,
      fromDay: commissionTerms.fromDay,
      toDay: commissionTerms.toDay,
      sunsetDays: commissionTerms.sunsetDays,
      note: commissionTerms.note,
      replaces: commissionTerms.replaces,
      state: sql<TermsState>`case when ${later} then 'replaced' else coalesce(${commissionAnswers.answer}, 'proposed') end`,
      endedOn: sql<Day | null>`(${representations.endedAt} at time zone coalesce(${creators.timeZone}, 'UTC'))::date::text`,
      recordedAt: commissionTerms.recordedAt,
    })
    .from(commissionTerms)
    .innerJoin(agencyTable, eq(agencyTable.id, commissionTerms.agencyId))
    .innerJoin(representations, eq(representations.id, commissionTerms.representationId))
    .leftJoin(creators, eq(creators.id, representations.creatorId))
    .leftJoin(
      commissionAnswers,
      and(
        eq(commissionAnswers.agencyId, commissionTerms.agencyId),
        eq(commissionAnswers.termId, commissionTerms.id),
      ),
    )
    .where(where)
    .orderBy(
      asc(creators.name),
      asc(representations.id),
      asc(commissionTerms.recordedAt),
      asc(commissionTerms.id),
    );
  return rows.map((row) => ({
    ...row,
    currency: row.currency as Currency | null,
    fromDay: row.fromDay as Day,
    toDay: row.toDay as Day | null,
  }));
}

// ---------------------------------------------------------------- writing

const MOST_PARTIES = 10;

function check({ claim, payee, parties, split, ppm, base, flatMinor, currency, ...terms }: TermsBody): void {
  const fields: Record<string, string> = {};
  if (claim.trim() === "") fields.claim = "Name what it is for, like management.";
  if (payee !== "agency" && (parties.length === 0 || parties.length > MOST_PARTIES))
    fields.parties = `Name who takes it: one to ${MOST_PARTIES}.`;
  if (parties.some((party) => party.trim() === "")) fields.parties = "Leave out the empty names.";
  if (new Set(parties).size < parties.length) fields.parties = "One name is there twice. Leave one out.";
  if (split !== "even" && split !== "full")
    fields.split = "Choose whether they share it, or each take it whole.";
  if ((ppm === null) === (flatMinor === null))
    fields.percent = "Type a percentage or a flat amount, one of the two.";
  else if (ppm !== null && (!Number.isSafeInteger(ppm) || ppm <= 0 || ppm > 1_000_000))
    fields.percent = "Type a percentage above 0, up to 100.";
  else if (flatMinor !== null && flatMinor <= 0n) fields.flat = "Type an amount above 0.";
  if (ppm !== null && base !== "gross" && base !== "net") fields.base = "Choose gross or net.";
  if (flatMinor !== null && !(currency && isCurrency(currency)))
    fields.currency = "Choose a currency from the list, like USD.";
  const { streams, fromDay, toDay, sunsetDays } = terms;
  if (streams && (streams.length === 0 || streams.some((stream) => !STREAMS.includes(stream))))
    fields.streams = "Choose at least one stream, or all of them.";
  if (!isDay(fromDay)) fields.fromDay = "Choose the first day, like 2026-01-01.";
  if (toDay !== null && (!isDay(toDay) || toDay < fromDay))
    fields.toDay = "The last day is before the first: change one of them, or leave it empty.";
  if (sunsetDays !== null && !(Number.isSafeInteger(sunsetDays) && sunsetDays >= 1 && sunsetDays <= 3_650))
    fields.sunset = "Type 1 to 3650 days, or leave it empty.";
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

async function demandRepresentation(
  viewer: Viewer,
  agencyId: string,
  { representationId, dealId }: NewTerms,
): Promise<void> {
  const [representation] = await conn()
    .select({ creatorId: representations.creatorId })
    .from(representations)
    .where(
      and(
        eq(representations.id, representationId),
        eq(representations.agencyId, agencyId),
        isNull(representations.endedAt),
      ),
    );
  if (!representation) throw notFound("representation");
  if (!dealId) return;
  const [found] = await conn()
    .select({ rows: count() })
    .from(deals)
    .where(
      and(
        scope(viewer, deals.creatorId, "amounts"),
        eq(deals.creatorId, representation.creatorId ?? dealId),
        eq(deals.id, dealId),
        isNull(deals.replaces),
      ),
    );
  if (!found?.rows) throw notFound("deal");
}

async function demandSame(viewer: Viewer, agencyId: string, id: string, hash: Buffer): Promise<void> {
  const [there] = await conn()
    .select({ bodyHash: commissionTerms.bodyHash })
    .from(commissionTerms)
    .where(and(ofAdmin(viewer), eq(commissionTerms.agencyId, agencyId), eq(commissionTerms.id, id)));
  if (!there) throw notFound("commission");
  sameBody(there.bodyHash, hash);
}

async function demandStanding(
  viewer: Viewer,
  agencyId: string,
  { representationId, replaces }: { representationId: string; replaces: string },
): Promise<void> {
  const replaced = (await ofAgency(viewer, agencyId, { representationId })).find(({ id }) => id === replaces);
  if (!replaced) throw notFound("commission");
  if (replaced.state !== "accepted")
    throw new AppError(
      "conflict",
      "These terms no longer count. Reload the page, then change the ones that do.",
    );
}

/** Whether the answer is new; the same again is fine. */
async function answerOnce(agencyId: string, termId: string, said: CommissionAnswer): Promise<boolean> {
  const row = { agencyId, termId, answer: said, recordedBy: termId };
  const { count: rows } = await conn().insert(commissionAnswers).values(row).onConflictDoNothing();
  if (rows === 1) return true;
  const [there] = await conn()
    .select({ answer: commissionAnswers.answer })
    .from(commissionAnswers)
    .where(and(eq(commissionAnswers.agencyId, agencyId), eq(commissionAnswers.termId, termId)));
  if (there?.answer !== said)
    throw new AppError(
      "conflict",
      `These terms were ${there?.answer ?? "answered"} in the meantime. Reload the page to see what counts.`,
    );
  return false;
}
