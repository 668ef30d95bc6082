import type { Need } from "./draft";

/** Asks which of day and month comes first in a column that leaves it open. */
export function dayOrderNeed(column: string): Need {
  const message = `All dates in "${column}" can be read two ways. Say whether the day or the month comes first.`;
  return { what: "dayOrder", column, options: ["dmy", "mdy"], message };
}

/** Asks which days a table covers. `where`: the place in which they were chosen. */
export function periodNeed(where: string): Need {
  const message = `The table does not say which days it covers. Give its first and last day, as chosen in ${where}.`;
  return { what: "period", message };
}

export function currencyNeed(): Need {
  return {
    what: "currency",
    message: "The file names no known currency for its money. Say which currency it is in.",
  };
}

/** Asks on which day counts "so far" were exported. */
export function asOfNeed(): Need {
  const message =
    "The counts are those up to the day of the export, which the file does not name. Say on which day you exported it.";
  return { what: "asOf", message };
}
