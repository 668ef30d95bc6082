import { ADSENSE } from "./adsense";
import type { FileFormat } from "./format";
import { GENERIC } from "./generic";
import { LEDGER } from "./ledger";
import { MEDIAVINE } from "./mediavine";
import { META_METRIC } from "./meta-metric";
import { META_POSTS } from "./meta-posts";
import type { Table } from "./parse";
import { TIKTOK_TERRITORIES } from "./tiktok-audience";
import { TIKTOK_DAYS, TIKTOK_FOLLOWERS } from "./tiktok-channel";
import { TIKTOK_DOWNLOAD } from "./tiktok-download";
import { TIKTOK_LIVE } from "./tiktok-live";
import { TIKTOK_OTHER } from "./tiktok-other";
import { TIKTOK_SHOP } from "./tiktok-shop";
import { TIKTOK_VIDEOS } from "./tiktok-videos";
import { TWITCH } from "./twitch";
import { YOUTUBE_CONTENT } from "./youtube-content";
import { YOUTUBE_DATE } from "./youtube-date";
import { YOUTUBE_GEOGRAPHY } from "./youtube-geography";
import { YOUTUBE_NETWORK } from "./youtube-network";
import { YOUTUBE_OTHER } from "./youtube-other";

/** In order of preference: the first that recognises a table reads it; the last one takes any. */
export const FILE_FORMATS: readonly FileFormat[] = [
  LEDGER,
  // Meta's posts go before YouTube's days: in Spanish both call their money "Ingresos estimados".
  META_POSTS,
  META_METRIC,
  YOUTUBE_CONTENT,
  YOUTUBE_GEOGRAPHY,
  YOUTUBE_NETWORK,
  YOUTUBE_DATE,
  YOUTUBE_OTHER,
  ADSENSE,
  TWITCH,
  MEDIAVINE,
  TIKTOK_VIDEOS,
  TIKTOK_DAYS,
  TIKTOK_FOLLOWERS,
  TIKTOK_TERRITORIES,
  TIKTOK_SHOP,
  TIKTOK_LIVE,
  TIKTOK_DOWNLOAD,
  TIKTOK_OTHER,
  GENERIC,
];

/** The format of a table by its content, or the one asked for by id. Throws RangeError on an unknown id. */
export function detectFormat(table: Table, id?: string): FileFormat {
  const found = FILE_FORMATS.find((format) => (id === undefined ? format.detect(table) : format.id === id));
  if (!found)
    throw new RangeError(
      `"${id}" is not a file format; use one of ${FILE_FORMATS.map((f) => f.id).join(", ")}.`,
    );
  return found;
}
