import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import {
  count,
  currency,
  day,
  dealState,
  entryKind,
  line,
  moneyOf,
  note,
  optionalDay,
  optionalId,
  optionalPlatform,
  optionalRate,
  optionalStream,
  percentPpm,
  periodOf,
  rate,
  rowsOf,
  videoSeconds,
  watchHours,
} from "@/lib/input";
import { currencyOf, decimalOf } from "@/lib/model/money";

/** The value, or the first sentence a person would read. */
function read<T>(schema: z.ZodType<T>, text: string | undefined): T | string {
  const result = schema.safeParse(text);
  return result.success ? result.data : (result.error.issues[0]?.message ?? "");
}

describe("counts", () => {
  test.each([
    ["", null, "blank is unknown, which is not zero"],
    ["  ", null, "so are spaces"],
    [undefined, null, "and a field that was not sent"],
    ["0", 0, "zero is zero"],
    ["12,000", 12000, "a count has no decimals, so a comma groups"],
    ["12.000", 12000, "and so does a point"],
    ["1 234 567", 1234567, "and a space"],
    ["1.234.567", 1234567, "more than once"],
    ["2938.0", 2938, "a spreadsheet's integer"],
  ])("%j → %j: %s", (text, expected, _why) => {
    expect(read(count, text)).toBe(expected);
  });

  test.each(["12.5", "-3", "twelve", "1,23"])("%j is refused with what to type", (text) => {
    expect(read(count, text)).toMatch(/\.$/);
  });
});

describe("money", () => {
  const amount = z
    .object({ amount: z.string(), currency })
    .transform((form, ctx) => moneyOf(ctx, form.amount, form.currency, "amount") ?? z.NEVER);
  const typedIn = (text: string, code: string) => {
    const result = amount.safeParse({ amount: text, currency: code });
    if (result.success) return result.data;
    return { [String(result.error.issues[0]?.path.join("."))]: result.error.issues[0]?.message };
  };

  test.each([
    ["1,234.56", "USD", 123456n],
    ["1.234,56", "EUR", 123456n],
    ["1234", "JPY", 1234n],
    ["1,234", "JPY", 1234n],
    ["-12.34", "USD", -1234n],
  ])("%s %s is %d minor units, however a country writes it", (text, code, minor) => {
    expect(typedIn(text, code)).toBe(minor);
  });

  test("what can be read two ways is asked about under the amount's own name, never guessed", () => {
    expect(typedIn("1,234", "USD")).toEqual({ amount: expect.stringContaining("two ways") });
  });

  test("an empty amount is answered with how to type one", () => {
    expect(typedIn("", "USD")).toEqual({ amount: "Type the amount with digits, like 1,234.56." });
  });

  test("what a correction is prefilled with is read back to the same minor unit, in every exponent", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("JPY", "USD", "KWD"),
        fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
        (code, minor) => {
          expect(typedIn(decimalOf(minor, currencyOf(code)), code)).toBe(minor);
        },
      ),
    );
  });
});

describe("a period", () => {
  const period = z
    .object({ month: z.string(), fromDay: optionalDay, toDay: optionalDay })
    .transform((form, ctx) => periodOf(ctx, form) ?? z.NEVER);
  const read = (month: string, fromDay = "", toDay = "") => {
    const result = period.safeParse({ month, fromDay, toDay });
    return result.success ? Object.values(result.data).join(" ") : result.error.issues[0]?.path[0];
  };

  test("a month is its first to its last day, 29 of them in a leap February", () => {
    expect(read("2024-02")).toBe("2024-02-01 2024-02-29");
  });
  test("exact days win over the month", () => {
    expect(read("2026-10", "2026-11-03", "2026-11-09")).toBe("2026-11-03 2026-11-09");
  });
  test.each([
    ["no month and no days", "month", "", "", ""],
    ["a month that does not exist", "month", "2026-13", "", ""],
    ["half a period", "toDay", "2026-10", "2026-10-01", ""],
    ["the other half", "fromDay", "2026-10", "", "2026-10-01"],
    ["an end before its beginning", "toDay", "2026-10", "2026-10-02", "2026-10-01"],
    ["a day that does not exist", "fromDay", "2026-10", "2026-02-30", "2026-03-01"],
  ])("%s is a problem of %s", (_what, name, month, from, to) => {
    expect(read(month, from, to)).toBe(name);
  });
});

