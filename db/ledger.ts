/** Everything of a creator that counts, in one snapshot, for a file that an import reads again. */
import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Viewer } from "../lib/model/access";
import {
  CHANNEL_IN_REFERENCE,
  LEDGER_COLUMNS,
  type LedgerColumn,
  type LedgerEntry,
  type LedgerRow,
} from "../lib/model/ledger-columns";
import { conn, transaction } from "./client";
import { audience, payouts, readings, traffic, videos } from "./schema";
import { demand, scope, staysInSight, streamScope } from "./scope";

const ROWS_AT_ONCE = 2_000;
/** As long as somebody's download of hundreds of thousands of rows may take. */
const DEADLINE_MS = 600_000;

/**
 * Gives every entry that counts to `take`, some thousands at a time, each batch after the one before was taken:
 * videos, traffic, readings, audiences, then payouts (originals before what is about them), each followed by its
 * shares by video. Traffic that follows from readings is left out, since they bring it back. What the viewer may
 * not see is not there.
 */
export function walk(
  viewer: Viewer,
  creatorId: string,
  take: (rows: LedgerRow[]) => Promise<void>,
): Promise<void> {
  return transaction(
    viewer,
    async () => {
      await demand(viewer, creatorId, "read");
      // A cursor sees the data as they were when it was opened.
      await conn().execute(sql`declare entries no scroll cursor for ${entriesOf(viewer, creatorId)}`);
      for (;;) {
        const rows = await conn().execute<Record<LedgerColumn, string | null>>(
          sql`fetch ${sql.raw(String(ROWS_AT_ONCE))} from entries`,
        );
        if (rows.length === 0) return;
        await take([...rows]);
      }
    },
    { deadlineMs: DEADLINE_MS },
  );
}

type Cells = Partial<Record<LedgerColumn, SQL>>;

