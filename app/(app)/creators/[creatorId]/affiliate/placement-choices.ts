import "server-only";
import * as channels from "@/db/channels";
import type { Creator } from "@/db/creators";
import * as deals from "@/db/deals";
import type { Placement } from "@/db/placements";
import * as videos from "@/db/videos";
import type { Viewer } from "@/lib/model/access";
import { channelOptions, percentText } from "../options";
import type { PlacementChoices, PlacementDefaults } from "./placement-form";

const OFFERED = 50;

/** What the form's selects offer. `shown` is the placement at hand, whose own values must be among them. */
export async function loadChoices(
  viewer: Viewer,
  creator: Creator,
  shown?: Placement,
): Promise<PlacementChoices> {
  const [allChannels, recent, newest] = await Promise.all([
    channels.list(viewer, creator.id),
    videos.list(viewer, creator.id, { sort: "published", descending: true, size: OFFERED }),
    deals.list(viewer, creator.id, { size: OFFERED }),
  ]);
  const offered = new Map(recent.rows.map(({ id, title }) => [id, title]));
  if (shown?.videoId && !offered.has(shown.videoId))
    offered.set(shown.videoId, shown.videoTitle ?? "The video chosen before");
  const named = new Map(newest.rows.map(({ chainId, brand }) => [chainId, brand]));
  if (shown?.dealId && !named.has(shown.dealId)) named.set(shown.dealId, "The deal chosen before");
  const options = (of: ReadonlyMap<string, string>) => [...of].map(([value, label]) => ({ value, label }));
  return {
    videos: options(offered),
    channels: channelOptions(allChannels, shown?.channelId),
    deals: options(named),
  };
}

export function newDefaults({ today }: Creator): PlacementDefaults {
  return {
    ...{ merchant: "", label: "", videoId: "", channelId: "", rate: "" },
    ...{ fromDay: today, toDay: "", dealId: "", note: "" },
  };
}

/** The form that corrects a placement holds what it says. */
export function correctionDefaults(placement: Placement): PlacementDefaults {
  const { merchant, label, videoId, channelId, ratePpm, fromDay, toDay, dealId, note } = placement;
  return {
    ...{ merchant, label, fromDay, note, videoId: videoId ?? "", dealId: dealId ?? "", toDay: toDay ?? "" },
    channelId: videoId ? "" : (channelId ?? ""),
    rate: percentText(ratePpm),
  };
}
