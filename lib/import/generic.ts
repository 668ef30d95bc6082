import { type Decimal, decimalText } from "../model/money";
import type { Need, PayoutDraft, Problem, Sink, TrafficDraft } from "./draft";
import type { FileFormat, Reading, ReadOptions } from "./format";
import {
  type Amount,
  COUNT_ROLES,
  columnsNamedBy,
  type Entry,
  isTotalRow,
  type RowReader,
  readRow,
  rowReader,
} from "./generic-row";
import { addPayouts, addTraffic, type Named, settleTwins } from "./generic-twins";
import { videoDraft } from "./generic-video";
import { MAX_HELD_ROWS } from "./limits";
import { cellsIn, dayOrderIn, guessMapping, type Mapping } from "./mapping";
import { addDecimals, parseAmount } from "./numbers";
import { cleanText, normalise, type Row, shown, type Table } from "./parse";
import { repeatedIn } from "./repeated";
import { refuseFile } from "./source";

/**
 * Somebody's own table, its columns named by a mapping: a row per month, day, video, or (with a reference) per
 * order or invoice. Rows with a reference go through one by one, so there may be as many as a file can have.
 */
export const GENERIC: FileFormat = {
  id: "generic",
  label: "Your own table",
  detect: () => true,
  read: readGeneric,
};

/** As many different videos are made from one table. */
const MAX_VIDEOS = 200_000;

function readGeneric(table: Table, options: ReadOptions, out: Sink): Reading {
  const guess = options.mapping ?? guessMapping(table);
  const mapping: Mapping = {
    ...guess,
    decimal: options.decimal ?? guess.decimal,
    dayOrder: options.dayOrder ?? guess.dayOrder,
  };
  const missing = missingColumns(table, mapping);
  if (missing.length > 0) return { kind: "refused", problems: missing };
  if (table.rowCount === 0)
    return { kind: "refused", problems: [{ message: "The table has a header but no rows." }] };

  const needs = needsOf(table, mapping, options);
  const problems: Problem[] = [];
  if (needs.length > 0) return { kind: "read", needs, problems, notices: [], mapping };

  const sums = new Map<string, Decimal>();
  const reader = rowReader(table, mapping, options, problems, (column, figure) => {
    const sum = sums.get(column);
    sums.set(column, sum ? addDecimals(sum, figure) : figure);
  });
  const totals: Row[] = [];
  const held: Entry[] = [];
  const drafts = draftsTo(out, mapping, options);
  const isRepeated = mapping.reference
    ? repeatedIn(references(table, mapping.reference), table.rowCount)
    : () => true;
  for (const row of table.rows) {
    if (isTotalRow(row, reader)) {
      totals.push(row);
      continue;
    }
    const entry = readRow(reader, row);
    if (!entry) continue;
    // Only rows that may have a twin wait for it.
    if (!isRepeated(mapping.reference ? entry.name : "")) drafts.give(entry);
    else if (held.push(entry) > MAX_HELD_ROWS) refuseHeld(mapping);
  }
  drafts.settle(held, needs);
  return { kind: "read", needs, problems, notices: reconcile(reader, totals, sums), mapping };
}

function* references(table: Table, column: string): Generator<string> {
  for (const cell of cellsIn(table, [column])) yield cleanText(cell);
}

function refuseHeld({ reference }: Mapping): never {
  const most = MAX_HELD_ROWS.toLocaleString("en");
  return refuseFile(
    reference
      ? `More than ${most} rows share their "${reference}" with another row. Choose a column that is different in each row.`
      : `The table has more than ${most} rows. Say which column holds a number of its own for each row, such as an order number, or bring fewer rows.`,
  );
}

/** Columns that the mapping names but the table lacks, or has twice. */
function missingColumns(table: Table, mapping: Mapping): Problem[] {
  return columnsNamedBy(mapping).flatMap((column) => {
    const count = table.header.filter((name) => normalise(name) === normalise(column)).length;
    if (count === 1) return [];
    const message =
      count === 0
        ? `There is no column "${column}"; choose one of ${table.header
            .slice(0, 20)
            .map((name) => `"${shown(name)}"`)
            .join(", ")}.`
        : `The column "${column}" occurs ${count} times; rename or remove the others.`;
    return [{ column, message }];
  });
}

function needsOf(table: Table, mapping: Mapping, options: ReadOptions): Need[] {
  const needs: Need[] = [];
  const { when, amounts, video } = mapping;
  const hasFigures = mapping.watchHours || COUNT_ROLES.some((role) => mapping[role]);
  if ((!when && !video) || (!amounts && !hasFigures))
    needs.push({
      what: "mapping",
      message: "Say which column holds the month, and which hold views or money.",
    });
  else if (!when && !options.period)
    needs.push({
      what: "period",
      message:
        "The table does not say which days its videos' figures cover. Give the first and the last day.",
    });
  if (when && !mapping.dayOrder && dayOrderIn(table, when.column) === "ask") {
    const message = `All dates in "${when.column}" can be read two ways. Say whether the day or the month comes first.`;
    needs.push({ what: "dayOrder", column: when.column, options: ["dmy", "mdy"], message });
  }
  const [column] =
    amounts?.shape === "long"
      ? [amounts.amount]
      : (amounts?.columns.map((each) => each.column) ?? [mapping.watchHours ?? ""]);
  if (mapping.decimal === null) {
    const message = `Amounts such as those in "${column}" can be read two ways. Say whether a point or a comma comes before the decimals.`;
    needs.push({ what: "decimal", column: column ?? "", options: [".", ","], message });
  }
  const lacksCurrency =
    amounts?.shape === "long"
      ? amounts.currency === null
      : amounts?.columns.some((each) => each.currency === null);
  if (lacksCurrency && !options.currency)
    needs.push({
      what: "currency",
      message: "The table does not say which currency its money is in. Choose it.",
    });
  return needs;
}

