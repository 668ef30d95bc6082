import { csvText } from "./fixtures";

/** A synthetic table of pages. */
export const MEDIAVINE = csvText([
  ["slug", "views", "revenue", "rpm", "cpm", "viewability", "fillRate", "impressionsPerPageview"],
  ["/bread", "1250", "18.755", "15.0", "2.5", "0.72", "0.94", "4.2"],
  ["/tin-whistle", "250", "1.25", "5.0", "1.5", "0.62", "0.90", "3.9"],
]);

export const SEEDS = [{ name: "pages", text: MEDIAVINE }];
