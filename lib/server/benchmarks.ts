import "server-only";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { type Benchmark, type BenchmarkTable, BUILT_IN, withOwnRows } from "../model/benchmarks";
import { KINDS, kindOf } from "../model/kinds";
import { DENOMINATOR_LABEL } from "../model/rpm";
import { findRowSlip } from "../model/unit-slip";
import { FORMATS, PLATFORMS, REGIONS, STREAMS } from "../model/words";
import { env } from "./env";

/** The counts that the ledger knows; a rate per 1,000 of anything else could not be used. */
const COUNTED = ["views", "qualified_views", "engaged_views", "ad_impressions"] as const;
/** Published rates run from a tenth of a cent to some hundred; beyond lies a slip of units. */
const LARGEST_USD = 1_000_000;
const LONGEST_MB = 1;

const usd = z
  .number("must be a number of USD, like 0.6")
  .positive("must be above 0")
  .max(LARGEST_USD, `must be at most ${LARGEST_USD}`);
const seconds = z
  .number("must be a number of seconds, or null")
  .positive("must be above 0")
  .max(86_400, "must be at most a day")
  .nullable()
  .default(null);
const text = (what: string) =>
  z
    .string(`must be text: ${what}`)
    .trim()
    .min(1, `must not be empty: ${what}`)
    .max(300, "must have at most 300 characters");
const oneOf = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.enum(words, `must be one of ${words.join(", ")}`);

const Row = z
  .strictObject({
    platform: oneOf(["any", ...PLATFORMS]),
    programme: text("the programme that pays, as in Creator Rewards"),
    stream: oneOf(STREAMS),
    format: oneOf(["any", ...FORMATS]),
    denominator: oneOf([...COUNTED, "month"]),
    usd: z.strictObject(
      {
        ...(Object.fromEntries(REGIONS.map((region) => [region, usd.optional()])) as Record<
          (typeof REGIONS)[number],
          z.ZodOptional<typeof usd>
        >),
        unknown: usd,
      },
      {
        error: ({ code }) =>
          code === "unrecognized_keys"
            ? undefined
            : 'must give USD by region, at least as { "unknown": 0.6 }',
      },
    ),
    tau: z
      .number("must be a number: the spread of creators in logs, 0.9 is 2.5 times either way")
      .min(0.05, "must be at least 0.05")
      .max(3, "must be at most 3"),
    referenceWatchSeconds: seconds,
    usualWatchSeconds: seconds,
    source: text("who says so, with its address"),
    date: z
      .string("must be a date as in 2026-11-23, 2026-11 or 2026, or null")
      .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, "must be a date as in 2026-11-23, 2026-11 or 2026, or null")
      .nullable(),
    grade: oneOf(["A", "B", "C", "D", "judgement"]),
    sure: z.boolean("must be true or false").default(false),
  })
  .transform(({ sure, denominator, usd, ...row }, ctx): Benchmark => {
    const full: Benchmark = {
      ...row,
      denominator: denominator === "month" ? null : denominator,
      usd: Object.fromEntries(
        REGIONS.map((region) => [region, usd[region] ?? usd.unknown]),
      ) as Benchmark["usd"],
    };
    const refuse = (field: readonly string[], message: string) =>
      ctx.addIssue({ code: "custom", path: [...field], message });
    const perView = KINDS[kindOf(row.stream)].perView;
    if (perView !== (full.denominator !== null))
      refuse(
        ["denominator"],
        perView
          ? `must be one of ${COUNTED.join(", ")}: ${row.stream} is paid on counts`
          : `must be "month": ${row.stream} is not paid on views`,
      );
    const slip = sure ? null : findRowSlip(full);
    if (slip?.kind === "denominator")
      refuse(
        ["denominator"],
        `is not what this is usually paid on (${DENOMINATOR_LABEL[slip.usual]}); add "sure": true to the row if it is meant`,
      );
    if (slip?.kind === "rate")
      refuse(
        ["usd", usd[slip.region] === undefined ? "unknown" : slip.region],
        `is more than 50 times off the built-in ${slip.usd}: is it an advertiser's CPM, or in cents? Add "sure": true to the row if it is meant`,
      );
    return full;
  });

const File = z
  .strictObject({ rows: z.array(Row, "must be a list of rows").max(1000, "must have at most 1,000 rows") })
  .superRefine(({ rows }, ctx) => {
    const seen = new Map<string, number>();
    rows.forEach(({ platform, stream, format }, index) => {
      const cell = `${platform} ${stream} ${format}`;
      const first = seen.get(cell);
      if (first === undefined) seen.set(cell, index);
      else
        ctx.addIssue({
          code: "custom",
          path: ["rows", index],
          message: `is for the same platform, stream and format as rows[${first}]: keep one of them`,
        });
    });
  });

/**
 * The table of this installation: the built-in one, with the rows of BENCHMARKS_FILE where there is one. Read once
 * a process. Throws one sentence with the file and the place of the first mistakes.
 */
export function installedBenchmarks(): BenchmarkTable {
  shared.permilleBenchmarks ??= readInstalled(env().BENCHMARKS_FILE);
  return shared.permilleBenchmarks;
}

// Next bundles this module more than once in a process; all of it must project from the same table.
const shared = globalThis as { permilleBenchmarks?: BenchmarkTable };

function readInstalled(file: string | undefined): BenchmarkTable {
  if (file === undefined) return BUILT_IN;
  const place = path.resolve(/*turbopackIgnore: true*/ file);
  let content: string;
  try {
    content = readFileSync(place, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `BENCHMARKS_FILE names ${place}, which cannot be read (${code}): correct the name, or leave the variable out.`,
    );
  }
  return tableOf(content, place);
}

/** For tests too: a file's text as a table. `name` begins the sentence of a mistake. */
export function tableOf(content: string, name: string): BenchmarkTable {
  if (content.length > LONGEST_MB * 1024 * 1024) throw new Error(`${name} is larger than ${LONGEST_MB} MB.`);
  let json: unknown;
  try {
    json = JSON.parse(content.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new Error(`${name} is not JSON: ${(error as Error).message}.`);
  }
  const result = File.safeParse(json);
  if (!result.success) {
    const mistakes = result.error.issues
      .slice(0, 5)
      .map(({ path, message }) => `${placeOf(path)} ${message}`);
    throw new Error(`${name} cannot be used: ${mistakes.join("; ")}.`);
  }
  const { rows } = result.data;
  if (rows.length === 0) return BUILT_IN;
  const hash = createHash("sha256").update(JSON.stringify(rows)).digest("hex").slice(0, 12);
  return withOwnRows(rows, `${BUILT_IN.version}+${hash}`);
}

/** "rows[2].usd.unknown" */
function placeOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
  return text.replace(/^\./, "") || "the file";
}
