import { zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { csvText, OPTIONS, readTable, refusalOf, tableOf, tablesIn, utf8, utf16 } from "./fixtures";

/** Title, header and rows of each table, rows with their physical line. */
function described(text: string) {
  return tablesIn(utf8(text)).map(({ title, header, rows }) => ({
    title,
    header,
    rows: [...rows].map(({ line, cells }) => [line, ...cells]),
  }));
}

describe("titled tables that stand below each other are told apart", () => {
  test("a title line, a header, rows, a blank line, and again; each row keeps its physical line", () => {
    const text =
      'sep=,\n"Views"\n"Date","Primary"\n"2025-10-31T00:00:00","3"\n\n"Reach"\n"Date","Primary"\n"2025-10-31T00:00:00","2"\n"2025-11-01T00:00:00","1"\n';
    expect(described(text)).toEqual([
      { title: "Views", header: ["Date", "Primary"], rows: [[4, "2025-10-31T00:00:00", "3"]] },
      {
        title: "Reach",
        header: ["Date", "Primary"],
        rows: [
          [8, "2025-10-31T00:00:00", "2"],
          [9, "2025-11-01T00:00:00", "1"],
        ],
      },
    ]);
  });

  test("in UTF-16, as the platform writes it", () => {
    const tables = tablesIn(utf16('sep=,\r\n"Views"\r\n"Date","Primary"\r\n"2025-10-31T00:00:00","3"\r\n'));
    expect(tables).toMatchObject([{ title: "Views", headerLine: 3, rowCount: 1, encoding: "utf-16le" }]);
  });

  test("a blank line inside a table, a heading between figures and a footnote make no new table", () => {
    const text = "month,views\n2024-01,1\n\nSecond quarter\n2024-04,2\n\nSource: my notes\n";
    expect(described(text).map(({ rows }) => rows.map(([line]) => line))).toEqual([[2, 4, 5, 7]]);
  });

  test("titles padded with commas, as a spreadsheet saves them", () => {
    const text = "Views,\nDate,Primary\n2025-10-31,3\n,\nReach,\nDate,Primary\n2025-10-31,2\n";
    expect(described(text).map(({ title, rows }) => [title, rows.length])).toEqual([
      ["Views", 1],
      ["Reach", 1],
    ]);
  });
});

describe("two tables side by side are told apart when that is unmistakable", () => {
  test("an empty column between them and a name on both sides", () => {
    const text = "month,views,,month,views\n2024-01,1,,2025-01,3\n2024-02,2,,,\n";
    expect(described(text)).toEqual([
      {
        title: null,
        header: ["month", "views"],
        rows: [
          [2, "2024-01", "1"],
          [3, "2024-02", "2"],
        ],
      },
      { title: null, header: ["month", "views"], rows: [[2, "2025-01", "3"]] },
    ]);
    expect(readTable(text).drafts.traffic.map(({ views }) => views)).toEqual([1, 2, 3]);
  });

  test("a header that says itself twice", () => {
    expect(described("month,views,month,views\n2024-01,1,2025-01,3\n")).toHaveLength(2);
  });

  test("a repeated name alone is no second table: it is refused with the remedy", () => {
    expect(described("month,views,clicks,Views\n2024-01,1,2,3\n")).toHaveLength(1);
    expect(refusalOf("month,views,clicks,Views\n2024-01,1,2,3\n")).toMatchObject({
      column: "views",
      message: expect.stringMatching(/occurs 2 times/),
    });
  });

  test("an empty column with a figure in it separates nothing", () => {
    expect(described("month,views,,month,views\n2024-01,1,x,2025-01,3\n")).toHaveLength(1);
  });

  test("the same month on both sides, with other figures, counts once and is told", () => {
    const { drafts, problems } = readTable("month,views,,month,views\n2024-01,1,,2024-01,3\n");
    expect(drafts.traffic).toMatchObject([{ views: 1 }]);
    expect(problems).toMatchObject([{ line: 2, message: expect.stringMatching(/with other figures/) }]);
  });
});

describe("commas that a spreadsheet left behind", () => {
  test("behind every line: no column without a name", () => {
    expect(tableOf("month,views,,\n2024-01,1,,\n").header).toEqual(["month", "views"]);
  });

  test("behind the header alone: no row is short", () => {
    expect(readTable("month,views,,\n2024-01,1\n").problems).toEqual([]);
  });

  test("a column without a name that holds something stays", () => {
    expect(tableOf("month,views,\n2024-01,1,x\n").header).toEqual(["month", "views", ""]);
  });
});

test("rows pasted from a spreadsheet are a table with tabs", () => {
  const { drafts, found } = readTable("month\tviews\n2024-01\t1,234\n", OPTIONS, "Pasted rows");
  expect(found).toMatchObject({ file: "Pasted rows", delimiter: "\t" });
  expect(drafts.traffic).toMatchObject([{ views: 1234 }]);
});

test("a table too long to be kept is walked from its file again, with the same rows each time", () => {
  const rows = Array.from({ length: 250_000 }, (_, row) => `2024-01,"note ${row}, with a comma"`);
  const table = tableOf(`month,note\n${rows.join("\n")}\n`);
  expect(Array.isArray(table.rows)).toBe(false);
  expect(table.rowCount).toBe(250_000);
  for (let walk = 0; walk < 2; walk++) {
    let [count, last] = [0, ""];
    for (const { line, cells } of table.rows) {
      count++;
      last = `${line} ${cells[1]}`;
    }
    expect([count, last]).toEqual([250_000, "250001 note 249999, with a comma"]);
  }
});

test("all tables of a zip that are useful go to one import; problems name their file", () => {
  const days = (views: string) =>
    csvText([
      ["month", "views"],
      ["2024-01", "1"],
      ["2024-02", views],
    ]);
  const bytes = zipSync({ "a.csv": utf8(days("2")), "b.csv": utf8(days("x").replaceAll("2024", "2023")) });
  const { drafts, problems, found } = readTable(bytes);
  expect(drafts.traffic).toHaveLength(3);
  expect(problems).toMatchObject([{ file: "b.csv", line: 3, column: "views" }]);
  expect(found.tables.map(({ file }) => file)).toEqual(["a.csv", "b.csv"]);
});
