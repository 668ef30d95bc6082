import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Table } from "@/components/ui/table";
import { Segments } from "@/components/ui/tabs";
import * as ladders from "@/db/ladders";
import * as rules from "@/db/rules";
import { dayName, monthName } from "@/lib/format";
import { listHref, type SearchParams, textParam } from "@/lib/list-query";
import { dayOf } from "@/lib/model/month";
import { readWithholding, TAX_FORM_LABEL, TAX_FORMS } from "@/lib/model/withholding";
import { paths } from "@/lib/paths";
import { readYear } from "@/lib/server/year";
import { openCreator } from "../open-creator";
import { labelled } from "../options";
import { PayoutTabs } from "../payout-tabs";
import { Removal } from "../removal";
import { removeRule, undoRule } from "../rule-actions";
import { RuleForm } from "../rule-form";
import { RuleTable } from "../rule-table";
import { ViewerNotice } from "../viewer-notice";
import { recordWithholding } from "./actions";
import { YearTable } from "./year-table";

export const metadata: Metadata = { title: "Tax and year" };

const MOST = 500;
const YEARS_SHOWN = 6;
/** Ties the rows' buttons to their form. */
const REMOVAL = "tax-removal";

type TaxPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

export default async function TaxPage({ params, searchParams }: TaxPageProps) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Tax and year",
  );
  if (notShared) return notShared;
  const asked = await searchParams;
  const thisYear = creator.today.slice(0, 4);
  const wanted = textParam(asked, "year") ?? "";
  const chosen = /^[12]\d{3}$/.test(wanted) ? wanted : thisYear;
  const [span, year, { rows }, standing] = await Promise.all([
    ladders.span(viewer, creator.id),
    readYear(viewer, creator.id, chosen, creator.currency),
    rules.list(viewer, creator.id, { filter: { kind: "withholding" }, size: MOST }),
    rules.standingOn(viewer, creator.id, creator.today, { kind: "withholding" }),
  ]);
  const years = yearsOf(span, thisYear, chosen);
  return (
    <>
      <PageHeader
        title="Tax and year"
        note="What was earned, withheld and received in a year, for an accountant. Not tax advice."
        actions={
          <>
            {year.months.length > 0 && (
              <ButtonLink href={paths.yearCsv(creator.id, chosen)} download>
                CSV of {chosen}
              </ButtonLink>
            )}
            <Segments
              label="Year"
              tabs={years.map((each) => ({
                label: each,
                href: listHref(paths.tax(creator.id), asked, { year: each === thisYear ? null : each }),
                current: each === chosen,
              }))}
            />
          </>
        }
      />
      <PayoutTabs creatorId={creator.id} current="tax" />
      <div className="grid gap-6">
        <Card
          title={`Earned in ${chosen}`}
          note="By the months it was earned in; “received” by the day it arrived. The same cells as everywhere, to the cent."
          flush
        >
          <YearTable
            year={year}
            reporting={creator.currency}
            locale={locale}
            empty={
              <EmptyState title={`Nothing earned in ${chosen}`}>
                Payouts of the year appear here once they are logged.
              </EmptyState>
            }
          />
        </Card>
        {year.rates.length > 0 && (
          <Card title="Exchange rates used" flush>
            <Table
              caption="Exchange rates used"
              rows={year.rates}
              rowKey={({ currency, month }) => `${currency} ${month}`}
              columns={[
                { key: "month", header: "For", lead: true, cell: ({ month }) => monthName(month, locale) },
                {
                  key: "rate",
                  header: "Rate",
                  numeric: true,
                  cell: ({ currency, rate }) => `1 ${currency} = ${rate} ${creator.currency}`,
                },
                { key: "day", header: "Of", cell: ({ day }) => dayName(dayOf(day), locale) },
                { key: "source", header: "Source", cell: ({ source }) => source },
              ]}
            />
          </Card>
        )}
        {mayWrite ? (
          <Card
            title="What a platform withholds"
            note="With a form, only what viewers in that country brought is taxed; without one, everything."
          >
            <RuleForm
              name="withholding"
              action={recordWithholding}
              creatorId={creator.id}
              initialId={randomUUID()}
              today={creator.today}
              submitLabel="Save rule"
              fields={[
                { name: "country", label: "Country of the tax", defaultValue: "US" },
                { name: "form", label: "Tax form", options: labelled(TAX_FORMS, TAX_FORM_LABEL) },
                {
                  name: "rate",
                  label: "Rate (%)",
                  optional: true,
                  hint: "Left empty: 15 by treaty, 30 without one, 24 without a form.",
                },
              ]}
            />
          </Card>
        ) : (
          <ViewerNotice shared={shared} />
        )}
        {rows.length > 0 && (
          <Card title="Rules of withholding" flush>
            {mayWrite && (
              <Removal
                id={REMOVAL}
                creatorId={creator.id}
                initialId={randomUUID()}
                remove={removeRule}
                undo={undoRule}
              />
            )}
            <RuleTable
              caption="Rules of withholding"
              rows={rows}
              nameOf={({ subject }) => subject}
              wordsOf={withholdingWords}
              standing={new Set(standing.map(({ id }) => id))}
              locale={locale}
              removal={mayWrite ? REMOVAL : null}
            />
          </Card>
        )}
      </div>
    </>
  );
}

function withholdingWords({ body }: rules.Rule): string {
  const rule = readWithholding(body);
  if (!rule) return "–";
  const base = rule.form === "none" ? "everything" : "what viewers there brought";
  return `${TAX_FORM_LABEL[rule.form]}: ${rule.ratePpm / 10_000}% of ${base}`;
}

/** The latest years with anything in them, the chosen one among them, oldest first. */
function yearsOf(span: { from: string; to: string } | null, thisYear: string, chosen: string): string[] {
  const [first, last] = [
    Number(span?.from.slice(0, 4) ?? thisYear),
    Number(span?.to.slice(0, 4) ?? thisYear),
  ];
  const until = Math.max(last, Number(thisYear));
  const years = Array.from({ length: until - first + 1 }, (_, index) => String(first + index));
  return [...new Set([...years.slice(-YEARS_SHOWN), chosen])].sort();
}