describe("rates and shares", () => {
  test.each([
    ["1.0853", "1.0853"],
    ["1.085", "1.085"],
    ["0.0067", "0.0067"],
    ["24650", "24650"],
  ])("the rate %s stays text, digit for digit", (text, expected) => {
    expect(read(rate, text)).toBe(expected);
  });
  test.each(["", "0", "-1", "1,085", "x", "0.12345678901", "12345678901"])(
    "the rate %j is refused",
    (text) => {
      expect(read(rate, text)).toMatch(/[a-z].*\.$|digits$/);
    },
  );
  test("no rate is needed where the currencies are the same", () => {
    expect(read(optionalRate, "")).toBeNull();
  });
  test.each([
    ["42.5", 425_000],
    ["42,5 %", 425_000],
    ["100", 1_000_000],
    ["0", 0],
    ["", null],
  ])("%j is %j parts per million", (text, ppm) => {
    expect(read(percentPpm, text)).toBe(ppm);
  });
  test.each(["100.1", "-1", "half"])("a share of %j is refused", (text) => {
    expect(read(percentPpm, text)).toContain("between 0 and 100");
  });
});

describe("times", () => {
  test.each([
    ["1.5", 5400],
    ["1,5", 5400],
    ["0:30:00", 1800],
    ["", null],
  ])("%j watch hours are %j seconds", (text, seconds) => {
    expect(read(watchHours, text)).toBe(seconds);
  });
  test.each([
    ["4:34", 274],
    ["0:04:34", 274],
    ["1:00:00", 3600],
    ["", null],
  ])("a video of %j lasts %j seconds", (text, seconds) => {
    expect(read(videoSeconds, text)).toBe(seconds);
  });
  test("a day is one of the calendar", () => {
    expect(read(day, "2026-11-23")).toBe("2026-11-23");
    expect(read(day, "2026-11-31")).toBe("Choose a day, like 2026-11-23.");
  });
});

describe("text and choices", () => {
  test("a line has no line breaks, which would end up in files and mails", () => {
    expect(read(line("Type it."), "a\nb")).toBe("Write it in one line.");
    expect(read(line("Type it."), "  ")).toBe("Type it.");
    expect(read(line("Type it."), " a b ")).toBe("a b");
  });
  test("a note may have lines, but no other control characters", () => {
    expect(read(note, "a\nb")).toBe("a\nb");
    expect(read(note, "a\u0007b")).toContain("cannot be printed");
    expect(read(note, undefined)).toBe("");
  });
  test("nobody can type a voiding entry", () => {
    expect(read(entryKind, "void")).toBe("Choose what kind of entry this is.");
    expect(read(entryKind, "refund")).toBe("refund");
  });
  test("an id that is left out is none, and a wrong one is refused", () => {
    expect(read(optionalId, "")).toBeNull();
    expect(read(optionalId, "1 or 1=1")).toBe("Choose one from the list.");
    expect([undefined, " ", "gift"].map((text) => read(optionalStream, text))).toEqual([null, null, "gift"]);
    expect(read(optionalStream, "tips")).toBe("Choose a stream, or all of them.");
    expect(read(optionalPlatform, "tiktok")).toBe("tiktok");
    expect(read(optionalPlatform, "myspace")).toBe("Choose a platform, or all of them.");
    expect(read(dealState, "dreamt")).toBe("Choose where the deal stands.");
  });
});

describe("repeated rows", () => {
  test("they come in the order of their numbers; blank rows are left out; each knows its own name", () => {
    const form = {
      "line-10-videoId": "c",
      "line-10-amount": "3",
      "line-2-videoId": "b",
      "line-2-amount": "",
      "line-0-videoId": "",
      "line-0-amount": " ",
      "line-x-videoId": "never",
      other: "never",
    };
    expect(rowsOf(form, "line", ["videoId", "amount"])).toEqual([
      { at: "line-2", videoId: "b", amount: "" },
      { at: "line-10", videoId: "c", amount: "3" },
    ]);
  });
});
