import "server-only";
import * as deals from "@/db/deals";
import * as placements from "@/db/placements";
import { money } from "@/lib/format";
import type { Viewer } from "@/lib/model/access";
import type { BelongsChoices } from "./belongs-to";

/** Older ones are named by what they are paid from: the deal's own page. */
const OFFERED = 50;

/** The newest deals and all placements; what the payout at hand names is among them. */
export async function loadBelongs(
  viewer: Viewer,
  creatorId: string,
  locale: string,
  shown: { dealId: string | null; placementId: string | null } | null,
): Promise<BelongsChoices> {
  const [newest, placed] = await Promise.all([
    deals.list(viewer, creatorId, { size: OFFERED }),
    placements.list(viewer, creatorId),
  ]);
  const named = new Map(
    newest.rows.map(({ chainId, brand, feeMinor, currency }) => [
      chainId,
      `${brand}, ${money(feeMinor, currency, locale)}`,
    ]),
  );
  const links = new Map(
    placed.map(({ chainId, merchant, label }) => [chainId, [merchant, label].filter(Boolean).join(", ")]),
  );
  if (shown?.dealId && !named.has(shown.dealId)) named.set(shown.dealId, "The deal chosen before");
  if (shown?.placementId && !links.has(shown.placementId))
    links.set(shown.placementId, "The placement chosen before");
  const options = (of: ReadonlyMap<string, string>) => [...of].map(([value, label]) => ({ value, label }));
  return { deals: options(named), placements: options(links) };
}
