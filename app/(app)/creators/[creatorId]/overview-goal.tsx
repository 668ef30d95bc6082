import type { Route } from "next";
import Link from "next/link";
import { money, percent } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { GoalStanding } from "@/lib/server/goals";
import { goalPeriod } from "./goal-period";

type OverviewGoalProps = { standing: GoalStanding | null; creatorId: string; locale: string };

/** The goal that ends first among those that hold this month, in one line. */
export function OverviewGoal({ standing, creatorId, locale }: OverviewGoalProps) {
  if (!standing) return null;
  const { goal, outlook } = standing;
  const amount = (minor: bigint) => money(minor, goal.currency, locale);
  const { probability, missingMinor } = outlook;
  return (
    <p className="text-sm text-muted">
      <Link href={paths.goals(creatorId) as Route} prefetch={false} className="link">
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
