/**
 * What is told of a creator or a channel beside counts (country, kind of account, year of birth), and the records
 * that programmes are measured by.
 */
import { and, asc, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { AppError, notFound } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import type { Told } from "../lib/model/eligibility";
import type { ChannelRecord } from "../lib/model/eligibility-meter";
import { ACCOUNT_TYPES, isCountry, type WrittenRule } from "../lib/model/eligibility-programmes";
import type { VideoRecord } from "../lib/model/eligibility-videos";
import { type Day, isDay, type Month } from "../lib/model/month";
import { FACTS, type FactKind, type Format, type Platform } from "../lib/model/words";
import { note as audit } from "./audit";
import { appendTo, isCurrentIn, removeFrom, replacedBy, undoIn } from "./chain";
import { conn, transaction } from "./client";
import {
  channels,
  events,
  facts,
  payoutLines,
  payouts,
  readings,
  rules,
  traffic,
  trafficMonths,
  videos,
} from "./schema";
import { demand, scope } from "./scope";

export interface FactBody {
  what: FactKind;
  /** null = of the creator as a whole */
  channelId: string | null;
  /** from this day on, in the creator's zone */
  day: string;
  value: string;
}

export interface NewFact extends FactBody {
  /** made by the browser before the first submit */
  id: string;
  /** the entry this one corrects; it must be the newest of its chain */
  replaces?: string | null;
}

export interface KnownFact extends FactBody {
  id: string;
  day: Day;
  channelName: string | null;
  replaces: string | null;
  recordedBy: string;
  recordedAt: Date;
}

/**
 * Records a fact, or corrects one: the one it names, or what was said of the same thing and day.
 * Errors: invalid by field; conflict when the id has another body, or when `replaces` was replaced by somebody
 * else meanwhile (the error carries the fact that is there now); not_found for a channel or fact of somebody else.
 */
export function record(viewer: Viewer, creatorId: string, input: NewFact): Promise<{ id: string }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    check(input);
    if (input.replaces) await getFact(viewer, creatorId, input.replaces);
    const { id, what, channelId, day } = input;
    const of = channelId === null ? isNull(facts.channelId) : eq(facts.channelId, channelId);
    const same = and(eq(facts.what, what), eq(facts.day, day), of);
    const replaces = await replacedBy(facts, viewer, creatorId, input, same);
    const isNew = await insertFact(viewer, creatorId, { ...input, replaces });
    if (isNew && replaces) await audit(creatorId, "fact.corrected", id, { replaces });
    return { id };
  });
}

/** Takes a fact back: what was told before it holds again. The history keeps it. */
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

/** The facts that count, newest day first. */
export function list(viewer: Viewer, creatorId: string): Promise<KnownFact[]> {
  return transaction(viewer, async () => {
    const rows = await select()
      .where(and(ofCreator(viewer, creatorId), isCurrent))
      .orderBy(desc(facts.day), asc(facts.what), desc(facts.recordedAt), desc(facts.id));
    return rows.map(factOf);
  });
}

/**
 * What every channel in use is measured by: its readings of followers, its months, its videos. `told` and `written`
 * are what the creator said of himself and of the programmes. Throws not_found to a stranger.
 */
export function records(
  viewer: Viewer,
  creatorId: string,
): Promise<{ channels: ChannelRecord[]; told: Told[]; written: WrittenRule[] }> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "amounts");
    const [rows, [beside]] = await Promise.all([
      conn().execute<RecordRow>(sql`
        select c.id as channel_id, c.name, c.platform, (
          select coalesce(json_agg(json_build_object('day', r.day, 'value', r.followers) order by r.day), '[]')
          from ${readings} r
          where ${scoped(viewer, sql`r.creator_id`)} and r.creator_id = c.creator_id and r.channel_id = c.id
            and r.video_id is null and r.followers is not null and not r.is_void
            and not exists (select from readings l where l.creator_id = r.creator_id and l.replaces = r.id)
        ) as followers, (
          select coalesce(json_agg(json_build_object(
            'month', m.month, 'format', m.format, 'views', m.views, 'watchSeconds', m.watch_seconds) order by m.month), '[]')
          from ${trafficMonths} m
          where ${scoped(viewer, sql`m.creator_id`)} and m.creator_id = c.creator_id and m.channel_id = c.id
        ) as months, (
          select coalesce(json_agg(json_build_object('publishedOn', v.published_on, 'seconds', v.duration_seconds)), '[]')
          from ${videos} v
          where ${scoped(viewer, sql`v.creator_id`)} and v.creator_id = c.creator_id and v.channel_id = c.id
            and v.removed_at is null
        ) as videos
        from ${channels} c
        where ${scoped(viewer, sql`c.creator_id`)} and c.creator_id = ${creatorId} and c.archived_at is null
        order by c.platform, c.name, c.id`),
      conn().execute<KnownRow>(sql`
        select (${knownFacts(viewer, creatorId)}) as told, (${knownProgrammes(viewer, creatorId)}) as written`),
    ]);
    return {
      channels: rows.map(({ channel_id: channelId, ...row }) => ({ ...row, channelId })),
      told: (beside?.told ?? []).map(toldOf),
      written: (beside?.written ?? []).map(writtenOf),
    };
  });
}

