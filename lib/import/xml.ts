import type { Bytes } from "./source";
import { refuseFile } from "./source";

/** `name` has no prefix; `attributes` are as written, for attributeOf. An empty element opens and closes. */
export type XmlEvent =
  | { kind: "open"; name: string; attributes: string }
  | { kind: "close"; name: string }
  | { kind: "text"; text: string };

/** A tag or a piece of markup that is longer is no workbook's. */
const MAX_MARKUP = 1_000_000;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/**
 * The tags and texts of an XML part of a workbook, in order and in bounded memory. No DTD is read, so entities
 * cannot grow. Text may come in several pieces. Throws FileFault where the markup is broken.
 */
export function* xmlEvents(bytes: Bytes): Generator<XmlEvent, void> {
  const decoder = new TextDecoder();
  let text = "";
  for (const chunk of bytes.chunks()) {
    text += decoder.decode(chunk, { stream: true });
    const end = yield* eventsIn(text, false);
    text = text.slice(end);
    if (text.length > MAX_MARKUP) refuseBroken();
  }
  const end = yield* eventsIn(text, true);
  if (text.slice(end).trim() !== "") refuseBroken();
}

/** Answers where the first piece that is not whole begins. */
function* eventsIn(text: string, isLast: boolean): Generator<XmlEvent, number> {
  let at = 0;
  for (;;) {
    const open = text.indexOf("<", at);
    if (open < 0) {
      if (!isLast) return at;
      if (at < text.length) yield { kind: "text", text: unescaped(text.slice(at)) };
      return text.length;
    }
    if (open > at) yield { kind: "text", text: unescaped(text.slice(at, open)) };
    at = open;
    const second = text[open + 1];
    if (second === "!" || second === "?") {
      const special = specialEnd(text, open);
      if (special < 0) return open;
      if (text.startsWith("<![CDATA[", open)) yield { kind: "text", text: text.slice(open + 9, special - 3) };
      at = special;
      continue;
    }
    const close = tagEnd(text, open);
    if (close < 0) return open;
    if (second === "/") yield { kind: "close", name: nameIn(text, open + 2, close) };
    else {
      const isEmpty = text[close - 1] === "/";
      const name = nameIn(text, open + 1, isEmpty ? close - 1 : close);
      const attributes = text.slice(open + 1, close);
      yield { kind: "open", name, attributes };
      if (isEmpty) yield { kind: "close", name };
    }
    at = close + 1;
  }
}

/** Where a comment, CDATA or instruction ends; -1 when not within the text. */
function specialEnd(text: string, open: number): number {
  if (text.startsWith("<!DOCTYPE", open)) refuseBroken();
  const mark = text.startsWith("<!--", open) ? "-->" : text.startsWith("<![", open) ? "]]>" : ">";
  const end = text.indexOf(mark, open);
  return end < 0 ? -1 : end + mark.length;
}

/** The ">" that ends a tag; one within an attribute's quotes does not. */
function tagEnd(text: string, open: number): number {
  let from = open;
  for (;;) {
    const close = text.indexOf(">", from);
    if (close < 0) return -1;
    const tag = text.slice(open, close);
    if (!tag.includes('"') || tag.split('"').length % 2 === 1) return close;
    if (close - open > MAX_MARKUP) refuseBroken();
    from = close + 1;
  }
}

function nameIn(text: string, from: number, to: number): string {
  let end = from;
  let start = from;
  for (; end < to; end++) {
    const code = text.charCodeAt(end);
    if (code === 58) start = end + 1;
    else if (code <= 32) break;
  }
  return text.slice(start, end);
}

/** The value of an attribute by its name without prefix; null when there is none. */
export function attributeOf(attributes: string, name: string): string | null {
  for (const [, key, double, single] of attributes.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    if (key === name || key?.endsWith(`:${name}`)) return unescaped(double ?? single ?? "");
  return null;
}

function unescaped(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{2,4}));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function refuseBroken(): never {
  return refuseFile("The workbook is damaged. Open it, save it again, or save its sheet as CSV (UTF-8).");
}
