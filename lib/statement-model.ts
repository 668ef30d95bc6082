import { type ExpectationInput, expectationsOf, type Replayed, withReplay } from "./expectations";
import { CAUSE_LABEL, type Cause, type Gap, sumGaps } from "./model/gap";
import { historiesOf, type Ledger, viewsByMonth } from "./model/histories";
import { outliers } from "./model/lost-monetisation";
import type { Currency } from "./model/money";
import { type Month, monthOf, monthsFrom } from "./model/month";
import { namedRatesOf } from "./model/named-rates";
import { DENOMINATOR_LABEL, eRpm } from "./model/rpm";
import type { BookedVideo, StatementFacts } from "./model/statement";
import { streamName } from "./model/words";
import { type MonthGap, monthGapOf } from "./month-gap";
import type { StatementCell, StatementRow, StatementSection } from "./report/statement";
import { ownCells } from "./statement-money";
import { type Conversion, cash, column, reported, section } from "./statement-tables";

/** The tables of a statement that the model explains: rates, projections, gaps, videos that stand out. Pure. */

export type StatementModel = {
  readonly months: readonly ModelMonth[];
  /** Of all months that are over and were projected; null: of none. */
  readonly gap: Gap | null;
  /** Views of all months, where each that has money knows its own. */
  readonly views: number | null;
  /** All income per 1,000 views, of the months whose views are known. */
  readonly eRpm: string | null;
};

type ModelMonth = {
  readonly month: Month;
  readonly when: "over" | "running" | "ahead";
  readonly projected: {
    readonly minor: bigint;
    readonly lo: bigint;
    readonly hi: bigint;
    readonly origin: MonthGap["origin"];
  } | null;
  readonly earnedMinor: bigint | null;
  readonly gap: MonthGap | null;
};

/** Everything that the model says about the months of the range, against what they earned as booked. */
export function modelOf(
  facts: StatementFacts,
  conversion: Conversion,
  expectations: ExpectationInput & { readonly ledger: Ledger },
): StatementModel {
  const { range, today } = facts;
  const { reporting } = conversion;
  const { ledger } = expectations;
  const current = monthOf(today);
  const all = monthsFrom(range.from, range.to);
  const own = ownCells(facts);
  const views = viewsByMonth(ledger.traffic);
  const streams = streamsOf(
    ledger,
    current,
    all.find((month) => month <= current && !expectations.kept.has(month)),
  );
  const months = all.map((month): ModelMonth => {
    const when = month < current ? "over" : month === current ? "running" : "ahead";
    const expected = expectationsOf(expectations, streams, views, month);
    const { minor: earnedMinor } = reported(
      own.filter((cell) => cell.month === month),
      conversion,
    );
    const { total, origin } = expected;
    return {
      ...{ month, when, earnedMinor },
      projected: total && { minor: total.minor, lo: total.bands[80].lo, hi: total.bands[80].hi, origin },
      gap:
        when === "over" && earnedMinor !== null
          ? monthGapOf(expectations, streams, expected, { month, earnedMinor })
          : null,
    };
  });
  const gaps = months.flatMap(({ gap }) => (gap ? [gap.whole] : []));
  const counted = months.flatMap(({ month, earnedMinor }) => {
    const count = views.get(month) ?? null;
    return earnedMinor === null || count === null ? [] : [{ minor: earnedMinor, count }];
  });
  const drawn = counted.length === 0 ? null : counted.reduce((sum, { count }) => sum + count, 0);
  const income = counted.reduce((sum, { minor }) => sum + minor, 0n);
  return {
    months,
    gap: gaps.length === 0 ? null : sumGaps(gaps, reporting),
    views: drawn,
    eRpm: eRpm(income, drawn, reporting),
  };
}

function streamsOf(ledger: Ledger, until: Month, replayFrom: Month | undefined): Map<string, Replayed> {
  return new Map(
    historiesOf(ledger, { until }).map((stream) => [stream.id, withReplay(stream, replayFrom ?? null)]),
  );
}

export function rpmSection(facts: StatementFacts, { money, traffic }: Ledger): StatementSection {
  const rates = namedRatesOf(money, traffic, facts.range.from, facts.range.to);
  return section("rpm", {
    note: "Money per 1,000 of what is named: different figures of one thing, never averaged. Months without that count are left out.",
    columns: [column("stream", "Stream"), column("per", "Per 1,000"), column("rate", "Rate", "rate")],
    rows: rates.flatMap((named) =>
      named.rates.map(({ per, rate }) => ({
        stream: streamName(named),
        per: DENOMINATOR_LABEL[per],
        rate: { per1000: rate, currency: named.currency },
      })),
    ),
    empty: "No stream that is paid by views has both its money and its views in the period.",
  });
}

export function projectionSection({ months }: StatementModel, reporting: Currency): StatementSection {
  const compared = months.filter(({ gap }) => gap !== null);
  return section("projection", {
    note: "Frozen before its month began; four of five months should end inside the band of 80%. Reconstructed: made afterwards from the months before.",
    columns: [
      column("month", "Month", "month"),
      column("projected", "Projected", "money"),
      column("lo", "80% from", "money"),
      column("hi", "80% to", "money"),
      column("earned", "Earned", "money"),
      column("gap", "Gap", "money"),
      column("words", "Against the band"),
    ],
    rows: months.flatMap(({ month, when, projected, earnedMinor, gap }): StatementRow[] => {
      if (!projected && earnedMinor === null) return [];
      const open: StatementCell = when === "over" ? null : { notYet: true };
      return [
        {
          month,
          projected: projected && cash(projected.minor, reporting),
          lo: projected && cash(projected.lo, reporting),
          hi: projected && cash(projected.hi, reporting),
          earned: cash(earnedMinor, reporting) ?? open,
          gap: gap ? cash(gap.whole.gapMinor, reporting) : open,
          words: wordsOf({ when, projected, earnedMinor }),
        },
      ];
    }),
    totals:
      compared.length > 1
        ? [
            {
              month: `${compared.length} months compared`,
              projected: cash(
                compared.reduce((sum, { gap }) => sum + (gap?.whole.projectedMinor ?? 0n), 0n),
                reporting,
              ),
              earned: cash(
                compared.reduce((sum, { gap }) => sum + (gap?.whole.actualMinor ?? 0n), 0n),
                reporting,
              ),
              gap: cash(
                compared.reduce((sum, { gap }) => sum + (gap?.whole.gapMinor ?? 0n), 0n),
                reporting,
              ),
            },
          ]
        : [],
    empty: "Nothing was projected for the period.",
  });
}

