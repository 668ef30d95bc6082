import type { Ask, Preview, Remark } from "../../import-preview";

/** The option that answers a question. */
const ANSWER: Readonly<Partial<Record<Ask["what"], string>>> = {
  asOf: "--as-of DAY",
  channel: "--channel NAME",
  currency: "--currency CODE",
  dayOrder: "--day-order dmy or mdy",
  decimal: "--decimal . or ,",
  mapping: "--mapping FILE",
  period: "--period FIRST..LAST",
  subject: "--subject NAME",
  twins: "--twins sum, first, last or keep",
  unitPrice: "--unit-price AMOUNT --currency CODE",
  videoFormat: "--video-format short, long or live",
};

/** A preview as lines of text, and what became of it. */
export function textOf(
  preview: Preview,
  { isDone, isNameless }: { isDone: boolean; isNameless: boolean },
): string {
  if (preview.kind === "refused")
    return ["This file could not be read. Nothing was saved.", ...remarks("", preview.problems)].join("\n");
  const title = `${preview.file.name}: ${preview.file.label}, ${preview.file.rows} rows`;
  if (preview.kind === "not_useful") return `${title}\n${preview.message} Nothing was saved.`;
  const { counts, totals, overlaps, problems, notices, asks, writes } = preview;
  return [
    title,
    Object.entries(counts)
      .map(([status, count]) => `${count} ${status}`)
      .join(", "),
    ...totals.map(
      ({ label, unit, entries, inFile, toWrite }) =>
        `  ${label}${unit ? ` (${unit})` : ""}: ${inFile} in ${entries} entries, ${toWrite} to be imported`,
    ),
    ...overlaps.map(
      ({ key, message, choices, chosen }) =>
        `Overlap: ${message}\n  --overlap ${key}=${choices.join(" or ")}; now: ${chosen}`,
    ),
    ...remarks("Left out:", problems),
    ...remarks("Worth knowing:", notices),
    ...asks.map(
      ({ what, message }) => `Open: ${message}\n  ${ANSWER[what] ?? "Bring it on the page Imports."}`,
    ),
    ...(isNameless
      ? [
          "Open: the file is about a channel that is not here yet.\n  --channel NAME, or --new-channel NAME --platform PLATFORM",
        ]
      : []),
    outcomeOf({ isDone, isOpen: asks.length > 0 || isNameless, writes }),
  ].join("\n");
}

function outcomeOf({
  isDone,
  isOpen,
  writes,
}: {
  isDone: boolean;
  isOpen: boolean;
  writes: string | null;
}): string {
  if (isOpen) return "Nothing was imported: something is still open.";
  if (writes === null) return "All of this is here already: nothing to import.";
  return isDone ? `Imported: ${writes}.` : `Would import: ${writes}.`;
}

function remarks(title: string, rows: readonly Remark[]): string[] {
  if (rows.length === 0) return [];
  return [
    ...(title ? [title] : []),
    ...rows.map(({ place, message }) => `  ${place ? `${place}: ` : ""}${message}`),
  ];
}
