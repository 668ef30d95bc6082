import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { MonthPicker } from "@/components/month-picker";
import { StatementView } from "@/components/statement-view";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import * as agencies from "@/db/agencies";
import * as ladders from "@/db/ladders";
import { AppError } from "@/lib/errors";
import { dayName, instant } from "@/lib/format";
import { choiceParam, type SearchParams } from "@/lib/list-query";
import { LOCALES } from "@/lib/locale";
import { canManage } from "@/lib/model/access";
import { dayOf, monthOf } from "@/lib/model/month";
import { rangeText, readRange } from "@/lib/model/statement";
import { paths } from "@/lib/paths";
import { tellStatement } from "@/lib/server/statements";
import { rangeName } from "@/lib/statement-text";
import { openCreator } from "../../open-creator";
import { orRefused, Refused } from "../../statement-refused";
import { Downloads } from "../downloads";
import { LocaleForm } from "../locale-form";

export const metadata: Metadata = { title: "Statement" };

type StatementPageProps = {
  params: Promise<{ creatorId: string; range: string }>;
  searchParams: Promise<SearchParams>;
};

/** One statement, as it was closed or as it stands now: the same figures as in its files. */
export default async function StatementPage({ params, searchParams }: StatementPageProps) {
  const { creatorId, range: text } = await params;
  const { viewer, creator, locale: usual, notShared } = await openCreator(creatorId, "all", "Statement");
  if (notShared) return notShared;
  const range = readRange(text);
  if (!range) notFound();
  const locale =
    choiceParam(
      await searchParams,
      "locale",
      LOCALES.map(({ code }) => code),
    ) ?? usual;
  const [told, span, own] = await Promise.all([
    orRefused(tellStatement(viewer, creator.id, range)),
    ladders.span(viewer, creator.id),
    agencies.list(viewer),
  ]);
  if (told instanceof AppError) return <Refused error={told} />;
  const { statement, closing } = told;
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
            {range.from === range.to && range.to < current && (
              <ButtonLink href={paths.closing(creator.id, range.to)}>
                {closing ? "Closed" : "Close month"}
                {closing && <span className="sr-only">: see how</span>}
              </ButtonLink>
            )}
            {canManage(creator.role) && (
              <ButtonLink href={paths.shares(creator.id, rangeText(range))}>Share</ButtonLink>
            )}
            <Downloads creatorId={creator.id} range={rangeText(range)} locale={locale} agencies={own} />
          </span>
        }
      />
      {closing && (
        <Notice tone="success" title="This month is closed" className="mb-6">
          Closed {instant(closing.closedAt, locale, creator.timeZone)}, revision {closing.revision}: the
          figures stay as they are here. Checksum of the JSON file (SHA-256):{" "}
          <code className="break-all">{closing.sha256}</code>
        </Notice>
      )}
      <StatementView statement={statement} locale={locale} />
      <LocaleForm locale={locale} />
    </>
  );
}
