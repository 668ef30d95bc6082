import { describe, expect, test } from "vitest";
import { dayOrderOf, parseDay, parseMonth } from "../../lib/import/dates";

const value = <T>(result: { ok: true; value: T } | { ok: false; error: string }) =>
  result.ok ? result.value : result.error;

describe("a day is read from every way an export or a spreadsheet writes one", () => {
  test.each([
    ["2024-05-08", "2024-05-08"],
    ["2025/10/31", "2025-10-31"],
    ["2025-10-31T00:00:00", "2025-10-31"],
    ["2025/10/31 18:19:10", "2025-10-31"],
    ["May 8, 2020", "2020-05-08"],
    ["8 May 2020", "2020-05-08"],
    ["12-Dec-23", "2023-12-12"],
    ["8-May-20", "2020-05-08"],
    ["11/26/24", "2024-11-26"],
    ["13-06-2025", "2025-06-13"],
    ["7/16/2026", "2026-07-16"],
    ["08.05.2020", "2020-05-08"],
    ["07/16/2026 10:05 PM", "2026-07-16"],
    ["5/5/2021", "2021-05-05"],
  ])("%j is %s", (text, day) => {
    expect(value(parseDay(text))).toBe(day);
  });

  test.each([
    ["08-05-2020", /two ways/],
    ["2023-02-29", /not a day that exists/],
    ["31/13/2024", /not a day that exists/],
    ["Foo 8, 2020", /not a day that exists/],
    ["0024-01-01", /not a day that exists/],
    ["yesterday", /not a date/],
  ])("%j is refused with a reason", (text, message) => {
    expect(value(parseDay(text))).toMatch(message);
  });

  test("the order of the column decides a day that can be read two ways", () => {
    expect([value(parseDay("08-05-2020", "dmy")), value(parseDay("08-05-2020", "mdy"))]).toEqual([
      "2020-05-08",
      "2020-08-05",
    ]);
  });
});

describe("the order of day and month is decided by a whole column", () => {
  test.each([
    [["01/02/24", "13/02/24"], "dmy"],
    [["01/02/24", "02/13/24"], "mdy"],
    [["01/02/24", "03/04/24"], "ask"],
    [["13/02/24", "02/13/24"], "mixed"],
    [["2024-01-02", "May 8, 2020", "3/3/24"], "either"],
    [["01.02.2024"], "dmy"],
  ])("%j: %s", (cells, order) => {
    expect(dayOrderOf(cells)).toBe(order);
  });
});

describe("a month is read from every way people write one", () => {
  test.each([
    ["2019-01", "2019-01"],
    ["2019/1", "2019-01"],
    ["01/2019", "2019-01"],
    ["Jan 2019", "2019-01"],
    ["January 2019", "2019-01"],
    ["Jan-19", "2019-01"],
    ["Sept 2020", "2020-09"],
    ["2019-01-31", "2019-01"],
  ])("%j is %s", (text, month) => {
    expect(value(parseMonth(text))).toBe(month);
  });

  test.each(["13/2019", "2019", "Q1 2019", ""])("%j is refused with the way to write it", (text) => {
    expect(value(parseMonth(text))).toMatch(/write it as YYYY-MM/);
  });
});
