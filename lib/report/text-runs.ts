import bidiFactory from "bidi-js";
import { type FontPiece, fontFor } from "./fonts";

/** A piece of a line in one font and one direction. */
export interface TextRun {
  readonly font: FontPiece;
  /** in the order it is read; the shaping turns right-to-left scripts round */
  readonly text: string;
}

const bidi = bidiFactory();
/** Stands for what no font can draw: a question mark is honest, an empty box looks like a defect. */
const UNKNOWN = "?";

/** What people typed, as one line that can be drawn: no control characters, no half characters. */
export function plainLine(text: string): string {
  return (
    text
      .toWellFormed()
      .normalize("NFC")
      .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
      // Fonts lack most of the many spaces; none of them may be broken at but the common one.
      .replace(/(?! )\p{Zs}/gu, "\u00a0")
  );
}

/** The runs of one line from left to right, as the Unicode bidirectional algorithm orders them. */
export function runsOf(line: string, isBold: boolean): TextRun[] {
  if (BASIC.test(line)) return basicRun(line, isBold);
  const { levels } = bidi.getEmbeddingLevels(line, "ltr");
  const stretches: { level: number; runs: TextRun[] }[] = [];
  let at = 0;
  for (const character of line) {
    const level = levels[at] ?? 0;
    at += character.length;
    const last = stretches.at(-1);
    const stretch = last?.level === level ? last : { level, runs: [] };
    if (stretch !== last) stretches.push(stretch);
    append(
      stretch.runs,
      level % 2 === 1 ? (bidi.getMirroredCharacter(character) ?? character) : character,
      isBold,
    );
  }
  return inVisualOrder(stretches).flatMap(({ level, runs }) =>
    level % 2 === 1 ? [...runs].reverse() : runs,
  );
}

/** What every Latin font has, from left to right: no order to find, no font to choose. */
const BASIC = /^[ -~]*$/;

function basicRun(line: string, isBold: boolean): TextRun[] {
  const font = fontFor(UNKNOWN.charCodeAt(0), isBold);
  if (!font) throw new Error("The fonts are not installed.");
  return line === "" ? [] : [{ font, text: line }];
}

/** Marks stay with the letter they stand on, where its font has them. */
function append(runs: TextRun[], character: string, isBold: boolean): void {
  const font = fontFor(character.codePointAt(0) ?? 0, isBold);
  const drawn = font ? character : UNKNOWN;
  const piece = font ?? fontFor(UNKNOWN.charCodeAt(0), isBold);
  if (!piece) throw new Error("The fonts are not installed.");
  const last = runs.at(-1);
  if (last?.font.key === piece.key) runs[runs.length - 1] = { font: piece, text: last.text + drawn };
  else runs.push({ font: piece, text: drawn });
}

/** Rule L2: from the highest level down, whatever stands together at that level or above is turned round. */
function inVisualOrder<Stretch extends { level: number }>(stretches: readonly Stretch[]): Stretch[] {
  const ordered = [...stretches];
  const highest = ordered.reduce((most, { level }) => Math.max(most, level), 0);
  for (let level = highest; level > 0; level--) {
    for (let from = 0; from < ordered.length; from++) {
      let to = from;
      while ((ordered[to]?.level ?? -1) >= level) to++;
      if (to > from) ordered.splice(from, to - from, ...ordered.slice(from, to).reverse());
      from = to > from ? to : from;
    }
  }
  return ordered;
}
