import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { commonPasswords } from "./common-passwords";

/** argon2id, 19 MiB, t = 2, p = 1 (OWASP Password Storage Cheat Sheet). The library's default is argon2id. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const SHORTEST = 15;
const LONGEST = 256;

/** The same password typed on another keyboard may arrive composed in another way; nothing else is changed. */
export function normalise(password: string): string {
  return password.normalize("NFC");
}

export function hashPassword(password: string): Promise<string> {
  return hash(normalise(password), COST);
}

let dummy: Promise<string> | undefined;

/** Takes the same time whether there is a hash to compare with or not. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  dummy ??= hash("nobody has this password", COST);
  const isRight = await verify(passwordHash ?? (await dummy), normalise(password));
  return isRight && passwordHash !== null;
}

/** Makes the first sign-in after a start no slower for an unknown account. */
export async function warmUp(): Promise<void> {
  await verifyPassword(null, "");
}

/**
 * Why a new password cannot be taken, as a sentence, or null. Length counts characters, spaces included; there
 * are no rules of composition. `about`: the person's name and address.
 */
export async function objectionTo(password: string, about: readonly string[]): Promise<string | null> {
  const length = [...normalise(password)].length;
  if (length < SHORTEST) {
    return `Use at least ${SHORTEST} characters; this has ${length}. A few unrelated words are easy to keep.`;
  }
  if (length > LONGEST) return `Use at most ${LONGEST} characters; this has ${length}.`;
  const common = await commonPasswords();
  const folded = normalise(password).toLowerCase();
  const own = wordsOf([...about, "permille"]);
  const isEasy =
    new Set(folded).size < 5 ||
    isRow(folded) ||
    isCommon(folded, common) ||
    isCommon(unitOf(folded), common) ||
    isMadeOf(folded, own, common);
  return isEasy ? "This password is easy to guess. Use a few unrelated words that do not name you." : null;
}

/** A common password, also with digits or signs before or after it. */
function isCommon(text: string, common: ReadonlySet<string>): boolean {
  const core = text.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  return common.has(text) || common.has(core);
}

/** The shortest piece of which the text is a repetition ("abcabcab" → "abc"), else the text itself. */
function unitOf(text: string): string {
  for (let size = 1; size <= text.length / 2; size++) {
    if (
      text ===
      text
        .slice(0, size)
        .repeat(Math.ceil(text.length / size))
        .slice(0, text.length)
    ) {
      return text.slice(0, size);
    }
  }
  return text;
}

const ROWS = [
  "01234567890",
  "abcdefghijklmnopqrstuvwxyz",
  "qwertyuiopasdfghjklzxcvbnm",
  "qwertzuiopasdfghjklyxcvbnm",
];

/** Neighbours on the keyboard, in the alphabet or in counting, forwards or backwards, in at most three runs. */
function isRow(text: string): boolean {
  const lines = ROWS.flatMap((row) => [row, [...row].reverse().join("")]);
  let runs = 0;
  for (let at = 0; at < text.length; runs++) {
    let end = at + 1;
    while (end < text.length && lines.some((line) => line.includes(text.slice(at, end + 1)))) end++;
    at = end;
  }
  return runs <= 3;
}

/** Little is left once the words that everyone would try first are taken out. */
function isMadeOf(text: string, words: readonly string[], common: ReadonlySet<string>): boolean {
  let rest = text;
  for (const word of words) rest = rest.replaceAll(word, "");
  return rest !== text && (rest.length < 6 || isCommon(rest, common));
}

/** The longest first, so that a short one does not break up a long one. */
function wordsOf(texts: readonly string[]): string[] {
  const folded = texts.map((text) => text.normalize("NFC").toLowerCase());
  const parts = folded.flatMap((text) => [text, ...text.split(/[^\p{L}\p{N}]+/u)]);
  return [...new Set(parts)].filter((part) => part.length >= 3).sort((a, b) => b.length - a.length);
}
