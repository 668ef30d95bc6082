/**
 * `npm run backtest -- FILE`: how well the model would have done on a file, period by period, against every naive
 * rule. docs/model.md says which files and how to read the answer.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { readRows } from "./backtest/file";
import { judge } from "./backtest/judge";
import { jsonOf, textOf } from "./backtest/report";
import { BACKTEST_PLATFORMS, type ReadSettings, refuse, UNITS, Unreadable } from "./backtest/rows";
import { seriesOf } from "./backtest/series";

const USAGE =
  "npm run backtest -- FILE [--unit month|week|video] [--platform youtube|tiktok|other] [--per-usd RATE] [--json]";

type Command = { file: string; settings: ReadSettings; perUsd: number | null; isJson: boolean };

/** What the command prints for a file's bytes. Throws Unreadable for what is wrong with the file. */
export function backtest(
  bytes: Uint8Array,
  name: string,
  { settings, perUsd, isJson }: Omit<Command, "file">,
): string {
  const file = readRows(bytes, name, settings);
  const judged = seriesOf(file, perUsd).map(judge);
  return isJson ? jsonOf(file, judged) : textOf(file, judged);
}

/** Throws Unreadable when the words make no command. */
function commandOf(args: readonly string[]): Command {
  const { values, positionals } = parsed(args);
  const [file, another] = positionals;
  if (file === undefined || another !== undefined) refuse({ message: `Name one file: ${USAGE}` });
  const unit = oneOf("unit", UNITS, values.unit);
  const platform = oneOf("platform", BACKTEST_PLATFORMS, values.platform);
  const rate = values["per-usd"];
  if (rate !== undefined && !(/^\d+(\.\d+)?$/.test(rate) && Number(rate) > 0))
    refuse({
      message: `--per-usd "${rate}" is not a rate; write units of the currency for 1 US dollar, as in 0.92.`,
    });
  return {
    file: file!,
    settings: { ...(unit ? { unit } : {}), ...(platform ? { platform } : {}) },
    perUsd: rate === undefined ? null : Number(rate),
    isJson: values.json ?? false,
  };
}

function parsed(args: readonly string[]) {
  const text = { type: "string" } as const;
  const options = { unit: text, platform: text, "per-usd": text, json: { type: "boolean" } } as const;
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch {
    return refuse({ message: `These words make no command: ${args.join(" ")}. It is ${USAGE}` });
  }
}

function oneOf<T extends string>(
  name: string,
  known: readonly T[],
  value: string | undefined,
): T | undefined {
  const found = known.find((each) => each === value);
  if (value !== undefined && !found)
    refuse({ message: `--${name} is one of ${known.join(", ")}, not "${value}".` });
  return found;
}

function bytesOf(file: string): Uint8Array {
  // npm runs scripts in the project's folder and tells here where the command was typed.
  const full = path.resolve(process.env.INIT_CWD ?? process.cwd(), file);
  try {
    return readFileSync(full);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : error;
    return refuse({ message: `${full} cannot be read (${code}); check its name and place.` });
  }
}

function main(args: readonly string[]): number {
  let file = "";
  try {
    const command = commandOf(args);
    const bytes = bytesOf(command.file);
    file = `${command.file}: `;
    console.log(backtest(bytes, path.basename(command.file), command));
    return 0;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    console.error(`${file}${error.message}`);
    return 1;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  process.exitCode = main(process.argv.slice(2));
