/** Quantiles of Student's t distribution, for bands of a forecast whose variance is itself estimated. */

/** The central share of months that a band is meant to contain, in percent. */
export const BANDS = [50, 80, 95] as const;
export type Band = (typeof BANDS)[number];

/** One-sided quantiles for df 1 to 20, rounded to four decimals as in printed tables. */
const TABLE: Readonly<Record<Band, readonly number[]>> = {
  50: [
    1, 0.8165, 0.7649, 0.7407, 0.7267, 0.7176, 0.7111, 0.7064, 0.7027, 0.6998, 0.6974, 0.6955, 0.6938, 0.6924,
    0.6912, 0.6901, 0.6892, 0.6884, 0.6876, 0.687,
  ],
  80: [
    3.0777, 1.8856, 1.6377, 1.5332, 1.4759, 1.4398, 1.4149, 1.3968, 1.383, 1.3722, 1.3634, 1.3562, 1.3502,
    1.345, 1.3406, 1.3368, 1.3334, 1.3304, 1.3277, 1.3253,
  ],
  95: [
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604,
    2.1448, 2.1314, 2.1199, 2.1098, 2.1009, 2.093, 2.086,
  ],
};

/** Standard normal quantiles of the same bands, for totals of many streams. */
export const NORMAL: Readonly<Record<Band, number>> = { 50: 0.6745, 80: 1.2816, 95: 1.96 };

/** Half width of a central band in standard deviations; `df` is held to 1..20. */
export function halfWidth(band: Band, df: number): number {
  return TABLE[band][Math.min(20, Math.max(1, Math.round(df))) - 1]!;
}

/**
 * Quantile of any probability in (0, 1) for a whole `df` >= 1, to about 1e-10: bisection on the closed form
 * of the distribution function (Abramowitz & Stegun 26.7.3 and 26.7.4).
 */
export function quantile(probability: number, df: number): number {
  if (!(probability > 0 && probability < 1)) throw new RangeError("A probability lies between 0 and 1.");
  if (probability < 0.5) return -quantile(1 - probability, df);
  let low = 0;
  let high = 1;
  while (cumulative(high, df) < probability && high < 1e12) high *= 2;
  for (let step = 0; step < 80; step++) {
    const middle = (low + high) / 2;
    if (cumulative(middle, df) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** P(T <= t) for t >= 0 and whole df. */
function cumulative(t: number, df: number): number {
  const angle = Math.atan2(t, Math.sqrt(df));
  const cos2 = Math.cos(angle) ** 2;
  const odd = df % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = odd && df === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= df - 2; k += 2) {
    term *= (cos2 * (k - 1)) / k;
    sum += term;
  }
  const inside = odd ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum;
  return 0.5 + inside / 2;
}
