import { describe, expect, test } from "vitest";
import { dayOrderOf, parseDay, parseDayOfYear, parseMonth } from "../../lib/import/dates";

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
    ["8 de mayo de 2024", "2024-05-08"],
    ["1º de maio de 2024", "2024-05-01"],
    ["8 mai 2024", "2024-05-08"],
    ["1er août 2024", "2024-08-01"],
    ["8. Mai 2024", "2024-05-08"],
    ["8. März 2024", "2024-03-08"],
    ["12 dic. 2023", "2023-12-12"],
    ["8 maggio 2024", "2024-05-08"],
    ["2024年5月8日", "2024-05-08"],
    ["2024년 5월 8일", "2024-05-08"],
    ["2024. 5. 8.", "2024-05-08"],
    ["Fri Sep 04 2026", "2026-09-04"],
    ["Friday, 4 September 2026", "2026-09-04"],
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

describe("a day without a year is read in the language of the account, since that is all TikTok Studio writes", () => {
  test.each([
    ["April 12", "04-12"],
    ["Apr 12", "04-12"],
    ["February 29", "02-29"],
    ["8 de marzo", "03-08"],
    ["30 de abril", "04-30"],
    ["1º de maio", "05-01"],
    ["19 avril", "04-19"],
    ["1er févr.", "02-01"],
    ["12. April", "04-12"],
    ["3. März", "03-03"],
    ["8 agosto", "08-08"],
    ["8 Juli", "07-08"],
    ["5 Απριλίου", "04-05"],
    ["4月12日", "04-12"],
    ["4월 12일", "04-12"],
    ["8 tháng 7", "07-08"],
  ])("%j is %s", (text, day) => {
    expect(parseDayOfYear(text)).toBe(day);
  });

  test.each(["February 30", "8 Foo", "12", "", "April", "2024-04-12", "x".repeat(1000)])(
    "%j is none",
    (text) => {
      expect(parseDayOfYear(text)).toBeNull();
    },
  );
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
    ["mayo de 2024", "2024-05"],
    ["Dez 2024", "2024-12"],
    ["2019-01-31", "2019-01"],
  ])("%j is %s", (text, month) => {
    expect(value(parseMonth(text))).toBe(month);
  });

  test.each(["13/2019", "2019", "Q1 2019", ""])("%j is refused with the way to write it", (text) => {
    expect(value(parseMonth(text))).toMatch(/write it as YYYY-MM/);
  });
});
