import { expect, it } from "vitest";
import { CALCULATOR_RATES, calculatorRateFor } from "../../lib/model/calculator";

it("takes 3 dollars for long video on YouTube, a few cents for Shorts, 0.70 on TikTok, and nothing for the rest", () => {
  const rate = (
    ...[stream, platform, format]: [
      "ads" | "rewards" | "shop",
      "youtube" | "tiktok",
      "short" | "long" | "all",
    ]
  ) => calculatorRateFor({ stream, platform, format })?.usd ?? null;
  expect(rate("ads", "youtube", "long")).toBe(3);
  expect(rate("ads", "youtube", "all")).toBe(3);
  expect(rate("ads", "youtube", "short")).toBe(0.055);
  expect(rate("rewards", "tiktok", "all")).toBe(0.7);
  expect(rate("shop", "tiktok", "all")).toBeNull();
});

it("names a source for every rate", () => {
  for (const { source, usd } of CALCULATOR_RATES) {
    expect(source).toMatch(/\w+\.\w+/);
    expect(usd).toBeGreaterThan(0);
  }
});
