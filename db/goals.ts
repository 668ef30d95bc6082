/** What somebody wants to earn in a month, or over several: a row of a chain, as deals and events are. */
import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type Currency, isCurrency } from "../lib/model/money";
import { isMonth, type Month, monthsBetween } from "../lib/model/month";
import { STREAMS, type Stream } from "../lib/model/words";
import { note as audit } from "./audit";
import { appendTo, isCurrentIn, removeFrom, undoIn } from "./chain";
import { conn, read, transaction } from "./client";
import { goals } from "./schema";
import { demand, scope, sharedNote } from "./scope";

/** As far as projections reach. */
export const LONGEST_GOAL_MONTHS = 36;

export interface GoalBody {
  fromMonth: string;
  toMonth: string;
  /** null = all */
  stream: Stream | null;
  /** minor units of `currency`, above 0 */
  minor: bigint;
  currency: string;
  /** null: not shared with the viewer; a correction of his leaves it as it is */
  note: string | null;
}

export interface NewGoal extends GoalBody {
  /** made by the browser before the first submit */
  id: string;
  /** the entry this one corrects; it must be the newest of its chain */
  replaces?: string | null;
}

export interface Goal extends GoalBody {
  id: string;
  fromMonth: Month;
  toMonth: Month;
  currency: Currency;
  replaces: string | null;
  recordedBy: string;
  recordedAt: Date;
}

/**
 * Records a goal, or corrects one.
 * Errors: invalid by field; conflict when the id has another body, or when `replaces` was replaced by somebody
 * else meanwhile (the error carries the goal that is there now); not_found for a goal of somebody else.
 */
export function record(viewer: Viewer, creatorId: string, input: NewGoal): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    check(input);
    if (input.replaces) await get(viewer, creatorId, input.replaces);
    const isNew = await insertGoal(viewer, creatorId, input);
    if (isNew && input.replaces)
      await audit(creatorId, "goal.corrected", input.id, { replaces: input.replaces });
    return { id: input.id };
  });
}

/** Takes a goal back. The history keeps it. */
export function remove(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; replaces: string },
): Promise<void> {
  return removeFrom(CHAIN, viewer, creatorId, input);
}

/** Undoes the newest change of a chain: a first entry is taken back, a later one gives way to what it replaced. */
export function undo(
  viewer: Viewer,
  creatorId: string,
  input: { id: string; entryId: string },
): Promise<void> {
  return undoIn(CHAIN, viewer, creatorId, input);
}

/** The goals that count, those that end last first; with `on`, those that hold this month. */
export function list(viewer: Viewer, creatorId: string, { on }: { on?: Month } = {}): Promise<Goal[]> {
  return read(viewer, async () => {
    const rows = await select(viewer)
      .where(
        and(
          ofCreator(viewer, creatorId),
          isCurrent,
          on ? sql`${goals.fromMonth} <= ${on} and ${goals.toMonth} >= ${on}` : undefined,
        ),
      )
      .orderBy(desc(goals.toMonth), asc(goals.fromMonth), asc(goals.id));
    return rows.map(goalOf);
  });
}

/** One goal, whether it counts or not. Throws not_found. */
export function get(viewer: Viewer, creatorId: string, id: string): Promise<Goal & { isVoid: boolean }> {
  return transaction(viewer, async () => {
    const [row] = await select(viewer).where(and(ofCreator(viewer, creatorId), eq(goals.id, id)));
    if (!row) throw notFound("goal");
    return goalOf(row);
  });
}

// ---------------------------------------------------------------- reading

const isCurrent = isCurrentIn(goals);

function ofCreator(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, goals.creatorId, "amounts"), eq(goals.creatorId, creatorId));
}

function select(viewer: Viewer) {
  return conn()
    .select({
      id: goals.id,
      fromMonth: goals.fromMonth,
      toMonth: goals.toMonth,
      stream: goals.stream,
      minor: goals.minor,
      currency: goals.currency,
      note: sharedNote(viewer, goals),
      replaces: goals.replaces,
      isVoid: goals.isVoid,
      recordedBy: goals.recordedBy,
      recordedAt: goals.recordedAt,
    })
    .from(goals)
    .$dynamic();
}

function goalOf<Row extends { fromMonth: string; toMonth: string; currency: string }>(row: Row) {
  return {
    ...row,
    fromMonth: row.fromMonth as Month,
    toMonth: row.toMonth as Month,
    currency: row.currency as Currency,
  };
}

// ---------------------------------------------------------------- writing

type Row = NewGoal & { isVoid?: boolean };

function bodyOf({ fromMonth, toMonth, stream, minor, currency, note }: GoalBody): GoalBody {
  return { fromMonth, toMonth, stream, minor, currency, note };
}

function check({ fromMonth, toMonth, stream, minor, currency }: NewGoal): void {
  const fields: Record<string, string> = {};
  if (!isMonth(fromMonth)) fields.fromMonth = "Choose the first month, like 2026-01.";
  if (!isMonth(toMonth)) fields.toMonth = "Choose the last month, like 2026-12.";
  if (isMonth(fromMonth) && isMonth(toMonth)) {
    if (toMonth < fromMonth) fields.toMonth = "The last month is before the first: swap them.";
    else if (monthsBetween(fromMonth, toMonth) >= LONGEST_GOAL_MONTHS)
      fields.toMonth = `A goal lasts ${LONGEST_GOAL_MONTHS} months at most: choose an earlier last month.`;
  }
  if (stream !== null && !STREAMS.includes(stream)) fields.stream = "Choose a stream, or all of them.";
  if (minor <= 0n) fields.amount = "A goal is greater than 0: type what you want to earn.";
  if (!isCurrency(currency)) fields.currency = "Choose a currency from the list, like USD.";
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

/** Answers whether the entry is new. */
function insertGoal(viewer: Viewer, creatorId: string, row: Row): Promise<boolean> {
  const { id, replaces, isVoid } = row;
  return appendTo(
    goals,
    viewer,
    creatorId,
    { id, replaces, isVoid, ...bodyOf(row) },
    { noun: "goal", find: async (where) => (await select(viewer).where(where)).map(goalOf) },
  );
}

const CHAIN = { noun: "goal", get, insert: insertGoal, bodyOf } as const;
