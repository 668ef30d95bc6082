import { randomUUID } from "node:crypto";
import { Target } from "lucide";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import * as goals from "@/db/goals";
import { isId } from "@/lib/input";
import { type SearchParams, textParam } from "@/lib/list-query";
import { decimalOf } from "@/lib/model/money";
import { monthOf } from "@/lib/model/month";
import { STREAM_LABEL, STREAMS } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { getStanding } from "@/lib/server/creator";
import { readGoals } from "@/lib/server/goals";
import { openCreator } from "../open-creator";
import { currencyChoices, labelled } from "../options";
import { Removal } from "../removal";
import { ViewerNotice } from "../viewer-notice";
import { removeGoal, undoGoal } from "./actions";
import { GoalCard } from "./goal-card";
import { type GoalDefaults, GoalForm } from "./goal-form";

export const metadata: Metadata = { title: "Goals" };

/** Ties the cards' buttons to their form. */
const REMOVAL = "goal-removal";

type GoalsPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

export default async function GoalsPage({ params, searchParams }: GoalsPageProps) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Goals",
  );
  if (notShared) return notShared;
  const standing = await getStanding(creator.id);
  const list = await goals.list(viewer, creator.id);
  const found = await readGoals(viewer, standing, list);
  const asked = textParam(await searchParams, "change");
  const changed = isId(asked) ? list.find(({ id }) => id === asked) : undefined;
  const year = creator.today.slice(0, 4);
  const defaults: GoalDefaults = changed
    ? {
        fromMonth: changed.fromMonth,
        toMonth: changed.toMonth,
        stream: changed.stream ?? "",
        amount: decimalOf(changed.minor, changed.currency),
        currency: changed.currency,
        note: changed.note,
      }
    : {
        ...{ fromMonth: monthOf(creator.today), toMonth: `${year}-12`, stream: "", amount: "", note: "" },
        currency: creator.currency,
      };
  return (
    <>
      <PageHeader
        title="Goals"
        note="What you want to earn, how far you are, and how likely it is as the projections stand today."
      />
      {mayWrite && (
        <Removal
          id={REMOVAL}
          creatorId={creator.id}
          initialId={randomUUID()}
          remove={removeGoal}
          undo={undoGoal}
        />
      )}
      <div className="grid gap-6">
        {mayWrite ? (
          <Card
            title={changed ? "Change the goal" : "Set a goal"}
            actions={
              changed && (
                <ButtonLink href={paths.goals(creator.id)} size="sm" variant="quiet">
                  Set another one instead
                </ButtonLink>
              )
            }
          >
            <GoalForm
              creatorId={creator.id}
              initialId={randomUUID()}
              defaults={defaults}
              currencies={currencyChoices(creator.currency)}
              streams={labelled(STREAMS, STREAM_LABEL)}
              {...(changed ? { replaces: changed.id } : {})}
            />
          </Card>
        ) : (
          <ViewerNotice shared={shared} />
        )}
        {found.length === 0 ? (
          <EmptyState title="No goal yet" icon={<Icon of={Target} />}>
            {mayWrite
              ? "Say what a month or a year should bring: it stands beside what is earned and what is likely to come."
              : "Goals appear here once they are set."}
          </EmptyState>
        ) : (
          found.map((each) => (
            <GoalCard
              key={each.goal.id}
              standing={each}
              locale={locale}
              removal={mayWrite ? REMOVAL : null}
              editHref={`${paths.goals(creator.id)}?change=${each.goal.id}`}
            />
          ))
        )}
      </div>
    </>
  );
}
