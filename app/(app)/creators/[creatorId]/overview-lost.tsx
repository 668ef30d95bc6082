import type { Route } from "next";
import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import { money, monthName, percent } from "@/lib/format";
import type { Month } from "@/lib/model/month";
import type { LostStream } from "@/lib/model/named-rates";
import { DENOMINATOR_LABEL } from "@/lib/model/rpm";
import { streamName } from "@/lib/model/words";
import { paths } from "@/lib/paths";

type OverviewLostProps = {
  lost: { readonly month: Month; readonly streams: readonly LostStream[] };
  creatorId: string;
  locale: string;
};

/** Streams of a month whose views came as they do while the money did not: something was switched off. */
export function OverviewLost({ lost: { month, streams }, creatorId, locale }: OverviewLostProps) {
  if (streams.length === 0) return null;
  return (
    <Notice tone="warn" title={`The views of ${monthName(month, locale)} came, their money did not`}>
      <ul className="grid gap-1">
        {streams.map(({ id, lost, currency, per, ...stream }) => (
          <li key={id}>
            {streamName(stream)}: {percent(lost.rateRatio, locale)} of what 1,000 {DENOMINATOR_LABEL[per]}{" "}
            usually earn, about {money(BigInt(lost.missingMinor), currency, locale)} missing.
          </li>
        ))}
      </ul>
      <p className="mt-1">
        A video may have lost its ads, or the account a programme: look in the platform’s own notices.{" "}
        <Link
          href={`${paths.payoutMonths(creatorId)}?month=${month}` as Route}
          className="link"
          prefetch={false}
        >
          The month in numbers
        </Link>
      </p>
    </Notice>
  );
}
