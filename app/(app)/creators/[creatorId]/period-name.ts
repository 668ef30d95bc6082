import { dayName, dayRange, monthName } from "@/lib/format";
import { type Day, firstDay, lastDay, monthOf } from "@/lib/model/month";

export type Period = { fromDay: string; toDay: string };

/** "Oct 2026" for a whole month, else its days. */
export function periodName({ fromDay, toDay }: Period, locale: string): string {
  if (isWholeMonth({ fromDay, toDay })) return monthName(monthOf(fromDay), locale, "short");
  if (fromDay === toDay) return dayName(fromDay as Day, locale);
  return dayRange(fromDay as Day, toDay as Day, locale);
}

export function isWholeMonth({ fromDay, toDay }: Period): boolean {
  const month = monthOf(fromDay);
  return fromDay === firstDay(month) && toDay === lastDay(month);
}
