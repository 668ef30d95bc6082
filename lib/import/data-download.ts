/**
 * TikTok's data download: one JSON file (or a zip with it) that holds everything TikTok knows of a person, private
 * messages too. Of all that an import wants the list of videos. It is looked for where the file lies, on the
 * person's own device, as its bytes pass by; nothing else is kept, or sent anywhere. This file also runs in browsers.
 */

/** What the list is called once it is a file of its own. */
export const VIDEO_LIST_NAME = "TikTok video list";
export const VIDEO_LIST_HEADER = ["Date", "Link", "Likes", "Title"] as const;
/** Where the list stands, and what such a zip calls the file. */
const PATH = ["Post", "Posts", "VideoList"] as const;
const DOWNLOAD = /(^|\/)user_data[^/]*\.json$/i;
/** The list of 100,000 videos with all their fields is smaller. */
const MAX_LIST_BYTES = 100_000_000;
const MAX_KEY = 64;
/** A central directory of a download is a few hundred bytes; its end stands in the last 64 kB. */
const MAX_DIRECTORY = 1_000_000;

/** "other": not a data download. "cut": it ends in the middle. "none": it lists no videos. */
export type Found =
  | { kind: "list"; videos: ListedVideo[] }
  | { kind: "other" }
  | { kind: "cut" }
  | { kind: "none" };

/** Looks into a file without loading it: JSON by its first character, a zip by the name of what is in it. */
export async function findVideoList(file: Blob, signal?: AbortSignal): Promise<Found> {
  const head = new Uint8Array(await file.slice(0, 1_000).arrayBuffer());
  if (isZip(head)) {
    const entry = await entryOf(file);
    if (!entry) return { kind: "other" };
    const packed = file.slice(entry.start, entry.start + entry.bytes).stream();
    return scan(entry.isStored ? packed : packed.pipeThrough(new DecompressionStream("deflate-raw")), signal);
  }
  return firstCharacter(head) === "{" ? scan(file.stream(), signal) : { kind: "other" };
}

/** One video of a data download, as it is written there. */
export type ListedVideo = { date: string; link: string; likes: string; title: string };

/** The own videos of a data download: only Post.Posts.VideoList is looked at. Empty when there is no such list. */
export function videoListOf(json: unknown): ListedVideo[] {
  const list = PATH.reduce<unknown>(memberOf, json);
  if (!Array.isArray(list)) return [];
  return list.map((video) => ({
    date: textOf(memberOf(video, "Date")),
    link: textOf(memberOf(video, "Link")),
    likes: textOf(memberOf(video, "Likes")),
    title: textOf(memberOf(video, "Title")),
  }));
}

/** The list as the table that lib/import/tiktok-download.ts recognises. */
export function videoListText(videos: readonly ListedVideo[]): string {
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  const lines = videos.map(({ date, link, likes, title }) => [date, link, likes, title].map(quoted).join());
  return `${[VIDEO_LIST_HEADER.join(), ...lines].join("\n")}\n`;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

async function scan(stream: ReadableStream<Uint8Array>, signal?: AbortSignal): Promise<Found> {
  const scanner = videoListScanner();
  const reader = stream.getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      signal?.throwIfAborted();
      if (scanner.push(part.value)) break;
    }
  } catch (error) {
    signal?.throwIfAborted();
    // What the file system refuses is a DOMException; all else comes of bytes that do not unpack.
    if (error instanceof DOMException) throw error;
    return { kind: "cut" };
  } finally {
    await reader.cancel().catch(() => {});
  }
  return scanner.result();
}

export type VideoListScanner = {
  /** Takes the next bytes of the file; true when nothing more needs to be read. */
  push(bytes: Uint8Array): boolean;
  result(): Found;
};

const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d] as const;