const ORIGIN_WORDS: Readonly<Record<MonthGap["origin"], string>> = {
  kept: "",
  late: "made late",
  reconstructed: "reconstructed",
};

function wordsOf({
  when,
  projected,
  earnedMinor,
}: Pick<ModelMonth, "when" | "projected" | "earnedMinor">): string {
  if (!projected) return "not projected";
  const place =
    when === "running"
      ? "so far"
      : earnedMinor === null || when === "ahead"
        ? ""
        : earnedMinor < projected.lo
          ? "below"
          : earnedMinor > projected.hi
            ? "above"
            : "inside";
  return [place, ORIGIN_WORDS[projected.origin]].filter(Boolean).join("; ");
}

export function gapSection({ gap, months }: StatementModel, reporting: Currency): StatementSection {
  const waiting = months.flatMap((each) => each.gap?.waiting ?? []);
  const labels = [...new Set(waiting.map(({ label }) => label))];
  return section("gap", {
    note: [
      gap ? gapWords(gap) : "",
      labels.length > 0 ? `Projected, but nothing is logged yet: ${labels.join("; ")}.` : "",
    ]
      .filter(Boolean)
      .join(" "),
    columns: [
      column("cause", "From projected to earned"),
      column("amount", "Amount", "money"),
      column("words", "In words"),
    ],
    rows: gap
      ? [
          { cause: "Projected", amount: cash(gap.projectedMinor, reporting) },
          ...gap.parts
            .filter(({ minor }) => minor !== 0n)
            .map(({ cause, minor }) => ({
              cause: CAUSE_LABEL[cause],
              amount: cash(minor, reporting),
              words: CAUSE_WORDS[cause],
            })),
          { cause: "Earned", amount: cash(gap.actualMinor, reporting) },
        ]
      : [],
    totals: gap ? [{ cause: "Gap", amount: cash(gap.gapMinor, reporting) }] : [],
    empty: "No month that is over has both a projection and money, so there is no gap to explain.",
    picture: gap ? { kind: "steps", label: "cause", value: "amount" } : null,
  });
}

const CAUSE_WORDS: Readonly<Record<Cause, string>> = {
  views: "more or fewer views than projected",
  streams: "where the views were: some platforms pay more",
  formats: "short, long or live: some formats pay more",
  qualified: "the part of the views that is paid for",
  region: "where the viewers live",
  niche: "what the videos were about",
  watch_time: "how long a view was watched",
  season: "advertisers pay more in some months",
  rate: "what a platform paid for the same view",
  adjustments: "refunds, clawbacks, tax and corrections",
  currency: "exchange rates moved",
  booked: "money that no rate explains",
};

/** Which way it went, and what did most. */
export function gapWords({ gapMinor, parts }: Gap): string {
  if (gapMinor === 0n) return "Exactly as much was earned as was projected.";
  const way = gapMinor > 0n ? "More" : "Less";
  const size = (minor: bigint) => (minor < 0n ? -minor : minor);
  const [most] = parts
    .filter(({ minor }) => minor > 0n === gapMinor > 0n && minor !== 0n)
    .sort((a, b) => (size(a.minor) > size(b.minor) ? -1 : 1));
  const cause = most ? `; most of it from ${CAUSE_LABEL[most.cause].toLowerCase()}` : "";
  return `${way} was earned than was projected${cause}.`;
}

/** Compared in the currency that most videos earned in, for currencies never add. */
export function oddSection(
  { videos }: StatementFacts,
  views: ReadonlyMap<string, number | null>,
): StatementSection {
  const currency = mostUsed(videos);
  const found = outliers(
    videos.flatMap((video) => {
      const count = views.get(video.id) ?? null;
      return video.currency === currency && count !== null ? [{ ...video, count }] : [];
    }),
  ).slice(0, MOST_ODD);
  return section("odd", {
    note: "Income per 1,000 views against the middle of all videos that earned in the period.",
    columns: [
      column("video", "Video"),
      column("channel", "Channel"),
      column("views", "Views", "count"),
      column("amount", "Earned", "money"),
      column("rate", "Per 1,000 views", "rate"),
      column("times", "Times the usual", "decimal"),
    ],
    rows: found.map(({ item, ratio }) => {
      const rate = eRpm(item.minor, item.count, item.currency);
      return {
        video: item.title,
        channel: item.channelName,
        views: String(item.count),
        amount: cash(item.minor, item.currency),
        rate: rate === null ? null : { per1000: rate, currency: item.currency },
        times: ratio.toFixed(ratio < 1 ? 2 : 1),
      };
    }),
    empty: "No video stands out, or too few have both money and views to tell.",
  });
}

const MOST_ODD = 5;

function mostUsed(videos: readonly BookedVideo[]): Currency | null {
  const counts = new Map<Currency, number>();
  for (const { currency } of videos) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? null;
}
