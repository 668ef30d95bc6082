import type { Payout } from "@/db/payouts";

/** One payout as its chain tells it: what counts now, all that was said, and what adds to it. */
export interface Chain {
  /** the newest entry; of kind void when the payout was taken back */
  newest: Payout;
  /** newest first */
  entries: Payout[];
  /** the entries about this payout that count */
  additions: Payout[];
}

/** From the rows of payouts.history. Null when the chain itself is not among them. */
export function chainOf(rows: readonly Payout[], chainId: string): Chain | null {
  const replaced = new Set(rows.map((row) => row.replaces));
  const isNewest = (row: Payout) => !replaced.has(row.id);
  const own = rows.filter((row) => row.chainId === chainId);
  const newest = own.find(isNewest);
  if (!newest) return null;
  return {
    newest,
    entries: inOrder(own, newest),
    additions: rows.filter((row) => row.chainId !== chainId && isNewest(row) && row.kind !== "void"),
  };
}

/** Follows the links, since two entries of one transaction carry the same time. */
function inOrder(rows: readonly Payout[], newest: Payout): Payout[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const entries: Payout[] = [];
  for (let row: Payout | undefined = newest; row; row = row.replaces ? byId.get(row.replaces) : undefined)
    entries.push(row);
  return entries;
}
