import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { count, decimal, money, monthName, percent, rpm, signedPercent } from "@/lib/format";
import { listHref } from "@/lib/list-query";
import type { Currency } from "@/lib/model/money";
import { type Projection, rateOf } from "@/lib/model/projection";
import { DENOMINATOR_LABEL } from "@/lib/model/rpm";
import { EVENT_EFFECT_LABEL, type Platform, streamName } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { Facts } from "../facts";

type ProjectionCardProps = {
  creatorId: string;
  projection: Projection;
  platform: Platform | null;
  /** What the total took its currency for; null when it is the reporting currency, or no rate was known. */
  rate: string | null;
  reporting: Currency;
  locale: string;
};

/** One stream's projection with the steps that led to it. */
export function ProjectionCard({
  creatorId,
  projection,
  platform,
  rate,
  reporting,
  locale,
}: ProjectionCardProps) {
  const { basis, key, medianMinor, bookedMinor, bands, why, reason } = projection;
  const name = streamName({ ...key, platform });
  return (
    <Card
      title={`${name}: ${money(medianMinor, key.currency, locale)}`}
      note={
        bands && bands[80].lo === bands[80].hi
          ? "Exactly what is booked: nothing earned here before says how far it may be off"
          : bands
            ? `80% band ${money(bands[80].lo, key.currency, locale)} to ${money(bands[80].hi, key.currency, locale)}`
            : reason
      }
      actions={
        bookedMinor === undefined ? (
          why.tentative && (
            <Badge>
              {basis === "lumpy" || why.payouts > 0 ? "Few payouts yet" : "Benchmark, no payouts yet"}
            </Badge>
          )
        ) : (
          <Badge tone="accent">Booked</Badge>
        )
      }
    >
      <details className="-my-3 text-sm open:mb-0">
        <summary className="link inline-flex min-h-9 items-center">Why?</summary>
        <div className="pt-2">
          <Facts
            facts={[...factsOf(creatorId, projection, locale), ...rateFact(key.currency, reporting, rate)]}
          />
        </div>
      </details>
    </Card>
  );
}

function rateFact(currency: Currency, reporting: Currency, rate: string | null) {
  if (currency === reporting) return [];
  return [
    [
      "Exchange rate",
      rate === null
        ? `None to ${reporting} was known: it is not part of the total.`
        : `1 ${currency} = ${rate} ${reporting}, pinned`,
    ] as const,
  ];
}

function factsOf(
  creatorId: string,
  projection: Projection,
  locale: string,
): (readonly [string, ReactNode])[] {
  const { basis, inputs, why, key, denominator } = projection;
  const { prior } = inputs;
  const facts: (readonly [string, ReactNode])[] = [];
  const add = (name: string, value: ReactNode) => facts.push([name, value]);
  if (inputs.gate?.status === "not_yet") {
    add("Why 0", inputs.gate.reason);
    return facts;
  }
  if (basis === "lumpy") {
    add(
      "How",
      "Money that comes in lumps: what is booked, else the mean of the last 12 months, with a range.",
    );
    if (projection.bookedMinor !== undefined)
      add(
        "Booked",
        `${money(projection.bookedMinor, key.currency, locale)} for this month; the range adds what may still come`,
      );
    add("Your payouts", count(why.payouts, locale));
    return facts;
  }
  if (prior) {
    const per = prior.denominator ? `per 1,000 ${DENOMINATOR_LABEL[prior.denominator]}` : "a month";
    const published = prior.pooled ? "Pooled" : prior.published ? "Published" : "Our judgement";
    add(
      "Benchmark",
      <>
        {`${published}: ${rpm(prior.rate, key.currency, locale)} ${per} (${prior.programme}). ${prior.source}${prior.date ? `, ${prior.date}` : ""}; grade ${prior.grade}, `}
        <Link
          href={listHref(paths.benchmarks(creatorId), {}, { version: prior.version }) as Route}
          className="link"
        >
          version {prior.version}
        </Link>
        .
      </>,
    );
  }
  add(
    "Your payouts",
    `${count(why.payouts, locale)}, which ${why.payouts === 1 ? "decides" : "decide"} ${percent(why.ownWeight, locale)} of the level${why.restarted ? "; begun anew, with what was known before as one month" : ""}`,
  );
  if (why.events)
    add(
      "Events",
      why.events
        .map(
          ({ month, effect }) =>
            `${monthName(month, locale, "short")}: ${EVENT_EFFECT_LABEL[effect].toLowerCase()}`,
        )
        .join("; "),
    );
  if (denominator !== null) {
    const watch =
      inputs.watchSecondsPerView === null
        ? "unknown"
        : `${decimal(inputs.watchSecondsPerView, locale, 0)} s a view`;
    add(
      "Watch time",
      `${watch}${inputs.watchFrom === "usual" ? " (assumed, none is known)" : ""}: ${signedPercent(why.watchFactor - 1, locale)} on the rate`,
    );
    add("Audience", `${signedPercent(why.mixFactor - 1, locale)} on the rate, against where it was at first`);
  }
  add("Season", `${signedPercent(why.seasonFactor - 1, locale)}`);
  const rate = rateOf(projection);
  if (rate && denominator)
    add(
      "Rate",
      `${rpm(rate.median, key.currency, locale)} per 1,000 ${DENOMINATOR_LABEL[denominator]}, 80% band ${rpm(rate.bands[80].lo, key.currency, locale)} to ${rpm(rate.bands[80].hi, key.currency, locale)}`,
    );
  if (denominator)
    add(
      "Volume",
      inputs.paidViews === null
        ? "No month's views were known."
        : `${count(Math.round(inputs.paidViews), locale)} ${DENOMINATOR_LABEL[denominator]}, as in the last month known`,
    );
  if (why.unusual.length > 0)
    add("Unusual months", why.unusual.map((month) => monthName(month, locale, "short")).join(", "));
  add("Model", `version ${projection.modelVersion}`);
  return facts;
}
