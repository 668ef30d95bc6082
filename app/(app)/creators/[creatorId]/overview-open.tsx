import type { Route } from "next";
import Link from "next/link";
import * as receipts from "@/db/receipts";
import { count, money } from "@/lib/format";
import type { Viewer } from "@/lib/model/access";
import type { Currency } from "@/lib/model/money";
import { paths } from "@/lib/paths";

type OverviewOpenProps = { viewer: Viewer; creatorId: string; locale: string };

/** What was earned and has not arrived, for those who log what arrives. As high as its place, so that nothing jumps. */
export async function OverviewOpen({ viewer, creatorId, locale }: OverviewOpenProps) {
  const open = await receipts.listOpen(viewer, creatorId);
  if (open.length === 0)
    return <p className="min-h-10 text-sm text-muted sm:min-h-5">All logged payouts have arrived.</p>;
  const sums = new Map<Currency, bigint>();
  for (const { currency, openMinor } of open) sums.set(currency, (sums.get(currency) ?? 0n) + openMinor);
  const amounts = [...sums].map(([currency, minor]) => money(minor, currency, locale)).join(" and ");
  return (
    <p className="min-h-10 text-sm text-muted sm:min-h-5">
      {count(open.length, locale)} {open.length === 1 ? "payout has" : "payouts have"} not fully arrived:{" "}
      {amounts}.{" "}
      <Link href={paths.receipts(creatorId) as Route} prefetch={false} className="link">
        Receipts
      </Link>
    </p>
  );
}
