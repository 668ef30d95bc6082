"use client";

import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import type { Explored } from "@/lib/explorer";
import { count, decimal, money, monthName, percent, rpm, signedPercent } from "@/lib/format";
import { DENOMINATOR_LABEL } from "@/lib/model/rpm";
import type { Ground, Outcome, Step } from "@/lib/model/scenario";
import { BANDS } from "@/lib/model/student-t";
import { NICHE_LABEL } from "@/lib/model/words";
import { Facts } from "../../facts";

type ScenarioResultProps = { explored: Explored; isRefused: boolean; title: string; locale: string };

/** The projection of the scenario: money, band, rate, and the steps that lead to it. */
export function ScenarioResult({ explored, isRefused, title, locale }: ScenarioResultProps) {
  const { ground, outcome, short, month } = explored;
  const figure = headline(explored, isRefused, locale);
  return (
    <Card
      title={title}
      note={`Projected for ${monthName(month, locale)}`}
      actions={ground?.payouts === 0 && !ground.lumpy && <Badge>Benchmark, no payouts yet</Badge>}
    >
      <output className="block" aria-label="Projected">
        <span className="figures block text-3xl font-semibold tracking-tight">{figure.amount}</span>
        <span className="block text-sm text-muted">{figure.note}</span>
      </output>
      {short && (
        <Notice
          tone="warn"
          className="mt-3"
          title={`${short.rule.programme} pays nothing at these figures yet`}
        >
          {[
            short.followers > 0 && `${count(short.followers, locale)} followers are missing`,
            short.views > 0 && `${count(short.views, locale)} views in 30 days are missing`,
          ]
            .filter(Boolean)
            .join(", and ")}
          . The amount is what it would be once you are in. Terms as of {short.rule.date}: {short.rule.source}
          .
        </Notice>
      )}
      {outcome && ground && !isRefused && (
        <div className="mt-4 grid gap-4">
          {outcome.bands && <Bands outcome={outcome} ground={ground} locale={locale} />}
          <div>
            <h3 className="mb-2 text-sm font-semibold">Why</h3>
            <Facts facts={whyOf(explored, ground, outcome, locale)} />
          </div>
        </div>
      )}
    </Card>
  );
}

/** The amount and a line beneath, also for the strip on a phone. */
export function headline(
  { ground, outcome }: Explored,
  isRefused: boolean,
  locale: string,
): { amount: string; note: string } {
  if (isRefused || (ground && !outcome))
    return { amount: "–", note: "Correct the marked field to see a projection." };
  if (!ground || !outcome)
    return { amount: "–", note: "No exchange rate puts the benchmark into this currency. Add one to USD." };
  if (outcome.reason === "no_views")
    return { amount: "–", note: "Write the views a month: the rate needs them." };
  const { medianMinor, bands, rate, count: volume } = outcome;
  const { currency, denominator } = ground;
  if (medianMinor === null || !bands)
    return { amount: "–", note: ground.reason ?? "There is nothing to project from." };
  const band = `80% band ${money(bands[80].lo, currency, locale)} to ${money(bands[80].hi, currency, locale)}`;
  const per = denominator && `per 1,000 ${DENOMINATOR_LABEL[denominator]}`;
  const rpmText =
    per === null || outcome.basis === "lumpy"
      ? ""
      : volume === 0
        ? "; no views, so no RPM"
        : `; RPM ${rpm(rate?.median, currency, locale)} ${per}`;
  return { amount: money(medianMinor, currency, locale), note: band + rpmText };
}

