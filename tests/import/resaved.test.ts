import { expect, test } from "vitest";
import {
  CONTENT_FOOTNOTE,
  CONTENT_HEADER,
  CONTENT_ROWS,
  contentText,
  csvText,
  readTable,
  utf8,
  windows1252,
} from "./fixtures";
import { workbook } from "./workbook";

/** The publish dates of the fixture as a spreadsheet set to day-month-year writes them. */
const DAY_FIRST: Readonly<Record<string, string>> = {
  "May 8, 2020": "08-05-2020",
  "Dec 12, 2023": "12-12-2023",
  "Nov 26, 2024": "26-11-2024",
};
/** YouTube's older names, in other letters. */
const RENAMED: Readonly<Record<string, string>> = {
  Content: "VIDEO",
  "Video title": "video  title",
  "Estimated revenue (USD)": "Your estimated revenue (usd)",
};

const renamed = CONTENT_HEADER.map((name) => RENAMED[name] ?? name);
const dayFirst = CONTENT_ROWS.map((cells) => cells.map((cell) => DAY_FIRST[cell] ?? cell));
const softened = CONTENT_HEADER.map((name) => name.replace(/([aeiou])(?=[a-z]{2})/g, "$1\u00AD"));

/** What one file says, without where it says it. */
function meaning(file: string | Uint8Array) {
  const { drafts, needs, problems } = readTable(file);
  const withoutLine = ({ line, ...rest }: { line: number }) => ({ ...rest, isPlaced: line > 0 });
  return {
    needs,
    problems,
    videos: drafts.videos.map(withoutLine),
    traffic: drafts.traffic.map(withoutLine),
    payouts: drafts.payouts.map(withoutLine),
  };
}

test.each<[string, string | Uint8Array]>([
  [
    "with a mark, CRLF, other names and days first",
    `\uFEFF${csvText([renamed, ...dayFirst, [CONTENT_FOOTNOTE]], ",", "\r\n")}\r\n`,
  ],
  ["in Windows-1252 with semicolons", windows1252(csvText([CONTENT_HEADER, ...CONTENT_ROWS], ";", "\r\n"))],
  ["with soft hyphens in its header", contentText(CONTENT_ROWS, softened)],
  [
    "each line turned into one quoted cell",
    csvText([CONTENT_HEADER, ...CONTENT_ROWS])
      .split("\n")
      .map((line) => `"${line.replaceAll('"', '""')}"`)
      .join("\n"),
  ],
  [
    "with a blank column behind and blank lines between",
    csvText([CONTENT_HEADER, ...CONTENT_ROWS].flatMap((cells) => [[...cells, ""], [""]])),
  ],
  ["as a workbook", workbook([{ name: "Table data", rows: [CONTENT_HEADER, ...CONTENT_ROWS] }])],
])("one table of videos saved again %s says the same videos, views and money", (_, file) => {
  const clean = meaning(utf8(contentText()));
  expect(clean.videos).toHaveLength(4);
  expect(clean.payouts).toMatchObject([{ minor: 1985n }]);
  expect(meaning(file)).toEqual(clean);
});
