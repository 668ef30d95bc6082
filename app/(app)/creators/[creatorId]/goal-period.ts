import { monthName } from "@/lib/format";
import type { Month } from "@/lib/model/month";

/** "January 2026", "2026", "January 2026 to March 2027". */
export function goalPeriod(
  { fromMonth, toMonth }: { readonly fromMonth: Month; readonly toMonth: Month },
  locale: string,
): string {
  if (fromMonth === toMonth) return monthName(fromMonth, locale);
  const year = fromMonth.slice(0, 4);
  if (fromMonth === `${year}-01` && toMonth === `${year}-12`) return year;
  return `${monthName(fromMonth, locale)} to ${monthName(toMonth, locale)}`;
}
