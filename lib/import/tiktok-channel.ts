import { NO_FIGURES, type Problem, type Sink } from "./draft";
import type { FileFormat, Reading, ReadOptions } from "./format";
import type { Row, Table } from "./parse";
import { type Columns, columnsNamed, countOf, signedCountOf } from "./tiktok-columns";
import { type DatedRow, datedRows } from "./tiktok-days";

/** Overview.csv of TikTok Studio and the table of days of a business account. */
const DAY_WORDS = {
  day: ["Date", "Data", "Datum", "Fecha"],
  views: ["Video Views", "Visualizzazioni video"],
  profileViews: ["Profile Views"],
  reached: ["Reached audience"],
  likes: ["Likes", "Mi piace"],
  comments: ["Comments", "Commenti"],
  shares: ["Shares", "Condivisioni"],
} as const;

/** FollowerHistory.csv of TikTok Studio and the table of the audience of a business account. */
const FOLLOWER_WORDS = {
  day: ["Date", "Data", "Datum", "Fecha"],
  followers: ["Followers", "Total followers"],
  difference: ["Difference in followers from previous day"],
  reached: ["Reached audience"],
  engaged: ["Engaged audience"],
  gained: ["New followers"],
} as const;

const EMPTY =
  "This table of TikTok has no rows: accounts with few followers or no views get none, so export a period with some.";

type Net = "likes" | "comments" | "shares";

/** Views of the whole channel, day by day. */
export const TIKTOK_DAYS: FileFormat = {
  id: "tiktok-days",
  label: "TikTok: days of the account",
  detect(table) {
    const { at } = columnsNamed(table, DAY_WORDS);
    return at.has("day") && at.has("views") && (at.has("profileViews") || at.has("reached"));
  },
  read: readDays,
};

/** Followers as they stood on each day. */
export const TIKTOK_FOLLOWERS: FileFormat = {
  id: "tiktok-followers",
  label: "TikTok: followers by day",
  detect(table) {
    const { at } = columnsNamed(table, FOLLOWER_WORDS);
    const isOfTiktok = at.has("difference") || (at.has("gained") && (at.has("reached") || at.has("engaged")));
    return at.has("day") && at.has("followers") && isOfTiktok;
  },
  read: readFollowers,
};

function readDays(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = columnsNamed(table, DAY_WORDS);
  return readDated(table, columns, options, (rows, problems, notices) => {
    const fallen: Row[] = [];
    for (const { row, day } of rows) {
      const before = problems.length;
      const net = (name: Net) => signedCountOf(table, row, columns, name, problems);
      const views = countOf(table, row, columns, "views", problems);
      const counts = { likes: net("likes"), comments: net("comments"), shares: net("shares") };
      if (problems.length > before) continue;
      if (Object.values(counts).some((count) => count !== null && count < 0)) fallen.push(row);
      const figures = {
        views,
        likes: given(counts.likes),
        comments: given(counts.comments),
        shares: given(counts.shares),
      };
      if (Object.values(figures).every((figure) => figure === null)) continue;
      out.traffic({
        sourceKey: `tt:day:${day}:${options.channelKey}`,
        platform: "tiktok",
        format: null,
        videoExternalId: null,
        from: day,
        to: day,
        ...NO_FIGURES,
        ...figures,
        line: row.line,
      });
    }
    if (fallen[0]) notices.push({ line: fallen[0].line, message: fallenMessage(fallen.length) });
  });
}

/** The ledger keeps what was given, from 0; TikTok tells what was given less what was taken back. */
function given(count: number | null): number | null {
  return count !== null && count >= 0 ? count : null;
}

function fallenMessage(days: number): string {
  return `On ${days === 1 ? "1 day" : `${days} days`} more likes, comments or shares were taken back than given, so TikTok counts below zero. That count is left unknown; the rest of the row is read.`;
}

function readFollowers(table: Table, options: ReadOptions, out: Sink): Reading {
  const columns = columnsNamed(table, FOLLOWER_WORDS);
  return readDated(table, columns, options, (rows, problems) => {
    for (const { row, day } of rows) {
      const followers = countOf(table, row, columns, "followers", problems);
      if (followers === null) continue;
      out.reading({
        sourceKey: `tt:followers:${day}:${options.channelKey}`,
        platform: "tiktok",
        videoExternalId: null,
        day,
        views: null,
        likes: null,
        comments: null,
        shares: null,
        followers,
        line: row.line,
      });
    }
  });
}

/** What both tables share: columns that occur once, days that can be told, questions before drafts. */
function readDated(
  table: Table,
  columns: Columns<string>,
  options: ReadOptions,
  read: (rows: DatedRow[], problems: Problem[], notices: Problem[]) => void,
): Reading {
  if (columns.twice.length > 0) return { kind: "refused", problems: columns.twice };
  const dated = datedRows(table, columns.at.get("day") ?? 0, options);
  if (dated.kind === "refused") return dated;
  if (dated.kind === "asked") return { kind: "read", needs: [dated.need], problems: [], notices: [] };
  const { rows, problems, notices } = dated;
  if (rows.length === 0 && problems.length === 0) return { kind: "not_useful", message: EMPTY };
  read(rows, problems, notices);
  return { kind: "read", needs: [], problems, notices };
}
