import "server-only";
import * as channels from "@/db/channels";
import type { Creator } from "@/db/creators";
import type { Deal } from "@/db/deals";
import type { Viewer } from "@/lib/model/access";
import { decimalOf } from "@/lib/model/money";
import { addMonths, lastDay, monthOf } from "@/lib/model/month";
import { DEAL_STATE_LABEL, DEAL_STATES } from "@/lib/model/words";
import { channelOptions, currencyChoices, labelled } from "../options";
import type { DealChoices, DealDefaults } from "./deal-form";

/** What the form's selects offer. `shown` is the deal at hand, whose own values must be among them. */
export async function loadChoices(
  viewer: Viewer,
  creator: Creator,
  shown: Pick<Deal, "channelId" | "currency"> | undefined,
): Promise<DealChoices> {
  const allChannels = await channels.list(viewer, creator.id);
  return {
    currencies: currencyChoices(shown?.currency, creator.currency),
    channels: channelOptions(allChannels, shown?.channelId),
    states: labelled(DEAL_STATES, DEAL_STATE_LABEL),
  };
}

/** A new deal is most often agreed by now, on the last deal's channel or the only one, due by the end of next month. */
export function newDefaults(
  creator: Creator,
  last: Deal | undefined,
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
  };
}

/** The form that changes a deal holds what the deal says. */
export function changeDefaults(deal: Deal): DealDefaults {
  const { brand, currency, channelId, expectedOn, state, note } = deal;
  const fee = decimalOf(deal.feeMinor, currency);
  return { brand, fee, currency, channelId: channelId ?? "", expectedOn, state, note };
}
