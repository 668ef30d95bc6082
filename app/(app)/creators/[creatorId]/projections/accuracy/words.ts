import { count, decimal, MISSING, percent } from "@/lib/format";
import { typicalShare } from "@/lib/model/score";

/** Scores in words. */

/** A mean absolute log error: 0.166 → "18%"; from twice and half on as a factor, "×2.4". */
export function offBy(error: number | null | undefined, locale: string): string {
  if (error === null || error === undefined) return MISSING;
  const share = typicalShare(error);
  return share < 1 ? percent(share, locale) : `×${decimal(share + 1, locale, 1)}`;
}

/** "18%", or "a factor of 2.4". */
export function offByInWords(error: number, locale: string): string {
  const share = typicalShare(error);
  return share < 1 ? percent(share, locale) : `a factor of ${decimal(share + 1, locale, 1)}`;
}

/** -0.22 → "22% better", 0.07 → "7% worse": said the same way when it is worse. */
export function comparedTo(skill: number | null | undefined, locale: string): string {
  if (skill === null || skill === undefined) return MISSING;
  const size = percent(Math.abs(skill), locale);
  if (size === percent(0, locale)) return "the same";
  return `${size} ${skill < 0 ? "better" : "worse"}`;
}

/** "9 of 11". */
export function ofMonths(hits: number, months: number, locale: string): string {
  return `${count(hits, locale)} of ${count(months, locale)}`;
}
