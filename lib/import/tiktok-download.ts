import { VIDEO_LIST_HEADER } from "./data-download";
import type { Problem, Sink } from "./draft";
import { type FileFormat, type Reading, raggedProblem } from "./format";
import { allRows, normalise, type Table } from "./parse";
import { cellOf, columnsNamed, headerOf } from "./tiktok-columns";
import { type TiktokVideo, tiktokVideoOf, videoDraft } from "./tiktok-video";

const WORDS = { date: ["Date"], link: ["Link"], likes: ["Likes"], title: ["Title"] } as const;

/** Said where the whole download is brought: it also holds messages, addresses and contacts. */
export const DATA_DOWNLOAD_MESSAGE =
  "This is JSON and no table. If it is TikTok's data download, choose it on the page Imports: only its list of videos is taken there, and your messages and contacts stay on your device.";

/** The list of videos that the browser or the command line takes out of a data download. */
export const TIKTOK_DOWNLOAD: FileFormat = {
  id: "tiktok-download",
  label: "TikTok data download: list of videos",
  detect(table) {
    if (table.header.map(normalise).join() !== VIDEO_LIST_HEADER.join().toLowerCase()) return false;
    const index = columnsNamed(table, WORDS).at.get("link") ?? 0;
    for (const row of table.rows) return /tiktok/i.test(row.cells[index] ?? "");
    return true;
  },
  read: readList,
};

/** True for the text of a data download (or its beginning), which is JSON and no table. */
export function isDataDownload(text: string): boolean {
  return text.trimStart().startsWith("{");
}

/** Likes are not read: without views, and without the day of the download, they say too little. */
function readList(table: Table, _options: unknown, out: Sink): Reading {
  const columns = columnsNamed(table, WORDS);
  const problems: Problem[] = [];
  const notices: Problem[] = [];
  const lineOf = new Map<string, number>();
  for (const row of allRows(table)) {
    const ragged = raggedProblem(table, row);
    const video = tiktokVideoOf(cellOf(row, columns, "link"));
    if (ragged) problems.push(ragged);
    else if (!video.ok)
      problems.push({ line: row.line, column: headerOf(table, columns, "link"), message: video.error });
    else give(video.value, cellOf(row, columns, "title"), row.line);
  }
  if (lineOf.size === 0 && problems.length === 0)
    return {
      kind: "not_useful",
      message:
        "The data download lists no videos of your own, so there is nothing to import; choose an account that has posted.",
    };
  return { kind: "read", needs: [], problems, notices };

  function give(video: TiktokVideo, title: string, line: number): void {
    const earlier = lineOf.get(video.externalId);
    if (earlier !== undefined) {
      notices.push({ line, message: `This video is also on line ${earlier} and counts once.` });
      return;
    }
    lineOf.set(video.externalId, line);
    out.video(videoDraft(video, title, line));
  }
}
