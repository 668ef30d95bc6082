import "server-only";
import { read } from "@/db/client";
import * as drawn from "@/db/drawn";
import * as placements from "@/db/placements";
import * as traffic from "@/db/traffic";
import type { Viewer } from "../model/access";
import { firstDay, lastDay, type Month, monthOf, monthsFrom } from "../model/month";
import { type Earned, earnedOf, mergedSpans, type Span } from "../model/placement";
import type { PlacementRow } from "../placement-report";

/** Every placement with what it earned and how often it was seen in the same days: a row for each currency. */
export async function readPlacements(
  viewer: Viewer,
  creatorId: string,
): Promise<PlacementRow<placements.Placement>[]> {
  return read(viewer, async () => {
    const [all, commissions] = await Promise.all([
      placements.list(viewer, creatorId),
      placements.listCommissions(viewer, creatorId),
    ]);
    const parts = all.flatMap((placement): Part[] => {
      const own = commissions.filter(({ placementId }) => placementId === placement.chainId);
      const earned = earnedOf(own);
      if (earned.length === 0) return [{ placement, earned: null, spans: [] }];
      return earned.map((each) => ({
        placement,
        earned: each,
        spans: mergedSpans(
          own.filter(({ kind, currency }) => kind === "earning" && currency === each.currency),
        ),
      }));
    });
    const views = await viewsOf(viewer, creatorId, parts);
    return parts.map(({ placement, earned }, index) => ({ placement, earned, views: views[index] ?? null }));
  });
}

type Part = { placement: placements.Placement; earned: Earned | null; spans: readonly Span[] };

/** Of a video by its days; of a channel in whole months only, as its traffic is kept. */
async function viewsOf(
  viewer: Viewer,
  creatorId: string,
  parts: readonly Part[],
): Promise<(number | null)[]> {
  const asked = parts.flatMap(({ placement: { videoId }, spans }, part) =>
    videoId
      ? spans.map(({ fromDay, toDay }, span) => ({ key: `${part} ${span}`, videoId, fromDay, toDay }))
      : [],
  );
  const months = parts.flatMap(({ placement: { videoId, channelId }, spans }) =>
    !videoId && channelId ? (spans.flatMap(wholeMonths).filter(Boolean) as Month[]) : [],
  );
  const [first, last] = [months.reduce(least, undefined), months.reduce(most, undefined)];
  const [seen, kept] = await Promise.all([
    drawn.drawnIn(viewer, creatorId, asked),
    first && last ? traffic.byMonth(viewer, creatorId, first, last) : [],
  ]);
  return parts.map(({ placement: { videoId, channelId }, spans }, part) => {
    if (spans.length === 0) return null;
    if (videoId) return sumOf(spans.map((_, span) => seen.get(`${part} ${span}`)?.views ?? null));
    const whole = spans.map(wholeMonths);
    if (!channelId || whole.includes(null)) return null;
    const rows = (whole as Month[][])
      .flat()
      .map((month) =>
        sumOf(
          kept.filter((row) => row.channelId === channelId && row.month === month).map(({ views }) => views),
        ),
      );
    return sumOf(rows);
  });
}

/** The months a span is made of; null when it begins or ends within one. */
function wholeMonths({ fromDay, toDay }: Span): Month[] | null {
  const [first, last] = [monthOf(fromDay), monthOf(toDay)];
  return fromDay === firstDay(first) && toDay === lastDay(last) ? monthsFrom(first, last) : null;
}

function least(a: Month | undefined, b: Month): Month {
  return a === undefined || b < a ? b : a;
}

function most(a: Month | undefined, b: Month): Month {
  return a === undefined || b > a ? b : a;
}

/** A sum with an unknown part is unknown; of nothing there is none. */
function sumOf(values: readonly (number | null)[]): number | null {
  if (values.length === 0 || values.includes(null)) return null;
  return (values as number[]).reduce((sum, value) => sum + value, 0);
}
