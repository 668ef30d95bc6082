import type { MoneyCell } from "./histories";
import { addMonths, type Month } from "./month";

/**
 * A score is kept as first made and as restated. Nothing in the ledger is ever overwritten, so the first one is
 * worked out from what had been recorded when the month was first judged: two months after it began, or, when
 * nothing was there by then, when its first amount came.
 */

/** A month is first judged at the first instant of the month this much later, when its figures have mostly settled. */
export const JUDGED_AFTER_MONTHS = 2;

/** The latest month that can be judged while `current` is running. */
export function lastJudged(current: Month): Month {
  return addMonths(current, -JUDGED_AFTER_MONTHS);
}

/** How the amount of one stream and month came to be, both states together. */
export type MoneySteps = Omit<MoneyCell, "finalMinor" | "estimatedMinor"> & {
  /**
   * In order of time, at least one. The amount as it stood from `at` (microseconds since 1970) on; null once all its
   * entries were taken back. What was there when the month was first judged is one step, just before that instant.
   */
  readonly steps: readonly { readonly at: number; readonly minor: bigint | null }[];
};

/** When the cells' month was first judged: as soon as it could be, with what was there. null without cells. */
export function firstJudged(cells: readonly MoneySteps[]): number | null {
  return cells.reduce<number | null>((first, { steps: [step] }) => {
    return step !== undefined && (first === null || step.at < first) ? step.at : first;
  }, null);
}

/** When any of the cells changed last; null without cells. */
export function lastChanged(cells: readonly MoneySteps[]): number | null {
  return cells.reduce<number | null>((last, { steps }) => {
    const at = steps.at(-1)?.at;
    return at !== undefined && (last === null || at > last) ? at : last;
  }, null);
}

/** The cells as they stood at an instant; those without an amount then are left out. */
export function cellsAt(cells: readonly MoneySteps[], at: number): MoneyCell[] {
  return cells.flatMap(({ steps, ...cell }) => {
    const minor = steps.findLast((step) => step.at <= at)?.minor ?? null;
    return minor === null ? [] : [{ ...cell, finalMinor: minor, estimatedMinor: null }];
  });
}
