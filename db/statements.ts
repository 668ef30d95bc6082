/**
 * What a statement is made from: what was booked in a range of months, to the minor unit, as the totals have it.
 * Sums of the database; converting, comparing and wording are done in lib.
 */
import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "../lib/model/access";
import type { Currency } from "../lib/model/money";
import { type Day, firstDay, lastDay, type Month } from "../lib/model/month";
import type {
  BookedCell,
  BookedVideo,
  LateChange,
  OpenPart,
  ReceivedMoney,
  ReceivedPart,
  StatementFacts,
} from "../lib/model/statement";
import type { EntryKind, Format, PayoutState, Platform, Stream } from "../lib/model/words";
import { conn, read as look } from "./client";
import * as creators from "./creators";
import { allocations, channels, payoutLines, payouts, postings, receipts, videos } from "./schema";
import { demand, scope, sharedNote } from "./scope";

type Range = { readonly from: Month; readonly to: Month };

/**
 * What was booked and what arrived in the months `from` to `to`, in one transaction; what is open is what receipts up
 * to the last day of the range leave open. Throws not_found to a stranger, forbidden to one who may not see all amounts.
 */
export function read(viewer: Viewer, creatorId: string, range: Range): Promise<StatementFacts> {
  return look(viewer, async () => {
    await demand(viewer, creatorId, "amounts");
    const [creator, cells, late, drawnVideos, received, parts, open] = await Promise.all([
      creators.get(viewer, creatorId),
      readCells(viewer, creatorId, range),
      readLate(viewer, creatorId, range),
      readVideos(viewer, creatorId, range),
      readReceived(viewer, creatorId, range),
      readReceivedParts(viewer, creatorId, range),
      readOpen(viewer, creatorId, range),
    ]);
    const { id, name, currency, today } = creator;
    return {
      creator: { id, name, currency: currency as Currency },
      ...{ range, today: today as Day, cells, late, videos: drawnVideos, received, parts, open },
    };
  });
}

/** Each cell of the totals once more by what its entries do; a replaced entry is taken back where it stood. */
async function readCells(viewer: Viewer, creatorId: string, range: Range): Promise<BookedCell[]> {
  const rows = await conn().execute<CellRow>(sql`
    select o.earned_month, o.booked_month, p.channel_id, c.name as channel_name, c.platform, p.format, p.stream, p.currency,
      p.kind, p.state, sum(o.minor)::text as minor
    from ${postings} o
    join ${payouts} p on p.creator_id = o.creator_id and p.id = o.of_id
    left join ${channels} c on c.creator_id = p.creator_id and c.id = p.channel_id
    where ${mine(viewer, creatorId)} and ${bookedIn(range)}
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    having sum(o.entries) <> 0 or sum(o.minor) <> 0
    order by 1, 2, 4, 3, 6, 7, 8, 9, 10`);
  return rows.map((row) => ({
    month: row.earned_month,
    bookedMonth: row.booked_month,
    channel:
      row.channel_id === null || row.platform === null
        ? null
        : { id: row.channel_id, name: row.channel_name ?? "", platform: row.platform },
    format: row.format,
    stream: row.stream,
    currency: row.currency,
    kind: row.kind,
    state: row.state,
    minor: BigInt(row.minor),
  }));
}

/** What was recorded about months before the range, when they were closed already, by what was done. */
async function readLate(viewer: Viewer, creatorId: string, range: Range): Promise<LateChange[]> {
  const rows = await conn().execute<LateRow>(sql`
    select earned_month, stream, currency, channel_name, what, count(*)::text as entries, sum(minor)::text as minor,
      case when count(*) = 1 then min(note) end as note
    from (
      select o.earned_month, e.id, p.currency, min(p.stream) as stream, min(c.name) as channel_name,
        ${sharedNote(viewer, { creatorId: sql`min(e.creator_id::text)::uuid`, note: sql`min(e.note)` })} as note,
        case when e.kind = 'void' then 'void' when e.replaces is not null then 'correction' else e.kind end as what,
        sum(o.minor) as minor
      from ${postings} o
      join ${payouts} e on e.creator_id = o.creator_id and e.id = o.payout_id
      join ${payouts} p on p.creator_id = o.creator_id and p.id = o.of_id
      left join ${channels} c on c.creator_id = e.creator_id and c.id = e.channel_id
      where ${mine(viewer, creatorId)} and ${bookedIn(range)} and o.earned_month < ${range.from}
      group by 1, 2, 3, e.kind, e.replaces
    ) changes
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5`);
  return rows.map((row) => ({
    month: row.earned_month,
    stream: row.stream,
    channelName: row.channel_name,
    what: row.what,
    entries: Number(row.entries),
    note: row.note ?? "",
    currency: row.currency,
    minor: BigInt(row.minor),
  }));
}

