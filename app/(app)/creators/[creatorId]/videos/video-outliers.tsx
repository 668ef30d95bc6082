import type { Route } from "next";
import Link from "next/link";
import { Card } from "@/components/ui/card";
import * as videos from "@/db/videos";
import { decimal, rpm } from "@/lib/format";
import type { Viewer } from "@/lib/model/access";
import { outliers } from "@/lib/model/lost-monetisation";
import type { Currency } from "@/lib/model/money";
import { eRpm } from "@/lib/model/rpm";
import { paths } from "@/lib/paths";

const NEWEST = 100;
const MOST = 5;

type VideoOutliersProps = { viewer: Viewer; creatorId: string; locale: string };

/** Among the newest videos, those whose money per 1,000 views is far from the others'. */
export async function VideoOutliers({ viewer, creatorId, locale }: VideoOutliersProps) {
  const { rows } = await videos.list(viewer, creatorId, { sort: "published", size: NEWEST });
  const currency = mostUsed(rows);
  const found = outliers(
    rows.flatMap(({ id, title, views, income }) => {
      const own = income.find((each) => each.currency === currency);
      return own && views !== null ? [{ id, title, minor: own.minor, count: views }] : [];
    }),
  ).slice(0, MOST);
  if (!currency || found.length === 0) return null;
  return (
    <Card
      title="Videos that stand out by money"
      note="Income per 1,000 views against the middle of your newest videos. Worth a look: what did they do differently?"
    >
      <ul className="grid gap-1.5 text-sm">
        {found.map(({ item, ratio }) => (
          <li key={item.id}>
            <Link href={paths.video(creatorId, item.id) as Route} className="link" prefetch={false}>
              {item.title}
            </Link>
            : {rpm(eRpm(item.minor, item.count, currency), currency, locale)} per 1,000 views,{" "}
            {decimal(ratio, locale, ratio < 1 ? 2 : 1)} times the usual
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Currencies never add, so those of the one that most videos were paid in are compared. */
function mostUsed(rows: readonly videos.Video[]): Currency | null {
  const counts = new Map<Currency, number>();
  for (const { income } of rows)
    for (const { currency } of income) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
