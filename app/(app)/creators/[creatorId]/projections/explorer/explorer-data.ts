import "server-only";
import * as channels from "@/db/channels";
import { read } from "@/db/client";
import * as rates from "@/db/rates";
import type { Standing } from "@/db/revisions";
import * as traffic from "@/db/traffic";
import * as videos from "@/db/videos";
import type { ExplorerData, ExplorerStream } from "@/lib/explorer";
import type { Viewer } from "@/lib/model/access";
import { engagementByViews, engagementEffect } from "@/lib/model/engagement";
import { historiesOf } from "@/lib/model/histories";
import { exponentOf } from "@/lib/model/money";
import { addMonths, type Month, monthOf, monthsFrom } from "@/lib/model/month";
import { type Projection, projectStream } from "@/lib/model/projection";
import { groundOf } from "@/lib/model/scenario";
import {
  DELIVERABLE,
  DELIVERABLES,
  FEES_BY_FOLLOWERS,
  FEES_BY_FOLLOWERS_SOURCE,
  REWARD_RULES,
  RIGHT,
  RIGHTS,
  SPONSOR_CPM,
  TYPICAL_ENGAGEMENT,
  YOUTUBE_CPM_BY_NICHE,
} from "@/lib/model/sponsorship-rates";
import { readLedgerAhead } from "@/lib/server/ledger";

/** A sponsorship is priced by what the newest videos drew. */
const RECENT_VIDEOS = 10;
const MONTHS_AHEAD = 11;

/**
 * What the explorer begins from: each stream as the model sees it when this month begins, the newest views and
 * followers, and the published rows a scenario may ask for.
 */
export function readExplorer(viewer: Viewer, standing: Standing, locale: string): Promise<ExplorerData> {
  const { creator, today } = standing;
  const { id, currency } = creator;
  const asOf = monthOf(today);
  return read(viewer, async () => {
    const ledger = await readLedgerAhead(viewer, standing);
    const { perUsd, benchmarks } = ledger;
    const first = ledger.traffic.reduce((least, { month }) => (month < least ? month : least), asOf);
    const [drawn, channelRows, recent, [usd]] = await Promise.all([
      traffic.byMonth(viewer, id, first, addMonths(asOf, -1)),
      channels.list(viewer, id),
      videos.listRecentViews(viewer, id, RECENT_VIDEOS),
      rates.findFor(viewer, id, currency === "USD" ? [] : [{ base: "USD", quote: currency, month: asOf }]),
    ]);
    const engagement = engagementIndex(drawn);
    const worth = ({ projection }: { projection: Projection }) => usdOf(projection, perUsd);
    // What views move comes first, then what earns most.
    const projected = historiesOf(ledger, { asOf }).map((stream) => ({
      ...stream,
      // What it would be once its programme lets one in; the page says what is missing until then.
      projection: projectStream({ ...stream.history, gate: null }, asOf),
    }));
    const streams = projected
      .sort(
        (a, b) => Number(isMovable(b.projection)) - Number(isMovable(a.projection)) || worth(b) - worth(a),
      )
      .map(({ id: streamId, platform, history, projection }): ExplorerStream => {
        const { format } = history.key;
        const months = engagement.get(`${platform} ${format}`) ?? new Map<Month, number>();
        return {
          id: streamId,
          platform,
          format,
          ground: groundOf(projection, platform ? (ledger.niches[platform] ?? null) : null),
          effect: engagementEffect(projection, history.rows, months),
        };
      });
    return {
      locale,
      months: monthsFrom(asOf, addMonths(asOf, MONTHS_AHEAD)),
      currency,
      streams,
      platforms: newestFacts(drawn),
      channels: channelRows
        .filter(({ archivedAt }) => archivedAt === null)
        .map((channel) => ({
          id: channel.id,
          name: channel.name,
          platform: channel.platform,
          niche: channel.niche,
          followers: channel.followers,
          engagement: newestOf(engagement.get(`${channel.id} all`)),
          views: recent.filter(({ channelId }) => channelId === channel.id).map(({ views }) => views),
        })),
      benchmarks: benchmarks.rows.filter(({ stream }) => stream !== "sponsorship" && stream !== "other"),
      nicheFactors: benchmarks.niches,
      priorVersion: benchmarks.version,
      perUsd: {
        ...(usd ? { [currency]: Number(usd.rate) } : {}),
        ...Object.fromEntries(Object.entries(perUsd).map(([code, rate]) => [code, Number(rate)])),
      },
      usd: usd ? { rate: Number(usd.rate), day: usd.day } : null,
      sponsorship: {
        cpm: SPONSOR_CPM,
        youtubeCpm: YOUTUBE_CPM_BY_NICHE,
        deliverables: DELIVERABLES.map((name) => DELIVERABLE[name]),
        rights: RIGHTS.map((name) => RIGHT[name]),
        engagement: TYPICAL_ENGAGEMENT,
        fees: FEES_BY_FOLLOWERS,
        feesSource: FEES_BY_FOLLOWERS_SOURCE,
      },
      rules: REWARD_RULES,
    };
  });
}