/** The newest videos with what says whether they are paid, and the day each channel joined a programme, as logged. */
export function videoRecords(
  viewer: Viewer,
  creatorId: string,
  limit = 200,
): Promise<(VideoRecord & { joinedOn: Day | null })[]> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "amounts");
    const rows = await conn().execute<VideoRow>(sql`
      select v.id as video_id, v.channel_id, v.title, c.platform, v.published_on, v.duration_seconds as seconds,
        t.views, t.qualified_views, exists (
          select from ${payoutLines} pl
          join ${payouts} p on p.creator_id = pl.creator_id and p.id = pl.payout_id
          where ${scoped(viewer, sql`pl.creator_id`)} and pl.creator_id = v.creator_id and pl.video_id = v.id
            and pl.minor > 0 and p.kind <> 'void'
            and not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id)
        ) as is_paid, (
          select min(e.day) from ${events} e
          where ${scoped(viewer, sql`e.creator_id`)} and e.creator_id = v.creator_id and e.kind = 'joined_programme'
            and (e.platform is null or e.platform = c.platform) and not e.is_void
            and not exists (select from events l where l.creator_id = e.creator_id and l.replaces = e.id)
        ) as joined_on
      from (
        select * from ${videos}
        where ${scope(viewer, videos.creatorId, "amounts")} and ${videos.creatorId} = ${creatorId}
          and ${videos.removedAt} is null
        order by ${videos.publishedOn} desc nulls last, ${videos.id} limit ${limit}
      ) v
      join ${channels} c on c.creator_id = v.creator_id and c.id = v.channel_id
      left join lateral (
        select sum(t.views) as views,
          case when bool_and(t.qualified_views is not null) then sum(t.qualified_views) end as qualified_views
        from ${traffic} t
        where t.creator_id = v.creator_id and t.video_id = v.id and not t.is_void
          and not exists (select from traffic l where l.creator_id = t.creator_id and l.replaces = t.id)
      ) t on true
      order by v.published_on desc nulls last, v.id`);
    return rows.map((row) => ({
      videoId: row.video_id,
      channelId: row.channel_id,
      title: row.title,
      platform: row.platform,
      publishedOn: row.published_on,
      seconds: row.seconds,
      views: countOf(row.views),
      qualifiedViews: countOf(row.qualified_views),
      isPaid: row.is_paid,
      joinedOn: row.joined_on,
    }));
  });
}

// ---------------------------------------------------------------- what was known

/** [what, platform, channelId, day, value] */
export type ToldRow = [FactKind, Platform | null, string | null, Day, string];
/** [subject, fromDay, body, source] */
export type WrittenRow = [string, Day, Record<string, unknown>, string];

/** A JSON list of what was told before `asOf`, in order of recording. A part of other queries. */
export function knownFacts(viewer: Viewer, creatorId: string, asOf: SQL = sql`'infinity'`): SQL {
  return sql`
    select coalesce(json_agg(json_build_array(f.what, c.platform, f.channel_id, f.day, f.value)
      order by f.day, f.recorded_at, f.id), '[]')
    from ${facts} f left join channels c on c.creator_id = f.creator_id and c.id = f.channel_id
    where ${scoped(viewer, sql`f.creator_id`)} and f.creator_id = ${creatorId} and not f.is_void
      and f.recorded_at < ${asOf}::timestamptz
      and not exists (
        select from ${facts} l
        where l.creator_id = f.creator_id and l.replaces = f.id and l.recorded_at < ${asOf}::timestamptz)`;
}

/** A JSON list of the rules about programmes written before `asOf`, newest of a day first. A part of other queries. */
export function knownProgrammes(viewer: Viewer, creatorId: string, asOf: SQL = sql`'infinity'`): SQL {
  return sql`
    select coalesce(json_agg(json_build_array(r.subject, r.from_day, r.body, r.source)
      order by r.from_day desc, r.recorded_at desc, r.id desc), '[]')
    from ${rules} r
    where ${scoped(viewer, sql`r.creator_id`)} and r.creator_id = ${creatorId} and r.kind = 'programme'
      and not r.is_void and r.recorded_at < ${asOf}::timestamptz
      and not exists (
        select from ${rules} l
        where l.creator_id = r.creator_id and l.replaces = r.id and l.recorded_at < ${asOf}::timestamptz)`;
}

