import { describe, expect, test } from "vitest";
import { detectFormat } from "../../lib/import/detect";
import { collecting, noDrafts } from "../../lib/import/draft";
import { META_METRIC } from "../../lib/import/meta-metric";
import type { Table } from "../../lib/import/parse";
import { OPTIONS } from "./fixtures";
import { METRIC_ROWS, metricTable } from "./meta.fixtures";

function read(table: Table) {
  const drafts = noDrafts();
  expect(detectFormat(table).id).toBe("meta-metric");
  return { drafts, reading: META_METRIC.read(table, OPTIONS, collecting(drafts)) };
}

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
    const { drafts, reading } = read(metricTable(title, METRIC_ROWS));
    expect(reading).toEqual({ kind: "read", needs: [], problems: [], notices: [] });
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
      const { reading, drafts } = read(metricTable(title, METRIC_ROWS));
      expect(reading.kind === "not_useful" && reading.message).toMatch(
        new RegExp(`^This is the metric "${title}" .*; open Insights there, choose Views`),
      );
      expect(drafts).toEqual(noDrafts());
    },
  );

  test("without its title nobody can tell which metric it is", () => {
    const { reading } = read(metricTable(null, METRIC_ROWS));
    expect(reading.kind === "not_useful" && reading.message).toMatch(/without its title line/);
  });
});

describe("rows that cannot be read are named, the others are kept", () => {
  test("a day twice, no date, no count, too many cells", () => {
    const { drafts, reading } = read(
      metricTable("Views", [
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
    expect(reading.kind === "read" && reading.problems.map(({ line, column }) => [line, column])).toEqual([
      [5, "Date"],
      [6, "Date"],
      [7, "Primary"],
      [8, undefined],
    ]);
  });

  test("dates that a spreadsheet rewrote are asked about, and a contradiction is refused", () => {
    const open = read(metricTable("Views", [["03/04/2025", "1"]])).reading;
    expect(open.kind === "read" && open.needs).toMatchObject([{ what: "dayOrder", column: "Date" }]);
    const mixed = read(
      metricTable("Views", [
        ["13/04/2025", "1"],
        ["04/13/2025", "1"],
      ]),
    ).reading;
    expect(mixed.kind).toBe("refused");
  });
});
