import type { Route } from "next";
import Link from "next/link";
import { Card } from "@/components/ui/card";
import type { DealSum } from "@/db/deals";
import { count, money, monthName } from "@/lib/format";
import type { Currency } from "@/lib/model/money";
import type { Month } from "@/lib/model/month";
import { BOOKED_STATES } from "@/lib/model/words";
import { paths } from "@/lib/paths";

type BookedMonthsProps = { creatorId: string; sums: readonly DealSum[]; locale: string };

/** What the months ahead can count on, each currency for itself. */
export function BookedMonths({ creatorId, sums, locale }: BookedMonthsProps) {
  const months = bookedByMonth(sums);
  if (months.length === 0) return null;
  return (
    <Card title="Booked ahead">
      <ul className="grid gap-1.5 text-sm">
        {months.map(({ month, amounts, deals }) => (
          <li key={month}>
            <Link href={paths.projections(creatorId, month) as Route} prefetch={false} className="link">
              {monthName(month, locale)}
            </Link>
            : <span className="figures">{writtenOf(amounts, locale)}</span>{" "}
            <span className="text-muted">
              in {count(deals, locale)} {deals === 1 ? "deal" : "deals"}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function bookedByMonth(sums: readonly DealSum[]) {
  const months = new Map<Month, { month: Month; amounts: Map<Currency, bigint>; deals: number }>();
  for (const { month, state, currency, minor, deals } of sums) {
    if (!BOOKED_STATES.some((booked) => booked === state)) continue;
    const booked = months.get(month) ?? { month, amounts: new Map<Currency, bigint>(), deals: 0 };
    booked.amounts.set(currency, (booked.amounts.get(currency) ?? 0n) + minor);
    months.set(month, { ...booked, deals: booked.deals + deals });
  }
  return [...months.values()];
}

function writtenOf(amounts: ReadonlyMap<Currency, bigint>, locale: string): string {
  return [...amounts].map(([currency, minor]) => money(minor, currency, locale)).join(" and ");
}
