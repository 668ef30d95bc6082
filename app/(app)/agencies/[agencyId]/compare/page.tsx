import { Users } from "lucide";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { MonthPicker } from "@/components/month-picker";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Segments } from "@/components/ui/tabs";
import { COMPARE_FIGURE_LABEL, COMPARE_FIGURES, linesOf } from "@/lib/compare";
import { listOf } from "@/lib/format";
import { choiceParam, listHref, openHref, type SearchParams } from "@/lib/list-query";
import { addMonths, monthOf } from "@/lib/model/month";
import { paths } from "@/lib/paths";
import { comparedIds, rosterQuery } from "@/lib/roster-query";
import { agencyToday, readComparison } from "@/lib/server/roster";
import { openAgency } from "../open-agency";
import { LinesChart } from "./lines-chart";

export const metadata: Metadata = { title: "Compare creators" };

type ComparePageProps = { params: Promise<{ agencyId: string }>; searchParams: Promise<SearchParams> };

const REACH_MONTHS = 60;

export default async function ComparePage({ params, searchParams }: ComparePageProps) {
  const { viewer, agency, locale } = await openAgency((await params).agencyId);
  const today = agencyToday();
  const given = await searchParams;
  const ids = comparedIds(given);
  const { month } = rosterQuery(given, today);
  const figure = choiceParam(given, "figure", COMPARE_FIGURES) ?? "earned";
  const { currency, rows, outliers } = await readComparison(viewer, agency.id, ids, month, today, locale);
  const crumbs = [{ href: paths.roster(agency.id), label: "Roster" }];
  if (rows.length < 2)
    return (
      <>
        <PageHeader title="Compare creators" crumbs={crumbs} />
        <Card flush>
          <EmptyState
            icon={<Icon of={Users} />}
            title="Two to six creators"
            actions={
              <ButtonLink href={paths.roster(agency.id)} variant="primary">
                Choose them in the roster
              </ButtonLink>
            }
          >
            Tick the boxes before their names, then press Compare.
          </EmptyState>
        </Card>
      </>
    );

  const base = paths.rosterCompare(agency.id);
  const asked: SearchParams = {
    creators: rows.map(({ creator }) => creator.creatorId).join("."),
    month: given.month,
    figure: given.figure,
  };
  const partly = rows.filter(({ shares }) => shares !== "all").map(({ creator }) => creator.name);
  const data = linesOf(rows, figure, { currency, locale });
  const silent = data.lines
    .filter(({ marks }) => marks.every((mark) => mark === null))
    .map(({ name }) => name);
  const current = monthOf(today);
  return (
    <>
      <PageHeader
        title="Compare creators"
        crumbs={crumbs}
        actions={
          <MonthPicker
            month={month}
            first={addMonths(current, -REACH_MONTHS)}
            last={current}
            path={openHref(base, asked, "month")}
            locale={locale}
          />
        }
      />
      <div className="grid gap-5">
        <LinesChart
          title={`${COMPARE_FIGURE_LABEL[figure]}, 12 months`}
          data={data}
          actions={
            <Segments
              label="What is compared"
              tabs={COMPARE_FIGURES.map((each) => ({
                href: listHref(base, asked, { figure: each === "earned" ? null : each }),
                label: COMPARE_FIGURE_LABEL[each],
                current: figure === each,
              }))}
            />
          }
        />
        {silent.length > 0 && (
          <p className="text-sm text-muted">
            {listOf(silent, locale)} {silent.length === 1 ? "has" : "have"} no line: none of these twelve
            months has such a figure in sight, or there is no exchange rate into {currency}.
          </p>
        )}
        {partly.length > 0 && (
          <p className="text-sm text-muted">
            {listOf(partly, locale)} {partly.length === 1 ? "shows" : "show"} you a part only: what is not
            shared is in no line, and there is no eRPM.
          </p>
        )}
        <Card title="Who stands out">
          <ul className="grid gap-2 text-sm">
            {outliers.map(({ creatorId, name, sentences }) => (
              <li key={creatorId}>
                <Link href={paths.overview(creatorId) as Route} className="link font-medium" prefetch={false}>
                  {name}
                </Link>
                : {sentences.join("; ")}.
              </li>
            ))}
            {outliers.length === 0 && (
              <li className="text-muted">
                Nobody: whoever has a projection and logged the month in full earned within its 80% band.
              </li>
            )}
          </ul>
        </Card>
      </div>
    </>
  );
}
