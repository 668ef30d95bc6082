import type { Route } from "next";
import Link from "next/link";
import { GapBridge } from "@/components/charts/gap-bridge";
import { Card } from "@/components/ui/card";
import { money, monthName } from "@/lib/format";
import type { Overview } from "@/lib/overview";
import { pack } from "@/lib/packed";
import { paths } from "@/lib/paths";
import { type Look, ORIGIN_LABEL } from "./overview-look";

type OverviewGapProps = Look & { overview: Overview };

/** Why the chosen month came out as it did. */
export function OverviewGap({ overview, creatorId, currency, locale }: OverviewGapProps) {
  const { gap, month } = overview;
  const title = `Why ${monthName(month, locale)} differs from its projection`;
  const why = (
    <Link href={paths.projections(creatorId, month) as Route} prefetch={false} className="link text-sm">
      Why these projections?
    </Link>
  );
  if (gap === null) {
    return (
      <Card title={title} actions={overview.projected && why}>
        <p className="text-sm text-muted">{reasonFor(overview)}</p>
      </Card>
    );
  }
  return (
    <div className="grid gap-2">
      <GapBridge title={title} data={gap.bridge} byStream={pack(gap.byStream)} actions={why} />
      <p className="px-5 text-sm text-muted max-md:px-4">
        The projection was {ORIGIN_LABEL[gap.origin]}. With the traffic you really had, it says{" "}
        <span className="figures text-ink">{money(gap.withRealTrafficMinor, currency, locale)}</span>.
        {gap.waiting.length > 0 &&
          ` Not compared, because nothing was logged for them yet: ${gap.waiting
            .map((stream) => `${stream.label} (projected ${money(stream.minor, stream.currency, locale)})`)
            .join("; ")}.`}
        {gap.bridge.rows.some(({ key }) => key === "booked") &&
          " Deals and lump sums are what no rate explains: a deal that came or did not, a stream that nothing was projected for, or one whose views are not logged."}
      </p>
    </div>
  );
}

function reasonFor({ isRunning, earned, projected }: Overview): string {
  if (isRunning) return "The month is still running. It is compared when it is over.";
  if (earned.minor === null) return "No payout is logged for this month yet, and missing is not zero.";
  if (projected === null)
    return "Nothing was logged before this month, so nothing could be projected for it. What you log now is what the next months are projected from.";
  return "There is nothing to compare in this month.";
}
