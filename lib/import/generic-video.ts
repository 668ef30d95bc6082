import type { Day } from "../model/month";
import type { Result } from "../model/result";
import type { Format, Platform } from "../model/words";
import type { VideoDraft } from "./draft";
import { cleanText, shown } from "./parse";
import { parseVideoLink, tiktokPostedAt, utcDayOf } from "./video-link";

/** The video that a row of somebody's own table is about. */
export type RowVideo = {
  platform: Platform;
  externalId: string;
  url: string;
  format: Format | null;
  publishedDay: Day | null;
};

const YOUTUBE_ID = /^[\w-]{11}$/;
const ANY_ID = /^[\w-]{3,100}$/;

/**
 * A link to a video, or the id of one: of the row's platform, or of the one whose ids look like it. The error
 * names the remedy.
 */
export function videoIn(text: string, platform: Platform | null): Result<RowVideo> {
  const cell = cleanText(text);
  if (cell.includes("/")) return linked(cell);
  const postedAt = tiktokPostedAt(cell);
  const owner = platform ?? (postedAt ? "tiktok" : YOUTUBE_ID.test(cell) ? "youtube" : null);
  if (!owner || !ANY_ID.test(cell) || /^\d(\.\d+)?e\+?\d+$/i.test(cell))
    return {
      ok: false,
      error: `"${shown(cell)}" is neither a link to a video nor its id; write its full address, beginning with https://.`,
    };
  const isTiktok = owner === "tiktok" && postedAt;
  return {
    ok: true,
    value: {
      platform: owner,
      externalId: cell,
      url: owner === "youtube" ? `https://www.youtube.com/watch?v=${cell}` : "",
      format: null,
      publishedDay: isTiktok ? utcDayOf(postedAt) : null,
    },
  };
}

function linked(link: string): Result<RowVideo> {
  const parsed = parseVideoLink(link);
  if (!parsed.ok) return parsed;
  const { platform, externalId, format, publishedAt } = parsed.value;
  return {
    ok: true,
    value: {
      platform,
      externalId,
      url: /^https?:/i.test(link) ? link : `https://${link}`,
      format,
      publishedDay: publishedAt ? utcDayOf(publishedAt) : null,
    },
  };
}

/** The same video has the same key in every export. */
export function videoDraft(video: RowVideo, line: number): VideoDraft {
  const { platform, externalId } = video;
  const prefix = {
    youtube: "yt:video",
    tiktok: "tt:video",
    instagram: "meta:video:instagram",
    facebook: "meta:video:facebook",
    other: "generic:video",
  }[platform];
  return { sourceKey: `${prefix}:${externalId}`, title: null, durationSeconds: null, ...video, line };
}