/** One list of rows from five tables: every column as text, in the order of the file. */
function entriesOf(viewer: Viewer, creatorId: string): SQL {
  const is = sql`${creatorId}::uuid`;
  const ofChannel = { channel: sql`c.name`, platform: sql`c.platform` };
  const figures: Cells = {
    views: sql`t.views`,
    qualifiedViews: sql`t.qualified_views`,
    engagedViews: sql`t.engaged_views`,
    adImpressions: sql`t.ad_impressions`,
    watchSeconds: sql`t.watch_seconds`,
    likes: sql`t.likes`,
    comments: sql`t.comments`,
    shares: sql`t.shares`,
  };
  const parts = [
    sql`select ${line("video", {
      ...ofChannel,
      format: sql`v.format`,
      video: videoName,
      link: sql`v.url`,
      title: sql`v.title`,
      published: sql`v.published_on`,
      seconds: sql`v.duration_seconds`,
      reference: videoName,
    })}, 1 as part, ${videoName} as by
    from videos v join channels c on c.creator_id = v.creator_id and c.id = v.channel_id
    where v.creator_id = ${is} and ${scope(viewer, alias(videos, "v").creatorId)} and v.removed_at is null`,

    sql`select ${line("traffic", {
      ...ofChannel,
      ...figures,
      format: sql`nullif(t.format, 'all')`,
      video: videoName,
      from: sql`t.from_day`,
      to: sql`t.to_day`,
      reference: sql`coalesce(${withoutChannel(sql`t.source_key`, sql`t.channel_id`)}, 'permille:' || t.id)`,
    })}, 2, t.from_day || ' ' || t.id
    from traffic t join channels c on c.creator_id = t.creator_id and c.id = t.channel_id
    left join videos v on v.creator_id = t.creator_id and v.id = t.video_id
    where t.creator_id = ${is} and ${scope(viewer, alias(traffic, "t").creatorId)} and t.origin <> 'reading' and not t.is_void
      and not exists (select from traffic l where l.creator_id = t.creator_id and l.replaces = t.id)`,

    sql`select ${line("reading", {
      ...ofChannel,
      video: videoName,
      from: sql`r.day`,
      to: sql`r.day`,
      reference: sql`'permille:' || r.day || ':' || coalesce(${videoName}, '')`,
      views: sql`r.views`,
      likes: sql`r.likes`,
      comments: sql`r.comments`,
      shares: sql`r.shares`,
      followers: sql`r.followers`,
    })}, 3, r.day || ' ' || r.id
    from readings r join channels c on c.creator_id = r.creator_id and c.id = r.channel_id
    left join videos v on v.creator_id = r.creator_id and v.id = r.video_id
    where r.creator_id = ${is} and ${scope(viewer, alias(readings, "r").creatorId)} and not r.is_void
      and not exists (select from readings l where l.creator_id = r.creator_id and l.replaces = r.id)`,

    sql`select ${line("audience", {
      ...ofChannel,
      from: sql`a.month || '-01'`,
      to: sql`a.month || '-01'`,
      reference: sql`'permille:' || a.month`,
      audience: sql`(select string_agg(s.key || ' ' || s.value, ', ' order by s.key) from jsonb_each_text(a.shares) s)`,
    })}, 4, a.month || ' ' || a.id
    from (
      select distinct on (n.channel_id, n.month) n.* from audience n
      where n.creator_id = ${is} and ${scope(viewer, alias(audience, "n").creatorId)}
      order by n.channel_id, n.month, n.recorded_at desc, n.id desc
    ) a join channels c on c.creator_id = a.creator_id and c.id = a.channel_id
    where a.shares <> '{}'`,

    sql`select ${line("payout", {
      ...ofChannel,
      format: sql`nullif(p.format, 'all')`,
      from: sql`p.from_day`,
      to: sql`p.to_day`,
      stream: sql`p.stream`,
      kind: sql`p.kind`,
      state: sql`p.state`,
      amount: sql`p.minor`,
      currency: sql`p.currency`,
      estimated: sql`p.estimated_minor`,
      settled: sql`p.settled_on`,
      makings: sql`p.makings`,
      note: sql`case when ${streamScope(viewer, alias(payouts, "p"), "notes")} then p.note end`,
      reference: payoutName("p"),
      about: sql`(select ${payoutName("o")} from payouts o where o.creator_id = p.creator_id and o.chain_id = p.about
        and not exists (select from payouts l where l.creator_id = o.creator_id and l.replaces = o.id))`,
    })}, case when p.about is null then 5 else 6 end, p.from_day || ' ' || p.id
    from payouts p left join channels c on c.creator_id = p.creator_id and c.id = p.channel_id
    where ${isCurrent(viewer, creatorId)}`,

    sql`select ${line("share", {
      video: videoName,
      amount: sql`n.minor`,
      currency: sql`p.currency`,
      reference: payoutName("p"),
    })}, case when p.about is null then 5 else 6 end, p.from_day || ' ' || p.id || ' ' || n.video_id
    from payouts p join payout_lines n on n.creator_id = p.creator_id and n.payout_id = p.id
    join videos v on v.creator_id = n.creator_id and v.id = n.video_id
    where ${isCurrent(viewer, creatorId)}`,
  ];
  // In the bytes' order: the id alone comes before the id with a video behind it.
  return sql`select ${columns} from (${sql.join(parts, sql` union all `)}) e order by part, by collate "C"`;
}

const columns = sql.join(
  Object.keys(LEDGER_COLUMNS).map((name) => sql.identifier(name)),
  sql`, `,
);

/** A select list of every column of the file, as text; what an entry does not have is null. */
function line(entry: LedgerEntry, cells: Cells): SQL {
  const all = Object.keys(LEDGER_COLUMNS).map((name) => {
    const cell = name === "entry" ? sql.raw(`'${entry}'`) : (cells[name as LedgerColumn] ?? sql`null`);
    return sql`(${cell})::text as ${sql.identifier(name)}`;
  });
  return sql.join(all, sql`, `);
}

/** A video that no platform gave an id goes by its own. */
const videoName = sql`case when v.id is not null then coalesce(v.external_id, 'permille-' || v.id) end`;

/** How the payout `p`, or `o` that it is about, goes. */
const payoutName = (name: "p" | "o") =>
  sql`coalesce(${withoutChannel(sql.raw(`${name}.source_key`), sql`p.channel_id`)}, 'permille:' || ${sql.raw(name)}.chain_id)`;

function withoutChannel(key: SQL, channelId: SQL): SQL {
  return sql`replace(${key}, coalesce(${channelId}::text, ''), ${CHANNEL_IN_REFERENCE})`;
}

const isCurrent = (viewer: Viewer, creatorId: string) => sql`p.creator_id = ${creatorId}
  and ${streamScope(viewer, alias(payouts, "p"))} and p.kind <> 'void'
  and not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id) and ${staysInSight(creatorId, sql`p.id`)}`;