export function toldOf([what, platform, channelId, day, value]: ToldRow): Told {
  return { what, platform, channelId, day, value };
}

export function writtenOf([subject, fromDay, body, source]: WrittenRow): WrittenRule {
  return { subject, fromDay, body, source };
}

// ---------------------------------------------------------------- reading

interface KnownRow extends Record<string, unknown> {
  told: ToldRow[];
  written: WrittenRow[];
}

interface RecordRow extends Record<string, unknown> {
  channel_id: string;
  name: string;
  platform: Platform;
  followers: { day: Day; value: number }[];
  months: { month: Month; format: Format | "all"; views: number | null; watchSeconds: number | null }[];
  videos: { publishedOn: Day | null; seconds: number | null }[];
}

interface VideoRow extends Record<string, unknown> {
  video_id: string;
  channel_id: string;
  title: string;
  platform: Platform;
  published_on: Day | null;
  seconds: number | null;
  views: string | null;
  qualified_views: string | null;
  is_paid: boolean;
  joined_on: Day | null;
}

function countOf(text: string | null): number | null {
  return text === null ? null : Number(text);
}

const isCurrent = isCurrentIn(facts);

/** The first wall for tables under another name. */
function scoped(viewer: Viewer, column: SQL): SQL {
  return scope(viewer, column, "amounts");
}

function ofCreator(viewer: Viewer, creatorId: string): SQL | undefined {
  return and(scope(viewer, facts.creatorId, "amounts"), eq(facts.creatorId, creatorId));
}

function select() {
  return conn()
    .select({
      id: facts.id,
      what: facts.what,
      channelId: facts.channelId,
      channelName: channels.name,
      day: facts.day,
      value: facts.value,
      replaces: facts.replaces,
      isVoid: facts.isVoid,
      recordedBy: facts.recordedBy,
      recordedAt: facts.recordedAt,
    })
    .from(facts)
    .leftJoin(channels, and(eq(channels.creatorId, facts.creatorId), eq(channels.id, facts.channelId)))
    .$dynamic();
}

function factOf<Row extends { day: string }>(row: Row): Row & { day: Day } {
  return { ...row, day: row.day as Day };
}

async function getFact(viewer: Viewer, creatorId: string, id: string) {
  const [row] = await select().where(and(ofCreator(viewer, creatorId), eq(facts.id, id)));
  if (!row) throw notFound("fact");
  return factOf(row);
}

// ---------------------------------------------------------------- writing

type Row = NewFact & { isVoid?: boolean };

function bodyOf({ what, channelId, day, value }: FactBody): FactBody {
  return { what, channelId, day, value };
}

const VALUES: Readonly<Record<FactKind, { fits: (value: string) => boolean; remedy: string }>> = {
  birth_year: {
    fits: (value) => /^(19|20)\d{2}$/.test(value),
    remedy: "Type the year of birth with four digits, like 2004.",
  },
  country: { fits: isCountry, remedy: "Type the country's two letters, like DE or US." },
  account_type: {
    fits: (value) => ACCOUNT_TYPES.some((type) => type === value),
    remedy: "Choose the kind of account from the list.",
  },
  // Its words are the withholding's.
  tax_form: { fits: (value) => value !== "", remedy: "Say which form it is." },
};

function check({ what, day, value }: NewFact): void {
  const fields: Record<string, string> = {};
  if (!FACTS.includes(what)) fields.what = "Choose what it is about.";
  else if (!VALUES[what].fits(value)) fields.value = VALUES[what].remedy;
  if (!isDay(day)) fields.day = "Write the day as 2026-01-31.";
  if (Object.keys(fields).length > 0)
    throw new AppError("invalid", "Please look at the marked fields.", fields);
}

/** Answers whether the entry is new. */
function insertFact(viewer: Viewer, creatorId: string, row: Row): Promise<boolean> {
  const { id, replaces, isVoid } = row;
  return appendTo(
    facts,
    viewer,
    creatorId,
    { id, replaces, isVoid, ...bodyOf(row) },
    { noun: "fact", find: async (where) => (await select().where(where)).map(factOf) },
  );
}

const CHAIN = { noun: "fact", get: getFact, insert: insertFact, bodyOf } as const;
