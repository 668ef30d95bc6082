import { describe, expect, test } from "vitest";
import {
  CONTENT_HEADER,
  CONTENT_ROWS,
  contentText,
  csvText,
  OPTIONS,
  readTable,
  refusalOf,
  utf8,
  utf16,
  windows1252,
} from "./fixtures";

describe("a content table becomes videos, their traffic and one payout", () => {
  const { drafts, needs, problems, notices, found } = readTable(contentText());

  test("it is recognised by content, and nothing is asked or refused", () => {
    expect(found).toMatchObject({
      fileFormat: "youtube-content",
      rows: 6,
      encoding: "utf-8",
      delimiter: ",",
    });
    expect([needs, problems, notices]).toEqual([
      [],
      [],
      [expect.objectContaining({ column: "Estimated revenue (USD)" })],
    ]);
  });

  test("the total and the footnote are no videos; ids lose the guard before '-x'", () => {
    expect(drafts.videos.map(({ externalId }) => externalId)).toEqual([
      "aaaaaaaaaa1",
      "-pdXWmj9xxU",
      "-1bcdefghij",
      "bbbbbbbbbb4",
    ]);
  });

  test("a publish date may be missing; the format is never guessed", () => {
    expect(drafts.videos.map(({ publishedDay, format }) => [publishedDay, format])).toEqual([
      ["2020-05-08", null],
      ["2023-12-12", null],
      ["2024-11-26", null],
      [null, null],
    ]);
  });

  test("hours become whole seconds: 80.125 h is 288,450 s; 20.0625 h is 72,225 s", () => {
    expect(drafts.traffic[1]).toMatchObject({
      sourceKey: "yt:content:2024-01-01..2024-12-31:c1:-pdXWmj9xxU",
      platform: "youtube",
      format: null,
      videoExternalId: "-pdXWmj9xxU",
      from: "2024-01-01",
      to: "2024-12-31",
      views: 1500,
      engagedViews: null,
      watchSeconds: 288_450,
      line: 4,
    });
    expect(drafts.traffic[2]?.watchSeconds).toBe(72_225);
  });

  test("the payout is the exact sum rounded once: 12.345 + 7.005 + 0.500 = 19.850, so 19.85, not 12.34 + 7.00 + 0.50", () => {
    expect(drafts.payouts).toMatchObject([
      {
        sourceKey: "yt:content:2024-01-01..2024-12-31:c1",
        platform: "youtube",
        format: null,
        stream: "ads",
        from: "2024-01-01",
        to: "2024-12-31",
        minor: 1985n,
        currency: "USD",
        state: "estimated",
        // The fourth video's revenue is blank: unknown, so it has no line.
        lines: [
          { videoExternalId: "aaaaaaaaaa1", minor: 1235n },
          { videoExternalId: "-pdXWmj9xxU", minor: 700n },
          { videoExternalId: "-1bcdefghij", minor: 50n },
        ],
        line: 3,
      },
    ]);
  });

  test("the file's own total (20.120) is compared with its rows (19.850), and never imported", () => {
    expect(notices[0]?.message).toMatch(/^The file says 20\.120, its rows sum to 19\.850\. .*at most 500/);
    expect(notices[0]).toMatchObject({ file: "file.csv", line: 2 });
  });
});

describe("the same table reads the same however it was saved again", () => {
  const original = readTable(contentText()).drafts;
  const all = [CONTENT_HEADER, ...CONTENT_ROWS];
  const padded = [...all, ["Showing top 500 results", ...Array(9).fill("")]];
  const american = new Map([
    ["May 8, 2020", "5/8/2020"],
    ["Dec 12, 2023", "12/12/2023"],
    ["Nov 26, 2024", "11/26/24"],
  ]);
  const european = new Map([
    ["May 8, 2020", "08-05-2020"],
    ["Dec 12, 2023", "12-12-2023"],
    ["Nov 26, 2024", "26-11-2024"],
  ]);
  const withDates = (dates: Map<string, string>) =>
    padded.map((row) => row.map((cell) => dates.get(cell) ?? cell));
  const withCommas = padded.map((row) =>
    row.map((cell) => (/^-?\d+\.\d+$/.test(cell) ? cell.replace(".", ",") : cell)),
  );
  const shuffled = all.map((row) => [row[0] ?? "", ...row.slice(1).reverse()]);
  const throughPandas = all.map((row, index) =>
    row.map((cell, at) => (index > 0 && at === 3 ? `${cell}.0` : cell)),
  );

  test.each([
    [
      "CRLF, byte-order mark, US dates, padded footnote",
      utf8(`\uFEFF${csvText(withDates(american), ",", "\r\n")}\r\n`),
    ],
    ["semicolons, decimal commas, Windows-1252", windows1252(csvText(withCommas, ";", "\r\n"))],
    ["tabs in UTF-16", utf16(csvText(padded, "\t", "\r\n"))],
    ["DD-MM dates", utf8(csvText(withDates(european)))],
    [
      "soft hyphens in headers and words",
      utf8(contentText().replaceAll("Video", "Vi\u00ADdeo").replace("Total", "To\u00ADtal")),
    ],
    ["other column order", utf8(csvText(shuffled))],
    ["counts with .0", utf8(csvText(throughPandas))],
    [
      "each line in one quoted cell",
      utf8(
        contentText()
          .split("\n")
          .map((line) => `"${line.replaceAll('"', '""')}"`)
          .join("\r\n"),
      ),
    ],
    [
      "sorted, so that the total is somewhere inside",
      utf8(csvText([CONTENT_HEADER, ...CONTENT_ROWS.slice(1), CONTENT_ROWS[0] ?? []])),
    ],
  ])("%s", (_, bytes) => {
    const withoutLines = (drafts: typeof original) =>
      JSON.parse(
        JSON.stringify(drafts, (key, value) =>
          key === "line" ? undefined : typeof value === "bigint" ? `${value}` : value,
        ),
      );
    expect(withoutLines(readTable(bytes).drafts)).toEqual(withoutLines(original));
  });
});

