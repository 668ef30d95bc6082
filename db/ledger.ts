/** Everything of a creator that counts, in one snapshot, for a file that an import reads again. */
import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { Viewer } from "../lib/model/access";
import {
  CHANNEL_IN_REFERENCE,
  LEDGER_COLUMNS,
  type LedgerColumn,
  type LedgerEntry,
} from "../lib/model/ledger-columns";
import { CURRENCIES, exponentOf } from "../lib/model/money";
import { conn, copyCsv, transaction } from "./client";
import { audience, payouts, readings, traffic, videos } from "./schema";
import { demand, scope, staysInSight, streamScope } from "./scope";

/** As long as somebody's download of millions of rows may take. */
const DEADLINE_MS = 600_000;

/**
 * Gives every entry that counts to `take` as lines of a ledger file, some dozen kB at a time, each piece after the one
 * before was taken: videos, traffic, readings, audiences, then payouts (originals before what is about them), each
 * followed by its shares by video. Traffic that follows from readings is left out, since they bring it back. What the
 * viewer may not see is not there. PostgreSQL writes the lines as writeCsv does: nothing of them is made here.
 */
export function walk(
  viewer: Viewer,
  creatorId: string,
  take: (lines: Buffer) => Promise<void>,
): Promise<void> {
  return transaction(
    viewer,
    async () => {
      await demand(viewer, creatorId, "read");
      await conn().execute(sql`set local work_mem = '64MB'`);
      for (const entries of entriesOf(viewer, creatorId)) await copyCsv(linesOf(entries), take);
    },
    { deadlineMs: DEADLINE_MS, oneMoment: true },
  );
}

type Cells = Partial<Record<LedgerColumn, SQL>>;

