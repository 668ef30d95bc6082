import { KINDS } from "../../model/kinds";
import { NAIVE_LABEL } from "../../model/naive";
import { BANDS } from "../../model/student-t";
import { PLATFORM_LABEL, STREAM_LABEL } from "../../model/words";
import { kindOfSeries } from "./forecast";
import type { Judged } from "./judge";
import type { FileRows } from "./rows";

const READING = [
  "error: mean absolute error of the log rate, each period judged one step ahead at the traffic it had.",
  "model: the model's error in the same periods; model/rule: below 1 the model is better.",
  "money off: sum of absolute money errors over all money, at the views that came.",
];

/** What a person reads: a table for each series, and in words where a naive rule is better. */
export function textOf(file: FileRows, judged: readonly Judged[]): string {
  const blocks = judged.map((each) => [headline(each), ...findings(each)].join("\n"));
  return [[file.kind, ...file.notes].join("\n"), ...blocks, READING.join("\n")].join("\n\n");
}

/** One JSON object; rates are in major units of the currency per 1,000 views (without views: per period). */
export function jsonOf(file: FileRows, judged: readonly Judged[]): string {
  const { unit, kind, notes } = file;
  return JSON.stringify({ table: kind, unit, notes, series: judged.map(seriesJson) });
}

function seriesJson({ series, unjudged, periods, model, rules, interval, better }: Judged) {
  const { name, key, perUsd } = series;
  return {
    name,
    stream: key.stream,
    platform: key.platform,
    format: key.format,
    currency: key.currency,
    perUsd,
    kind: kindOfSeries(series),
    judged: periods.length,
    unjudged,
    model,
    naive: rules,
    interval80: interval,
    better,
    periods: periods.map((period) => {
      const { inside, naive, actual, expected, lo80, hi80 } = period;
      const hits = { inside50: inside[50], inside80: inside[80], inside95: inside[95] };
      return { period: period.period, actual, expected, lo80, hi80, ...hits, ...naive };
    }),
  };
}

function headline({ series, periods, unjudged }: Judged): string {
  const { key, unit } = series;
  const told = [
    STREAM_LABEL[key.stream],
    PLATFORM_LABEL[key.platform],
    key.currency,
    KINDS[kindOfSeries(series)].name,
  ];
  const left = unjudged > 0 ? `, ${unjudged} with money not judged` : "";
  return `${series.name} (${told.join(", ")}): ${counted(periods.length, unit)} judged${left}`;
}

function findings(judged: Judged): string[] {
  const { series, model, rules, interval, periods } = judged;
  const noRate =
    series.perUsd === null
      ? [
          `No rate to US dollars: no benchmark to begin with, no watch time, no rule of $3. Add --per-usd with ${series.key.currency} for one US dollar.`,
        ]
      : [];
  if (!model) return [...noRate, `Nothing to judge: ${whyNothing(judged)}`];
  const rows = rules.map(({ rule, periods: count, error, modelError, ratio, wmape }) => [
    NAIVE_LABEL[rule],
    String(count),
    error.toFixed(3),
    modelError.toFixed(3),
    ratio === null ? "-" : ratio.toFixed(3),
    percent(wmape),
  ]);
  const own = ["the model", String(periods.length), "", model.error.toFixed(3), "", percent(model.wmape)];
  const coverage = BANDS.map((band) => `the ${band} % band ${(100 * model.coverage[band]).toFixed(0)} %`);
  return [
    ...noRate,
    ...tableLines([["rule", `${series.unit}s`, "error", "model", "model/rule", "money off"], own, ...rows]),
    `Inside ${coverage.join(", ")}; on average the model was ${bias(model.bias)}.`,
    ...(interval ? [intervalSentence(interval)] : []),
    ...(model.wmapeShown === null
      ? []
      : [`Money off with views projected as last month's: ${percent(model.wmapeShown)}.`]),
    winners(judged),
  ];
}

function whyNothing({ series, unjudged }: Judged): string {
  const { periods } = series;
  if (unjudged > 1)
    return "the model gives such irregular money a range and no rate (deals, several zero months, or too short a past).";
  if (periods.every(({ minor }) => minor === null || minor <= 0n)) return "no period has money above zero.";
  return "it takes two periods that have both money and at least 100 views.";
}

function winners({ better, rules }: Judged): string {
  const tied = rules.filter(({ error, modelError }) => error === modelError).map(({ rule }) => rule);
  if (better.length === 0)
    return tied.length === 0
      ? "No naive rule was better here."
      : `No naive rule was better here; as good: ${tied.map((rule) => NAIVE_LABEL[rule]).join(", ")}.`;
  const told = better.map((rule) => {
    const { error, modelError } = rules.find((each) => each.rule === rule)!;
    return `${NAIVE_LABEL[rule]} (${error.toFixed(3)} against ${modelError.toFixed(3)})`;
  });
  return `Better than the model here: ${told.join(", ")}.`;
}

function intervalSentence({ periods, model, last, ratio }: NonNullable<Judged["interval"]>): string {
  const compared = ratio === null ? "" : `, ${ratio.toFixed(3)} of it`;
  return `80 % interval score over ${periods}: the model ${model.toFixed(3)}, last with its own past errors ${last.toFixed(3)}${compared} (lower is better).`;
}

function bias(logs: number): string {
  const off = Math.expm1(Math.abs(logs)) * 100;
  return `${off.toFixed(1)} % too ${logs < 0 ? "high" : "low"}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

function tableLines(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[at]!))).join("  "),
  );
}
