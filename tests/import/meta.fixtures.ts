import { type Cells, csvText, utf16 } from "./fixtures";

/** Synthetic exports of Meta Business Suite; no real account's figures. */

/** One metric as Insights exports it: UTF-16 with its mark, `sep=,`, the title, then a figure per day. */
export function metricFile(title: string, rows: Cells): Uint8Array {
  const lines = rows.map((row) => row.map((cell) => `"${cell}"`).join(","));
  return utf16(`sep=,\r\n${title}\r\n"Date","Primary"\r\n${lines.join("\r\n")}\r\n`);
}

/** An older export: several metrics below each other, each under its title. */
export function stackedFile(metrics: readonly (readonly [string, Cells])[]): Uint8Array {
  const tables = metrics.map(([title, rows]) =>
    csvText([[title], ["Date", "Primary"], ...rows], ",", "\r\n"),
  );
  return utf16(`sep=,\r\n${tables.join("\r\n\r\n")}\r\n`);
}

export const METRIC_ROWS = [
  ["2025-10-31T00:00:00", "3227"],
  ["2025-11-02T00:00:00", "0"],
  ["2025-11-03T00:00:00", "1,204"],
];

export const INSTAGRAM_HEADER =
  "Post ID,Account ID,Account username,Account name,Description,Duration (sec),Publish time,Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,Comments,Saves".split(
    ",",
  );
export const INSTAGRAM_ROWS = [
  [
    "18000000000000001",
    "17000000000000001",
    "tin.whistle",
    "Tin Whistle",
    "First line, with comma\nsecond line #tin",
    "44",
    "10/03/2025 08:31",
    "https://www.instagram.com/reel/CxAbCdEfGhI/",
    "IG reel",
    "",
    "Lifetime",
    "12,400",
    "9100",
    "610",
    "88",
    "41",
    "57",
    "230",
  ],
  [
    "18000000000000002",
    "17000000000000001",
    "tin.whistle",
    "Tin Whistle",
    "",
    "0",
    "09/28/2025 23:59",
    "https://www.instagram.com/p/CyAbCdEfGhI/",
    "IG video",
    "",
    "Lifetime",
    "1,000",
    "",
    "",
    "",
    "",
    "",
    "",
  ],
  ...["IG image", "IG carousel", "IG story"].map((type, index) => [
    `1800000000000001${index}`,
    "17000000000000001",
    "tin.whistle",
    "Tin Whistle",
    "Picture",
    "0",
    "09/27/2025 10:00",
    `https://www.instagram.com/p/CzAbCdEfGh${index}/`,
    type,
    "",
    "Lifetime",
    "500",
    "400",
    "30",
    "2",
    "1",
    "3",
    "4",
  ]),
];

export const FACEBOOK_HEADER = [
  "Post ID",
  "Page ID",
  "Page name",
  "Title",
  "Description",
  "Duration (sec)",
  "Publish time",
  "Caption type",
  "Permalink",
  "Is crosspost",
  "Is share",
  "Post type",
  "Languages",
  "Custom labels",
  "Funded content status",
  "Data comment",
  "Date",
  "Views",
  "Reach",
  "Reactions, Comments and Shares",
  "Reactions",
  "Comments",
  "Shares",
  "Total clicks",
  "Seconds viewed",
  "Average Seconds viewed",
  "Estimated earnings (USD)",
  "Ad CPM (USD)",
  "Ad impressions",
  "Estimated stars earnings (USD)",
];

export function facebookRow(post: {
  id: string;
  link: string;
  type: string;
  earnings: string;
  stars?: string;
  title?: string;
}): string[] {
  const known: Record<string, string> = {
    "Post ID": post.id,
    "Page ID": "61500000000001",
    "Page name": "Tin Whistle",
    Title: post.title ?? "How to hold it",
    "Duration (sec)": "95",
    "Publish time": "03/04/2025 18:30",
    Permalink: post.link,
    "Is crosspost": "0",
    "Is share": "0",
    "Post type": post.type,
    Date: "Lifetime",
    Views: "1,250",
    Reach: "900",
    "Reactions, Comments and Shares": "66",
    Reactions: "50",
    Comments: "10",
    Shares: "6",
    "Seconds viewed": "40000",
    "Estimated earnings (USD)": post.earnings,
    "Ad CPM (USD)": "7.1",
    "Ad impressions": "800",
    "Estimated stars earnings (USD)": post.stars ?? "0",
  };
  return FACEBOOK_HEADER.map((name) => known[name] ?? "");
}

export const FACEBOOK_ROWS = [
  facebookRow({
    id: "1220000000000001",
    link: "https://www.facebook.com/reel/1230000000000001/",
    type: "Reel",
    earnings: "1.234",
    stars: "0.5",
  }),
  facebookRow({
    id: "1220000000000002",
    link: "https://www.facebook.com/tin.whistle/videos/1230000000000002/",
    type: "Video",
    earnings: "2.345",
  }),
  facebookRow({
    id: "1220000000000003",
    link: "https://www.facebook.com/tin.whistle/posts/pfbid0abc",
    type: "Photo",
    earnings: "0.421",
  }),
];

export const SEEDS = [
  { name: "views of a channel", bytes: metricFile("Views", METRIC_ROWS) },
  {
    name: "several metrics",
    bytes: stackedFile([
      ["Reach", METRIC_ROWS],
      ["Views", METRIC_ROWS],
    ]),
  },
  { name: "Instagram posts", text: csvText([INSTAGRAM_HEADER, ...INSTAGRAM_ROWS]) },
  { name: "Facebook posts", text: csvText([FACEBOOK_HEADER, ...FACEBOOK_ROWS]) },
];
