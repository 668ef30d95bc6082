import { WINDOWS_1252 } from "./decode";
import type { Row } from "./parse";

/** One place where UTF-8 was read as Windows-1252 and saved again, and what it said before. */
export type Mojibake = { line: number; broken: string; repaired: string };

/** What bytes 0x80 to 0xBF, which follow in UTF-8, look like in Windows-1252. */
const FOLLOWING = `\u0080-\u00BF${WINDOWS_1252}`;
/** Characters of two, three and four bytes. */
const BROKEN = new RegExp(
  `[\u00C2-\u00DF][${FOLLOWING}]|[\u00E0-\u00EF][${FOLLOWING}]{2}|[\u00F0-\u00F4][${FOLLOWING}]{3}`,
  "g",
);
/** Phonetic signs and accents by themselves, which titles do not hold: "CAFÉ»" is whole. */
const UNLIKELY = /[\u0250-\u036F]/;
const MAX_SHOWN = 60;
const strict = new TextDecoder("utf-8", { fatal: true });

/** The text as it was before it was broken; itself when it is whole. */
export function repairedText(text: string): string {
  // Broken twice is not rare; each time a repair makes it shorter.
  const repaired = text.replace(BROKEN, (found) => characterOf(found) ?? found);
  return repaired === text ? text : repairedText(repaired);
}

/** The first broken cell of a row; null when all are whole. */
export function mojibakeIn({ line, cells }: Row): Mojibake | null {
  for (const broken of cells) {
    const repaired = repairedText(broken);
    if (repaired !== broken)
      return {
        line,
        broken: broken.trim().slice(0, MAX_SHOWN),
        repaired: repaired.trim().slice(0, MAX_SHOWN),
      };
  }
  return null;
}

function characterOf(found: string): string | null {
  const bytes = Uint8Array.from(found, (letter) => {
    const at = WINDOWS_1252.indexOf(letter);
    return at < 0 ? letter.charCodeAt(0) : 0x80 + at;
  });
  try {
    const character = strict.decode(bytes);
    return UNLIKELY.test(character) ? null : character;
  } catch {
    return null;
  }
}
