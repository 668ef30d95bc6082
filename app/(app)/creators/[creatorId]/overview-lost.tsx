import type { Route } from "next";
import Link from "next/link";
import { Notice } from "@/components/ui/notice";
import type { Standing } from "@/db/revisions";
import { money, monthName, percent } from "@/lib/format";
import type { Viewer } from "@/lib/model/access";
import type { Month } from "@/lib/model/month";
import { type LostStream, lostStreamsOf } from "@/lib/model/named-rates";
import { DENOMINATOR_LABEL } from "@/lib/model/rpm";
import { streamName } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { readLedger, remember } from "@/lib/server/ledger";

type OverviewLostProps = { viewer: Viewer; standing: Standing; month: Month; locale: string };

/** Streams of a month whose views came as they do while the money did not: something was switched off. */
export async function OverviewLost({ viewer, standing, month, locale }: OverviewLostProps) {
  const lost = await remember(found, JSON.stringify([standing.key, month]), async () => {
    const { money, traffic } = await readLedger(viewer, standing);
    return lostStreamsOf(money, traffic, month);
  });
  if (lost.length === 0) return null;
  return (
    <Notice tone="warn" title={`The views of ${monthName(month, locale)} came, their money did not`}>
      <ul className="grid gap-1">
        {lost.map(({ id, lost, currency, per, ...stream }) => (
          <li key={id}>
            {streamName(stream)}: {percent(lost.rateRatio, locale)} of what 1,000 {DENOMINATOR_LABEL[per]}{" "}
            usually earn, about {money(BigInt(lost.missingMinor), currency, locale)} missing.
          </li>
        ))}
      </ul>
      <p className="mt-1">
        A video may have lost its ads, or the account a programme: look in the platform’s own notices.{" "}
        <Link
          href={`${paths.payoutMonths(standing.creator.id)}?month=${month}` as Route}
          className="link"
          prefetch={false}
        >
          The month in numbers
        </Link>
      </p>
    </Notice>
  );
}

const found = new Map<string, Promise<LostStream[]>>();
