import "server-only";
import * as channels from "@/db/channels";
import { read } from "@/db/client";
import * as payouts from "@/db/payouts";
import * as rates from "@/db/rates";
import * as totals from "@/db/totals";
import * as traffic from "@/db/traffic";
import { Doubt } from "@/lib/errors";
import { money } from "@/lib/format";
import type { Viewer } from "@/lib/model/access";
import { minorOfCell } from "@/lib/model/histories";
import { KINDS, kindOf } from "@/lib/model/kinds";
import type { Currency } from "@/lib/model/money";
import {
  addMonths,
  type Day,
  daysBetween,
  daysInMonth,
  firstDay,
  lastDay,
  type Month,
  monthOf,
  monthsBetween,
  monthsFrom,
} from "@/lib/model/month";
import { type Counts, findUnitSlip, type PaidPeriod } from "@/lib/model/unit-slip";
import { installedBenchmarks } from "@/lib/server/benchmarks";
import { currentUser } from "@/lib/server/viewer";
import { slipQuestion } from "@/lib/slip-question";
import { answerFor, asTyped } from "./input";

const MONTHS_OF_HISTORY = 12;
/** Longer ones are rare and their months' views rarely all known. */
const MOST_MONTHS = 12;
/** Before it, no month a year earlier can be written. */
const EARLIEST = "1900-01";

/**
 * Asks once when an amount was probably meant in another unit. Throws the question; whoever answers it with yes
 * sends `sure`, which holds for that amount alone. An entry that keeps a corrected one's amount is not asked about.
 */
export async function askUnit(
  viewer: Viewer,
  creatorId: string,
  entry: payouts.NewPayout,
  sure: string,
): Promise<void> {
  const currency = entry.currency as Currency;
  const answer = answerFor(entry.minor, currency);
  if (entry.kind !== "earning" || entry.channelId === null || entry.minor <= 0n) return;
  if (sure === answer || sure === asTyped(answer)) return;
  const { channelId, replaces } = entry;
  if (!KINDS[kindOf(entry.stream)].perView) return;
  const slip = await read(viewer, async () => {
    const channel = (await channels.list(viewer, creatorId)).find(({ id }) => id === channelId);
    if (!channel) return null;
    const [from, to] = [monthOf(entry.fromDay), monthOf(entry.toDay)];
    if (from < EARLIEST || monthsBetween(from, to) >= MOST_MONTHS) return null;
    const months = monthsFrom(from, to);
    const { stream, format } = entry;
    const [drawn, ledger, [perUsd]] = await Promise.all([
      traffic.byMonth(viewer, creatorId, from, to),
      totals.byMonth(viewer, creatorId, { from: addMonths(from, -MONTHS_OF_HISTORY), to: from }),
      rates.findFor(viewer, creatorId, [{ base: "USD", quote: currency, month: to }]),
    ]);
    const counts = countsOf(
      months.map((month) => ({
        share: shareOf(month, entry.fromDay as Day, entry.toDay as Day),
        drawn: drawn.find(
          (each) => each.channelId === channelId && each.format === format && each.month === month,
        ),
        days: daysInMonth(month),
      })),
    );
    const paid = ledger.money.filter(
      (cell) =>
        cell.stream === stream &&
        cell.platform === channel.platform &&
        cell.format === format &&
        cell.currency === currency,
    );
    const now = paid.find(({ month }) => month === from);
    return findUnitSlip(
      {
        stream,
        platform: channel.platform,
        format,
        niche: channel.niche,
        currency,
        perUsd: currency === "USD" ? 1 : perUsd ? Number(perUsd.rate) : null,
        minor: entry.minor,
        counts,
        alreadyMinor: (!replaces && now && minorOfCell(now)) || 0n,
        own: paid.flatMap((cell): PaidPeriod[] => {
          const month = ledger.traffic.filter(
            ({ month, platform, format: own }) =>
              month === cell.month && platform === channel.platform && own === format,
          );
          const minor = minorOfCell(cell);
          if (cell.month >= from || minor === null || month.length === 0) return [];
          return [{ minor, counts: addedUp(month.map(namedCounts)) }];
        }),
      },
      installedBenchmarks(),
    );
  });
  if (slip === null || (replaces && (await isAmountOf(viewer, creatorId, replaces, entry)))) return;
  const locale = (await currentUser())?.locale ?? "en-US";
  const { suggestedMinor } = slip;
  throw new Doubt(slipQuestion(slip, entry.minor, currency, locale), [
    ...(suggestedMinor !== null && suggestedMinor > 0n
      ? [
          {
            name: "instead",
            value: `${suggestedMinor} for ${answer}`,
            label: `Save ${money(suggestedMinor, currency, locale)} instead`,
          },
        ]
      : []),
    { name: "sure", value: answer, label: `Save ${money(entry.minor, currency, locale)} anyway` },
  ]);
}

async function isAmountOf(
  viewer: Viewer,
  creatorId: string,
  id: string,
  { minor, currency }: payouts.NewPayout,
): Promise<boolean> {
  const before = await payouts.get(viewer, creatorId, id);
  return before.minor === minor && before.currency === currency;
}

/** The part of a month's days that a period covers. */
function shareOf(month: Month, fromDay: Day, toDay: Day): number {
  const from = fromDay > firstDay(month) ? fromDay : firstDay(month);
  const to = toDay < lastDay(month) ? toDay : lastDay(month);
  return (daysBetween(from, to) + 1) / daysInMonth(month);
}

type Part = { share: number; drawn: traffic.TrafficMonth | undefined; days: number };

/** What the period drew, as if the days that are known were like the others; unknown when a month is. */
function countsOf(parts: readonly Part[]): Counts {
  return addedUp(
    parts.map(({ share, drawn, days }): Counts => {
      const factor = drawn && drawn.days > 0 ? (share * days) / drawn.days : null;
      const scaled = (count: number | null | undefined) =>
        count == null || factor === null ? null : count * factor;
      const { views, qualified_views, engaged_views, ad_impressions } = drawn ? namedCounts(drawn) : {};
      return {
        views: scaled(views),
        qualified_views: scaled(qualified_views),
        engaged_views: scaled(engaged_views),
        ad_impressions: scaled(ad_impressions),
      };
    }),
  );
}

type Named = Pick<traffic.TrafficCounts, "views" | "qualifiedViews" | "engagedViews" | "adImpressions">;

function namedCounts({ views, qualifiedViews, engagedViews, adImpressions }: Named): Counts {
  return {
    views,
    qualified_views: qualifiedViews,
    engaged_views: engagedViews,
    ad_impressions: adImpressions,
  };
}

/** A sum with an unknown part is unknown. */
function addedUp(parts: readonly Counts[]): Counts {
  const sum = (count: keyof Counts) =>
    parts.reduce<number | null>((total, part) => {
      const own = part[count];
      return total === null || own == null ? null : total + own;
    }, 0);
  return {
    views: sum("views"),
    qualified_views: sum("qualified_views"),
    engaged_views: sum("engaged_views"),
    ad_impressions: sum("ad_impressions"),
  };
}
