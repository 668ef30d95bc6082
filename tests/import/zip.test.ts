import { type Zippable, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { periodOfFileName } from "../../lib/import/file-name";
import { contentText, csvText, OPTIONS, readTable, refusalOf, utf8 } from "./fixtures";

const TABLE = utf8(contentText());
const CHART = utf8(
  csvText([
    ["Date", "Content", "Video title", "Views"],
    ["2024-01-01", "aaaaaaaaaa1", "Plain title", "9"],
  ]),
);
const TOTALS = utf8(
  csvText([
    ["Date", "Estimated revenue (USD)"],
    ["2024-01-01", "0.100"],
  ]),
);
const NAME = "Content 2024-01-01_2024-12-31 Some_Channel.zip";

const zip = (files: Zippable, level: 0 | 6 = 6) => zipSync(files, { level });
const { period: _, ...WITHOUT_PERIOD } = OPTIONS;

test("of a YouTube zip the table is read, with the period of the zip's name; chart and totals stay out", () => {
  const bytes = zip({ "Chart data.csv": CHART, "Table data.csv": TABLE, "Totals.csv": TOTALS });
  const outcome = readTable(bytes, WITHOUT_PERIOD, NAME);
  expect(outcome.found).toMatchObject({ file: "Table data.csv", fileFormat: "youtube-content" });
  expect(outcome.needs).toEqual([]);
  expect(outcome.drafts.payouts).toMatchObject([{ from: "2024-01-01", to: "2024-12-31", minor: 1985n }]);
});

test("a zip of days: the table with its own total row goes before the totals file that says the same", () => {
  const table = utf8(
    csvText([
      ["Date", "Views", "Estimated revenue (USD)"],
      ["Total", "5", "0.100"],
      ["2024-01-01", "5", "0.100"],
    ]),
  );
  const outcome = readTable(zip({ "Totals.csv": TOTALS, "Table data.csv": table }));
  expect(outcome.found.file).toBe("Table data.csv");
});

test("stored entries, folders and other files are no obstacle", () => {
  const bytes = zip(
    { "a/Table data.csv": TABLE, "a/picture.png": Uint8Array.of(1, 2), "__MACOSX/._x.csv": TABLE },
    0,
  );
  expect(readTable(bytes).drafts.videos).toHaveLength(4);
});

test.each([
  ["Content 2024-01-01_2024-12-31 Name.zip", { from: "2024-01-01", to: "2024-12-31" }],
  ["In\u00ADhal\u00ADte_x 2023-12-01_2023-12-31 A_B (1).zip", { from: "2023-12-01", to: "2023-12-31" }],
  ["Content 2024-12-31_2024-01-01 Name.zip", null],
  ["Jul-27-2023_Oct-26-2023_1529436154481.csv", { from: "2023-07-27", to: "2023-10-26" }],
  ["Content 2024-02-30_2024-03-01 Name.zip", null],
  ["Table data.csv", null],
])("the period in the name %j", (name, period) => {
  expect(periodOfFileName(name)).toEqual(period);
});

describe("a zip that cannot be trusted is refused as a whole, with the remedy", () => {
  const good = zip({ "Table data.csv": TABLE });
  const flipped = Uint8Array.from(good);
  flipped[60] = (flipped[60] ?? 0) ^ 1;
  const locked = Uint8Array.from(good);
  const central = Buffer.from(locked.buffer).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
  locked[central + 8] = 1;
  const many: Zippable = Object.fromEntries(
    Array.from({ length: 21 }, (_, index) => [`${index}.csv`, TABLE]),
  );
  test.each([
    ["cut", good.slice(0, -30), /ends before its list of files/],
    ["one bit changed", flipped, /damaged/],
    ["with a password", locked, /password/],
    ["without tables", zip({ "a.txt.png": TABLE }), /no CSV file/],
    ["with too many files", zip(many), /21 files; at most 20/],
    [
      "with two tables of videos",
      zip({ "a.csv": TABLE, "b.csv": TABLE }),
      /several tables \("a.csv", "b.csv"\)/,
    ],
    [
      "with a broken table beside a good one",
      zip({ "a.csv": TABLE, "b.csv": utf8('x,y\n1,"') }),
      /never closes/,
    ],
  ])("%s", (_name, bytes, message) => {
    expect(refusalOf(bytes)?.message).toMatch(message);
  });

  test("a bomb that declares its size is refused before it is unpacked: zeros pack 1,000 : 1", () => {
    const bomb = zip({ "a.csv": new Uint8Array(50_000_000) });
    expect(refusalOf(bomb)?.message).toMatch(/"a.csv" in the zip unpacks to [\d,]+ times its size/);
  });

  test("a bomb that lies about its size is stopped while it is inflated", () => {
    const bomb = Buffer.from(zip({ "a.csv": new Uint8Array(40_000_000) }));
    bomb.writeUInt32LE(100, bomb.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24);
    expect(refusalOf(bomb)?.message).toMatch(/damaged/);
  });
});
