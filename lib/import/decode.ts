import type { Result } from "../model/result";
import type { Problem } from "./draft";
import { MAX_FILE_BYTES, MAX_LINE_CHARACTERS } from "./limits";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";
export type Delimiter = "," | ";" | "\t";
/** `text` has no byte-order mark and no `sep=` line; its newlines are "\n". */
export type Decoded = {
  text: string;
  encoding: Encoding;
  delimiter: Delimiter;
  /** Physical line of the first line of `text`: 2 after a `sep=` line, else 1. */
  firstLine: number;
};

/** Where Windows-1252 differs from Latin-1: 0x80 to 0x9F. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const DELIMITERS: readonly Delimiter[] = [",", ";", "\t"];

/**
 * Bytes of a delimited text file as text: UTF-8 and UTF-16 by their marks, UTF-8 without one, and
 * Windows-1252 where the bytes are no UTF-8. Refuses what is no text, what is cut, and what is too large.
 */
export function decode(bytes: Uint8Array): Result<Decoded, Problem> {
  if (bytes.length > MAX_FILE_BYTES)
    return refuse(
      `The file has ${megabytes(bytes.length)} MB; at most ${megabytes(MAX_FILE_BYTES)} MB are read. Export a shorter period.`,
    );
  const characters = charactersOf(bytes);
  if (!characters.ok) return characters;
  const text = characters.value.text.replace(/^\uFEFF/, "").replace(/\r\n?/g, "\n");
  if (text.trim() === "") return refuse("The file is empty. Export it again.");
  const broken = brokenLine(text);
  if (broken) return { ok: false, error: broken };

  const declared = /^"?sep=(.)"?\n/i.exec(text);
  const body = declared ? text.slice(declared[0].length) : text;
  const delimiter = DELIMITERS.find((known) => known === declared?.[1]) ?? detectDelimiter(body);
  return {
    ok: true,
    value: { text: body, encoding: characters.value.encoding, delimiter, firstLine: declared ? 2 : 1 },
  };
}

function charactersOf(bytes: Uint8Array): Result<{ text: string; encoding: Encoding }, Problem> {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    const encoding = first === 0xff ? "utf-16le" : "utf-16be";
    const text = bytes.length % 2 === 0 ? strictText(bytes, encoding) : null;
    return text === null ? refuse(cutMessage()) : { ok: true, value: { text, encoding } };
  }
  const text = strictText(bytes, "utf-8");
  if (text !== null) return { ok: true, value: { text, encoding: "utf-8" } };
  if (endsInsideCharacter(bytes)) return refuse(cutMessage());
  return { ok: true, value: { text: windows1252Text(bytes), encoding: "windows-1252" } };
}

function strictText(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** True when all but the last 1 to 3 bytes are UTF-8 with letters beyond ASCII: then the end is missing. */
function endsInsideCharacter(bytes: Uint8Array): boolean {
  for (let rest = 1; rest <= 3 && rest < bytes.length; rest++) {
    const start = bytes.length - rest;
    if ((bytes[start] ?? 0) < 0xc2 || (bytes[start] ?? 0) > 0xf4) continue;
    const head = bytes.subarray(0, start);
    return (
      bytes.subarray(start + 1).every((byte) => byte >= 0x80 && byte < 0xc0) &&
      head.some((byte) => byte >= 0x80) &&
      strictText(head, "utf-8") !== null
    );
  }
  return false;
}

/** By hand, because some releases of Node decode this label as Latin-1. */
function windows1252Text(bytes: Uint8Array): string {
  const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
  return latin1.replace(
    /[\u0080-\u009f]/g,
    (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character,
  );
}

function brokenLine(text: string): Problem | null {
  let line = 1;
  for (let start = 0; start <= text.length; line++) {
    const newline = text.indexOf("\n", start);
    const end = newline < 0 ? text.length : newline;
    if (end - start > MAX_LINE_CHARACTERS)
      return {
        line,
        message: `Line ${line} is longer than ${MAX_LINE_CHARACTERS.toLocaleString("en")} characters; this is no table. Export the file again.`,
      };
    start = end + 1;
  }
  const nul = text.indexOf("\0");
  if (nul < 0) return null;
  const at = text.slice(0, nul).split("\n").length;
  return {
    line: at,
    message: `Line ${at} holds a NUL byte, so this is no text file. Save it as CSV (UTF-8) and bring that.`,
  };
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

function megabytes(bytes: number): string {
  return (bytes / 1_000_000).toFixed(bytes % 1_000_000 === 0 ? 0 : 1);
}

function refuse(message: string): { ok: false; error: Problem } {
  return { ok: false, error: { message } };
}
