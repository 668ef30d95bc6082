import { type Day, dayOf } from "../model/month";
import { type Result, refuse } from "../model/result";
import type { Format, Platform } from "../model/words";

export type VideoLink = {
  platform: Platform;
  externalId: string;
  /** Where the link itself tells the format (shorts, live, reel); else null. */
  format: Format | null;
  /** Where the id holds the instant of posting (TikTok); else null. */
  publishedAt: Date | null;
};

const YOUTUBE_ID = /^[\w-]{11}$/;
const SHORT_LINK_HOSTS = new Set(["vm.tiktok.com", "vt.tiktok.com", "fb.watch", "bit.ly", "t.co"]);

/** What a pasted link to a video says about it. Nothing is fetched. The error names the remedy. */
export function parseVideoLink(text: string): Result<VideoLink> {
  const url = urlOf(text.trim());
  if (!url) return refuse("This is not a link. Paste the video's full address, beginning with https://.");
  const host = url.hostname.replace(/^(www|m|web|music)\./, "");
  const path = url.pathname.split("/").filter(Boolean);
  if (SHORT_LINK_HOSTS.has(host) || (host === "tiktok.com" && path[0] === "t"))
    return refuse(
      "This is a short link, which does not name the video. Open it and paste the full address it leads to.",
    );
  if (host === "tiktok.com" || host === "tiktokv.com") return tiktokLink(path);
  if (host === "youtube.com" || host === "youtube-nocookie.com")
    return youtubeLink(path, url.searchParams.get("v"));
  if (host === "youtu.be") return youtubeVideo(path[0], null);
  if (host === "instagram.com") return instagramLink(path);
  if (host === "facebook.com") return facebookLink(path, url.searchParams.get("v"));
  return refuse(
    `Links of ${host} are not known. Paste one of TikTok, YouTube, Instagram or Facebook, or enter the video by hand.`,
  );
}

/** The instant a TikTok video was posted: the upper 32 bits of its id are Unix seconds. Null when out of range. */
export function tiktokPostedAt(videoId: string): Date | null {
  if (!/^\d{15,20}$/.test(videoId)) return null;
  const seconds = Number(BigInt(videoId) >> 32n);
  // Before TikTok's predecessor began (2014) or beyond 32 bits, the number is no such id.
  return seconds >= 1_388_534_400 && seconds < 2 ** 32 ? new Date(seconds * 1000) : null;
}

/** The day of an instant in UTC, as the platforms count where no zone is known. */
export function utcDayOf(instant: Date): Day {
  return dayOf(instant.toISOString().slice(0, 10));
}

function urlOf(text: string): URL | null {
  try {
    const url = new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`);
    return url.hostname.includes(".") && !/\s/.test(text) ? url : null;
  } catch {
    return null;
  }
}

/** An account's own address of a video, or the one that data downloads hold: tiktokv.com/share/video/ID. */
function tiktokLink(path: string[]): Result<VideoLink> {
  const [user, kind, id = ""] = path;
  const publishedAt = tiktokPostedAt(id);
  if (!(user?.startsWith("@") || user === "share") || (kind !== "video" && kind !== "photo") || !publishedAt)
    return refuse(
      "This TikTok link names no video. Paste one like https://www.tiktok.com/@name/video/7312345678901234567.",
    );
  return { ok: true, value: { platform: "tiktok", externalId: id, format: null, publishedAt } };
}

function youtubeLink(path: string[], watched: string | null): Result<VideoLink> {
  if (path[0] === "shorts") return youtubeVideo(path[1], "short");
  if (path[0] === "live") return youtubeVideo(path[1], "live");
  if (path[0] === "embed") return youtubeVideo(path[1], null);
  return youtubeVideo(watched ?? undefined, null);
}

function youtubeVideo(id = "", format: Format | null): Result<VideoLink> {
  if (!YOUTUBE_ID.test(id))
    return refuse(
      "This YouTube link names no video. Paste one like https://www.youtube.com/watch?v=xxxxxxxxxxx (11 characters after v=).",
    );
  return { ok: true, value: { platform: "youtube", externalId: id, format, publishedAt: null } };
}

function instagramLink(path: string[]): Result<VideoLink> {
  // The account's name may come first: /name/reel/CODE.
  const at = path.findIndex((part) => part === "reel" || part === "reels" || part === "p" || part === "tv");
  const code = at >= 0 && at <= 1 ? (path[at + 1] ?? "") : "";
  if (!/^[\w-]{5,40}$/.test(code))
    return refuse(
      "This Instagram link names no post. Paste one like https://www.instagram.com/reel/Cxxxxxxxxxx/.",
    );
  const format = path[at]?.startsWith("reel") ? "short" : null;
  return { ok: true, value: { platform: "instagram", externalId: code, format, publishedAt: null } };
}

function facebookLink(path: string[], watched: string | null): Result<VideoLink> {
  const at = path.findIndex((part) => part === "reel" || part === "videos");
  const id = at >= 0 ? (path.slice(at + 1).findLast((part) => /^\d+$/.test(part)) ?? "") : (watched ?? "");
  if (!/^\d{5,25}$/.test(id))
    return refuse(
      "This Facebook link names no video. Paste one like https://www.facebook.com/reel/1234567890 or …/watch/?v=1234567890.",
    );
  const format = path[at] === "reel" ? "short" : null;
  return { ok: true, value: { platform: "facebook", externalId: id, format, publishedAt: null } };
}
