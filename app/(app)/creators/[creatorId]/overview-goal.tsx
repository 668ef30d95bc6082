import type { Route } from "next";
import Link from "next/link";
import * as goals from "@/db/goals";
import type { Standing } from "@/db/revisions";
import { money, percent } from "@/lib/format";
import type { Viewer } from "@/lib/model/access";
import { monthOf } from "@/lib/model/month";
import { paths } from "@/lib/paths";
import { type GoalStanding, readGoals } from "@/lib/server/goals";
import { remember } from "@/lib/server/ledger";
import { goalPeriod } from "./goal-period";

type OverviewGoalProps = { viewer: Viewer; standing: Standing; locale: string };

/** The goal that ends first among those that hold this month, in one line. */
export async function OverviewGoal({ viewer, standing, locale }: OverviewGoalProps) {
  const { creator, today } = standing;
  const found = await remember(nearest, standing.key, async () => {
    const goal = (await goals.list(viewer, creator.id, { on: monthOf(today) })).at(-1);
    return (await readGoals(viewer, standing, goal ? [goal] : []))[0] ?? null;
  });
  if (!found) return null;
  const { goal, outlook } = found;
  const amount = (minor: bigint) => money(minor, goal.currency, locale);
  const { probability, missingMinor } = outlook;
  return (
    <p className="text-sm text-muted">
      <Link href={paths.goals(creator.id) as Route} prefetch={false} className="link">
        Goal for {goalPeriod(goal, locale)}
      </Link>
      : {amount(outlook.earnedMinor)} of {amount(outlook.goalMinor)}
      {missingMinor === 0n
        ? ", reached."
        : probability === null
          ? "."
          : `, with a chance of ${percent(probability, locale)}.`}
    </p>
  );
}

const nearest = new Map<string, Promise<GoalStanding | null>>();
