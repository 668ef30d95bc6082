import "server-only";
import { z } from "zod";
import { parseCount, parseDuration, parseHours } from "./import/numbers";
import { type Currency, decimalText, isCurrency, parseDecimal, parseMoney } from "./model/money";
import { type Day, firstDay, isDay, isMonth, lastDay, type Month } from "./model/month";
import { parsePercentPpm } from "./model/percent";
import type { Result } from "./model/result";
import {
  DEAL_STATES,
  EVENT_EFFECTS,
  EVENT_KINDS,
  FORMATS,
  KINDS_OF_ENTRY,
  NICHES,
  PLATFORMS,
  STATES,
  STREAMS,
} from "./model/words";

/**
 * The pieces the forms of the ledger are made of. A form sends text; what comes out is what db/ takes. Blank is
 * "unknown" (null), never 0. Every message is a sentence that names the remedy.
 */

const INCOMPLETE = "This form is not complete: reload the page and try again.";
const MAX_NOTE = 2_000;
const GROUPED = /^\d{1,3}([.,'’\s])\d{3}(\1\d{3})*$/;

/** Ids the page itself sent: of the creator, of the row (made by the browser), of what is changed. */
export const id = z.uuid(INCOMPLETE);

export const version = z
  .string(INCOMPLETE)
  .regex(/^\d{1,9}$/, INCOMPLETE)
  .transform(Number);

/** What was typed, without the space around it; a field that was not sent is blank. */
export const typed = z
  .string()
  .default("")
  .transform((text) => text.trim());

/** An id that may be left out. */
export const optionalId = typed
  .refine((text) => text === "" || z.uuid().safeParse(text).success, "Choose one from the list.")
  .transform((text) => text || null);

/** One line of text. `what` begins the sentence: "Type the title." */
export function line(missing: string, longest = 200) {
  return typed
    .refine((text) => text !== "", missing)
    .refine((text) => text.length <= longest, `Use at most ${longest} characters.`)
    .refine((text) => !/\p{Cc}/u.test(text), "Write it in one line.");
}

export function optionalLine(longest = 200) {
  return typed
    .refine((text) => text.length <= longest, `Use at most ${longest} characters.`)
    .refine((text) => !/\p{Cc}/u.test(text), "Write it in one line.");
}

export const note = typed
  .refine((text) => text.length <= MAX_NOTE, `Use at most ${MAX_NOTE} characters.`)
  // A line break is welcome in a note; other control characters would end up in files.
  .refine((text) => !/[^\P{Cc}\r\n\t]/u.test(text), "Remove the characters that cannot be printed.")
  // Browsers send two characters for a line's end.
  .transform((text) => text.replace(/\r\n?/g, "\n"));

export const day = typed.refine(isDay, "Choose a day, like 2026-11-23.").transform((text) => text as Day);

export const optionalDay = typed
  .refine((text) => text === "" || isDay(text), "Choose a day, like 2026-11-23, or leave it empty.")
  .transform((text) => (text === "" ? null : (text as Day)));

export const month = typed
  .refine(isMonth, "Choose a month, like 2026-11.")
  .transform((text) => text as Month);

export const currency = typed
  .transform((text) => text.toUpperCase())
  .refine(isCurrency, "Choose a currency from the list, like USD.")
  .transform((text) => text as Currency);

/** Whole numbers such as views; blank is unknown. A count has no decimals, so "12,000" and "12.000" are 12000. */
export const count = parsed((text) => parseCount(GROUPED.test(text) ? text.replace(/\D/g, "") : text));

/** Hours with decimals, as whole seconds; blank is unknown. */
export const watchHours = parsed(parseHours);

/** A video's length as H:MM:SS or M:SS, in seconds; blank is unknown. */
export const videoSeconds = parsed((text) =>
  parseDuration(/^\d{1,2}:\d\d$/.test(text) ? `0:${text.padStart(5, "0")}` : text),
);

/** An exchange rate as plain decimal text ("0.9231"), greater than 0. */
export const rate = parsed(parseRate);

/** Blank where the two currencies are the same. */
export const optionalRate = parsed<string | null>((text) =>
  text === "" ? { ok: true, value: null } : parseRate(text),
);

/** A share in percent as parts per million; blank is unknown. */
export const percentPpm = parsed(parsePercentPpm);

export const platform = z.enum(PLATFORMS, "Choose a platform from the list.");
export const format = z.enum(FORMATS, "Choose a format: short, long or live.");
export const formatOrAll = z.enum([...FORMATS, "all"], "Choose a format, or all formats.").default("all");
export const stream = z.enum(STREAMS, "Choose where the money comes from.");
export const payoutState = z.enum(STATES, "Choose whether the amount is estimated or final.");
export const entryKind = z
  .enum(KINDS_OF_ENTRY, "Choose what kind of entry this is.")
  .exclude(["void"], "Choose what kind of entry this is.")
  .default("earning");
export const niche = z.enum(NICHES, "Choose a niche from the list.");
export const dealState = z.enum(DEAL_STATES, "Choose where the deal stands.");
export const eventKind = z.enum(EVENT_KINDS, "Choose what kind of event it was.");
export const eventEffect = z.enum(EVENT_EFFECTS, "Choose what the model should make of it.");
/** Blank is all of them. */
export const optionalStream = typed
  .pipe(z.union([z.literal(""), stream], "Choose a stream, or all of them."))
  .transform((text) => text || null);
export const optionalPlatform = typed
  .pipe(z.union([z.literal(""), platform], "Choose a platform, or all of them."))
  .transform((text) => text || null);

/**
 * Money depends on two fields, so it is read after both: minor units, or a problem under the amount's name.
 * An amount that can be read two ways ("1,234" in USD) is asked about, never guessed.
 */
export function moneyOf(
  ctx: z.RefinementCtx,
  text: string,
  currency: Currency,
  name: string,
): bigint | undefined {
  const amount: Result<bigint> =
    text === ""
      ? { ok: false, error: "Type the amount with digits, like 1,234.56." }
      : parseMoney(text, currency, "either");
  if (amount.ok) return amount.value;
  problem(ctx, name, amount.error);
}

/** Exact days where they were given, else the whole month. */
export function periodOf(
  ctx: z.RefinementCtx,
  form: { month: string; fromDay: Day | null; toDay: Day | null },
): { fromDay: Day; toDay: Day } | undefined {
  const { month, fromDay, toDay } = form;
  if (!fromDay && !toDay) {
    if (isMonth(month)) return { fromDay: firstDay(month), toDay: lastDay(month) };
    return problem(ctx, "month", "Choose the month it was earned in, like 2026-11.");
  }
  if (!fromDay) return problem(ctx, "fromDay", "Choose the first day too, or clear the last one.");
  if (!toDay) return problem(ctx, "toDay", "Choose the last day too, or clear the first one.");
  if (toDay < fromDay) return problem(ctx, "toDay", "The last day is before the first: swap them.");
  return { fromDay, toDay };
}

/** Adds a problem under the name of an input. */
export function problem(ctx: z.RefinementCtx, name: string, message: string): undefined {
  ctx.addIssue({ code: "custom", path: [name], message });
}

/**
 * The rows of a repeated group, in order: names like "line-0-videoId" with prefix "line". Rows in which every
 * field is blank are left out; each row knows the prefix of its own names, for its problems.
 */
export function rowsOf<Name extends string>(
  form: Readonly<Record<string, unknown>>,
  prefix: string,
  names: readonly Name[],
): (Record<Name, string> & { at: string })[] {
  const numbers = new Set<number>();
  for (const name of Object.keys(form)) {
    const match = new RegExp(`^${prefix}-(\\d{1,4})-`).exec(name);
    if (match) numbers.add(Number(match[1]));
  }
  return [...numbers]
    .sort((a, b) => a - b)
    .map((number) => {
      const at = `${prefix}-${number}`;
      const cells = names.map((name) => [name, String(form[`${at}-${name}`] ?? "").trim()] as const);
      return { ...(Object.fromEntries(cells) as Record<Name, string>), at };
    })
    .filter((row) => names.some((name) => row[name] !== ""));
}

/** A parser of text as a schema: its sentence becomes the field's. */
function parsed<T>(parse: (text: string) => Result<T>) {
  return typed.transform((text, ctx) => {
    const result = parse(text);
    if (result.ok) return result.value;
    ctx.addIssue({ code: "custom", message: result.error });
    return z.NEVER;
  });
}

function parseRate(text: string): Result<string> {
  // A rate such as 1.085 has three decimals far more often than it has thousands; "1,085" is asked about.
  const decimal = parseDecimal(text, "either", 3);
  if (!decimal.ok)
    return { ok: false, error: "Type the rate with a point before its decimals, like 1.0853." };
  const { units, scale } = decimal.value;
  if (units <= 0n) return { ok: false, error: "A rate is greater than 0: type it like 1.0853." };
  if (scale > 10) return { ok: false, error: "Type the rate with at most 10 decimals." };
  if (units / 10n ** BigInt(scale) >= 10n ** 10n)
    return { ok: false, error: "This rate is too large; check for extra digits." };
  return { ok: true, value: decimalText(units, scale) };
}

/** Whether it can name a row; an address can hold anything. */
export function isId(text: string | undefined): text is string {
  return z.uuid().safeParse(text).success;
}
