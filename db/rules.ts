/**
 * Dated rules of a creator: thresholds, platform shares, days of payment, withholding, commissions, conventions.
 * A rule stands from its day until a later one of the same kind and subject; a change is a new row and changes
 * nothing before its day. What lib/model knows itself holds where none is written here.
 */
import { and, asc, count, desc, eq, lte, type SQL } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { type Day, isDay } from "../lib/model/month";
import { RULE_KINDS, type RuleKind } from "../lib/model/words";
import { note as audit } from "./audit";
import { appendTo, isCurrentIn, removeFrom, replacedBy, undoIn } from "./chain";
import { conn, transaction } from "./client";
import { rules } from "./schema";
import { demand, scope } from "./scope";

export interface RuleBody {
  kind: RuleKind;
  /** what it is about: a programme, a stream, a product; rules of one kind and subject follow each other */
  subject: string;
  /** the first day on which it stands, in the creator's zone */
  fromDay: string;
  /** plain JSON, in the shape that lib/model reads for its kind */
  body: Record<string, unknown>;
  /** where it is written; blank when nobody said */
  source: string;
}

export interface NewRule extends RuleBody {
  /** made by the browser before the first submit */
  id: string;
  /** the entry this one corrects; it must be the newest of its chain */
  replaces?: string | null;
}

export interface Rule extends RuleBody {
  id: string;
  fromDay: Day;
  replaces: string | null;
  recordedBy: string;
  recordedAt: Date;
}

export interface RuleFilter {
  kind?: RuleKind;
  subject?: string;
}

/**
 * Records a rule, or corrects one: the one it names, or the one of the same kind, subject and day. A rule that changes
 * from another day on is a new one with that day, not a correction.
 * Errors: invalid by field; conflict when the id has another body, or when `replaces` was replaced by somebody
 * else meanwhile (the error carries the rule that is there now); not_found for a rule of somebody else.
 */
export function record(viewer: Viewer, creatorId: string, input: NewRule): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    check(input);
    if (input.replaces) await getRule(viewer, creatorId, input.replaces);
    const { id, kind, subject, fromDay } = input;
    const same = and(eq(rules.kind, kind), eq(rules.subject, subject), eq(rules.fromDay, fromDay));
    const replaces = await replacedBy(rules, viewer, creatorId, input, same);
    const isNew = await insertRule(viewer, creatorId, { ...input, replaces });
    if (isNew && replaces) await audit(creatorId, "rule.corrected", id, { replaces });
    return { id };
  });
}

/** Takes a rule back: the one before it stands again. The history keeps it. */
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

/** The rules that count, past, present and to come: by kind and subject, newest day first. */
export function list(
  viewer: Viewer,
  creatorId: string,
  options: { filter?: RuleFilter; page?: number; size?: number } = {},
): Promise<{ rows: Rule[]; total: number }> {
  const { filter = {}, page = 1, size = 50 } = options;
  return transaction(viewer, async () => {
    const where = and(ofCreator(viewer, creatorId), isCurrent, ...conditionsOf(filter));
    const [rows, [counted]] = await Promise.all([
      select()
        .where(where)
        .orderBy(asc(rules.kind), asc(rules.subject), ...NEWEST)
        .limit(size)
        .offset((page - 1) * size),
      conn().select({ total: count() }).from(rules).where(where),
    ]);
    return { rows: rows.map(ruleOf), total: counted?.total ?? 0 };
  });
}

/** The rule of each kind and subject that stands on a day: the latest from that day or before, at most one each. */
export function standingOn(
  viewer: Viewer,
  creatorId: string,
  day: Day,
  filter: RuleFilter = {},
): Promise<Rule[]> {
  return transaction(viewer, async () => {
    const rows = await conn()
      .selectDistinctOn([rules.kind, rules.subject], COLUMNS)
      .from(rules)
      .where(and(ofCreator(viewer, creatorId), isCurrent, lte(rules.fromDay, day), ...conditionsOf(filter)))
      .orderBy(asc(rules.kind), asc(rules.subject), ...NEWEST);
    return rows.map(ruleOf);
  });
}

// ---------------------------------------------------------------- reading

const isCurrent = isCurrentIn(rules);

/** Of one day, the one recorded last stands. */
const NEWEST = [desc(rules.fromDay), desc(rules.recordedAt), desc(rules.id)];

const COLUMNS = {
  id: rules.id,
  kind: rules.kind,
  subject: rules.subject,
  fromDay: rules.fromDay,
  body: rules.body,
  source: rules.source,
  replaces: rules.replaces,
  isVoid: rules.isVoid,
  recordedBy: rules.recordedBy,
  recordedAt: rules.recordedAt,
};

function ofCreator(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, rules.creatorId, "amounts"), eq(rules.creatorId, creatorId));
}

function conditionsOf({ kind, subject }: RuleFilter): (SQL | undefined)[] {
  return [
    kind === undefined ? undefined : eq(rules.kind, kind),
    subject === undefined ? undefined : eq(rules.subject, subject),
  ];
}

function select() {
  return conn().select(COLUMNS).from(rules).$dynamic();
}

function ruleOf<Row extends { fromDay: string }>(row: Row): Row & { fromDay: Day } {
  return { ...row, fromDay: row.fromDay as Day };
}

async function getRule(viewer: Viewer, creatorId: string, id: string) {
  const [row] = await select().where(and(ofCreator(viewer, creatorId), eq(rules.id, id)));
  if (!row) throw notFound("rule");
  return ruleOf(row);
}

// ---------------------------------------------------------------- writing

type Row = NewRule & { isVoid?: boolean };

function bodyOf({ kind, subject, fromDay, body, source }: RuleBody): RuleBody {
  return { kind, subject, fromDay, body, source };
}

function check({ kind, subject, fromDay }: NewRule): void {
  const fields: Record<string, string> = {};
  if (!RULE_KINDS.includes(kind)) fields.kind = "Choose what the rule settles.";
  if (subject.trim() === "") fields.subject = "Say what the rule is about.";
  if (!isDay(fromDay)) fields.fromDay = "Write the day as 2026-01-31.";
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

/** Answers whether the entry is new. */
function insertRule(viewer: Viewer, creatorId: string, row: Row): Promise<boolean> {
  const { id, replaces, isVoid } = row;
  return appendTo(
    rules,
    viewer,
    creatorId,
    { id, replaces, isVoid, ...bodyOf(row) },
    { noun: "rule", find: async (where) => (await select().where(where)).map(ruleOf) },
  );
}

const CHAIN = { noun: "rule", get: getRule, insert: insertRule, bodyOf } as const;