describe("what the file leaves open is asked for", () => {
  const { period: _, ...withoutPeriod } = OPTIONS;

  test("the period: videos are known, traffic and money wait", () => {
    const { drafts, needs } = readTable(contentText(), withoutPeriod);
    expect(needs).toMatchObject([{ what: "period" }]);
    expect([drafts.videos.length, drafts.traffic.length, drafts.payouts.length]).toEqual([4, 0, 0]);
  });

  test("the currency, when no code or an unknown one is in the brackets", () => {
    const text = contentText().replace("(USD)", "(XYZ)");
    expect(readTable(text).needs).toMatchObject([{ what: "currency" }]);
    expect(readTable(text).drafts.payouts).toEqual([]);
    const answered = readTable(text, { ...OPTIONS, currency: "EUR" as NonNullable<typeof OPTIONS.currency> });
    expect(answered.drafts.payouts).toMatchObject([{ currency: "EUR" }]);
  });

  test("the order of day and month, when no date decides it", () => {
    const rows = [["aaaaaaaaaa1", "T", "08-05-2020", "1", "1", "0", "1", "", "", ""]];
    expect(readTable(contentText(rows)).needs).toMatchObject([
      { what: "dayOrder", column: "Video publish time", options: ["dmy", "mdy"] },
    ]);
    const answered = readTable(contentText(rows), { ...OPTIONS, dayOrder: "dmy" });
    expect([answered.needs, answered.drafts.videos[0]?.publishedDay]).toEqual([[], "2020-05-08"]);
  });

  test("without a revenue column views are imported, and it is said how to get money", () => {
    const { drafts, notices } = readTable(
      csvText([
        ["Content", "Video title", "Views"],
        ["aaaaaaaaaa1", "T", "9"],
      ]),
    );
    expect(drafts.payouts).toEqual([]);
    expect(notices).toMatchObject([{ message: expect.stringMatching(/only views.*Add that metric/) }]);
  });
});

describe("a refused row is named by physical line, column and reason; the others are read", () => {
  const row = (id: string, views: string, revenue: string) => [
    id,
    "a\nb",
    "",
    views,
    "1",
    "0",
    revenue,
    "",
    "",
    "",
  ];

  test.each([
    [
      "an unreadable count",
      row("ccccccccccc", "many", "1"),
      { line: 4, column: "Views", message: /not an amount/ },
    ],
    [
      "unreadable money",
      row("ccccccccccc", "1", "12.3x"),
      { line: 4, column: "Estimated revenue (USD)", message: /not an amount/ },
    ],
    ["no id", row("", "1", "1"), { line: 4, column: "Content", message: /not a video id/ }],
    [
      "a repeated id with other figures",
      row("aaaaaaaaaa1", "2", "1"),
      { line: 4, column: "Content", message: /also on line 2/ },
    ],
    [
      "too few cells",
      ["ccccccccccc", "T"],
      { line: 4, column: undefined, message: /2 cells where the header has 10/ },
    ],
    [
      "too many cells",
      [...row("ccccccccccc", "1", "1"), "more"],
      { line: 4, column: undefined, message: /11 cells/ },
    ],
  ])("%s", (_, bad, { line, column, message }) => {
    const { drafts, problems } = readTable(
      contentText([row("aaaaaaaaaa1", "1", "1"), bad, row("ddddddddddd", "1", "2")]),
    );
    expect(problems).toEqual([
      { file: "file.csv", line, ...(column ? { column } : {}), message: expect.stringMatching(message) },
    ]);
    expect(drafts.videos.map(({ externalId }) => externalId)).toEqual(["aaaaaaaaaa1", "ddddddddddd"]);
    expect(drafts.payouts[0]?.minor).toBe(300n);
  });

  test("a row that repeats another to the letter counts once, and that is said", () => {
    const { drafts, notices, problems } = readTable(
      contentText([row("aaaaaaaaaa1", "1", "1"), row("aaaaaaaaaa1", "1", "1")]),
    );
    expect([drafts.payouts[0]?.minor, problems, notices[0]?.message]).toEqual([
      100n,
      [],
      "This row repeats line 2 and counts once.",
    ]);
  });
});

describe("a table that cannot be told apart is refused as a whole", () => {
  test("a column twice (two tables side by side)", () => {
    expect(
      refusalOf(
        csvText([
          ["Content", "Video title", "Views", "Views"],
          ["a", "b", "1", "2"],
        ]),
      ),
    ).toMatchObject({
      column: "Views",
      message: expect.stringMatching(/occurs twice/),
    });
  });

  test("two totals (two exports below each other)", () => {
    const rows = [...CONTENT_ROWS, ...CONTENT_ROWS];
    expect(refusalOf(contentText(rows))).toMatchObject({
      line: 7,
      message: expect.stringMatching(/Lines 2 and 7 are both totals/),
    });
  });

  test("no videos", () => {
    expect(refusalOf(contentText(CONTENT_ROWS.slice(0, 1)))?.message).toMatch(/no video/);
  });
});