/** The videos' lines, split by day as their payouts are; what the range itself earned, without earlier months. */
async function readVideos(viewer: Viewer, creatorId: string, range: Range): Promise<BookedVideo[]> {
  const rows = await conn().execute<VideoRow>(sql`
    select l.video_id, v.title, v.published_on::text, c.name as channel_name, c.platform, p.currency,
      sum(o.entries * ${partOf(sql`l.minor`)})::text as minor
    from ${postings} o
    join ${payouts} p on p.creator_id = o.creator_id and p.id = o.of_id
    join ${payoutLines} l on l.creator_id = p.creator_id and l.payout_id = p.id
    join ${videos} v on v.creator_id = l.creator_id and v.id = l.video_id
    join ${channels} c on c.creator_id = v.creator_id and c.id = v.channel_id
    ${daysOf}
    where ${mine(viewer, creatorId)} and ${bookedIn(range)} and o.earned_month >= ${range.from}
    group by 1, 2, 3, 4, 5, 6 having sum(o.entries) <> 0 or sum(o.entries * ${partOf(sql`l.minor`)}) <> 0
    order by sum(o.entries * ${partOf(sql`l.minor`)}) desc, v.title, l.video_id, p.currency`);
  return rows.map((row) => ({
    id: row.video_id,
    title: row.title,
    publishedOn: row.published_on,
    channelName: row.channel_name,
    platform: row.platform,
    currency: row.currency,
    minor: BigInt(row.minor),
  }));
}

/** The receipts of the range, each with what it paid; several payouts of a stream and currency are one. */
async function readReceived(
  viewer: Viewer,
  creatorId: string,
  { from, to }: Range,
): Promise<ReceivedMoney[]> {
  const rows = await conn().execute<ReceiptRow>(sql`
    select r.received_on::text, r.minor::text, r.currency, r.fee_minor::text, trim_scale(r.rate)::text as rate,
      ${sharedNote(viewer, { creatorId: sql`r.creator_id`, note: sql`r.note` })} as note, (
        select coalesce(json_agg(json_build_array(stream, from_day, to_day, currency, minor::text) order by from_day, stream, currency), '[]')
        from (
          select p.stream, min(p.from_day) as from_day, max(p.to_day) as to_day, p.currency, sum(a.minor) as minor
          from ${allocations} a join ${payouts} p on p.creator_id = a.creator_id and p.chain_id = a.chain_id and ${stands(sql`p`)}
          where a.creator_id = r.creator_id and a.receipt_id = r.id
          group by p.stream, p.currency
        ) paid
      ) as paid
    from ${receipts} r
    where r.creator_id = ${creatorId} and ${scope(viewer, sql`r.creator_id`, "amounts")}
      and r.received_on between ${firstDay(from)} and ${lastDay(to)} and ${arrived}
    order by r.received_on, r.id`);
  return rows.map((row) => ({
    day: row.received_on,
    minor: BigInt(row.minor),
    currency: row.currency,
    feeMinor: BigInt(row.fee_minor),
    rate: row.rate,
    note: row.note ?? "",
    paid: row.paid.map(([stream, fromDay, toDay, currency, minor]) => ({
      ...{ stream, fromDay, toDay, currency, minor: BigInt(minor) },
    })),
  }));
}

/** How much of what the range earned had arrived by its end: a payout's money is spread over its days as it is. */
async function readReceivedParts(viewer: Viewer, creatorId: string, range: Range): Promise<ReceivedPart[]> {
  const rows = await conn().execute<{ stream: Stream; currency: Currency; minor: string }>(sql`
    select p.stream, p.currency, sum(${partOf(sql`a.minor`)})::text as minor
    from ${postings} o
    join ${payouts} p on p.creator_id = o.creator_id and p.id = o.of_id and o.payout_id = o.of_id and ${stands(sql`p`)}
    join (${allocatedUntil(creatorId, range)}) a on a.chain_id = p.chain_id
    ${daysOf}
    where ${mine(viewer, creatorId)} and ${bookedIn(range)} and o.earned_month >= ${range.from} and p.about is null
    group by 1, 2 order by 1, 2`);
  return rows.map((row) => ({ ...row, minor: BigInt(row.minor) }));
}

