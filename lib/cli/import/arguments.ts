import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Mapping } from "../../import/mapping";
import { currencyOf, isCurrency } from "../../model/money";
import { type Day, isDay } from "../../model/month";
import { FORMATS, PLATFORMS, type Platform } from "../../model/words";
import type { UploadChoices } from "../../upload";
import { fromWhereOneStands, UsageError } from "../command";

export const USAGE = `npm run import -- FILE --creator NAME [options]

  --creator NAME          whose file it is, by name or id
  --channel NAME          the channel it is about, by name or id
  --new-channel NAME      makes that channel, with --platform (tiktok, youtube, …)
  --dry-run               shows what would happen, writes nothing
  --json                  prints it as JSON

  Answers to what a file leaves open:
  --period FIRST..LAST    the days of the export, like 2026-01-01..2026-03-31
  --as-of DAY             the day on which it was exported
  --currency CODE         of amounts without one, like USD
  --decimal . or ,        what stands before the decimals
  --day-order dmy or mdy  of dates like 03/04/2026
  --twins sum, first, last or keep   of rows that speak of the same
  --video-format short, long or live  of new videos
  --subject NAME          whose rows are meant, in a file of many
  --unit-price AMOUNT     what one unit is worth, in --currency
  --mapping FILE          what the columns mean, as JSON
  --overlap KEY=CHOICE    what becomes of an overlap; may be given often
  --repair                letters that were read in a wrong encoding are put right`;

export interface ImportArguments {
  file: string;
  creator: string;
  channel: string | null;
  newChannel: string | null;
  platform: Platform | null;
  isDryRun: boolean;
  isJson: boolean;
  choices: UploadChoices;
}

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
const OPTIONS = {
  creator: text,
  channel: text,
  "new-channel": text,
  platform: text,
  "dry-run": flag,
  json: flag,
  period: text,
  "as-of": text,
  currency: text,
  decimal: text,
  "day-order": text,
  twins: text,
  "video-format": text,
  subject: text,
  "unit-price": text,
  mapping: text,
  overlap: { type: "string", multiple: true },
  repair: flag,
} as const;

/** Reads the command's arguments; a file of a mapping is read too. Throws UsageError. */
export async function parseImport(args: string[]): Promise<ImportArguments> {
  const { values, positionals } = parsed(args);
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new UsageError("Name one file.");
  if (values.creator === undefined) throw new UsageError("Say whose file it is: --creator NAME.");
  const { period, currency, subject, mapping, overlap } = values;
  const choices: UploadChoices = {
    ...(period === undefined ? {} : { period: periodOf(period) }),
    ...(values["as-of"] === undefined ? {} : { asOf: dayOf(values["as-of"], "--as-of") }),
    ...(currency === undefined ? {} : { currency: currencyNamed(currency) }),
    ...one("decimal", values.decimal, [".", ","] as const),
    ...one("dayOrder", values["day-order"], ["dmy", "mdy"] as const),
    ...one("twins", values.twins, ["sum", "first", "last", "keep"] as const),
    ...one("videoFormat", values["video-format"], FORMATS),
    ...(subject === undefined ? {} : { subject }),
    ...(values["unit-price"] === undefined ? {} : { unitPrice: values["unit-price"] }),
    ...(mapping === undefined ? {} : { mapping: await mappingIn(mapping) }),
    ...(overlap === undefined ? {} : { overlaps: overlapsOf(overlap) }),
    ...(values.repair ? { repair: true } : {}),
  };
  return {
    file: fromWhereOneStands(file),
    creator: values.creator,
    channel: values.channel ?? null,
    newChannel: values["new-channel"] ?? null,
    platform: one("platform", values.platform, PLATFORMS).platform ?? null,
    isDryRun: values["dry-run"] ?? false,
    isJson: values.json ?? false,
    choices,
  };
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "");
  }
}

function one<Name extends string, Value extends string>(
  name: Name,
  given: string | undefined,
  offered: readonly Value[],
): Partial<Record<Name, Value>> {
  if (given === undefined) return {};
  const found = offered.find((value) => value === given);
  if (found === undefined) throw new UsageError(`“${given}” is none of ${offered.join(", ")}.`);
  return { [name]: found } as Record<Name, Value>;
}

function periodOf(given: string) {
  const [from = "", to = ""] = given.split("..");
  const period = { from: dayOf(from, "--period"), to: dayOf(to, "--period") };
  if (period.to < period.from) throw new UsageError("--period: the last day is before the first; swap them.");
  return period;
}

function dayOf(given: string, option: string): Day {
  if (!isDay(given)) throw new UsageError(`${option}: “${given}” is no day; write it like 2026-01-31.`);
  return given;
}

function currencyNamed(given: string) {
  const code = given.toUpperCase();
  if (!isCurrency(code)) throw new UsageError(`--currency: “${given}” is no currency; write it like USD.`);
  return currencyOf(code);
}

function overlapsOf(given: string[]): NonNullable<UploadChoices["overlaps"]> {
  const pairs = given.map((each) => {
    const at = each.lastIndexOf("=");
    if (at < 1) throw new UsageError(`--overlap: “${each}” is not KEY=CHOICE.`);
    return [each.slice(0, at), each.slice(at + 1)] as const;
  });
  return Object.fromEntries(pairs) as NonNullable<UploadChoices["overlaps"]>;
}

async function mappingIn(file: string): Promise<Mapping> {
  try {
    return JSON.parse(await readFile(fromWhereOneStands(file), "utf8")) as Mapping;
  } catch {
    throw new UsageError(`--mapping: ${file} holds no JSON.`);
  }
}
