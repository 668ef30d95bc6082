import { zipSync } from "fflate";
import { SEEDS as ADSENSE } from "./adsense.fixtures";
import { CONTENT_HEADER, CONTENT_ROWS, contentText, csvText, utf8, utf16 } from "./fixtures";
import { SEEDS as MEDIAVINE } from "./mediavine.fixtures";
import { SEEDS as META } from "./meta.fixtures";
import { SEEDS as TIKTOK } from "./tiktok.fixtures";
import { SEEDS as TWITCH } from "./twitch.fixtures";
import { workbook } from "./workbook";
import { SEEDS as YOUTUBE } from "./youtube.fixtures";

/** A file as an export gives it, whole; what must hold for any file is tried on damaged copies of these. */
export type Seed = { name: string; bytes: Uint8Array };

/** What a format's fixtures give: a file's text, or its bytes. */
type FormatSeed = { name: string } & ({ text: string } | { bytes: Uint8Array });

/** Each format's own files: a new format is one more line, `...SEEDS_OF_IT`. */
const FORMATS: readonly FormatSeed[] = [...ADSENSE, ...MEDIAVINE, ...META, ...TIKTOK, ...TWITCH, ...YOUTUBE];

const DAYS = csvText([
  ["Date", "Views", "Estimated revenue (USD)"],
  ["Total", "9", "3"],
  ["2024-03-02", "5", "1.005"],
  ["2024-03-01", "4", ""],
]);
const MONTHS = csvText([
  ["month", "pageviews", "adsense_usd"],
  ["2024-01", "10.0", "1.5"],
  ["2024-02", "20.0", ""],
  ["Mar 2024", "7", "2"],
]);
const INVOICES = csvText([
  ["invoice no", "date", "stream", "amount", "currency", "video link", "likes", "note"],
  ["A-1", "2024-01-05", "brand deal", "1.234,50", "EUR", "https://youtu.be/aaaaaaaaaa1", "5", "first"],
  ["A-2", "2024-02-05", "affiliate", "99", "USD", "", "", ""],
  ["Total", "", "", "1.333,50", "", "", "5", ""],
]);
const STACKED =
  'sep=,\n"Views"\n"Date","Primary"\n"2025-10-31","3"\n\n"Reach"\n"Date","Primary"\n"2025-10-31","2"\n';

export const SEEDS: readonly Seed[] = [
  { name: "content", bytes: utf8(contentText()) },
  { name: "content after Excel", bytes: utf8(`\uFEFF${contentText().replaceAll("\n", "\r\n")}`) },
  { name: "content in UTF-16", bytes: utf16(contentText()) },
  { name: "days", bytes: utf8(DAYS) },
  { name: "months", bytes: utf8(MONTHS) },
  { name: "invoices", bytes: utf8(INVOICES) },
  { name: "stacked", bytes: utf8(STACKED) },
  { name: "side by side", bytes: utf8("month,views,,month,views\n2024-01,1,,2025-01,3\n2024-02,2,,,\n") },
  {
    name: "zip",
    bytes: zipSync({ "Table data.csv": utf8(contentText()), "Totals.csv": utf8(DAYS) }),
  },
  { name: "workbook", bytes: workbook([{ name: "Table", rows: [CONTENT_HEADER, ...CONTENT_ROWS] }]) },
  ...FORMATS.map((seed) => ({ name: seed.name, bytes: "text" in seed ? utf8(seed.text) : seed.bytes })),
];
