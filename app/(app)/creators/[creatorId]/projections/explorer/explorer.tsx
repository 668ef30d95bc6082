"use client";

import { useEffect, useMemo, useState } from "react";
import { ChartFrame } from "@/components/charts/chart-frame";
import { ProjectionPicture } from "@/components/charts/plot-picture";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { copyLink } from "@/components/ui/copy-text";
import { Notice } from "@/components/ui/notice";
import { SelectField } from "@/components/ui/select";
import {
  type Choice,
  choiceFrom,
  curveOf,
  type Explored,
  type ExplorerData,
  exploreChoice,
  FRESH_STREAMS,
  START,
  searchOf,
  sponsorshipOf,
} from "@/lib/explorer";
import { type FieldName, fieldText, readShare, SPEC, sliderOf, slidTo } from "@/lib/explorer-fields";
import { monthName } from "@/lib/format";
import { DENOMINATOR_LABEL } from "@/lib/model/rpm";
import { permilleOf } from "@/lib/model/scenario";
import {
  FORMAT_LABEL,
  FORMATS,
  type Format,
  NICHE_LABEL,
  NICHES,
  type Niche,
  PLATFORM_LABEL,
  PLATFORMS,
  type Platform,
  STREAM_LABEL,
  type Stream,
  streamName,
} from "@/lib/model/words";
import { type Packed, unpack } from "@/lib/packed";
import { EngagementEffect } from "./engagement-effect";
import { MixFields, type ShareDraft } from "./mix-fields";
import { ScenarioField } from "./scenario-field";
import { headline, ScenarioResult } from "./scenario-result";
import { SponsorshipPrice } from "./sponsorship-price";

/** A slider moves often; the address follows when it rests. */
const REST_MS = 250;
const FROM_BENCHMARK = "new";
const CURVE = "Money by views";

type ExplorerProps = { data: Packed<ExplorerData>; search: string };

