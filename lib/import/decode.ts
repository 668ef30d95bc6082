import { isAscii, isUtf8 } from "node:buffer";
import { MAX_LINE_CHARACTERS } from "./limits";
import { type Bytes, refuseFile } from "./source";

/** "xlsx" is a workbook, whose text is UTF-8 inside. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "windows-1251" | "xlsx";
export type Delimiter = "," | ";" | "\t" | "|";
/** A delimited text that can be walked as often as needed. */
export type Decoded = {
  /** Without a byte-order mark; newlines are "\n"; the first block begins with the file's first line. */
  blocks(): Iterable<string>;
  bytes: number;
  encoding: Encoding;
  isAscii: boolean;
  delimiter: Delimiter;
  /** The first line only declares the delimiter, `sep=;`. */
  hasDelimiterLine: boolean;
};

type TextEncoding = Exclude<Encoding, "xlsx">;

/** Where Windows-1252 differs from Latin-1: 0x80 to 0x9F. */
export const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const DELIMITERS: readonly Delimiter[] = [",", ";", "\t", "|"];
const SNIFFED_BYTES = 4096;

/**
 * Bytes of a delimited text file as text: UTF-8 and UTF-16 by their marks or their bytes, Windows-1252 or 1251
 * where they are neither. Throws FileFault where the end is cut off inside a character.
 */
export function decode(bytes: Bytes): Decoded {
  const { encoding, isAscii: isPlain } = encodingOf(bytes);
  const blocks = () => textBlocks(bytes, encoding);
  const head = headOf(blocks());
  const declared = /^"?sep=(.)"?\n/i.exec(head);
  const delimiter =
    DELIMITERS.find((known) => known === declared?.[1]) ??
    detectDelimiter(head.slice(declared?.[0].length ?? 0));
  return {
    blocks,
    bytes: bytes.size,
    encoding,
    isAscii: isPlain,
    delimiter,
    hasDelimiterLine: declared !== null,
  };
}

/** Longer than any first line that is read. */
function headOf(blocks: Iterable<string>): string {
  let head = "";
  for (const block of blocks) {
    head += block;
    if (head.length > MAX_LINE_CHARACTERS) break;
  }
  return head;
}

/** Looks at every byte, since one character decides between UTF-8 and the older encodings. */
function encodingOf(bytes: Bytes): { encoding: TextEncoding; isAscii: boolean } {
  const beyondAscii = (encoding: TextEncoding) => ({ encoding, isAscii: false });
  let isFirst = true;
  let rest = Buffer.alloc(0);
  let hasLetters = false;
  for (const chunk of bytes.chunks()) {
    const marked = isFirst ? utf16Of(chunk) : null;
    if (marked && bytes.size % 2 === 1) refuseFile(cutMessage());
    if (marked) return beyondAscii(marked);
    isFirst = false;
    if (rest.length === 0 && isAscii(chunk)) continue;
    const buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk);
    const whole = wholeLength(buffer);
    if (!isUtf8(buffer.subarray(0, whole))) return beyondAscii(olderEncodingOf(bytes));
    hasLetters ||= !isAscii(buffer.subarray(0, whole));
    rest = buffer.subarray(whole);
  }
  if (rest.length === 0) return { encoding: "utf-8", isAscii: !hasLetters };
  // All but the last bytes are UTF-8 with letters beyond ASCII: then the end is missing.
  return hasLetters ? refuseFile(cutMessage()) : beyondAscii(olderEncodingOf(bytes));
}

