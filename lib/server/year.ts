import "server-only";
import { read } from "@/db/client";
import * as ladders from "@/db/ladders";
import * as rates from "@/db/rates";
import type { Viewer } from "../model/access";
import type { Currency } from "../model/money";
import { monthOf } from "../model/month";
import { type Year, yearOf } from "../model/year";

/** A calendar year ("2026") as the ledger has it now, with its rates. Throws not_found to a stranger. */
export function readYear(
  viewer: Viewer,
  creatorId: string,
  year: string,
  reporting: Currency,
): Promise<Year> {
  return read(viewer, async () => {
    const range = { from: monthOf(`${year}-01`), to: monthOf(`${year}-12`) };
    const [cells, received] = await Promise.all([
      ladders.byMonth(viewer, creatorId, range),
      ladders.received(viewer, creatorId, range),
    ]);
    const needs = cells
      .filter(({ currency }) => currency !== reporting)
      .map(({ currency, month }) => ({ base: currency, quote: reporting, month }));
    const found = await rates.findFor(viewer, creatorId, needs);
    const known = new Map(needs.map(({ base, month }, index) => [`${base} ${month}`, found[index] ?? null]));
    return yearOf(cells, received, reporting, (currency, month) => {
      const rate = known.get(`${currency} ${month}`);
      return rate ? { currency, month, day: rate.day, rate: rate.rate, source: rate.source } : null;
    });
  });
}
