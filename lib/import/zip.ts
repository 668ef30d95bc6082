import { constants, crc32, inflateRawSync } from "node:zlib";
import { isDay } from "../model/month";
import type { Result } from "../model/result";
import { cutMessage } from "./decode";
import type { Period, Problem } from "./draft";
import { MAX_FILE_BYTES, MAX_ZIP_BYTES, MAX_ZIP_ENTRIES } from "./limits";

export type ZipFile = { name: string; bytes: Uint8Array };

type Entry = {
  name: string;
  flags: number;
  method: number;
  crc: number;
  packed: number;
  size: number;
  offset: number;
};

/** Signatures and sizes of the three records a reader needs (PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12, 4.3.16). */
const LOCAL = { signature: 0x04034b50, bytes: 30 };
const CENTRAL = { signature: 0x02014b50, bytes: 46 };
const END = { signature: 0x06054b50, bytes: 22, comment: 0xffff };
const STORED = 0;
const DEFLATED = 8;

/** True when the bytes begin like a zip, which an Excel workbook is too. */
export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5 || bytes[2] === 7);
}

/**
 * The text files of a zip. Limits hold while it is inflated, whatever sizes it declares, and every file's
 * checksum is compared, so a damaged archive is refused as a whole.
 */
export function openZip(bytes: Uint8Array): Result<ZipFile[], Problem> {
  if (bytes.length > MAX_FILE_BYTES)
    return refuse(`The zip has more than ${MAX_FILE_BYTES / 1e6} MB. Export a shorter period.`);
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries = listEntries(view);
  if (!entries.ok) return entries;
  if (entries.value.length > MAX_ZIP_ENTRIES)
    return refuse(
      `The zip holds ${entries.value.length} files; at most ${MAX_ZIP_ENTRIES} are read. Bring one export at a time.`,
    );
  if (entries.value.some((entry) => entry.name === "[Content_Types].xml"))
    return refuse("This is an Excel workbook. Save its sheet as CSV (UTF-8) and bring that.");

  const files: ZipFile[] = [];
  let left = MAX_ZIP_BYTES;
  for (const entry of entries.value.filter(isTextFile)) {
    const inflated = inflate(view, entry, left);
    if (!inflated.ok) return { ok: false, error: { file: entry.name, ...inflated.error } };
    left -= inflated.value.length;
    files.push({ name: entry.name, bytes: inflated.value });
  }
  return files.length > 0
    ? { ok: true, value: files }
    : refuse("The zip holds no CSV file. Bring the zip that the platform's export gave.");
}

/** The period in the name of a YouTube Studio zip, `Content 2024-01-01_2024-12-31 Channel.zip`; null in others. */
export function periodOfZipName(name: string): Period | null {
  const days = /(\d{4}-\d{2}-\d{2})_(\d{4}-\d{2}-\d{2})/.exec(name);
  const [from, to] = [days?.[1] ?? "", days?.[2] ?? ""];
  return isDay(from) && isDay(to) && from <= to ? { from, to } : null;
}

function listEntries(view: Buffer): Result<Entry[], Problem> {
  const end = findEnd(view);
  if (end < 0) return refuse(cutMessage());
  const count = view.readUInt16LE(end + 10);
  const entries: Entry[] = [];
  let at = view.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (at + CENTRAL.bytes > view.length || view.readUInt32LE(at) !== CENTRAL.signature)
      return refuse(damagedMessage());
    const [nameLength, extra, comment] = [
      view.readUInt16LE(at + 28),
      view.readUInt16LE(at + 30),
      view.readUInt16LE(at + 32),
    ];
    entries.push({
      name: view.toString("utf8", at + CENTRAL.bytes, at + CENTRAL.bytes + nameLength),
      flags: view.readUInt16LE(at + 8),
      method: view.readUInt16LE(at + 10),
      crc: view.readUInt32LE(at + 16),
      packed: view.readUInt32LE(at + 20),
      size: view.readUInt32LE(at + 24),
      offset: view.readUInt32LE(at + 42),
    });
    at += CENTRAL.bytes + nameLength + extra + comment;
  }
  return { ok: true, value: entries };
}

function findEnd(view: Buffer): number {
  const lowest = Math.max(0, view.length - END.bytes - END.comment);
  for (let at = view.length - END.bytes; at >= lowest; at--)
    if (view.readUInt32LE(at) === END.signature) return at;
  return -1;
}

function isTextFile({ name }: Entry): boolean {
  return /\.(csv|tsv|txt)$/i.test(name) && !name.startsWith("__MACOSX/");
}

function inflate(view: Buffer, entry: Entry, left: number): Result<Uint8Array, Problem> {
  if (entry.flags & 1)
    return refuse("The zip is locked with a password. Unlock it and bring the files inside.");
  if (entry.size > left) return refuse(tooLargeMessage());
  const start = entry.offset + LOCAL.bytes;
  if (start > view.length || view.readUInt32LE(entry.offset) !== LOCAL.signature)
    return refuse(damagedMessage());
  const data = start + view.readUInt16LE(entry.offset + 26) + view.readUInt16LE(entry.offset + 28);
  const packed = view.subarray(data, data + entry.packed);
  if (packed.length !== entry.packed || (entry.method !== STORED && entry.method !== DEFLATED))
    return refuse(damagedMessage());
  try {
    const limit = Math.max(1, Math.min(left, entry.size));
    const options = { maxOutputLength: limit, finishFlush: constants.Z_FINISH };
    const bytes = entry.method === STORED ? packed : inflateRawSync(packed, options);
    return bytes.length === entry.size && crc32(bytes) === entry.crc
      ? { ok: true, value: bytes }
      : refuse(damagedMessage());
  } catch {
    return refuse(damagedMessage());
  }
}

function tooLargeMessage(): string {
  return `The zip unpacks to more than ${MAX_ZIP_BYTES / 1e6} MB. Export a shorter period.`;
}

function damagedMessage(): string {
  return "The zip is damaged or incomplete. Download it again.";
}

function refuse(message: string): { ok: false; error: Problem } {
  return { ok: false, error: { message } };
}