/** UTF-16 by its mark, or by the NUL beside almost every letter of a table without one. */
function utf16Of(chunk: Uint8Array): "utf-16le" | "utf-16be" | null {
  const [first, second] = chunk;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const sniffed = chunk.subarray(0, SNIFFED_BYTES - (SNIFFED_BYTES % 2));
  const pairs = sniffed.length >> 1;
  if (pairs < 4) return null;
  const nuls = [0, 0];
  sniffed.forEach((byte, at) => {
    if (byte === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = nuls;
  if (even === 0 && odd > pairs / 2) return "utf-16le";
  return odd === 0 && even > pairs / 2 ? "utf-16be" : null;
}

/** How many bytes end on a whole UTF-8 character; the others wait for the next chunk. */
function wholeLength(buffer: Buffer): number {
  for (let rest = 1; rest <= 3 && rest <= buffer.length; rest++) {
    const byte = buffer[buffer.length - rest] ?? 0;
    if (byte >= 0x80 && byte < 0xc0) continue;
    const needed = byte >= 0xf0 && byte < 0xf5 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 1;
    return needed > rest && byte < 0xf5 ? buffer.length - rest : buffer.length;
  }
  return buffer.length;
}

/**
 * Windows-1251 where more words are made of letters beyond ASCII alone than mix them with plain ones: Cyrillic
 * words are whole, while "Größe" and "vidéo" are mixed. In doubt it is 1252.
 */
function olderEncodingOf(bytes: Bytes): "windows-1252" | "windows-1251" {
  let [high, plain, whole, mixed] = [0, 0, 0, 0];
  for (const chunk of bytes.chunks())
    for (const byte of chunk) {
      if (byte >= 0xc0) high++;
      else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) plain++;
      else {
        if (high > 2 && plain === 0) whole++;
        else if (high > 0) mixed++;
        [high, plain] = [0, 0];
      }
    }
  return whole > mixed ? "windows-1251" : "windows-1252";
}

function* textBlocks(bytes: Bytes, encoding: TextEncoding): Generator<string> {
  const next = decoderOf(encoding);
  let isFirst = true;
  let held = "";
  for (const chunk of bytes.chunks()) {
    let text = held + next(chunk);
    if (isFirst && text !== "") {
      text = text.replace(/^\uFEFF/, "");
      isFirst = false;
    }
    // A "\r" at the end may be half of a line end.
    held = text.endsWith("\r") ? "\r" : "";
    if (held) text = text.slice(0, -1);
    yield text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
  }
  if (held) yield "\n";
}

/** Chunk by chunk; a character cut between two of them comes with the second. */
function decoderOf(encoding: TextEncoding): (chunk: Uint8Array) => string {
  let rest = Buffer.alloc(0);
  const joined = (chunk: Uint8Array, length: (buffer: Buffer) => number) => {
    const buffer =
      rest.length > 0
        ? Buffer.concat([rest, chunk])
        : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    const whole = length(buffer);
    rest = Buffer.from(buffer.subarray(whole));
    return buffer.subarray(0, whole);
  };
  const pairs = (buffer: Buffer) => buffer.length - (buffer.length % 2);
  switch (encoding) {
    case "utf-8":
      return (chunk) => {
        if (rest.length === 0 && isAscii(chunk)) return latin1Text(chunk);
        return joined(chunk, wholeLength).toString("utf8");
      };
    case "utf-16le":
      return (chunk) => joined(chunk, pairs).toString("utf16le");
    case "utf-16be":
      return (chunk) => Buffer.from(joined(chunk, pairs)).swap16().toString("utf16le");
    case "windows-1251": {
      const decoder = new TextDecoder("windows-1251");
      return (chunk) => decoder.decode(chunk);
    }
    case "windows-1252":
      return windows1252Text;
  }
}

function latin1Text(chunk: Uint8Array): string {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString("latin1");
}

/** By hand, because some releases of Node decode this label as Latin-1. */
function windows1252Text(chunk: Uint8Array): string {
  return latin1Text(chunk).replace(
    /[\u0080-\u009f]/g,
    (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character,
  );
}

/** The mark that occurs most in the first line that is not blank, outside quotes; a comma when none does. */
function detectDelimiter(text: string): Delimiter {
  const counts = new Map<string, number>();
  let quoted = false;
  let blank = true;
  for (const character of text.slice(0, MAX_LINE_CHARACTERS)) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === "\n" && !blank) break;
    else if (!quoted) counts.set(character, (counts.get(character) ?? 0) + 1);
    if (character !== "\n") blank = false;
  }
  const count = (delimiter: Delimiter) => counts.get(delimiter) ?? 0;
  return DELIMITERS.reduce((best, next) => (count(next) > count(best) ? next : best));
}

/** Said wherever the end of a file is missing. */
export function cutMessage(): string {
  return "The file ends in the middle of a row, so a part is missing. Download or save it again.";
}