/** What if: worked out in the browser at once; the address holds the scenario, so a link shares it. */
export function Explorer({ data: text, search }: ExplorerProps) {
  const data = useMemo(() => unpack(text), [text]);
  const [choice, setChoice] = useState(() => choiceFrom(data, new URLSearchParams(search)));
  const [draft, setDraft] = useState<ShareDraft | null>(null);
  const { locale } = data;
  const query = searchOf(data, choice).toString();
  useEffect(() => {
    const timer = setTimeout(() => {
      const { pathname, search: shown } = window.location;
      const next = query === "" ? "" : `?${query}`;
      if (next !== shown) window.history.replaceState(null, "", pathname + next);
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [query]);

  const explored = exploreChoice(data, choice);
  const sponsorship = sponsorshipOf(data, choice, explored);
  const curve = curveOf(explored, locale);
  const isShareRefused = draft !== null && readShare(draft.text, locale).kind === "refused";
  const isRefused = isShareRefused || explored.isRefused;
  const change = (part: Partial<Choice>) => setChoice((now) => ({ ...now, ...part }));
  const field = fieldsFor(data, choice, explored, change);
  const { name, ground } = explored;
  const mixes = ground !== null && explored.fields.includes("views");
  const strip = headline(explored, isRefused, locale);

  return (
    <div className="grid gap-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-2xl text-sm text-muted">
          Change what might change and see at once what the model would project. Nothing here is stored; the
          address of this page holds your scenario.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button
            onClick={() => {
              setDraft(null);
              setChoice((now) => ({ ...START, stream: now.stream, fresh: now.fresh }));
            }}
            disabled={isPristine(choice) && draft === null}
          >
            Start over
          </Button>
          <Button onClick={() => copyScenario(query)}>Copy link</Button>
        </div>
      </div>
      <div
        aria-hidden="true"
        className="sticky top-0 z-10 -mx-4 border-b border-line bg-canvas px-4 py-2 lg:hidden"
      >
        <span className="figures text-lg font-semibold">{strip.amount}</span>{" "}
        <span className="text-xs text-muted">{strip.note}</span>
      </div>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card title="What if">
          <div className="grid gap-4">
            <WhatSelects
              data={data}
              choice={choice}
              explored={explored}
              onChange={change}
              onStream={() => setDraft(null)}
            />
            {explored.isOtherFormat && (
              <Notice>
                Your payouts of other formats say nothing about this one: it begins from its own benchmark.
              </Notice>
            )}
            {field("views")}
            {field("paid")}
            {field("watch")}
            {field("commission")}
            {field("sales")}
            {mixes && (
              <MixFields
                mix={choice.mix ?? permilleOf(ground.regions)}
                isKnown={ground.regions !== null}
                isChanged={choice.mix !== null}
                draft={draft}
                locale={locale}
                onMix={(mix, next) => {
                  change({ mix });
                  setDraft(next);
                }}
                onRefused={setDraft}
              />
            )}
          </div>
        </Card>
        <div className="grid gap-5 lg:sticky lg:top-5">
          <ScenarioResult
            explored={explored}
            isRefused={isRefused}
            title={streamName(name)}
            locale={locale}
          />
        </div>
      </div>
      {isRefused ? (
        <ChartFrame title={CURVE} summary="Correct the marked field to see it.">
          {null}
        </ChartFrame>
      ) : (
        curve && (
          <ChartFrame title={CURVE} summary={curve.summary} unit={curve.unit} table={curve.table}>
            <ProjectionPicture data={curve} />
          </ChartFrame>
        )
      )}
      <Card title="Engagement and followers">
        <div className="grid gap-x-8 gap-y-4 lg:grid-cols-2">
          <div className="grid content-start gap-4">
            {field("engagement")}
            {field("followers")}
          </div>
          <EngagementEffect explored={explored} locale={locale} />
        </div>
      </Card>
      <SponsorshipPrice
        data={data}
        choice={choice}
        explored={explored}
        sponsorship={sponsorship}
        isRefused={explored.isPriceRefused}
        onChange={change}
        fee={field("fee")}
      />
    </div>
  );
}

type WhatSelectsProps = {
  data: ExplorerData;
  choice: Choice;
  explored: Explored;
  onChange: (change: Partial<Choice>) => void;
  onStream: () => void;
};

/** Which stream, and the circumstances that are chosen from lists. Another stream begins anew. */
function WhatSelects({ data, choice, explored, onChange, onStream }: WhatSelectsProps) {
  const { streams, months, locale } = data;
  const begin = (part: Partial<Choice>) => {
    onStream();
    onChange({
      ...START,
      channel: choice.channel,
      deliverable: choice.deliverable,
      rights: choice.rights,
      ...part,
    });
  };
  const isFresh = explored.stream === null;
  const perView = explored.fields.includes("views");
  const ownFormat = explored.stream?.format ?? "all";
  return (
    <>
      <SelectField
        name="stream"
        label="Stream"
        value={explored.stream?.id ?? FROM_BENCHMARK}
        onChange={({ target }) => begin({ stream: target.value === FROM_BENCHMARK ? null : target.value })}
        options={[
          ...streams.map(({ id, platform, format, ground: { stream, currency } }) => ({
            value: id,
            label: `${streamName({ stream, platform, format })} (${currency})`,
          })),
          { value: FROM_BENCHMARK, label: "From a benchmark…" },
        ]}
        hint={streams.length === 0 ? "No payouts yet, so everything here is the benchmark alone." : undefined}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        {isFresh && (
          <>
            <SelectField
              name="platform"
              label="Platform"
              value={choice.fresh.platform}
              onChange={({ target }) =>
                begin({
                  stream: null,
                  fresh: { ...choice.fresh, platform: target.value as Platform },
                  channel: null,
                })
              }
              options={PLATFORMS.map((value) => ({ value, label: PLATFORM_LABEL[value] }))}
            />
            <SelectField
              name="of"
              label="Kind of money"
              value={choice.fresh.stream}
              onChange={({ target }) =>
                begin({ stream: null, fresh: { ...choice.fresh, stream: target.value as Stream } })
              }
              options={FRESH_STREAMS.map((value) => ({ value, label: STREAM_LABEL[value] }))}
            />
          </>
        )}
        {!explored.ground?.lumpy && (
          <SelectField
            name="month"
            label="Month"
            value={explored.month}
            onChange={({ target }) =>
              onChange({ month: months.find((each) => each === target.value && each !== months[0]) ?? null })
            }
            options={months.map((value) => ({ value, label: monthName(value, locale) }))}
          />
        )}
        {perView && (
          <>
            <SelectField
              name="format"
              label="Format"
              value={choice.format ?? ownFormat}
              onChange={({ target }) =>
                onChange({
                  format: FORMATS.find((each) => each === target.value && each !== ownFormat) ?? null,
                })
              }
              options={formatOptions(ownFormat)}
            />
            <SelectField
              name="niche"
              label="Niche"
              value={explored.niche ?? ""}
              onChange={({ target }) =>
                onChange({
                  niche: NICHES.find((each) => each === target.value && each !== explored.startNiche) ?? null,
                })
              }
              empty={explored.startNiche === null ? "None" : undefined}
              options={NICHES.map((value: Niche) => ({ value, label: NICHE_LABEL[value] }))}
            />
          </>
        )}
      </div>
    </>
  );
}

function formatOptions(own: Format | "all") {
  const formats = own === "all" ? (["all", ...FORMATS] as const) : FORMATS;
  return formats.map((value) => ({ value, label: FORMAT_LABEL[value] }));
}

/** A field by its name, or nothing where it plays no part. */
function fieldsFor(
  data: ExplorerData,
  { typed }: Choice,
  { fields, starts, values, typed: read, ground, name: about, channel }: Explored,
  change: (part: Partial<Choice>) => void,
) {
  const { locale } = data;
  const hints: Partial<Record<FieldName, string>> = {
    paid: ground?.denominator
      ? `${capital(DENOMINATOR_LABEL[ground.denominator])} in 100 views: what ${about.platform ? PLATFORM_LABEL[about.platform] : "the platform"} pays on.`
      : "",
    engagement: `(Likes + comments + shares) ÷ views${channel ? `, of ${channel.name} in its newest month` : ""}.`,
    followers: channel ? `Of ${channel.name}, from its newest reading.` : "",
    commission: "Starts at 15%, what is printed as typical (socialtale.co, 2026, grade C): not yours.",
    sales: "Leave blank to go by views. After refunds.",
  };
  const currency = name(ground?.currency, data);
  return (field: FieldName) => {
    if (!fields.includes(field)) return null;
    const { label, unit } = SPEC[field];
    const text = typed[field] ?? fieldText(field, starts[field], locale);
    const set = (next: string) => change({ typed: { ...typed, [field]: next } });
    const reset = () => {
      const { [field]: _gone, ...rest } = typed;
      change({ typed: rest });
    };
    const answer = read[field];
    const shownUnit = field === "fee" ? name(undefined, data) : field === "sales" ? currency : unit;
    return (
      <ScenarioField
        key={field}
        name={field}
        label={label}
        unit={shownUnit}
        text={text}
        hint={hints[field] || undefined}
        error={answer?.kind === "refused" ? answer.why : undefined}
        slider={sliderOf(field, values[field], starts[field])}
        said={text === "" ? "unknown" : `${text} ${shownUnit}`}
        onText={set}
        onSlide={(at) => {
          const value = slidTo(field, at, starts[field]);
          if (value === null) reset();
          else set(fieldText(field, value, locale));
        }}
        onReset={typed[field] === undefined ? null : reset}
      />
    );
  };
}

/** The stream's currency, else the one that prices are in. */
function name(currency: string | undefined, data: ExplorerData): string {
  return currency ?? (data.currency === "USD" || data.usd ? data.currency : "USD");
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function isPristine({ stream: _stream, fresh: _fresh, ...choice }: Choice): boolean {
  return JSON.stringify(choice) === JSON.stringify(START);
}

function copyScenario(query: string): void {
  const { origin, pathname } = window.location;
  copyLink(`${origin}${pathname}${query === "" ? "" : `?${query}`}`, "Copy the address of this page.");
}
