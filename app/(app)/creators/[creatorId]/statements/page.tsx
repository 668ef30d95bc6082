import type { Metadata, Route } from "next";
import NextForm from "next/form";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { MonthField } from "@/components/ui/month-input";
import { PageHeader } from "@/components/ui/page-header";
import * as ladders from "@/db/ladders";
import { monthName } from "@/lib/format";
import { type SearchParams, textParam } from "@/lib/list-query";
import { type Month, monthOf, monthsFrom } from "@/lib/model/month";
import { MOST_MONTHS, rangeText, readRange } from "@/lib/model/statement";
import { paths } from "@/lib/paths";
import { openCreator } from "../open-creator";

export const metadata: Metadata = { title: "Statements" };

type StatementsPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

/** Every month, quarter and year that a statement can be of, and any other range. */
export default async function StatementsPage({ params, searchParams }: StatementsPageProps) {
  const { viewer, creator, locale, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Statements",
  );
  if (notShared) return notShared;
  const asked = await searchParams;
  const [from, to] = [textParam(asked, "from") ?? "", textParam(asked, "to") ?? ""];
  const range = readRange(`${from}..${to}`);
  if (range) redirect(paths.statement(creator.id, rangeText(range)) as Route);
  const span = await ladders.span(viewer, creator.id);
  const current = monthOf(creator.today);
  const months = span ? monthsFrom(span.from, span.to > current ? span.to : current).reverse() : [];
  const years = [...new Set(months.map((month) => month.slice(0, 4)))];
  return (
    <>
      <PageHeader
        title="Statements"
        note="A month, quarter or year in one document, right to the cent: on the screen, as PDF, workbook, CSV and JSON."
        actions={
          <span className="flex flex-wrap gap-2">
            <ButtonLink href={paths.closings(creator.id)}>Closed months</ButtonLink>
            <ButtonLink href={paths.statementSchedules(creator.id)}>Send by mail</ButtonLink>
          </span>
        }
      />
      {months.length === 0 ? (
        <Card>
          <EmptyState title="Nothing to state yet">
            Once payouts are logged, each month has a statement here.
          </EmptyState>
        </Card>
      ) : (
        <div className="grid gap-6">
          {years.map((year) => (
            <YearCard
              key={year}
              creatorId={creator.id}
              year={year}
              months={months.filter((month) => month.startsWith(year))}
              locale={locale}
            />
          ))}
          <Card title="Any other range" note={`Up to ${MOST_MONTHS} months in one statement.`}>
            <NextForm
              action={paths.statements(creator.id) as Route}
              className="flex flex-wrap items-end gap-3"
            >
              <MonthField
                name="from"
                label="From"
                defaultValue={from}
                required
                error={
                  from && !range
                    ? "Give two months, the earlier one first, such as 2026-01 and 2026-05."
                    : undefined
                }
              />
              <MonthField name="to" label="To" defaultValue={to} required />
              <Button type="submit">Open</Button>
            </NextForm>
          </Card>
        </div>
      )}
    </>
  );
}

type YearCardProps = { creatorId: string; year: string; months: readonly Month[]; locale: string };

/** Quarters that have any of the months; the newest first, as everywhere. */
function YearCard({ creatorId, year, months, locale }: YearCardProps) {
  const quarters = [4, 3, 2, 1].filter((quarter) =>
    months.some((month) => Math.ceil(Number(month.slice(5)) / 3) === quarter),
  );
  const look =
    "inline-flex h-9 items-center rounded-md border border-line px-3 text-sm hover:bg-sunken max-md:h-11";
  return (
    <Card title={year}>
      <ul className="flex flex-wrap gap-2" aria-label={`Months of ${year}`}>
        {months.map((month) => (
          <li key={month}>
            <Link
              href={paths.statement(creatorId, month) as Route}
              prefetch={false}
              aria-label={monthName(month, locale)}
              className={look}
            >
              {monthName(month, locale, "narrow")}
            </Link>
          </li>
        ))}
      </ul>
      <ul className="mt-3 flex flex-wrap gap-2" aria-label={`Quarters of ${year}, and all of it`}>
        {quarters.map((quarter) => (
          <li key={quarter}>
            <Link
              href={paths.statement(creatorId, `${year}-Q${quarter}`) as Route}
              prefetch={false}
              className={look}
            >
              Q{quarter} {year}
            </Link>
          </li>
        ))}
        <li>
          <Link href={paths.statement(creatorId, year) as Route} prefetch={false} className={look}>
            All of {year}
          </Link>
        </li>
      </ul>
    </Card>
  );
}
