"use client";

import clsx from "clsx";
import type { ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { SelectField } from "@/components/ui/select";
import type { Choice, Explored, ExplorerData, Sponsorship } from "@/lib/explorer";
import { count, dayName, decimal, money, percent } from "@/lib/format";
import { ENGAGEMENT_BOUNDS, middleOf, type Span } from "@/lib/model/sponsorship";
import type { Right, Sourced } from "@/lib/model/sponsorship-rates";
import { PLATFORM_LABEL } from "@/lib/model/words";

/** On a phone the three figures stand under their step. */
const ROW = "max-sm:grid max-sm:grid-cols-3";

type SponsorshipPriceProps = {
  data: ExplorerData;
  choice: Choice;
  explored: Explored;
  sponsorship: Sponsorship | null;
  isRefused: boolean;
  onChange: (change: Partial<Choice>) => void;
  /** The fee that was offered, as a field of its own. */
  fee: ReactNode;
};

/** What to ask for a sponsored video, low, middle and high, with the arithmetic. */
export function SponsorshipPrice(props: SponsorshipPriceProps) {
  const { data, choice, sponsorship, isRefused, onChange, fee } = props;
  if (!sponsorship)
    return (
      <Card title="Price of a sponsorship">
        <EmptyState title="No channel yet">
          A price begins with what a channel's newest videos drew. Add a channel and its videos first.
        </EmptyState>
      </Card>
    );
  const { channel } = sponsorship;
  return (
    <Card
      title="Price of a sponsorship"
      note="Views that can be expected, times what brands pay per 1,000, times format and rights."
    >
      <div className="grid gap-x-6 gap-y-5 lg:grid-cols-[20rem_minmax(0,1fr)]">
        <div className="grid content-start gap-4">
          <SelectField
            name="sponsor-channel"
            label="Channel"
            value={channel.id}
            onChange={(event) => onChange({ channel: event.target.value })}
            options={data.channels.map(({ id, name, platform }) => ({
              value: id,
              label: `${name} · ${PLATFORM_LABEL[platform]}`,
            }))}
          />
          {channel.platform === "youtube" && (
            <SelectField
              name="deliverable"
              label="Format"
              value={choice.deliverable}
              onChange={(event) => onChange({ deliverable: event.target.value as Choice["deliverable"] })}
              options={data.sponsorship.deliverables.map(({ name, label }) => ({ value: name, label }))}
            />
          )}
          <fieldset>
            <legend className="mb-1.5 text-sm font-medium">Rights on top</legend>
            {data.sponsorship.rights.map(({ name, label }) => (
              <label key={name} className="flex min-h-6 items-start gap-2.5 py-0.5 text-sm max-md:py-2">
                <input
                  type="checkbox"
                  className="mt-0.5 size-4 shrink-0 max-md:size-5"
                  checked={choice.rights.includes(name)}
                  onChange={(event) =>
                    onChange({ rights: toggled(choice.rights, name, event.target.checked) })
                  }
                />
                <span>{label}</span>
              </label>
            ))}
          </fieldset>
          {fee}
        </div>
        {isRefused ? (
          <p className="text-sm text-muted">Correct the marked field to see a price.</p>
        ) : (
          <Arithmetic {...props} sponsorship={sponsorship} />
        )}
      </div>
    </Card>
  );
}

function Arithmetic({ data, explored, sponsorship }: SponsorshipPriceProps & { sponsorship: Sponsorship }) {
  const { price, minor, currency, channel, known, newest } = sponsorship;
  const { locale } = data;
  const shown = (amount: bigint) => money(amount, currency, locale);
  if (!price || !minor)
    return (
      <EmptyState title="No video with known views">
        The price begins with the middle of what the newest videos drew. Log views of videos of {channel.name}
        , or choose another channel.
      </EmptyState>
    );
  return (
    <div className="grid min-w-0 content-start gap-4">
      <p>
        <span className="figures block text-2xl font-semibold tracking-tight">{shown(minor.middle)}</span>
        <span className="text-sm text-muted">
          Ask between {shown(minor.low)} and {shown(minor.high)} for one video.
        </span>
      </p>
      <div className="overflow-x-auto">
        <table className="w-full text-sm">
          <caption className="sr-only">How the price comes about</caption>
          <thead>
            <tr className={clsx(ROW, "border-b border-line text-xs text-muted")}>
              <th scope="col" className="py-1.5 pr-4 text-start font-medium max-sm:sr-only">
                Step
              </th>
              {["Low", "Middle", "High"].map((name) => (
                <th key={name} scope="col" className="py-1.5 pl-4 text-end font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {stepsOf(data, sponsorship, price.expectedViews).map(({ name, why, cells }) => (
              <tr key={name} className={ROW}>
                <th scope="row" className="py-2 pr-4 text-start font-normal max-sm:col-span-3 max-sm:pb-0">
                  {name}
                  <span className="block text-xs text-muted">{why}</span>
                </th>
                {cells.map((cell, index) => (
                  <td key={["low", "middle", "high"][index]} className="figures py-2 pl-4 text-end align-top">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr className={clsx(ROW, "border-t border-control font-semibold")}>
              <th scope="row" className="py-2 pr-4 text-start max-sm:col-span-3 max-sm:pb-0">
                Price
              </th>
              {[minor.low, minor.middle, minor.high].map((amount, index) => (
                <td key={["low", "middle", "high"][index]} className="figures py-2 pl-4 text-end">
                  {shown(amount)}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      <ul className="grid gap-1.5 text-sm text-muted">
        {known < newest && (
          <li>
            Of the {count(newest, locale)} newest videos {count(known, locale)} have known views; the others
            are left out.
          </li>
        )}
        <li>
          There is no standard for rights: one guide says so outright (curlsnpearlsss.com). Treat the range as
          a start.
        </li>
        {sponsorship.tier && (
          <li>
            For comparison, fees printed for {sponsorship.tier.name} accounts (from{" "}
            {count(sponsorship.tier.from, locale)} followers): {usd(sponsorship.tier.low, locale)} to{" "}
            {usd(sponsorship.tier.high, locale)} a post; {sourceText(data.sponsorship.feesSource)}.
          </li>
        )}
        <FeeLine sponsorship={sponsorship} explored={explored} locale={locale} />
      </ul>
    </div>
  );
}

/** What the offer is against the range, and what it makes of the month. */
function FeeLine({
  sponsorship: { feeMinor, minor, price, currency },
  explored: { outcome, ground, name },
  locale,
}: {
  sponsorship: Sponsorship;
  explored: Explored;
  locale: string;
}) {
  if (feeMinor === null || !minor || !price) return null;
  const fee = money(feeMinor, currency, locale);
  const place =
    feeMinor < minor.low ? "below the range" : feeMinor > minor.high ? "above the range" : "within the range";
  const perThousand =
    price.expectedViews > 0
      ? `, ${decimal(Number(feeMinor) / Number(minor.middle || 1n), locale, 2)} × the middle`
      : "";
  const month =
    outcome?.medianMinor != null && ground?.currency === currency && name.stream !== "sponsorship"
      ? ` With the stream above: ${money(outcome.medianMinor, currency, locale)} + ${fee} = ${money(outcome.medianMinor + feeMinor, currency, locale)} in the month.`
      : "";
  return (
    <li className="text-ink">
      The offer of {fee} is {place}
      {perThousand}.{month}
    </li>
  );
}

type PriceStep = { name: string; why: string; cells: readonly string[] };

function stepsOf(data: ExplorerData, sponsorship: Sponsorship, expectedViews: number): PriceStep[] {
  const { cpm, deliverable, rights, engagement, price, currency, perUsd, channel, known } = sponsorship;
  const { locale } = data;
  const three = ({ low, high }: Span, show: (value: number) => string) =>
    [low, middleOf({ low, high }), high].map(show);
  const times = (factor: number) => `× ${decimal(factor, locale, 2)}`;
  const same = (text: string) => [text, text, text];
  return [
    {
      name: "Expected views, in thousands",
      why: `the middle of the ${count(known, locale)} newest videos of ${channel.name} with known views`,
      cells: same(decimal(expectedViews / 1000, locale, 3)),
    },
    {
      name: `CPM, ${PLATFORM_LABEL[channel.platform]}`,
      why: sourceText(cpm),
      cells: three(cpm, (value) => `× ${usd(value, locale)}`),
    },
    ...(deliverable.low === 1 && deliverable.high === 1
      ? []
      : [{ name: deliverable.label, why: sourceText(deliverable), cells: three(deliverable, times) }]),
    ...rights.map((right) => ({ name: right.label, why: sourceText(right), cells: three(right, times) })),
    {
      name: "Engagement by views",
      why: engagementWhy(engagement, locale),
      cells: same(times(price?.engagementFactor ?? 1)),
    },
    ...(currency === "USD"
      ? []
      : [
          {
            name: `Into ${currency}`,
            why: `the newest rate known${data.usd ? `, of ${dayName(data.usd.day, locale)}` : ""}`,
            cells: same(times(perUsd)),
          },
        ]),
  ];
}

function engagementWhy(engagement: Sponsorship["engagement"], locale: string): string {
  const { low, high } = ENGAGEMENT_BOUNDS;
  const bounds = `held between ${decimal(low, locale)} and ${decimal(high, locale)} (the bounds of sponsorrate.com); the square root is our judgement`;
  if (!engagement) return `unknown, so it changes nothing; else √(yours / typical), ${bounds}`;
  if (!engagement.typical)
    return "nobody publishes a typical one by views for this platform, so it changes nothing";
  return `√(${percent(engagement.own, locale, 2)} / ${percent(engagement.typical.rate, locale, 2)}), ${bounds}. Typical: ${sourceText(engagement.typical)}`;
}

function sourceText({ source, date, grade }: Sourced): string {
  if (grade === "judgement") return source;
  return `${source}${date ? `, ${date}` : ", undated"}; grade ${grade}`;
}

function usd(amount: number, locale: string): string {
  return `$${decimal(amount, locale, 2)}`;
}

function toggled(rights: readonly Right[], name: Right, isOn: boolean): Right[] {
  return isOn ? [...rights, name] : rights.filter((each) => each !== name);
}
