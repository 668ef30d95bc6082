import { csvText, utf16 } from "./fixtures";

/** Synthetic AdSense reports; the headers are those that other people's readers know. */
export const ADSENSE_HEADER = [
  "Date",
  "Estimated earnings (USD)",
  "Page views",
  "Page RPM (USD)",
  "Impressions",
  "Impression RPM (USD)",
  "Active View Viewable",
  "Clicks",
];
export const ADSENSE_ROWS = [
  ["2024-03-01", "1.005", "1000", "1.01", "3000", "0.34", "55.5%", "4"],
  ["2024-03-02", "0", "800", "0", "0", "", "", "0"],
  ["2024-03-03", "", "", "", "", "", "", ""],
];
export const ADSENSE_END = [
  ["Totals", "1.005", "1800", "0.56", "3000", "", "", "4"],
  ["Averages", "0.50", "900", "", "", "", "", "2"],
];

export const ADSENSE = csvText([ADSENSE_HEADER, ...ADSENSE_ROWS, ...ADSENSE_END]);
export const ADSENSE_BY_COUNTRY = csvText([
  ["Month", "Country", "Site", "Estimated earnings (EUR)", "Page views", "Impressions", "CTR", "CPC (EUR)"],
  ["2024-02", "Germany", "a.example", "1.115", "10", "30", "1%", "0.2"],
  ["2024-02", "Germany", "b.example", "1.115", "5", "10", "1%", "0.2"],
  ["2024-02", "France", "a.example", "1.115", "7", "20", "1%", "0.2"],
  ["2024-03", "France", "a.example", "2", "9", "20", "1%", "0.2"],
]);

export const SEEDS = [
  { name: "by day", text: ADSENSE },
  { name: "by month and country", text: ADSENSE_BY_COUNTRY },
  { name: "as UTF-16 with tabs", bytes: utf16(ADSENSE.replaceAll(",", "\t")) },
];
