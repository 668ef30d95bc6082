import { expect, test } from "vitest";
import { currencyOf } from "../../lib/model/money";
import { findUnitSlip } from "../../lib/model/unit-slip";
import { slipQuestion } from "../../lib/slip-question";

test("the question says the amount, its rate with its count, what is usual, and why it is asked", () => {
  const minor = 2_400_000n;
  const slip = findUnitSlip({
    stream: "rewards",
    platform: "tiktok",
    format: "all",
    currency: currencyOf("USD"),
    perUsd: 1,
    counts: { qualified_views: 400_000 },
    minor,
  });
  // 24,000 / 400 = 60; 0.60 / e^(1.96 x 0.9) = 0.103 and 0.60 x e^(1.96 x 0.9) = 3.50
  expect(slip && slipQuestion(slip, minor, currencyOf("USD"), "en-US")).toBe(
    "Is it really $24,000.00? That is $60.00 per 1,000 qualified views; the benchmark's range is $0.103 to $3.50. " +
      "It looks 100 times too large, as cents typed as whole units are.",
  );
});
