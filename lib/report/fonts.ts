import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { charactersOf, unpacked } from "./font-file";

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

const found = new Map<number, FontPiece | null>();

/** null for a character that no installed font has. */
export function fontFor(codePoint: number, isBold: boolean): FontPiece | null {
  const key = isBold ? -1 - codePoint : codePoint;
  const known = found.get(key);
  if (known !== undefined) return known;
  pieces ??= [...PACKAGES, ...IF_INSTALLED.filter((name) => existsSync(placeOf(name)))].flatMap(piecesOf);
  const font =
    pieces
      .filter(({ ranges }) => ranges.some(([first, last]) => codePoint >= first && codePoint <= last))
      .map((piece) => fileOf(piece, isBold))
      .find((piece) => readFont(piece).characters.has(codePoint)) ?? null;
  found.set(key, font);
  return font;
}

type Font = { readonly bytes: Buffer; readonly characters: ReadonlySet<number> };

const fonts = new Map<string, Font>();

/** A piece, read and unpacked once; what it says of itself can be more than what it has. */
export function readFont({ key, file }: FontPiece): Font {
  const known = fonts.get(key);
  if (known) return known;
  const bytes = unpacked(readFileSync(file));
  const font = { bytes, characters: charactersOf(bytes) };
  fonts.set(key, font);
  return font;
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