/** Walks through JSON byte by byte, and keeps the bytes of the one list. */
export function videoListScanner(): VideoListScanner {
  /** open objects and lists */
  let depth = 0;
  /** how many keys of PATH lead to where we are */
  let matched = 0;
  let isInString = false;
  let isEscaped = false;
  let key = "";
  const kept: Uint8Array[] = [];
  let keptBytes = 0;
  /** the depth at which the list stands; 0 while it has not begun */
  let listDepth = 0;
  let isDone = false;
  let wasObject = false;

  function push(bytes: Uint8Array): boolean {
    let from = 0;
    for (let at = 0; at < bytes.length && !isDone; at++) {
      const byte = bytes[at];
      const isNear = listDepth === 0 && depth === matched + 1;
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) isInString = false;
        else if (isNear && key.length < MAX_KEY) key += String.fromCharCode(byte ?? 0);
      } else if (byte === QUOTE) {
        isInString = true;
        if (isNear) key = "";
      } else if (byte === OPEN || byte === OPEN_LIST) {
        const isNext = isNear && key === PATH[matched];
        if (depth === 0) wasObject = byte === OPEN;
        depth++;
        if (isNext && byte === OPEN && matched < PATH.length - 1) matched++;
        if (isNext && byte === OPEN_LIST && matched === PATH.length - 1) {
          listDepth = depth;
          from = at;
        }
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        if (depth === listDepth) {
          keep(bytes.subarray(from, at + 1));
          isDone = true;
        }
        depth--;
        if (depth === matched && matched > 0) matched--;
        if (depth <= 0) isDone = true;
      }
    }
    if (listDepth > 0 && !isDone) keep(bytes.subarray(from));
    return isDone || keptBytes > MAX_LIST_BYTES;
  }

  function keep(part: Uint8Array): void {
    kept.push(part.slice());
    keptBytes += part.length;
  }

  function result(): Found {
    if (listDepth === 0) return isDone ? { kind: "none" } : { kind: wasObject ? "cut" : "other" };
    if (!isDone) return { kind: "cut" };
    const all = new Uint8Array(keptBytes);
    let at = 0;
    for (const part of kept) {
      all.set(part, at);
      at += part.length;
    }
    try {
      const VideoList: unknown = JSON.parse(new TextDecoder().decode(all));
      const videos = videoListOf({ Post: { Posts: { VideoList } } });
      return videos.length > 0 ? { kind: "list", videos } : { kind: "none" };
    } catch {
      return { kind: "cut" };
    }
  }

  return { push, result };
}

function firstCharacter(head: Uint8Array): string {
  return new TextDecoder().decode(head).trimStart().charAt(0);
}

function isZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);
}

/** The data download in a zip, by the zip's own table of contents; null where there is none. */
async function entryOf(file: Blob): Promise<{ start: number; bytes: number; isStored: boolean } | null> {
  const tail = await viewOf(file, Math.max(0, file.size - 66_000), file.size);
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) return null;
  const [size, start] = [tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)];
  if (size > MAX_DIRECTORY || start + size > file.size) return null;
  const directory = await viewOf(file, start, start + size);
  for (let at = 0; at + 46 <= size && directory.getUint32(at, true) === 0x02014b50; ) {
    const [nameBytes, extra, comment] = [28, 30, 32].map((place) =>
      directory.getUint16(at + place, true),
    ) as [number, number, number];
    const after = at + 46 + nameBytes;
    if (after > size) return null;
    const name = new TextDecoder().decode(new Uint8Array(directory.buffer, at + 46, nameBytes));
    if (DOWNLOAD.test(name)) {
      const local = directory.getUint32(at + 42, true);
      const header = await viewOf(file, local, local + 30);
      if (header.byteLength < 30) return null;
      const skip = 30 + header.getUint16(26, true) + header.getUint16(28, true);
      return {
        start: local + skip,
        bytes: directory.getUint32(at + 20, true),
        isStored: directory.getUint16(at + 10, true) === 0,
      };
    }
    at = after + extra + comment;
  }
  return null;
}

async function viewOf(file: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await file.slice(from, to).arrayBuffer());
}
