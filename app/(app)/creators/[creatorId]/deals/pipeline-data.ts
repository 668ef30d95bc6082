import "server-only";
import * as deals from "@/db/deals";
import * as payouts from "@/db/payouts";
import type { Viewer } from "@/lib/model/access";
import {
  type DealMoney,
  dealMoney,
  type NextStep,
  nextStepOf,
  type Standing,
  standingOf,
} from "@/lib/model/deal";
import type { Day } from "@/lib/model/month";

/** More than one creator has open at a time; the list below the board holds all. */
const MOST = 1_000;

export type PipelineDeal = { deal: deals.Deal; money: DealMoney; standing: Standing; next: NextStep | null };

/** The deals that are neither paid nor lost as written, the one that is expected first at the top. */
export async function loadPipeline(viewer: Viewer, creatorId: string, today: Day): Promise<PipelineDeal[]> {
  const [open, named] = await Promise.all([
    deals.list(viewer, creatorId, { filter: { open: true }, descending: false, size: MOST }),
    payouts.list(viewer, creatorId, { filter: { dealId: "any", kind: "earning" }, size: MOST }),
  ]);
  return open.rows.map((deal) => pipelineDealOf(deal, named.rows, today));
}

export function pipelineDealOf(deal: deals.Deal, named: readonly payouts.Payout[], today: Day): PipelineDeal {
  const money = dealMoney(
    deal,
    named.filter(({ dealId }) => dealId === deal.chainId),
  );
  return { deal, money, standing: standingOf(deal, money, today), next: nextStepOf(deal, money, today) };
}
