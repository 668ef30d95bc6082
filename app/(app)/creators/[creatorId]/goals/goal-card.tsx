import { Badge } from "@/components/ui/badge";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { count, money, monthName, percent } from "@/lib/format";
import { AT_RISK } from "@/lib/model/alerts";
import { SHARED_MISS } from "@/lib/model/goal";
import type { Month } from "@/lib/model/month";
import { STREAM_LABEL } from "@/lib/model/words";
import type { GoalStanding } from "@/lib/server/goals";
import { goalPeriod } from "../goal-period";

type GoalCardProps = {
  standing: GoalStanding;
  locale: string;
  /** The form that the Remove button belongs to; null for a viewer. */
  removal: string | null;
  editHref: string;
};

/** One goal: how far, how likely, and what each month left would need. */
export function GoalCard({ standing: { goal, outlook }, locale, removal, editHref }: GoalCardProps) {
  const { currency, stream, note } = goal;
  const { earnedMinor, goalMinor, missingMinor, monthsLeft, neededEachMinor, expectedMinor } = outlook;
  const amount = (minor: bigint) => money(minor, currency, locale);
  const period = goalPeriod(goal, locale);
  return (
    <Card
      title={`${amount(goalMinor)} in ${period}`}
      note={stream ? STREAM_LABEL[stream] : "All streams"}
      actions={
        <>
          <ChanceBadge outlook={outlook} locale={locale} />
          {removal && (
            <>
              <ButtonLink
                href={editHref}
                size="sm"
                variant="quiet"
                aria-label={`Change the goal for ${period}`}
              >
                Change
              </ButtonLink>
              <Button
                type="submit"
                form={removal}
                name="entryId"
                value={goal.id}
                size="sm"
                variant="quiet"
                aria-label={`Remove the goal for ${period}`}
              >
                Remove
              </Button>
            </>
          )}
        </>
      }
    >
      <Progress
        label="Earned"
        value={Math.min(1, Math.max(0, Number(earnedMinor) / Number(goalMinor)))}
        note={`${amount(earnedMinor)} of ${amount(goalMinor)}`}
      />
      <div className="mt-3 grid gap-1 text-sm text-muted">
        {missingMinor > 0n && neededEachMinor !== null && (
          <p>
            {amount(missingMinor)} to go: {amount(neededEachMinor)} in{" "}
            {monthsLeft === 1
              ? "the month that is left"
              : `each of the ${count(monthsLeft, locale)} months left`}
            {expectedMinor === null
              ? ". There is nothing to project them from yet."
              : `; as projected, it comes to ${amount(expectedMinor)}.`}
          </p>
        )}
        <Assumption outlook={outlook} locale={locale} />
        <Unlogged months={outlook.unlogged} locale={locale} />
        {note && <p className="wrap-anywhere">{note}</p>}
      </div>
    </Card>
  );
}

function ChanceBadge({ outlook, locale }: { outlook: GoalStanding["outlook"]; locale: string }) {
  const { missingMinor, probability, monthsLeft } = outlook;
  if (missingMinor === 0n) return <Badge tone="good">Reached</Badge>;
  if (monthsLeft === 0) return <Badge>Missed</Badge>;
  if (probability === null) return <Badge>Chance not known</Badge>;
  const tone = probability < AT_RISK ? "warn" : "neutral";
  return <Badge tone={tone}>Chance {chanceText(probability, locale)}</Badge>;
}

/** A model is never so sure as to say 0 or 100 %. */
function chanceText(probability: number, locale: string): string {
  if (probability < 0.01) return `under ${percent(0.01, locale)}`;
  if (probability > 0.99) return `over ${percent(0.99, locale)}`;
  return percent(probability, locale);
}

function Assumption({ outlook, locale }: { outlook: GoalStanding["outlook"]; locale: string }) {
  const { range, probability, missingMinor, monthsLeft } = outlook;
  if (range === null || probability === null || missingMinor === 0n || monthsLeft < 2) return null;
  const [apart, together] = range.map((each) => chanceText(each, locale));
  return (
    <p>
      The chance takes {percent(SHARED_MISS, locale)} of what one month misses its projection by to be missed
      by the others too. With months apart it would be {apart}, with all of them missing together {together}.
    </p>
  );
}

function Unlogged({ months, locale }: { months: readonly Month[]; locale: string }) {
  if (months.length === 0) return null;
  const names = months.map((month) => monthName(month, locale)).join(", ");
  return <p>Nothing is logged for {names}: that counts as nothing earned.</p>;
}
