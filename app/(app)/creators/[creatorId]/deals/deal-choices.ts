import "server-only";
import * as channels from "@/db/channels";
import type { Creator } from "@/db/creators";
import * as deals from "@/db/deals";
import * as rates from "@/db/rates";
import * as traffic from "@/db/traffic";
import * as videos from "@/db/videos";
import type { PricedChannel } from "@/lib/deal-price";
import type { Viewer } from "@/lib/model/access";
import { engagementByViews } from "@/lib/model/engagement";
import { nextInvoiceNumber } from "@/lib/model/invoice-number";
import { type Currency, currencyOf, decimalOf } from "@/lib/model/money";
import { addMonths, lastDay, monthOf } from "@/lib/model/month";
import { RIGHT, RIGHTS, type Right } from "@/lib/model/sponsorship-rates";
import { DEAL_STATE_LABEL, DEAL_STATES } from "@/lib/model/words";
import { channelOptions, currencyChoices, labelled, percentText } from "../options";
import type { DealChoices, DealDefaults } from "./deal-form";
import type { TermsDefaults } from "./deal-terms-fields";
import type { PriceData } from "./price-suggestion";

/** A price begins with what the newest videos drew, as in the explorer. */
const RECENT_VIDEOS = 10;
const OFFERED_VIDEOS = 50;
const MONTHS_OF_ENGAGEMENT = 3;

/** What the form's selects offer. `shown` is the deal at hand, whose own values must be among them. */
export async function loadChoices(
  viewer: Viewer,
  creator: Creator,
  locale: string,
  shown: deals.Deal | undefined,
): Promise<DealChoices> {
  const [allChannels, recent, numbers] = await Promise.all([
    channels.list(viewer, creator.id),
    videos.list(viewer, creator.id, { sort: "published", descending: true, size: OFFERED_VIDEOS }),
    deals.listInvoiceNumbers(viewer, creator.id),
  ]);
  const offered = new Map(recent.rows.map(({ id, title }) => [id, title]));
  // One that was published long ago, or removed since, stays as it was chosen.
  for (const { videoId, what } of shown?.deliverables ?? [])
    if (videoId && !offered.has(videoId)) offered.set(videoId, `The video of “${what}”`);
  return {
    currencies: currencyChoices(shown?.currency, creator.currency),
    channels: channelOptions(allChannels, shown?.channelId),
    states: labelled(DEAL_STATES, DEAL_STATE_LABEL),
    videos: [...offered].map(([value, label]) => ({ value, label })),
    rights: RIGHTS.map((name) => ({ name, label: RIGHT[name].label })),
    invoiceNumber: nextInvoiceNumber(numbers, creator.today),
    price: await loadPrice(viewer, creator, locale, allChannels),
  };
}

async function loadPrice(
  viewer: Viewer,
  { id, currency, today }: Creator,
  locale: string,
  allChannels: readonly channels.Channel[],
): Promise<PriceData> {
  const month = monthOf(today);
  const [recent, drawn, [rate]] = await Promise.all([
    videos.listRecentViews(viewer, id, RECENT_VIDEOS),
    traffic.byMonth(viewer, id, addMonths(month, -MONTHS_OF_ENGAGEMENT), addMonths(month, -1)),
    rates.findFor(viewer, id, currency === "USD" ? [] : [{ base: "USD", quote: currency, month }]),
  ]);
  const priced = allChannels
    .filter(({ archivedAt }) => archivedAt === null)
    .map(
      ({ id: channelId, name, platform, niche }): PricedChannel => ({
        ...{ id: channelId, name, platform, niche },
        views: recent.filter((each) => each.channelId === channelId).map(({ views }) => views),
        engagement: drawn
          .filter((row) => row.channelId === channelId && row.format === "all")
          .reduce<number | null>((newest, row) => engagementByViews(row) ?? newest, null),
      }),
    );
  const isKnown = currency === "USD" || rate !== undefined;
  return {
    channels: priced,
    currency: isKnown ? currency : currencyOf("USD"),
    perUsd: rate ? Number(rate.rate) : 1,
    locale,
  };
}

/** A new deal is most often agreed by now, on the last deal's channel or the only one, due by the end of next month. */
export function newDefaults(
  creator: Creator,
  last: deals.Deal | undefined,
  choices: Pick<DealChoices, "channels">,
): DealDefaults {
  const [first, second] = choices.channels;
  const only = first && !second ? first.value : "";
  return {
    brand: "",
    fee: "",
    currency: last?.currency ?? creator.currency,
    channelId: last ? (last.channelId ?? "") : only,
    expectedOn: lastDay(addMonths(monthOf(creator.today), 1)),
    state: "agreed",
    note: "",
    terms: termsOf(null),
  };
}

/** The form that changes a deal holds what the deal says. */
export function changeDefaults(deal: deals.Deal): DealDefaults {
  const { brand, currency, channelId, expectedOn, state, note } = deal;
  const fee = decimalOf(deal.feeMinor, currency);
  return { brand, fee, currency, channelId: channelId ?? "", expectedOn, state, note, terms: termsOf(deal) };
}

function termsOf(deal: deals.Deal | null): TermsDefaults {
  const partOf = (right: Right) => {
    const extra = deal?.extras.find(({ what }) => what === right);
    return {
      amount: extra && deal ? decimalOf(extra.minor, deal.currency as Currency) : "",
      days: extra?.days?.toString() ?? "",
    };
  };
  return {
    extras: Object.fromEntries(RIGHTS.map((right) => [right, partOf(right)])) as TermsDefaults["extras"],
    items: (deal?.deliverables ?? []).map(({ id, what, dueOn, deliveredOn, videoId }) => ({
      ...{ id, what, dueOn: dueOn ?? "", deliveredOn: deliveredOn ?? "", videoId: videoId ?? "" },
    })),
    promisedViews: deal?.promisedViews?.toString() ?? "",
    commission: percentText(deal?.commissionPpm ?? null),
    invoiceNumber: deal?.invoiceNumber ?? "",
    invoicedOn: deal?.invoicedOn ?? "",
    termsDays: deal?.termsDays?.toString() ?? "",
    billTo: deal?.billTo ?? "",
  };
}