/** The entries of five tables, in the order of the file. */
function entriesOf(viewer: Viewer, creatorId: string): SQL[] {
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
  return [
    sql`select ${line("video", {
      ...ofChannel,
      format: sql`v.format`,
      video: videoName,
      link: sql`v.url`,
      title: sql`v.title`,
      published: sql`v.published_on`,
      seconds: sql`v.duration_seconds`,
      reference: videoName,
    })}
    from videos v join channels c on c.creator_id = v.creator_id and c.id = v.channel_id
    where v.creator_id = ${is} and ${scope(viewer, alias(videos, "v").creatorId)} and v.removed_at is null
    order by ${videoName} collate "C"`,

    sql`select ${line("traffic", {
      ...ofChannel,
      ...figures,
      format: sql`nullif(t.format, 'all')`,
      video: videoName,
      from: sql`t.from_day`,
      to: sql`t.to_day`,
      reference: sql`coalesce(${withoutChannel(sql`t.source_key`, sql`t.channel_id`)}, 'permille:' || t.id)`,
    })}
    from traffic t join channels c on c.creator_id = t.creator_id and c.id = t.channel_id
    left join videos v on v.creator_id = t.creator_id and v.id = t.video_id
    where t.creator_id = ${is} and ${scope(viewer, alias(traffic, "t").creatorId)} and t.origin <> 'reading' and not t.is_void
      and not exists (select from traffic l where l.creator_id = t.creator_id and l.replaces = t.id)
    order by t.from_day, t.id`,

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
    })}
    from readings r join channels c on c.creator_id = r.creator_id and c.id = r.channel_id
    left join videos v on v.creator_id = r.creator_id and v.id = r.video_id
    where r.creator_id = ${is} and ${scope(viewer, alias(readings, "r").creatorId)} and not r.is_void
      and not exists (select from readings l where l.creator_id = r.creator_id and l.replaces = r.id)
    order by r.day, r.id`,

    sql`select ${line("audience", {
      ...ofChannel,
      from: sql`a.month || '-01'`,
      to: sql`a.month || '-01'`,
      reference: sql`'permille:' || a.month`,
      audience: sql`(select string_agg(s.key || ' ' || s.value, ', ' order by s.key) from jsonb_each_text(a.shares) s)`,
    })}
    from (
      select distinct on (n.channel_id, n.month) n.* from audience n
      where n.creator_id = ${is} and ${scope(viewer, alias(audience, "n").creatorId)}
      order by n.channel_id, n.month, n.recorded_at desc, n.id desc
    ) a join channels c on c.creator_id = a.creator_id and c.id = a.channel_id
    where a.shares <> '{}'
    order by a.month, a.id`,

    sql`select ${columns} from (
      select ${line("payout", {
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
        makings: sql`p.makings::text`,
        note: sql`case when ${streamScope(viewer, alias(payouts, "p"), "notes")} then p.note end`,
        reference: payoutName("p"),
        about: sql`case when p.about is not null then (select ${payoutName("o")} from payouts o where o.creator_id = p.creator_id and o.chain_id = p.about
        and not exists (select from payouts l where l.creator_id = o.creator_id and l.replaces = o.id)) end`,
      })}, p.about is not null as is_about, p.from_day as by_day, p.id as by_id, null::uuid as by_video
      from payouts p left join channels c on c.creator_id = p.creator_id and c.id = p.channel_id
      where ${isCurrent(viewer, creatorId)}
      union all
      select ${line("share", {
        video: videoName,
        amount: sql`n.minor`,
        currency: sql`p.currency`,
        reference: payoutName("p"),
      })}, p.about is not null, p.from_day, p.id, n.video_id
      from payouts p join payout_lines n on n.creator_id = p.creator_id and n.payout_id = p.id
      join videos v on v.creator_id = n.creator_id and v.id = n.video_id
      where ${isCurrent(viewer, creatorId)}
    ) e order by is_about, by_day, by_id, by_video nulls first`,
  ];
}

const NAMES = Object.keys(LEDGER_COLUMNS) as LedgerColumn[];
const columns = sql.join(
  NAMES.map((name) => sql.identifier(name)),
  sql`, `,
);

/** A select list of every column of the file; what an entry does not have is null. */
function line(entry: LedgerEntry, cells: Cells): SQL {
  const all = NAMES.map((name) => {
    const cell =
      name === "entry"
        ? sql.raw(`'${entry}'`)
        : (cells[name] ?? (AMOUNTS.has(name) ? sql`null::bigint` : sql`null`));
    return sql`${cell} as ${sql.identifier(name)}`;
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

// ---------------------------------------------------------------- as lib/report/csv.ts writes it

/** What people and platforms wrote; all other texts are words and days of ours. */
const WRITTEN: ReadonlySet<LedgerColumn> = new Set([
  ...(["channel", "video", "link", "title", "makings", "note", "reference", "about", "audience"] as const),
]);
const AMOUNTS: ReadonlySet<LedgerColumn> = new Set(["amount", "estimated"]);

/** The entries as the cells that COPY only has to put quotes around, in their own order. */
function linesOf(entries: SQL): SQL {
  const cells = NAMES.map((name) => {
    const cell = sql`e.${sql.identifier(name)}`;
    return AMOUNTS.has(name) ? decimal(cell) : WRITTEN.has(name) ? guarded(cell) : cell;
  });
  // Sorted inside, so that it is not put into one with the outer query and each cell is worked out once.
  return sql`select ${sql.join(cells, sql`, `)} from (${entries}) e`;
}

/** Minor units as decimalOf writes them. */
function decimal(minor: SQL): SQL {
  const of = (exponent: number) =>
    sql.join(
      CURRENCIES.filter((currency) => exponentOf(currency) === exponent).map((currency) => sql`${currency}`),
      sql`, `,
    );
  return sql`case when e.currency in (${of(0)}) then ${minor}::text when e.currency in (${of(3)}) then (${minor} * 0.001)::text
    else (${minor} * 0.01)::text end`;
}

/** What makes a spreadsheet run a text that begins with it. */
const FORMULA = "=+-@＝＋－＠\t\n";
const NUMBER = "^-?[0-9]+([.][0-9]+)?$";

/**
 * A text that no spreadsheet runs, as guardText has it; line ends are one character. One that began with an
 * apostrophe by itself can be told from it: the reader takes one leading apostrophe off whatever follows.
 */
function guarded(text: SQL): SQL {
  const lines = sql`replace(replace(${text}, ${"\r\n"}, ${"\n"}), ${"\r"}, ${"\n"})`;
  const first = sql`left(${lines}, 1)`;
  // Most are not there, and most of the others have nothing to look at twice.
  return sql`case when ${text} is null or ${text} = '' then null
    when strpos(${`${FORMULA}'`}, left(${text}, 1)) = 0 and strpos(${text}, ${"\r"}) = 0 then ${text}
    when ${first} = ${"'"} or strpos(${FORMULA}, ${first}) > 0 and ${lines} !~ ${NUMBER} then ${"'"} || ${lines}
    else ${lines} end`;
}
