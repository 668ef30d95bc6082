import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * Which file of Noto Sans draws a character. The packages cut each script's font into pieces and say which characters
 * each piece has; a piece is read when a document first needs it. Chinese, Japanese and Korean weigh 50 to 80 MB each,
 * so they are used where they are installed and asked for nowhere.
 */
export interface FontPiece {
  /** names it in a document */
  readonly key: string;
  readonly file: string;
}

const PACKAGES = ["noto-sans", "noto-sans-arabic", "noto-sans-hebrew"] as const;
const IF_INSTALLED = ["noto-sans-sc", "noto-sans-jp", "noto-sans-kr"] as const;

interface Piece {
  readonly name: string;
  readonly subset: string;
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

let pieces: readonly Piece[] | null = null;

/** null for a character that no installed font has. */
export function fontFor(codePoint: number, isBold: boolean): FontPiece | null {
  pieces ??= [...PACKAGES, ...IF_INSTALLED.filter((name) => existsSync(placeOf(name)))].flatMap(piecesOf);
  const piece = pieces.find(({ ranges }) =>
    ranges.some(([first, last]) => codePoint >= first && codePoint <= last),
  );
  return piece ? fileOf(piece, isBold) : null;
}

/** Whether every character of a text is in some font. */
export function canDraw(text: string): boolean {
  return [...text].every((character) => fontFor(character.codePointAt(0) ?? 0, false) !== null);
}

function fileOf({ name, subset }: Piece, isBold: boolean): FontPiece {
  const key = `${name}-${subset}-${isBold ? 700 : 400}-normal`;
  return { key, file: path.join(placeOf(name), "files", `${key}.woff`) };
}

function piecesOf(name: string): Piece[] {
  const subsets = JSON.parse(readFileSync(path.join(placeOf(name), "unicode.json"), "utf8")) as Record<
    string,
    string
  >;
  const own = name === "noto-sans" ? [] : ["latin", "latin-ext", "math", "symbols"];
  return Object.entries(subsets)
    .filter(([subset]) => !own.includes(subset))
    .map(([subset, ranges]) => ({
      name,
      // Numbered pieces are named "[4]" here and "4" in the file.
      subset: subset.replace(/[[\]]/g, ""),
      ranges: ranges.split(",").map(rangeOf),
    }));
}

/** "U+0460-052F", "U+20B4", "U+4??". */
function rangeOf(text: string): [number, number] {
  const [first = "", last = first] = text.trim().slice(2).split("-");
  return [Number.parseInt(first.replaceAll("?", "0"), 16), Number.parseInt(last.replaceAll("?", "F"), 16)];
}

function placeOf(name: string): string {
  return path.join(process.cwd(), "node_modules", "@fontsource", name);
}
