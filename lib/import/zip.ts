import { crc32 } from "node:zlib";
import { Inflate } from "fflate";
import { MAX_WORKBOOK_ENTRIES, MAX_ZIP_BYTES, MAX_ZIP_ENTRIES, MAX_ZIP_RATIO } from "./limits";
import { type Bytes, bytesOf, type OnRead, refuseFile, type Source } from "./source";

export type ZipEntry = { name: string; bytes: Bytes };

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
/** A record of the directory with a long name and its extras. */
const MAX_ENTRY_BYTES = 2_000;
/** Unpacks to at most a thousand times as much. */
const INFLATED_STEP = 4_096;
const STORED = 0;
const DEFLATED = 8;

/** True when the bytes begin like a zip, which an Excel workbook is too. */
export function isZip(source: Source): boolean {
  const head = new Uint8Array(4);
  source.readAt(0, head);
  return head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5 || head[2] === 7);
}

/**
 * What a zip holds, in its own order. Nothing is unpacked yet; an entry is unpacked as it is walked, never beyond
 * the size it declares, and each whole walk compares its checksum. Throws FileFault on a zip that is damaged,
 * locked, or made to burst.
 */
export function openZip(source: Source, onRead?: OnRead): ZipEntry[] {
  const entries = listEntries(source);
  const total = entries.reduce((sum, { size }) => sum + size, 0);
  if (total > MAX_ZIP_BYTES) refuseFile(tooLargeMessage());
  const bursting = entries.find(({ size, packed }) => size > 1_000_000 && size > packed * MAX_ZIP_RATIO);
  if (bursting)
    refuseFile(
      `"${bursting.name}" in the zip unpacks to ${Math.round(bursting.size / Math.max(1, bursting.packed)).toLocaleString("en")} times its size, which no export does. Export the file again.`,
    );
  return entries.map((entry) => ({ name: entry.name, bytes: unpacked(source, entry, onRead) }));
}

/** All bytes of an entry, in memory; for what is small by nature. */
export function wholeOf(bytes: Bytes): Uint8Array {
  const whole = new Uint8Array(bytes.size);
  let at = 0;
  for (const chunk of bytes.chunks()) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function listEntries(source: Source): Entry[] {
  const { view, end } = endOf(source);
  const count = view.readUInt16LE(end + 10);
  const [length, start] = [view.readUInt32LE(end + 12), view.readUInt32LE(end + 16)];
  if (count > MAX_WORKBOOK_ENTRIES || length > count * MAX_ENTRY_BYTES)
    refuseFile(
      `The zip holds ${count} files; at most ${MAX_ZIP_ENTRIES} are read. Bring one export at a time.`,
    );
  const directory = Buffer.alloc(length);
  if (source.readAt(start, directory) < length) refuseFile(damagedMessage());
  const entries: Entry[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + CENTRAL.bytes > length || directory.readUInt32LE(at) !== CENTRAL.signature)
      refuseFile(damagedMessage());
    const [nameLength, extra, comment] = [
      directory.readUInt16LE(at + 28),
      directory.readUInt16LE(at + 30),
      directory.readUInt16LE(at + 32),
    ];
    entries.push({
      name: directory.toString("utf8", at + CENTRAL.bytes, at + CENTRAL.bytes + nameLength),
      flags: directory.readUInt16LE(at + 8),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      packed: directory.readUInt32LE(at + 20),
      size: directory.readUInt32LE(at + 24),
      offset: directory.readUInt32LE(at + 42),
    });
    at += CENTRAL.bytes + nameLength + extra + comment;
  }
  return entries;
}

/** The record at the end, found backwards: a comment of any length may follow it. */
function endOf(source: Source): { view: Buffer; end: number } {
  const length = Math.min(source.size, END.bytes + END.comment);
  const view = Buffer.alloc(length);
  source.readAt(source.size - length, view);
  for (let at = length - END.bytes; at >= 0; at--)
    if (view.readUInt32LE(at) === END.signature) return { view, end: at };
  return refuseFile("The zip ends before its list of files, so a part is missing. Download it again.");
}

function unpacked(source: Source, entry: Entry, onRead: OnRead | undefined): Bytes {
  return {
    size: entry.size,
    *chunks() {
      const packed = packedBytes(source, entry, onRead);
      let [length, crc] = [0, 0];
      for (const chunk of entry.method === STORED ? packed.chunks() : inflated(packed)) {
        length += chunk.length;
        crc = crc32(chunk, crc);
        if (length > entry.size) break;
        yield chunk;
      }
      if (length !== entry.size || crc !== entry.crc) refuseFile(damagedMessage());
    },
  };
}

function packedBytes(source: Source, entry: Entry, onRead: OnRead | undefined): Bytes {
  if (entry.flags & 1) refuseFile("The zip is locked with a password. Unlock it and bring the files inside.");
  if (entry.method !== STORED && entry.method !== DEFLATED) refuseFile(damagedMessage());
  const local = Buffer.alloc(LOCAL.bytes);
  const isThere =
    source.readAt(entry.offset, local) === LOCAL.bytes && local.readUInt32LE(0) === LOCAL.signature;
  const from = entry.offset + LOCAL.bytes + local.readUInt16LE(26) + local.readUInt16LE(28);
  if (!isThere || from + entry.packed > source.size) refuseFile(damagedMessage());
  return bytesOf(source, { from, size: entry.packed, ...(onRead ? { onRead } : {}) });
}

/** Node's own zlib inflates in one piece or asynchronously; this one goes step by step within a walk. */
function* inflated(packed: Bytes): Generator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const inflate = new Inflate((chunk) => ready.push(chunk));
  function push(part: Uint8Array, isLast: boolean): Uint8Array[] {
    try {
      inflate.push(part, isLast);
    } catch {
      refuseFile(damagedMessage());
    }
    return ready.splice(0);
  }
  for (const chunk of packed.chunks())
    for (let at = 0; at < chunk.length; at += INFLATED_STEP)
      yield* push(chunk.slice(at, at + INFLATED_STEP), false);
  yield* push(new Uint8Array(0), true);
}

function tooLargeMessage(): string {
  return `The zip unpacks to more than ${MAX_ZIP_BYTES / 1e6} MB. Export a shorter period.`;
}

function damagedMessage(): string {
  return "The zip is damaged or incomplete. Download it again.";
}
