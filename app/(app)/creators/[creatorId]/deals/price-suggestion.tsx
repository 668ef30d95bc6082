import { Button } from "@/components/ui/button";
import { type PricedChannel, suggestPrice } from "@/lib/deal-price";
import { count, decimal, percent, roundMoney } from "@/lib/format";
import { type Currency, exponentOf } from "@/lib/model/money";
import { middleOf, type Span } from "@/lib/model/sponsorship";
import { RIGHT, type Right, type Sourced } from "@/lib/model/sponsorship-rates";
import { PLATFORM_LABEL } from "@/lib/model/words";

export type PriceData = {
  channels: readonly PricedChannel[];
  /** the creator's, where its rate is known, else US dollars */
  currency: Currency;
  /** units of it per US dollar */
  perUsd: number;
  locale: string;
};

type PriceSuggestionProps = {
  data: PriceData;
  channelId: string;
  rights: readonly Right[];
  /** takes the middle over as the fee */
  onTake: (amount: string, currency: Currency) => void;
};

/** What to ask, with the arithmetic and the printed rates it rests on. */
export function PriceSuggestion({ data, channelId, rights, onTake }: PriceSuggestionProps) {
  const channel = data.channels.find(({ id }) => id === channelId);
  if (!channel) return null;
  const suggested = suggestPrice(channel, rights);
  const { currency, perUsd, locale } = data;
  if (!suggested)
    return (
      <p className="text-sm text-muted">
        No price to suggest yet: it begins with what the newest videos of {channel.name} drew. Log their views
        first.
      </p>
    );
  const { price, cpm, known } = suggested;
  const unit = 10 ** exponentOf(currency);
  const shown = (usd: number) => roundMoney(BigInt(Math.round(usd * perUsd * unit)), currency, locale);
  const middle = roundedPrice(price.price.middle * perUsd);
  return (
    <div className="rounded-md border border-line p-3 text-sm">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p>
          Suggested: <strong className="figures">{shown(price.price.middle)}</strong>
          <span className="text-muted">
            , between {shown(price.price.low)} and {shown(price.price.high)}
          </span>
        </p>
        <Button size="sm" onClick={() => onTake(String(middle), currency)}>
          Use as fee
        </Button>
      </div>
      <details className="mt-1">
        <summary className="link w-fit text-sm">How it comes about</summary>
        <ol className="mt-2 grid gap-1 text-muted">
          <li>
            {count(Math.round(price.expectedViews), locale)} views, the middle of the {count(known, locale)}{" "}
            newest videos of {channel.name} with known views
          </li>
          <li>
            × {usdSpan(cpm, locale)} per 1,000 views on {PLATFORM_LABEL[channel.platform]}: {sourceText(cpm)}
          </li>
          {rights.map((right) => (
            <li key={right}>
              × {span(RIGHT[right], locale)} for {RIGHT[right].label.toLowerCase()}:{" "}
              {sourceText(RIGHT[right])}
            </li>
          ))}
          {suggested.typicalEngagement && channel.engagement !== null && (
            <li>
              × {decimal(price.engagementFactor, locale, 2)} for engagement by views, √(
              {percent(channel.engagement, locale, 2)} /{" "}
              {percent(suggested.typicalEngagement.rate, locale, 2)}):{" "}
              {sourceText(suggested.typicalEngagement)}
            </li>
          )}
          {currency !== "USD" && (
            <li>
              × {decimal(perUsd, locale, 4)} {currency} per US dollar, the newest rate known
            </li>
          )}
          <li>
            = {shown(price.price.low)} to {shown(price.price.high)}; the middle of two rates is their
            geometric mean
          </li>
        </ol>
      </details>
    </div>
  );
}

/** To two figures, as a fee is asked for. */
function roundedPrice(value: number): number {
  if (value <= 0) return 0;
  const step = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.round(value / step) * step;
}

function usdSpan({ low, high }: Span, locale: string): string {
  const middle = middleOf({ low, high });
  return `$${decimal(low, locale, 2)} to $${decimal(high, locale, 2)} (middle $${decimal(middle, locale, 2)})`;
}

function span({ low, high }: Span, locale: string): string {
  return `${decimal(low, locale, 2)} to ${decimal(high, locale, 2)}`;
}

function sourceText({ source, date, grade }: Sourced): string {
  if (grade === "judgement") return source;
  return `${source}${date ? `, ${date}` : ", undated"}; grade ${grade}`;
}
