"use client";

import { CalendarDays, ChevronLeft, ChevronRight } from "lucide";
import type { Route } from "next";
import Link from "next/link";
import { monthName } from "@/lib/format";
import { addMonths, type Month, monthsFrom } from "@/lib/model/month";
import { Icon } from "./ui/icon";
import { Menu } from "./ui/menu";

type MonthPickerProps = {
  month: Month;
  /** The first and the last month one may go to. */
  first: Month;
  last: Month;
  /** The page's address up to the month: "/creators/…?months=24&month=". */
  path: string;
  locale: string;
  /** Which edge the months hang from on a wide screen; on a phone the picker stands at the left. */
  align?: "start" | "end";
};

/** The month a page shows: one back, one on, or any from a grid. All links, so the URL owns the state. */
export function MonthPicker({ month, first, last, path, locale, align = "end" }: MonthPickerProps) {
  const href = (to: Month) => `${path}${to}`;
  const months = monthsFrom(first, last);
  const years = [...new Set(months.map(yearOf))].reverse();
  return (
    <nav aria-label="Month" className="inline-flex items-center gap-1">
      <Step to={month > first ? addMonths(month, -1) : null} back {...{ href, locale }} />
      <Menu
        name={`${monthName(month, locale)}. Choose another month`}
        label={
          <>
            <Icon of={CalendarDays} className="size-4 text-muted" />
            {monthName(month, locale)}
          </>
        }
        className="inline-flex h-9 items-center gap-2 rounded-md border border-line bg-surface px-3 text-sm font-medium whitespace-nowrap hover:bg-sunken max-md:h-11"
        align={align}
        lazy
        panelClassName="max-h-80 w-64 overflow-y-auto max-md:right-auto max-md:left-0"
      >
        {years.map((year) => (
          <div key={year} className="p-2">
            <p className="mb-1 px-1 text-xs font-medium text-muted">{year}</p>
            <ul className="grid grid-cols-4 gap-1">
              {months
                .filter((each) => yearOf(each) === year)
                .map((each) => (
                  <li key={each}>
                    <Link
                      href={href(each) as Route}
                      scroll={false}
                      prefetch={false}
                      aria-current={each === month ? "true" : undefined}
                      aria-label={monthName(each, locale)}
                      className="grid h-9 place-items-center rounded-sm text-sm hover:bg-sunken aria-[current]:bg-accent aria-[current]:text-on-accent max-md:h-11"
                    >
                      {monthName(each, locale, "narrow")}
                    </Link>
                  </li>
                ))}
            </ul>
          </div>
        ))}
      </Menu>
      <Step to={month < last ? addMonths(month, 1) : null} {...{ href, locale }} />
    </nav>
  );
}

function yearOf(month: Month): string {
  return month.slice(0, 4);
}

function Step({
  to,
  back = false,
  href,
  locale,
}: {
  to: Month | null;
  back?: boolean;
} & { href: (month: Month) => string; locale: string }) {
  const arrow = back ? ChevronLeft : ChevronRight;
  const look = "grid size-9 place-items-center rounded-md max-md:size-11";
  if (!to)
    return (
      <span className={`${look} text-muted opacity-40`}>
        <Icon of={arrow} />
      </span>
    );
  return (
    <Link
      href={href(to) as Route}
      scroll={false}
      prefetch={false}
      aria-label={`${back ? "Back to" : "On to"} ${monthName(to, locale)}`}
      className={`${look} text-muted hover:bg-sunken hover:text-ink`}
    >
      <Icon of={arrow} />
    </Link>
  );
}