function isMovable({ basis, denominator }: Projection): boolean {
  return basis !== "lumpy" && denominator !== null;
}

/** To put streams in order only: a currency without a rate counts as a dollar. */
function usdOf({ key, medianMinor }: Projection, perUsd: Readonly<Record<string, string>>): number {
  return Number(medianMinor ?? 0n) / 10 ** exponentOf(key.currency) / Number(perUsd[key.currency] ?? 1);
}

/** Engagement by month, of each platform and each channel, by format. */
function engagementIndex(drawn: readonly traffic.TrafficMonth[]): Map<string, Map<Month, number>> {
  const index = new Map<string, Map<Month, number>>();
  for (const [place, months] of sums(drawn)) {
    const known = new Map<Month, number>();
    for (const [month, sum] of months) {
      const rate = engagementByViews(sum);
      if (rate !== null) known.set(month, rate);
    }
    index.set(place, known);
  }
  return index;
}

function newestFacts(drawn: readonly traffic.TrafficMonth[]): ExplorerData["platforms"] {
  const places = new Map(drawn.map((row) => [`${row.platform} ${row.format}`, row]));
  const index = sums(drawn);
  return [...places].flatMap(([place, { platform, format }]) => {
    const months = [...(index.get(place)?.values() ?? [])];
    const newest = months.findLast(({ views }) => views !== null);
    if (!newest) return [];
    const { views, watchSeconds } = newest;
    return {
      platform,
      format,
      views,
      watchSeconds: watchSeconds && views ? watchSeconds / views : null,
      engagement: engagementByViews(months.findLast((sum) => engagementByViews(sum) !== null) ?? newest),
    };
  });
}

type Drawn = Pick<traffic.TrafficMonth, (typeof COUNTS)[number]>;
const COUNTS = ["views", "watchSeconds", "likes", "comments", "shares"] as const;

/** By "platform format" and "channel format", then by month in calendar order; a sum with an unknown part is unknown. */
function sums(drawn: readonly traffic.TrafficMonth[]): Map<string, Map<Month, Drawn>> {
  const index = new Map<string, Map<Month, Drawn>>();
  for (const row of drawn) {
    for (const place of [`${row.platform} ${row.format}`, `${row.channelId} ${row.format}`]) {
      const months = index.get(place) ?? new Map<Month, Drawn>();
      const there = months.get(row.month);
      const added = COUNTS.map((name) => {
        const [a, b] = [there ? there[name] : 0, row[name]];
        return [name, a === null || b === null ? null : a + b];
      });
      index.set(place, months.set(row.month, Object.fromEntries(added) as Drawn));
    }
  }
  return index;
}

function newestOf(months: ReadonlyMap<Month, number> | undefined): number | null {
  return [...(months?.values() ?? [])].at(-1) ?? null;
}
