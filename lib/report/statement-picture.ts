import { type Currency, decimalOf } from "../model/money";
import { isMoney, type StatementCell, type StatementSection } from "./statement";

/** A bar of a section's picture; places are parts of the width, from 0 to 1. */
export type PictureBar = {
  readonly label: StatementCell;
  readonly value: StatementCell;
  readonly start: number;
  readonly end: number;
  /** whole: an amount from zero; more, less, same: a step from the bar before */
  readonly kind: "whole" | "more" | "less" | "same";
};

export type Picture = { readonly bars: readonly PictureBar[]; readonly zeroAt: number };

/** A single bar says nothing that its number does not. */
const FEWEST = 2;

/**
 * The section's picture as bars, the same on paper and on the screen: from zero, or each from where the one before ended.
 * null where it has none, or too few amounts for one.
 */
export function pictureOf({ picture, rows }: StatementSection): Picture | null {
  if (!picture) return null;
  const found = rows.flatMap((row) => {
    const value = row[picture.value] ?? null;
    return isMoney(value) ? [{ label: row[picture.label] ?? null, value, size: sizeOf(value) }] : [];
  });
  if (found.length < FEWEST || new Set(found.map(({ value }) => value.currency)).size > 1) return null;
  let run = 0;
  const spans = found.map(({ size }, index) => {
    const isWhole = picture.kind === "bars" || index === 0 || index === found.length - 1;
    const from = isWhole ? 0 : run;
    run = isWhole ? size : run + size;
    return { from, to: run, isWhole };
  });
  const low = Math.min(0, ...spans.map(({ from, to }) => Math.min(from, to)));
  const width = Math.max(0, ...spans.map(({ from, to }) => Math.max(from, to))) - low || 1;
  const at = (amount: number) => Math.round(((amount - low) / width) * 10_000) / 10_000;
  return {
    zeroAt: at(0),
    bars: found.map(({ label, value, size }, index) => {
      const { from, to, isWhole } = spans[index]!;
      return {
        ...{ label, value, start: at(Math.min(from, to)), end: at(Math.max(from, to)) },
        kind: isWhole ? "whole" : size > 0 ? "more" : size < 0 ? "less" : "same",
      };
    }),
  };
}

/** For the eye alone, so a float will do. */
function sizeOf({ minor, currency }: { minor: string; currency: string }): number {
  return Number(decimalOf(BigInt(minor), currency as Currency));
}
