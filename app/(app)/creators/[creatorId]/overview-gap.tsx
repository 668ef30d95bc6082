import type { Route } from "next";
import Link from "next/link";
import { GapBridge } from "@/components/charts/gap-bridge";
import { Card } from "@/components/ui/card";
import { Segments } from "@/components/ui/tabs";
import { money, monthName } from "@/lib/format";
import { addMonths } from "@/lib/model/month";
import type { Against, Overview } from "@/lib/overview";
import { pack } from "@/lib/packed";
import { paths } from "@/lib/paths";
import { type Look, ORIGIN_LABEL } from "./overview-look";

type OverviewGapProps = Look & { overview: Overview; against: Against };

/** Why the chosen month came out as it did: against its projection, or against the month before. */
export function OverviewGap({ overview, against, creatorId, currency, locale, href }: OverviewGapProps) {
  const { gap, change, month } = overview;
  const name = monthName(month, locale);
  const before = monthName(addMonths(month, -1), locale);
  const isChange = against === "month";
  const title = isChange ? `Why ${name} differs from ${before}` : `Why ${name} differs from its projection`;
  const shown = isChange ? change : gap;
  const choice = (
    <Segments
      label="What the month is compared with"
      tabs={[
        { href: href({ against: null }), label: "Its projection", current: !isChange },
        { href: href({ against: "month" }), label: "The month before", current: isChange },
      ]}
    />
  );
  if (shown === null) {
    return (
      <Card title={title} actions={(overview.projected || isChange) && choice}>
        <p className="text-sm text-muted">
          {isChange
            ? `Both months need an amount to be compared, ${before} and ${name}.`
            : reasonFor(overview)}
        </p>
      </Card>
    );
  }
  return (
    <div className="grid gap-2">
      <GapBridge title={title} data={shown.bridge} byStream={pack(shown.byStream)} actions={choice} />
      <p className="px-5 text-sm text-muted max-md:px-4">
        {!isChange && gap && (
          <>
            The projection was {ORIGIN_LABEL[gap.origin]}. With the traffic there really was, it says{" "}
            <span className="figures text-ink">{money(gap.withRealTrafficMinor, currency, locale)}</span>.
            {gap.waiting.length > 0 &&
              ` Not compared, because nothing was logged for them yet: ${gap.waiting
                .map(
                  (stream) => `${stream.label} (projected ${money(stream.minor, stream.currency, locale)})`,
                )
                .join("; ")}.`}
          </>
        )}
        {isChange &&
          change &&
          change.left.length > 0 &&
          `Not compared, because one of the months is not logged or has no exchange rate: ${change.left.join("; ")}.`}
        {shown.bridge.rows.some(({ key }) => key === "booked") &&
          " Deals and lump sums are what no rate explains: a deal that came or did not, a stream that nothing was projected for, or one whose views are not logged."}{" "}
        <Link href={paths.projections(creatorId, month) as Route} prefetch={false} className="link">
          Why these projections?
        </Link>
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
