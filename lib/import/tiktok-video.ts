import type { Day } from "../model/month";
import type { Result } from "../model/result";
import type { VideoDraft } from "./draft";
import { isUnknown } from "./numbers";
import { parseVideoLink, tiktokPostedAt, utcDayOf } from "./video-link";

/** A video as its link or id tells it: TikTok's ids hold the second of posting, in UTC. */
export type TiktokVideo = { externalId: string; url: string; publishedDay: Day };

/** The video a link names. The error says what to paste instead. */
export function tiktokVideoOf(link: string): Result<TiktokVideo> {
  const parsed = parseVideoLink(link);
  if (!parsed.ok) return parsed;
  const { platform, externalId, publishedAt } = parsed.value;
  if (platform !== "tiktok" || !publishedAt)
    return { ok: false, error: "This is no link to a video of TikTok; mend the row or leave it out." };
  return { ok: true, value: { externalId, url: link.trim(), publishedDay: utcDayOf(publishedAt) } };
}

/** The video of a bare id; null when it is none. Its address names the account, which an id does not tell. */
export function tiktokVideoOfId(id: string): TiktokVideo | null {
  const postedAt = tiktokPostedAt(id);
  return postedAt && { externalId: id, url: "", publishedDay: utcDayOf(postedAt) };
}

export function videoDraft(
  { externalId, url, publishedDay }: TiktokVideo,
  title: string,
  line: number,
): VideoDraft {
  return {
    sourceKey: `tt:video:${externalId}`,
    platform: "tiktok",
    externalId,
    url,
    title: isUnknown(title) ? null : title,
    publishedDay,
    durationSeconds: null,
    format: "short",
    line,
  };
}
