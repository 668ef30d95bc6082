import { inflateSync } from "node:zlib";

/** Font files, as far as paper must know them: out of their WOFF packing, and which characters they have. */

const WOFF_HEADER = 44;
const WOFF_ENTRY = 20;
const FONT_HEADER = 12;
const FONT_ENTRY = 16;

/**
 * A WOFF 1.0 font (sections 3 to 5) as plain OpenType: the same tables, each by itself packed or not, under another
 * directory. Unpacking takes longer than all else that a page needs, so a document is better given this.
 */
export function unpacked(woff: Buffer): Buffer {
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const at = WOFF_HEADER + index * WOFF_ENTRY;
    const offset = woff.readUInt32BE(at + 4);
    const packed = woff.readUInt32BE(at + 8);
    const body = woff.subarray(offset, offset + packed);
    return {
      tag: woff.subarray(at, at + 4),
      sum: woff.subarray(at + 16, at + 20),
      body: packed < woff.readUInt32BE(at + 12) ? inflateSync(body) : body,
    };
  });
  const header = Buffer.alloc(FONT_HEADER + count * FONT_ENTRY);
  woff.copy(header, 0, 4, 8);
  header.writeUInt16BE(count, 4);
  let end = header.length;
  const parts = tables.map(({ tag, sum, body }, index) => {
    const at = FONT_HEADER + index * FONT_ENTRY;
    header.set(tag, at);
    header.set(sum, at + 4);
    header.writeUInt32BE(end, at + 8);
    header.writeUInt32BE(body.length, at + 12);
    const padded = Buffer.concat([body, Buffer.alloc(-body.length & 3)]);
    end += padded.length;
    return padded;
  });
  return Buffer.concat([header, ...parts]);
}

/** The code points that an OpenType font has a glyph for, by its character map in format 4 or 12. */
export function charactersOf(font: Buffer): ReadonlySet<number> {
  const found = new Set<number>();
  const map = tableOf(font, "cmap");
  if (!map) return found;
  for (let index = 0; index < map.readUInt16BE(2); index++) {
    const table = map.subarray(map.readUInt32BE(4 + index * 8 + 4));
    const format = table.readUInt16BE(0);
    if (format === 4) addSegments(table, found);
    if (format === 12) addGroups(table, found);
  }
  return found;
}

function tableOf(font: Buffer, name: string): Buffer | null {
  for (let index = 0; index < font.readUInt16BE(4); index++) {
    const at = FONT_HEADER + index * FONT_ENTRY;
    if (font.toString("latin1", at, at + 4) !== name) continue;
    const offset = font.readUInt32BE(at + 8);
    return font.subarray(offset, offset + font.readUInt32BE(at + 12));
  }
  return null;
}

/** Segments: last characters, a pad, first characters, what is added to get the glyph, or where a list of glyphs lies. */
function addSegments(table: Buffer, found: Set<number>): void {
  const size = table.readUInt16BE(6);
  const [lasts, firsts, deltas, lists] = [14, 16 + size, 16 + 2 * size, 16 + 3 * size] as const;
  for (let at = 0; at < size; at += 2) {
    const first = table.readUInt16BE(firsts + at);
    const list = table.readUInt16BE(lists + at);
    for (let code = first; code <= table.readUInt16BE(lasts + at) && code < 0xffff; code++) {
      const glyph =
        list === 0
          ? (code + table.readUInt16BE(deltas + at)) & 0xffff
          : table.readUInt16BE(lists + at + list + 2 * (code - first));
      if (glyph !== 0) found.add(code);
    }
  }
}

function addGroups(table: Buffer, found: Set<number>): void {
  for (let group = 0; group < table.readUInt32BE(12); group++) {
    const at = 16 + group * 12;
    for (let code = table.readUInt32BE(at); code <= table.readUInt32BE(at + 4); code++) found.add(code);
  }
}
