import { type DayOrder, dayOrderOf } from "./dates";
import type { Need, Problem } from "./draft";
import type { ReadOptions } from "./format";
import { dayOrderNeed } from "./needs";

/** Which of day and month comes first in a column of dates that a spreadsheet may have rewritten. */
export type ColumnOrder = {
  order: DayOrder | undefined;
  /** Asked where no value decides it and no answer was given. */
  needs: Need[];
  /** Where the values contradict each other, the column is refused as a whole. */
  problems: Problem[];
};

export function columnOrder(column: string, texts: Iterable<string>, options: ReadOptions): ColumnOrder {
  const found = dayOrderOf(texts);
  if (found === "mixed") {
    const message = `"${column}" holds dates with the day first and others with the month first; a spreadsheet changed them. Export the file again.`;
    return { order: undefined, needs: [], problems: [{ column, message }] };
  }
  const order = found === "dmy" || found === "mdy" ? found : options.dayOrder;
  return { order, needs: found === "ask" && !order ? [dayOrderNeed(column)] : [], problems: [] };
}
