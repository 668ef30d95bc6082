import { attributeOf, type XmlEvent } from "./xml";

/** Which of a workbook's cell styles show a number as a day or a time. */
export type DateFormats = { is1904: boolean; kindOf(style: number): DateKind | null };
type DateKind = "date" | "time" | "duration";

/** Formats that every workbook has without writing them down (ECMA-376 part 1, 18.8.30); 27 to 58 are East Asian. */
const BUILT_IN: readonly (readonly [number, number, DateKind])[] = [
  [14, 17, "date"],
  [18, 21, "time"],
  [22, 22, "date"],
  [27, 36, "date"],
  [45, 45, "time"],
  [46, 46, "duration"],
  [47, 47, "time"],
  [50, 58, "date"],
];
const DAY_MS = 86_400_000;
const DAY_SECONDS = 86_400;
/** Excel counts a 29 February 1900 that never was; what lies before it is no day of ours. */
const FIRST_SERIAL = 61;
/** 31 December 9999 */
const LAST_SERIAL = 2_958_465;

/** Reads the styles part of a workbook. */
export function dateFormatsOf(events: Iterable<XmlEvent>, is1904: boolean): DateFormats {
  const codes = new Map<number, DateKind | null>();
  const styles: number[] = [];
  let isOfCells = false;
  for (const event of events) {
    if (event.kind === "text") continue;
    if (event.name === "cellXfs") isOfCells = event.kind === "open";
    if (event.kind !== "open") continue;
    const id = Number(attributeOf(event.attributes, "numFmtId") ?? 0);
    if (event.name === "numFmt") codes.set(id, kindOfCode(attributeOf(event.attributes, "formatCode") ?? ""));
    if (event.name === "xf" && isOfCells) styles.push(id);
  }
  return {
    is1904,
    kindOf(style) {
      const id = styles[style] ?? 0;
      if (codes.has(id)) return codes.get(id) ?? null;
      return BUILT_IN.find(([from, to]) => id >= from && id <= to)?.[2] ?? null;
    },
  };
}

/** "[$-409]mmm\-yy" is a date, "[h]:mm:ss" a duration, "0.00 \d" a number. */
function kindOfCode(code: string): DateKind | null {
  const [positive = ""] = code.replace(/"[^"]*"|\\./g, "").split(";");
  if (/\[h+\]|\[m+\]|\[s+\]/i.test(positive)) return "duration";
  const bare = positive.replace(/\[[^\]]*\]|_.|\*./g, "").toLowerCase();
  if (/general|[#0?]/.test(bare.replace(/\.0+/g, ""))) return null;
  const hasTime = /[hs]/.test(bare);
  if (/[yd]/.test(bare) || (/m/.test(bare) && !hasTime)) return "date";
  return hasTime ? "time" : null;
}

/** A cell as text, the way a CSV of the same table has it. */
export function cellText(
  type: string,
  value: string,
  style: number,
  shared: readonly string[],
  dates: DateFormats,
): string {
  switch (type) {
    case "s":
      return shared[Number(value)] ?? "";
    case "inlineStr":
    case "str":
    case "d":
      return value;
    case "b":
      return value === "1" ? "TRUE" : "FALSE";
    case "e":
      return "#N/A";
    default: {
      const kind = value === "" ? null : dates.kindOf(style);
      return (kind && dateText(Number(value), kind, dates.is1904)) ?? plainNumber(value);
    }
  }
}

/** Null where the number is no day. */
function dateText(serial: number, kind: DateKind, is1904: boolean): string | null {
  if (!(serial >= 0 && serial <= LAST_SERIAL)) return null;
  const seconds = Math.round(serial * DAY_SECONDS);
  if (kind === "duration" || (kind === "time" && serial < 1)) return clock(seconds);
  if (!is1904 && serial < FIRST_SERIAL) return null;
  const day = Math.floor(seconds / DAY_SECONDS);
  const start = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  const date = new Date(start + day * DAY_MS).toISOString().slice(0, 10);
  const time = seconds % DAY_SECONDS;
  return time === 0 ? date : `${date} ${clock(time)}`;
}

function clock(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** "1.5E-3" is 0.0015, digit by digit. A large one has lost digits already and stays as it is. */
function plainNumber(text: string): string {
  const parts = /^(-?)(\d)(?:\.(\d+))?E-(0?[1-9]|[1-9]\d)$/i.exec(text);
  if (!parts) return text;
  const [, sign = "", first = "", rest = "", exponent = ""] = parts;
  return `${sign}0.${"0".repeat(Number(exponent) - 1)}${first}${rest}`;
}
