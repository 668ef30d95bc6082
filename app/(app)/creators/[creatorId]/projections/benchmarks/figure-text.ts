import { decimal, MISSING, percent, rpm } from "@/lib/format";
import type { Grade } from "@/lib/model/benchmarks";
import { type Currency, isCurrency } from "@/lib/model/money";
import type { Measure, Published } from "@/lib/model/published/figure";

export const GRADE_TEXT: Readonly<Record<Grade, string>> = {
  A: "official, or owned by the platform",
  B: "first-hand: a named creator's own payout",
  C: "a vendor that states its sample or method",
  D: "a list or calculator without a source",
  judgement: "our own, nothing published fits",
};

/** "Grade D: a list or calculator without a source" */
export function gradeName(grade: Grade): string {
  return grade === "judgement" ? "Judgement" : `Grade ${grade}`;
}

type Shape = Pick<Published, "measure" | "currency">;

/** "$0.45 to $1.10", "under $0.10", "$10,000 and more", "8% to 20%", "0.55 to 0.7". */
export function figureText({ low, high, ...shape }: Published, locale: string): string {
  const one = (value: number) => valueText(value, shape, locale);
  if (low === null) return high === null ? MISSING : `under ${one(high)}`;
  if (high === null) return `${one(low)} and more`;
  return low === high ? one(low) : `${one(low)} to ${one(high)}`;
}

/** One value in the figure's own unit. */
export function valueText(value: number, { measure, currency }: Shape, locale: string): string {
  if (currency !== null && isCurrency(currency)) return usdText(value, locale, currency);
  return isPercent(measure) ? percent(value / 100, locale, 1) : decimal(value, locale, 2);
}

/** Whole from 100 on, else with as many decimals as the source printed, two at least. */
export function usdText(value: number, locale: string, currency = "USD" as Currency): string {
  const printed = (String(value).split(".")[1] ?? "").length;
  const decimals = value >= 100 && printed === 0 ? 0 : Math.max(2, printed);
  return rpm(value.toFixed(decimals), currency, locale);
}

/** For a derived value: three significant figures. */
export function derivedText(value: number, shape: Shape, locale: string): string {
  return valueText(Number(value.toPrecision(3)), shape, locale);
}

/** A spread of logs as people say it: 0.9 is "2.5 times, either way". */
export function timesText(spread: number, locale: string): string {
  return `${decimal(Math.exp(spread), locale, 1)} times, either way`;
}

function isPercent(measure: Measure): boolean {
  return measure === "commission" || measure === "payout_share" || measure === "qualified_share";
}
