import { describe, expect, test } from "vitest";
import { readNow } from "../../lib/import/read";
import { OPTIONS, readTable, refusalOf, utf16 } from "./fixtures";
import { METRIC_ROWS, metricFile, stackedFile } from "./meta.fixtures";

describe("one metric of Insights is what its title says", () => {
  test.each([
    ["Views", "other"],
    ["Video views", "other"],
    ["Plays", "other"],
    ["Facebook views", "facebook"],
    ["Views (Instagram)", "instagram"],
    ["Aufrufe", "other"],
    ["Visualizaciones", "other"],
    ["Visualizzazioni", "other"],
    ["Visualizações", "other"],
    ["Vues", "other"],
    ["Visningar", "other"],
  ])('"%s" is the channel\'s views by day', (title, platform) => {
    const { drafts, found, needs, problems, notices } = readTable(metricFile(title, METRIC_ROWS));
    expect([found.fileFormat, found.encoding]).toEqual(["meta-metric", "utf-16le"]);
    expect([needs, problems, notices]).toEqual([[], [], []]);
    // 1 November is absent: unknown, not zero. The zero of the 2nd is stated.
    expect(drafts.traffic.map(({ from, views, platform: of }) => [from, views, of])).toEqual([
      ["2025-10-31", 3227, platform],
      ["2025-11-02", 0, platform],
      ["2025-11-03", 1204, platform],
    ]);
    expect(drafts.traffic[0]?.sourceKey).toBe("meta:views:2025-10-31:c1");
  });

  test.each(["Reach", "Follows", "Copertura", "Räckvidd", "3-second video views", "Link clicks"])(
    '"%s" holds neither views nor money, and it is said what to take',
    (title) => {
      const outcome = readNow(metricFile(title, METRIC_ROWS), "x.csv", OPTIONS);
      expect(outcome.kind === "not_useful" && outcome.message).toMatch(
        new RegExp(`^This is the metric "${title}" .*; open Insights there, choose Views`),
      );
    },
  );

  test("without its title nobody can tell which metric it is", () => {
    const outcome = readNow(utf16(`"Date","Primary"\r\n"2025-10-31","5"\r\n`), "x.csv", OPTIONS);
    expect(outcome.kind === "not_useful" && outcome.message).toMatch(/without its title line/);
  });

  test("of several metrics in one older file the views are read", () => {
    const { drafts } = readTable(
      stackedFile([
        ["Reach", METRIC_ROWS],
        ["Views", METRIC_ROWS],
      ]),
    );
    expect(drafts.traffic.map(({ views, line }) => [views, line])).toEqual([
      [3227, 10],
      [0, 11],
      [1204, 12],
    ]);
  });
});

describe("rows that cannot be read are named, the others are kept", () => {
  test("a day twice, no date, no count, too many cells", () => {
    const { drafts, problems } = readTable(
      metricFile("Views", [
        ["2025-10-31T00:00:00", "1"],
        ["2025-10-31T00:00:00", "2"],
        ["someday", "3"],
        ["2025-11-01T00:00:00", "many"],
        ["2025-11-02T00:00:00", "5", "6"],
        ["2025-11-03T00:00:00", ""],
        ["2025-11-04T00:00:00", "7"],
      ]),
    );
    expect(drafts.traffic.map(({ views }) => views)).toEqual([1, 7]);
    expect(problems.map(({ line, column }) => [line, column])).toEqual([
      [5, "Date"],
      [6, "Date"],
      [7, "Primary"],
      [8, undefined],
    ]);
  });

  test("dates that a spreadsheet rewrote are asked about, and a contradiction is refused", () => {
    const open = readTable(metricFile("Views", [["03/04/2025", "1"]]));
    expect(open.needs).toMatchObject([{ what: "dayOrder", column: "Date" }]);
    const mixed = metricFile("Views", [
      ["13/04/2025", "1"],
      ["04/13/2025", "1"],
    ]);
    expect(refusalOf(mixed)).toMatchObject({ column: "Date" });
  });
});