function Bands({ outcome, ground, locale }: { outcome: Outcome; ground: Ground; locale: string }) {
  const { bands, rate } = outcome;
  const { currency, denominator } = ground;
  if (!bands) return null;
  const withRate = rate !== null && denominator !== null;
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-sm">
        <caption className="sr-only">Bands of the projection</caption>
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            <th scope="col" className="py-1.5 pr-3 text-start font-medium">
              Band
            </th>
            <th scope="col" className="py-1.5 pl-3 text-end font-medium">
              Money
            </th>
            {withRate && (
              <th scope="col" className="py-1.5 pl-3 text-end font-medium">
                RPM, {DENOMINATOR_LABEL[denominator]}
              </th>
            )}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {BANDS.map((band) => (
            <tr key={band}>
              <th scope="row" className="py-1.5 pr-3 text-start font-normal whitespace-nowrap">
                {band}% band
              </th>
              <td className="figures py-1.5 pl-3 text-end whitespace-normal!">
                {money(bands[band].lo, currency, locale)} to {money(bands[band].hi, currency, locale)}
              </td>
              {withRate && (
                <td className="figures py-1.5 pl-3 text-end whitespace-normal!">
                  {rpm(rate.bands[band].lo, currency, locale)} to {rpm(rate.bands[band].hi, currency, locale)}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type Fact = readonly [name: string, value: ReactNode];

function whyOf(explored: Explored, ground: Ground, outcome: Outcome, locale: string): Fact[] {
  const { currency, denominator, payouts } = ground;
  if (outcome.basis === "lumpy" || outcome.basis === "none")
    return [
      [
        "How",
        `Money that comes in lumps: what is booked, else the mean of the last 12 months, with a range. Views and watch time do not move it. ${explored.name.stream === "sponsorship" ? "What to ask for a new deal is worked out below." : "Choose “From a benchmark…” to see a rate."}`,
      ],
      ["Your payouts", count(payouts, locale)],
    ];
  const per = denominator ? `per 1,000 ${DENOMINATOR_LABEL[denominator]}` : "a month";
  const shop = explored.scenario?.shop;
  const sales = shop?.salesMinor ?? null;
  const facts: Fact[] = outcome.steps.map((step) => stepFact(step, explored, ground, outcome, locale));
  const add = (name: string, value: string) => facts.push([name, value]);
  if (sales !== null && shop) {
    const rate = percent(shop.ratePpm / 1e6, locale, 2);
    add(
      "By sales",
      `${money(sales, currency, locale)} × ${rate} = ${money(outcome.medianMinor, currency, locale)}; views play no part while sales are given`,
    );
  }
  if (outcome.rate) {
    const from = sales === null ? "all of the above multiplied" : "the amount over the views";
    add(denominator ? "RPM" : "Money", `${rpm(outcome.rate.median, currency, locale)} ${per}: ${from}`);
  }
  if (denominator && outcome.count !== null && sales === null)
    add("Volume", `${decimal(outcome.count / 1000, locale, 1)} thousand ${DENOMINATOR_LABEL[denominator]}`);
  add("Band", bandText(explored, outcome, sales !== null));
  return facts;
}

function bandText({ scenario }: Explored, { basis }: Outcome, isBySales: boolean): string {
  if (isBySales) return "your months' usual swing: what comes back as refunds is not known";
  const base =
    basis === "prior"
      ? "as wide as published rates lie apart: no payout of yours has narrowed it"
      : "learned from how your months differed from what was expected";
  return scenario?.nicheFactor === 1
    ? base
    : `${base}; wider, since published niche factors differ by source`;
}

function stepFact(
  { of, factor }: Step,
  explored: Explored,
  { prior, currency, denominator, payouts, isWatchAssumed, referenceRegions }: Ground,
  outcome: Outcome,
  locale: string,
): Fact {
  const on = `${signedPercent(factor - 1, locale)} on the rate`;
  switch (of) {
    case "benchmark":
      return [
        "Benchmark",
        `${rpm(factor, currency, locale)} ${denominator ? `per 1,000 ${DENOMINATOR_LABEL[denominator]}` : "a month"} (${prior?.programme}). ${prior?.published || prior?.pooled ? `${prior.pooled ? "Pooled" : "Published"}: ${prior.source}${prior.date ? `, ${prior.date}` : ""}; grade ${prior.grade}.` : "Our judgement: nothing published fits."}`,
      ];
    case "own":
      if (!prior)
        return [
          "Your payouts",
          `${count(payouts, locale)}: ${rpm(factor, currency, locale)}, without a benchmark`,
        ];
      return [
        "Your payouts",
        payouts === 0
          ? "none yet: the benchmark alone"
          : `${on}: ${count(payouts, locale)}, which ${payouts === 1 ? "decides" : "decide"} ${percent(outcome.ownWeight, locale)} of the level`,
      ];
    case "watch": {
      const seconds = explored.scenario?.watchSeconds ?? null;
      if (!prior?.referenceWatchSeconds) return ["Watch time", "plays no part in this benchmark"];
      if (seconds === null)
        return [
          "Watch time",
          `${on}: unknown, taken as the benchmark's ${prior.usualWatchSeconds ?? prior.referenceWatchSeconds} s`,
        ];
      return [
        "Watch time",
        `${on}: ${decimal(seconds, locale, 1)} s a view against the benchmark's ${prior.referenceWatchSeconds} s${isWatchAssumed && !explored.typed.watch ? " (assumed, none of yours is known)" : ""}`,
      ];
    }
    case "mix":
      return [
        "Audience",
        `${on}, against ${referenceRegions ? "where it was at first" : "an audience of unknown regions"}${flat(prior?.regionUsd) ? "; this benchmark is the same everywhere" : ""}`,
      ];
    case "niche":
      return [
        "Niche",
        `${on}: ${explored.niche ? NICHE_LABEL[explored.niche] : "none"} instead of ${explored.startNiche ? NICHE_LABEL[explored.startNiche] : "none"}, by published factors, not measured on you`,
      ];
    case "season":
      return ["Season", on];
    case "commission":
      return ["Commission", on];
  }
}

function flat(usd: Readonly<Record<string, number>> | undefined): boolean {
  return new Set(Object.values(usd ?? {})).size === 1;
}
