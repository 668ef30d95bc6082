import { ChartLine } from "lucide";
import type { Metadata } from "next";
import { ErrorBars } from "@/components/charts/error-bars";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Segments } from "@/components/ui/tabs";
import { ACCURACY_RANGES } from "@/lib/accuracy";
import { dayName, monthName } from "@/lib/format";
import { listHref, openHref, type SearchParams } from "@/lib/list-query";
import { addMonths, type Day, firstDay, monthOf } from "@/lib/model/month";
import { lastJudged } from "@/lib/model/restated";
import { pack } from "@/lib/packed";
import { paths } from "@/lib/paths";
import { getStanding } from "@/lib/server/creator";
import { openCreator } from "../../open-creator";
import { StreamMenu } from "../../stream-menu";
import { ProjectionTabs } from "../projection-tabs";
import { choiceOf, type AccuracyPage as Page, readAccuracy } from "./accuracy-data";
import { CalculatorTable } from "./calculator-table";
import { RestatedTable } from "./restated-table";
import { ScoreTable } from "./score-table";

export const metadata: Metadata = { title: "Accuracy" };

type AccuracyPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

/** How well this creator's months were projected, the bad news like the good. */
export default async function AccuracyPage({ params, searchParams }: AccuracyPageProps) {
  const { viewer, creator, locale, mayWrite, notShared } = await openCreator(
    (await params).creatorId,
    "figures",
    "Accuracy",
  );
  if (notShared) return notShared;
  const asked = await searchParams;
  const choice = choiceOf(asked);
  const standing = await getStanding(creator.id);
  const page = await readAccuracy(viewer, standing, choice, locale);
  const path = paths.accuracy(creator.id);

  return (
    <>
      <PageHeader
        title="Accuracy"
        note={page && `Judged: ${spanOf(page, locale)}. ${nextOne(standing.today, locale)}`}
        actions={
          <Segments
            label="Months judged"
            tabs={ACCURACY_RANGES.map((range) => ({
              href: listHref(path, asked, { months: range === 12 ? null : String(range) }),
              label: range === "all" ? "All" : `${range} months`,
              current: choice.months === range,
            }))}
          />
        }
      />
      <ProjectionTabs creatorId={creator.id} current="accuracy" />
      {page ? (
        <Scores page={page} subjectPath={openHref(path, asked, "subject")} locale={locale} />
      ) : (
        <EmptyState
          title="No month to judge yet"
          icon={<Icon of={ChartLine} />}
          actions={
            mayWrite && (
              <>
                <ButtonLink href={paths.newPayout(creator.id)} variant="primary">
                  Log a payout
                </ButtonLink>
                <ButtonLink href={paths.imports(creator.id)}>Import a file</ButtonLink>
              </>
            )
          }
        >
          A month is judged two months after it began, when its payouts have mostly settled. It takes its
          payouts and its views.
        </EmptyState>
      )}
    </>
  );
}

function Scores({ page, subjectPath, locale }: { page: Page; subjectPath: string; locale: string }) {
  const { subjects, lumpy, chosen, chart } = page.accuracy;
  const judged = subjects.filter(({ kept, reconstructed }) => kept.restated ?? reconstructed.restated);
  return (
    <div className="grid gap-5">
      <ErrorBars
        title={`${chosen.label}: how far off each month was`}
        data={pack(chart)}
        actions={judged.length > 1 && <StreamMenu streams={judged} chosen={chosen.id} path={subjectPath} />}
      />
      <ScoreTable origin="kept" subjects={subjects} locale={locale} />
      <ScoreTable origin="reconstructed" subjects={subjects} locale={locale} />
      <div className="grid max-w-3xl gap-2 px-5 text-sm text-muted max-md:px-4">
        <p>
          Of a stream its rate is judged, of the total its money. “In 80%” counts the months inside the band
          that was shown before the month, “Off, shown” how far off they typically were; “Off, at traffic” is
          what the same rates make of the traffic that came. The last three columns compare that second error
          with simple rules at the same traffic: repeat last month, repeat the last three months, or take the
          published rate the model began with.
        </p>
        <p>
          A stream without an entry in a month is left out of both sides of that month's total: missing is not
          zero.
          {lumpy.length > 0 &&
            ` Not judged by themselves, because their money comes in lumps: ${lumpy.join("; ")}.`}
        </p>
      </div>
      <RestatedTable subjects={subjects} locale={locale} />
      <CalculatorTable subjects={subjects} locale={locale} />
    </div>
  );
}

function spanOf({ window: { from, to } }: Page, locale: string): string {
  return from === to ? monthName(from, locale) : `${monthName(from, locale)} to ${monthName(to, locale)}`;
}

function nextOne(today: Day, locale: string): string {
  const current = monthOf(today);
  const next = addMonths(lastJudged(current), 1);
  return `${monthName(next, locale)} follows on ${dayName(firstDay(addMonths(current, 1)), locale)}.`;
}