/** Payouts that began before the end of the range and that receipts up to it do not cover, oldest first. */
async function readOpen(viewer: Viewer, creatorId: string, range: Range): Promise<OpenPart[]> {
  const rows = await conn().execute<OpenRow>(sql`
    select p.stream, c.name as channel_name, p.from_day::text, p.to_day::text, p.currency, p.state,
      (p.minor + coalesce(x.minor, 0))::text as due, coalesce(a.minor, 0)::text as paid
    from ${payouts} p
    left join ${channels} c on c.creator_id = p.creator_id and c.id = p.channel_id
    left join lateral (
      select sum(e.minor) as minor from ${payouts} e
      where e.creator_id = p.creator_id and e.about = p.chain_id and e.currency = p.currency and ${stands(sql`e`)}
    ) x on true
    left join (${allocatedUntil(creatorId, range)}) a on a.chain_id = p.chain_id
    where p.creator_id = ${creatorId} and ${scope(viewer, sql`p.creator_id`, "amounts")}
      and p.about is null and p.from_day <= ${lastDay(range.to)} and ${stands(sql`p`)}
      and p.minor + coalesce(x.minor, 0) > coalesce(a.minor, 0)
    order by p.to_day, p.from_day, p.stream, c.name, p.chain_id`);
  return rows.map((row) => ({
    stream: row.stream,
    channelName: row.channel_name,
    fromDay: row.from_day,
    toDay: row.to_day,
    currency: row.currency,
    state: row.state,
    dueMinor: BigInt(row.due),
    paidMinor: BigInt(row.paid),
  }));
}

// ---------------------------------------------------------------- parts of statements

function mine(viewer: Viewer, creatorId: string): SQL {
  return sql`o.creator_id = ${creatorId} and ${scope(viewer, sql`o.creator_id`, "amounts")}`;
}

function bookedIn({ from, to }: Range): SQL {
  return sql`o.booked_month between ${from} and ${to}`;
}

/** The days of an entry up to and before the months of its postings. */
const daysOf = sql`cross join lateral (
  select p.to_day - p.from_day + 1 as days,
    greatest(to_date(o.earned_month, 'YYYY-MM'), p.from_day) - p.from_day as before,
    least((to_date(o.earned_month, 'YYYY-MM') + interval '1 month')::date - 1, p.to_day) - p.from_day + 1 as upto
) d`;

function partOf(whole: SQL): SQL {
  return sql`(div(${whole}::numeric * d.upto, d.days) - div(${whole}::numeric * d.before, d.days))`;
}

function stands(entry: SQL): SQL {
  return sql`${entry}.kind <> 'void' and not exists (
    select from ${payouts} l where l.creator_id = ${entry}.creator_id and l.replaces = ${entry}.id)`;
}

const arrived = sql`not r.is_void and not exists (
  select from ${receipts} l where l.creator_id = r.creator_id and l.replaces = r.id)`;

function allocatedUntil(creatorId: string, { to }: Range): SQL {
  return sql`
    select s.chain_id, sum(s.minor) as minor
    from ${allocations} s join ${receipts} r on r.creator_id = s.creator_id and r.id = s.receipt_id
    where s.creator_id = ${creatorId} and r.received_on <= ${lastDay(to)} and ${arrived}
    group by 1`;
}

type CellRow = {
  earned_month: Month;
  booked_month: Month;
  channel_id: string | null;
  channel_name: string | null;
  platform: Platform | null;
  format: Format | "all";
  stream: Stream;
  currency: Currency;
  kind: EntryKind;
  state: PayoutState;
  minor: string;
};

type LateRow = {
  earned_month: Month;
  stream: Stream;
  currency: Currency;
  channel_name: string | null;
  what: LateChange["what"];
  entries: string;
  minor: string;
  note: string | null;
};

type VideoRow = {
  video_id: string;
  title: string;
  published_on: Day | null;
  channel_name: string;
  platform: Platform;
  currency: Currency;
  minor: string;
};

type ReceiptRow = {
  received_on: Day;
  minor: string;
  currency: Currency;
  fee_minor: string;
  rate: string | null;
  note: string | null;
  paid: [Stream, Day, Day, Currency, string][];
};

type OpenRow = {
  stream: Stream;
  channel_name: string | null;
  from_day: Day;
  to_day: Day;
  currency: Currency;
  state: PayoutState;
  due: string;
  paid: string;
};
