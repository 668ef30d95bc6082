import type { Metadata } from "next";
import { MonthPicker } from "@/components/month-picker";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import * as ladders from "@/db/ladders";
import * as totals from "@/db/totals";
import * as traffic from "@/db/traffic";
import { monthName } from "@/lib/format";
import { openHref, type SearchParams, textParam } from "@/lib/list-query";
import { addMonths, isMonth, type Month, monthOf } from "@/lib/model/month";
import { namedRatesOf } from "@/lib/model/named-rates";
import { paths } from "@/lib/paths";
import { openCreator } from "../../open-creator";
import { PayoutTabs } from "../../payout-tabs";
import { DrawnTable } from "./drawn-table";
import { LadderTable } from "./ladder-table";
import { NamedRatesTable } from "./named-rates-table";
import { UnitsTable } from "./units-table";

export const metadata: Metadata = { title: "Payouts by month" };

const MONTHS_OF_HISTORY = 12;
/** Each of them has a row for every channel and format. */
const MONTHS_DRAWN = 6;

type MonthsPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

/** How a month's money came about: from gross to net, per 1,000 of everything it is paid by, and by the piece. */
export default async function MonthsPage({ params, searchParams }: MonthsPageProps) {
  const { viewer, creator, locale, shared, notShared } = await openCreator(
    (await params).creatorId,
    "figures",
    "Payouts by month",
  );
  if (notShared) return notShared;
  const asked = await searchParams;
  const span = await ladders.span(viewer, creator.id);
  const current = monthOf(creator.today);
  const month = monthAsked(textParam(asked, "month"), span, current);
  const from = addMonths(month, 1 - MONTHS_OF_HISTORY);
  const [cells, ledger, drawn] = await Promise.all([
    ladders.byMonth(viewer, creator.id, { from, to: month }),
    totals.byMonth(viewer, creator.id, { from: month, to: month }),
    traffic.byMonth(viewer, creator.id, addMonths(month, 1 - MONTHS_DRAWN), month),
  ]);
  const ofMonth = cells.filter((cell) => cell.month === month);
  const named = namedRatesOf(ledger.money, ledger.traffic, month);
  const bought = cells.filter(({ made }) => made?.units != null);
  const last = span && span.to > current ? span.to : current;
  return (
    <>
      <PageHeader
        title="Payouts by month"
        actions={
          <MonthPicker
            month={month}
            first={span && span.from < month ? span.from : month}
            last={last > month ? last : month}
            path={openHref(paths.payoutMonths(creator.id), asked, "month")}
            locale={locale}
          />
        }
      />
      <PayoutTabs creatorId={creator.id} current="months" shared={shared} />
      <div className="grid gap-6">
        <Card
          title={`From gross to net, ${monthName(month, locale)}`}
          note="Gross and share where a payout says how it came about; everything from “credited” on counts all entries."
          flush
        >
          <LadderTable
            cells={ofMonth}
            locale={locale}
            empty={
              <EmptyState title="Nothing earned in this month">
                Payouts of the month appear here once they are logged.
              </EmptyState>
            }
          />
        </Card>
        {named.length > 0 && (
          <Card
            title="The same money, per 1,000"
            note="Each by its name. They answer different questions and are never averaged."
            flush
          >
            <NamedRatesTable rows={named} locale={locale} />
          </Card>
        )}
        {bought.length > 0 && (
          <Card
            title="What viewers bought, and what arrived of it"
            note="The platform’s cut follows from your own payouts; nobody publishes it."
            flush
          >
            <UnitsTable cells={bought} locale={locale} />
          </Card>
        )}
        {drawn.length > 0 && (
          <Card
            title={`Views and what came of them, up to ${monthName(month, locale)}`}
            note="Engagement by views: likes, comments and shares over views."
            flush
          >
            <DrawnTable months={drawn} locale={locale} />
          </Card>
        )}
      </div>
    </>
  );
}

/** The month asked for, else the latest that is over and has anything, else the current one. */
function monthAsked(text: string | undefined, span: { to: Month } | null, current: Month): Month {
  if (text && isMonth(text)) return text;
  const before = addMonths(current, -1);
  return span && span.to < before ? span.to : before;
}
