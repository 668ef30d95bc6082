import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MonthPicker } from "@/components/month-picker";
import { StatementView } from "@/components/statement-view";
import { PageHeader } from "@/components/ui/page-header";
import * as agencies from "@/db/agencies";
import * as ladders from "@/db/ladders";
import { dayName } from "@/lib/format";
import { choiceParam, type SearchParams } from "@/lib/list-query";
import { LOCALES } from "@/lib/locale";
import { dayOf, monthOf } from "@/lib/model/month";
import { rangeText, readRange } from "@/lib/model/statement";
import { paths } from "@/lib/paths";
import { readStatement } from "@/lib/server/statements";
import { rangeName } from "@/lib/statement-text";
import { openCreator } from "../../open-creator";
import { Downloads } from "../downloads";
import { LocaleForm } from "../locale-form";
import { orRefused, Refused } from "../refused";

export const metadata: Metadata = { title: "Statement" };

type StatementPageProps = {
  params: Promise<{ creatorId: string; range: string }>;
  searchParams: Promise<SearchParams>;
};

/** One statement, as it stands now: the same figures as in its files. */
export default async function StatementPage({ params, searchParams }: StatementPageProps) {
  const { creatorId, range: text } = await params;
  const { viewer, creator, locale: usual } = await openCreator(creatorId);
  const range = readRange(text);
  if (!range) notFound();
  const locale =
    choiceParam(
      await searchParams,
      "locale",
      LOCALES.map(({ code }) => code),
    ) ?? usual;
  const [statement, span, own] = await Promise.all([
    orRefused(readStatement(viewer, creator.id, range)),
    ladders.span(viewer, creator.id),
    agencies.list(viewer),
  ]);
  if (statement === null) return <Refused />;
  const current = monthOf(creator.today);
  const last = span && span.to > current ? span.to : current;
  return (
    <>
      <PageHeader
        crumbs={[{ label: "Statements", href: paths.statements(creator.id) }]}
        title={`Statement for ${rangeName(statement, locale)}`}
        note={`${creator.name}, as known on ${dayName(dayOf(statement.madeOn), locale)}. Reported in ${creator.currency}.`}
        actions={
          <span className="flex flex-wrap items-center gap-2 print:hidden">
            {range.from === range.to && (
              <MonthPicker
                month={range.from}
                first={span && span.from < range.from ? span.from : range.from}
                last={last > range.to ? last : range.to}
                path={`${paths.statements(creator.id)}/`}
                locale={locale}
              />
            )}
            <Downloads creatorId={creator.id} range={rangeText(range)} locale={locale} agencies={own} />
          </span>
        }
      />
      <StatementView statement={statement} locale={locale} />
      <LocaleForm locale={locale} />
    </>
  );
}
