/** Numbers of invoices: each once, following each other without a gap where the law asks for that. */
import type { Day } from "./month";

export const MAX_INVOICE_NUMBER = 40;

type Parts = { readonly prefix: string; readonly value: bigint; readonly width: number };

/** Everything before the last run of digits, and that run; null without any digit at the end. */
function partsOf(number: string): Parts | null {
  const [, prefix = "", digits] = /^(.*?)(\d{1,18})$/.exec(number.trim()) ?? [];
  return digits === undefined ? null : { prefix, value: BigInt(digits), width: digits.length };
}

/**
 * The number after the newest one, in its own manner: "2026-009" → "2026-010", "INV7" → "INV8". A prefix that holds
 * last year's number gives way to this year's, which begins at 1. The first one of all is "2026-001".
 * `numbers` are those in use, newest first.
 */
export function nextInvoiceNumber(numbers: readonly string[], today: Day): string {
  const year = today.slice(0, 4);
  const lastYear = String(Number(year) - 1).padStart(4, "0");
  const newest = numbers.map(partsOf).find((parts) => parts !== null);
  if (!newest) return `${year}-001`;
  const isOfLastYear = newest.prefix.includes(lastYear);
  const prefix = isOfLastYear ? newest.prefix.replace(lastYear, year) : newest.prefix;
  const used = numbers.map(partsOf).filter((parts): parts is Parts => parts?.prefix === prefix);
  const highest = used.reduce((most, { value }) => (value > most ? value : most), 0n);
  return prefix + String(highest + 1n).padStart(newest.width, "0");
}

/** The numbers left out between the lowest and the highest of each prefix, at most `limit`. */
export function missingInvoiceNumbers(numbers: readonly string[], limit = 20): string[] {
  const byPrefix = new Map<string, Parts[]>();
  for (const number of numbers) {
    const parts = partsOf(number);
    if (parts) byPrefix.set(parts.prefix, [...(byPrefix.get(parts.prefix) ?? []), parts]);
  }
  const missing: string[] = [];
  for (const [prefix, all] of byPrefix) {
    const sorted = all.sort((a, b) => (a.value < b.value ? -1 : 1));
    for (const [index, { value, width }] of sorted.entries()) {
      const next = sorted[index + 1];
      for (let gap = value + 1n; next && gap < next.value; gap += 1n) {
        if (missing.length === limit) return missing;
        missing.push(prefix + String(gap).padStart(width, "0"));
      }
    }
  }
  return missing;
}
