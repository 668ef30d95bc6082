import { describe, expect, test } from "vitest";
import { readWithholding, TAX_FORMS, USUAL_RATE_PPM, withheldOf } from "../../lib/model/withholding";

const rule = (form: (typeof TAX_FORMS)[number]) => ({ form, ratePpm: USUAL_RATE_PPM[form] });

describe("1,000.00 earned, of which 100.00 from viewers in the US", () => {
  test("by treaty 15 % of 100 = 15.00; without a treaty 30 % of 100 = 30.00; without a form 24 % of 1,000 = 240.00", () => {
    expect(TAX_FORMS.map((form) => withheldOf(rule(form), 100_000n, 10_000n))).toEqual([
      1_500n,
      3_000n,
      24_000n,
    ]);
  });

  test("is unknown while the US part is unknown, not zero; without a form that part does not matter", () => {
    expect(TAX_FORMS.map((form) => withheldOf(rule(form), 100_000n, null))).toEqual([null, null, 24_000n]);
    expect(withheldOf(rule("treaty"), 100_000n, 0n)).toBe(0n);
  });
});

test("a rule that nobody could mean is none", () => {
  expect(readWithholding({ form: "treaty", ratePpm: 150_000 })).toEqual(rule("treaty"));
  for (const body of [{}, { form: "treaty" }, { form: "w8", ratePpm: 1 }, { form: "none", ratePpm: 2e6 }])
    expect(readWithholding(body)).toBeNull();
});
