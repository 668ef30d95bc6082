import "server-only";
import type { Goal } from "@/db/goals";
import type { Standing } from "@/db/revisions";
import * as totals from "@/db/totals";
import type { Viewer } from "../model/access";
import { type GoalMonth, type GoalOutlook, goalOutlook } from "../model/goal";
import { historiesOf, type Ledger, type MoneyCell } from "../model/histories";
import { addMonths, type Month, monthOf, monthsBetween, monthsFrom } from "../model/month";
import { projectStream } from "../model/projection";
import { totalOf } from "../model/total";
import { earnedOf } from "../overview";
import { readLedgerAhead, remember } from "./ledger";

export type GoalStanding = {
  readonly goal: Goal;
  readonly outlook: GoalOutlook;
  readonly months: readonly GoalMonth[];
};

/** As far as the model looks. */
const MAX_AHEAD = 36;

/** Each goal with its months: those that are over from the ledger, those to come as the model sees them today. */
export async function readGoals(
  viewer: Viewer,
  standing: Standing,
  goals: readonly Goal[],
): Promise<GoalStanding[]> {
  if (goals.length === 0) return [];
  return remember(known, JSON.stringify([standing.key, goals.map(({ id }) => id)]), () =>
    workOut(viewer, standing, goals),
  );
}

/** Projecting years ahead takes longer than reading what was said of them before. */
const known = new Map<string, Promise<GoalStanding[]>>();

async function workOut(viewer: Viewer, standing: Standing, goals: readonly Goal[]): Promise<GoalStanding[]> {
  const ledger = await readLedgerAhead(viewer, standing);
  const current = monthOf(standing.today);
  const found: GoalStanding[] = [];
  for (const goal of goals) {
    const { rates } = await totals.rates(viewer, standing.creator.id, ledger, goal.currency, {
      from: goal.fromMonth < current ? goal.fromMonth : current,
      to: current,
    });
    const months = monthsOf(
      goal,
      ledger,
      current,
      (currency, month) => rates.get(totals.rateKey(currency, month)) ?? null,
    );
    found.push({ goal, months, outlook: goalOutlook(goal.minor, months) });
  }
  return found;
}

type RateFor = (currency: MoneyCell["currency"], month: Month) => string | null;

function monthsOf(goal: Goal, ledger: Ledger, current: Month, rateFor: RateFor): GoalMonth[] {
  const concerns = ({ stream }: { readonly stream: MoneyCell["stream"] }) =>
    goal.stream === null || stream === goal.stream;
  const cells = ledger.money.filter(concerns);
  const histories = historiesOf(ledger, { asOf: current }).filter(({ history }) => concerns(history.key));
  const rates: Record<string, string> = {};
  for (const { history } of histories) {
    const { currency } = history.key;
    const rate = rateFor(currency, current) ?? rateFor(currency, addMonths(current, -1));
    if (rate !== null) rates[currency] = rate;
  }
  return monthsFrom(goal.fromMonth, goal.toMonth).map((month): GoalMonth => {
    const { minor } = earnedOf(
      cells.filter((cell) => cell.month === month),
      goal.currency,
      rateFor,
    );
    if (month < current) return { kind: "actual", month, minor };
    const horizon = monthsBetween(current, month) + 1;
    const total =
      horizon > MAX_AHEAD
        ? null
        : totalOf(
            histories.map(({ history }) => projectStream(history, month, horizon)),
            goal.currency,
            rates,
          );
    if (total === null) return { kind: "unknown", month };
    return {
      kind: "expected",
      month,
      medianMinor: total.medianMinor,
      high80Minor: total.bands[80].hi,
      soFarMinor: minor ?? 0n,
    };
  });
}
