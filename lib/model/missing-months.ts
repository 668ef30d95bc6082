/** Which months have nothing logged, of streams that usually pay: missing, which is not zero. */
import { addMonths, type Month, monthsBetween, monthsFrom } from "./month";
import { STREAMS, type Stream } from "./words";

/** How far back the habit of a stream is looked at, and how much of it makes a habit. */
export const LOOK_BACK_MONTHS = 12;
const FEWEST_MONTHS = 3;
/** A stream that was silent for so long has ended, and is not asked about. */
const ENDED_MONTHS = 6;

export interface MissingMonths {
  readonly stream: Stream;
  /** in calendar order, at least one */
  readonly months: readonly Month[];
}

/**
 * A stream usually pays when at least three months of the last twelve that are over are logged, at least half of
 * those since its first, one of them among the last six. Missing are the months from its first one on that are not
 * logged; `current` runs still and is none of them.
 */
export function missingMonths(
  logged: readonly { readonly stream: Stream; readonly month: Month }[],
  current: Month,
): MissingMonths[] {
  const [from, last] = [addMonths(current, -LOOK_BACK_MONTHS), addMonths(current, -1)];
  return STREAMS.flatMap((stream) => {
    const months = logged
      .filter((each) => each.stream === stream && each.month >= from && each.month <= last)
      .map(({ month }) => month)
      .sort();
    const known = new Set(months);
    const [first, latest] = [months[0], months.at(-1)];
    if (!first || !latest || known.size < FEWEST_MONTHS) return [];
    if (monthsBetween(latest, last) >= ENDED_MONTHS) return [];
    const since = monthsFrom(first, last);
    if (known.size * 2 < since.length) return [];
    const missing = since.filter((month) => !known.has(month));
    return missing.length === 0 ? [] : [{ stream, months: missing }];
  });
}
