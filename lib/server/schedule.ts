import "server-only";
import * as calendar from "@/db/calendar";
import type { Standing } from "@/db/revisions";
import * as totals from "@/db/totals";
import type { Viewer } from "../model/access";
import { addDays, monthOf } from "../model/month";
import { type Due, scheduleOf } from "../model/schedule";
import { type PaymentRule, paymentRulesWith } from "../model/schedule-rules";
import { readLedger } from "./ledger";

/** How long what has come is still shown beside what was expected. */
const LOOKS_BACK_DAYS = 400;

export type Schedule = {
  readonly dues: readonly Due[];
  readonly rules: readonly PaymentRule[];
  readonly keepsReceipts: boolean;
  /** What it was worked out beside. */
  readonly ledger: Awaited<ReturnType<typeof readLedger>>;
  /** When what a due says was recorded, by its id. */
  readonly recordedAt: ReadonlyMap<string, Date>;
};

/** Every payment that is open, and those that came within the last year, as the rules stand. */
export async function readSchedule(viewer: Viewer, standing: Standing): Promise<Schedule> {
  const { creator, today } = standing;
  const current = monthOf(today);
  const ledger = await readLedger(viewer, standing);
  const { perUsd } = await totals.rates(viewer, creator.id, ledger, creator.currency, {
    from: current,
    to: current,
  });
  const owed = await calendar.owed(viewer, creator.id, addDays(today, -LOOKS_BACK_DAYS));
  const { payouts, deals, keepsReceipts } = owed;
  const rules = paymentRulesWith(owed.written);
  return {
    dues: scheduleOf({ today, rules, payouts, deals, perUsd, keepsReceipts }),
    rules,
    keepsReceipts,
    ledger,
    recordedAt: new Map([
      ...payouts.map(({ chainId, recordedAt }) => [`payout:${chainId}`, recordedAt] as const),
      ...deals.map(({ dealId, recordedAt }) => [`deal:${dealId}`, recordedAt] as const),
    ]),
  };
}