/** Entries on their way out: at once, or together with those that may be their twins. */
function draftsTo(out: Sink, mapping: Mapping, options: ReadOptions) {
  const { twins } = options;
  const videos = new Set<string>();
  function giveVideo({ video, line }: Entry): void {
    if (!video || videos.has(video.externalId)) return;
    if (videos.size === MAX_VIDEOS)
      refuseFile(
        `The table names more than ${MAX_VIDEOS.toLocaleString("en")} videos. Bring fewer rows at a time.`,
      );
    videos.add(video.externalId);
    out.video(videoDraft(video, line));
  }
  return {
    give(entry: Entry): void {
      giveVideo(entry);
      if (hasFigures(entry)) out.traffic(trafficDraft(entry, options));
      for (const amount of entry.amounts) out.payout(payoutDraft(entry, amount, mapping, options));
    },
    settle(entries: Entry[], needs: Need[]): void {
      for (const entry of entries) giveVideo(entry);
      const counted = mapping.amounts?.shape === "long" ? withoutRepeatedTraffic(entries) : entries;
      const traffic = counted
        .filter(hasFigures)
        .map((entry): Named<TrafficDraft> => ({ name: entry.name, draft: trafficDraft(entry, options) }));
      const payouts = entries.flatMap((entry) =>
        entry.amounts.map((amount): Named<PayoutDraft> => {
          return { name: entry.name, draft: payoutDraft(entry, amount, mapping, options) };
        }),
      );
      for (const draft of settleTwins(traffic, twins, needs, "views", addTraffic)) out.traffic(draft);
      for (const draft of settleTwins(payouts, twins, needs, "money", addPayouts)) out.payout(draft);
    },
  };
}

/** A long table repeats a month's views beside each stream; they are the same views. */
function withoutRepeatedTraffic(entries: Entry[]): Entry[] {
  const seen = new Set<string>();
  return entries.filter(({ key, figures }) => {
    const traffic = [key, ...Object.values(figures)].join(" ");
    return !seen.has(traffic) && seen.add(traffic);
  });
}

function hasFigures({ figures }: Entry): boolean {
  for (const role of COUNT_ROLES) if (figures[role] !== null) return true;
  return figures.watchSeconds !== null;
}

function trafficDraft(entry: Entry, { channelKey }: ReadOptions): TrafficDraft {
  const { key, platform, format, video, from, to, figures, line } = entry;
  const sourceKey = `generic:${key}:${channelKey}`;
  return {
    sourceKey,
    platform,
    format,
    videoExternalId: video?.externalId ?? null,
    from,
    to,
    ...figures,
    line,
  };
}

function payoutDraft(
  entry: Entry,
  { stream, currency, minor }: Amount,
  { state }: Mapping,
  { channelKey }: ReadOptions,
): PayoutDraft {
  const { key, platform, format, video, from, to, note, line } = entry;
  return {
    sourceKey: `generic:${key}:${stream}:${currency}:${channelKey}`,
    platform,
    format,
    stream,
    from,
    to,
    minor,
    currency,
    state,
    estimatedMinor: null,
    settledDay: null,
    note,
    lines: video ? [{ videoExternalId: video.externalId, minor }] : [],
    line,
  };
}

/** The table's own total against the sum of its rows, for each column where they differ. */
function reconcile({ at, mapping }: RowReader, totals: Row[], sums: ReadonlyMap<string, Decimal>): Problem[] {
  const [total, another] = totals;
  if (!total) return [];
  if (another)
    return [
      {
        line: another.line,
        message: `Lines ${totals
          .slice(0, 5)
          .map(({ line }) => line)
          .join(", ")} are totals of other rows; they are left out, and not compared.`,
      },
    ];
  const { amounts } = mapping;
  const isMixed = amounts?.shape === "long" && amounts.currency !== null && "column" in amounts.currency;
  return [...sums].flatMap(([column, sum]) => {
    // Currencies never add.
    if (isMixed && column === amounts.amount) return [];
    const said = parseAmount(total.cells[at.get(column) ?? -1] ?? "", mapping.decimal ?? undefined);
    if (!said.ok || said.value === null) return [];
    if (addDecimals(said.value, { units: -sum.units, scale: sum.scale }).units === 0n) return [];
    const [a, b] = [decimalText(said.value.units, said.value.scale), decimalText(sum.units, sum.scale)];
    const message = `The file says ${a}, its rows sum to ${b}. Only the rows are imported; look for one that is missing or refused.`;
    return [{ line: total.line, column, message }];
  });
}
