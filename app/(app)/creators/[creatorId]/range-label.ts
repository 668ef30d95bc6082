import { count } from "@/lib/format";

/** "1–50 of 1,234 payouts"; `all` is the counted noun. */
export function rangeLabel(page: number, size: number, shown: number, all: string, locale: string): string {
  if (shown === 0) return `None of ${all}`;
  const first = (page - 1) * size + 1;
  return `${count(first, locale)}–${count(first + shown - 1, locale)} of ${all}`;
}
