import { money, rpm } from "./format";
import type { Currency } from "./model/money";
import { DENOMINATOR_LABEL } from "./model/rpm";
import type { SlipCause, UnitSlip } from "./model/unit-slip";

/**
 * What is asked about an amount that was probably meant in another unit: "Is it really $24,000.00? That is $57.14
 * per 1,000 qualified views; usual is $0.11 to $3.85. …"
 */
export function slipQuestion(slip: UnitSlip, minor: bigint, currency: Currency, locale: string): string {
  const { rate, denominator, usual, from, cause } = slip;
  const whose = from === "own" ? "your last months lie around" : "the benchmark's range is";
  return [
    `Is it really ${money(minor, currency, locale)}?`,
    `That is ${rpm(rate, currency, locale)} per 1,000 ${DENOMINATOR_LABEL[denominator]}; ${whose} ${rpm(usual.low, currency, locale)} to ${rpm(usual.high, currency, locale)}.`,
    WHY[cause],
  ]
    .filter(Boolean)
    .join(" ");
}

const WHY: Readonly<Record<SlipCause, string>> = {
  hundred: "It looks 100 times too large, as cents typed as whole units are.",
  thousand: "It looks 1,000 times too large, as a decimal point read as a thousands separator makes it.",
  hundredth: "It looks 100 times too small, as whole units typed as cents are.",
  thousandth: "It looks 1,000 times too small, as a thousands separator read as a decimal point makes it.",
  rate: "It looks like the rate per 1,000 and not the amount that was paid.",
  denominator: "The amount fits the month's views: look whether its other counts are right.",
  cpm: "That is what advertisers pay for ads (CPM), before the platform's share; log what was paid to you.",
  other: "Look whether amount, currency, month and the month's views are right.",
};
