import { randomUUID } from "node:crypto";
import { CalendarCheck } from "lucide";
import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Table } from "@/components/ui/table";
import * as calendar from "@/db/calendar";
import * as rules from "@/db/rules";
import { instant, money, monthName } from "@/lib/format";
import { type Month, monthOf } from "@/lib/model/month";
import type { Due } from "@/lib/model/schedule";
import { PAYMENT_RULES } from "@/lib/model/schedule-rules";
import { paths } from "@/lib/paths";
import { getStanding } from "@/lib/server/creator";
import { address } from "@/lib/server/mail";
import { readSchedule } from "@/lib/server/schedule";
import { linkOf } from "@/lib/server/secrets";
import { openCreator } from "../open-creator";
import { currencyChoices } from "../options";
import { Removal } from "../removal";
import { removePaymentRule, undoPaymentRule } from "./actions";
import { arrivals } from "./arrivals";
import { FeedList, PaymentRuleForm, ShareForm } from "./calendar-forms";
import { DueList } from "./due-list";
import { PaymentRules } from "./payment-rules";

export const metadata: Metadata = { title: "Payment calendar" };

/** Ties the rows' buttons to their form. */
const REMOVAL = "payment-rule-removal";

export default async function CalendarPage({ params }: { params: Promise<{ creatorId: string }> }) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Payment calendar",
  );
  if (notShared) return notShared;
  // The address works without signing in, so it is made by those who belong to the creator.
  const maySubscribe = mayWrite && shared === null;
  const standing = await getStanding(creator.id);
  const [{ dues, keepsReceipts, rules: known }, own, feeds] = await Promise.all([
    readSchedule(viewer, standing),
    rules.list(viewer, creator.id, { filter: { kind: "payment" }, size: 100 }),
    maySubscribe ? calendar.listFeeds(viewer, creator.id) : [],
  ]);
  const late = dues.filter(({ state }) => state === "late");
  const dated = dues.filter(isDated);
  const waiting = dues.filter(
    ({ state }) => state === "below_minimum" || state === "on_request" || state === "no_date",
  );
  const look = { creatorId: creator.id, locale };
  const rows = arrivals(dues);
  return (
    <>
      <PageHeader
        title="Payment calendar"
        note="When earned money should come, by the platforms' rules and your deals' terms."
      />
      <div className="grid gap-6">
        {!keepsReceipts && dues.length > 0 && (
          <Notice title="Nothing can be called late yet">
            Log what arrives under Receipts: without one, what has not come cannot be told from what was not
            logged.
          </Notice>
        )}
        {late.length > 0 && (
          <Card title="Late" note="Their last day has passed. Log the receipt if the money has come.">
            <DueList label="Late payments" dues={late} {...look} />
          </Card>
        )}
        {dues.length === 0 && (
          <EmptyState title="Nothing is on its way" icon={<Icon of={CalendarCheck} />}>
            Payouts and deals appear here once they are logged, with the days on which they should be paid.
          </EmptyState>
        )}
        {byMonth(dated).map(([month, list]) => (
          <Card key={month} title={monthName(month, locale)} note={sumOf(list, locale)}>
            <DueList label={`Payments of ${monthName(month, locale)}`} dues={list} {...look} />
          </Card>
        ))}
        {waiting.length > 0 && (
          <Card
            title="Without a day"
            note="Too little to be paid out yet, paid when you ask for it, or by no known rule."
          >
            <DueList label="Payments without a day" dues={waiting} {...look} />
          </Card>
        )}
        {rows.length > 0 && (
          <Card title="Expected and received" note="By the month in which it should have come." flush>
            <Table
              caption="Expected and received"
              rows={rows}
              rowKey={({ month, currency }) => `${month} ${currency}`}
              columns={[
                { key: "month", header: "Month", lead: true, cell: ({ month }) => monthName(month, locale) },
                {
                  key: "due",
                  header: "Expected",
                  numeric: true,
                  cell: (row) => money(row.dueMinor, row.currency, locale),
                },
                {
                  key: "in",
                  header: "Received",
                  numeric: true,
                  cell: (row) => money(row.receivedMinor, row.currency, locale),
                },
                {
                  key: "open",
                  header: "Open",
                  numeric: true,
                  cell: (row) => money(row.openMinor, row.currency, locale),
                },
              ]}
            />
          </Card>
        )}
        {maySubscribe && (
          <Card
            title="In your own calendar"
            note="A secret address that calendar programs read. It shows what is due, and works until you revoke it."
          >
            <div className="grid gap-6">
              {feeds.length > 0 && (
                <FeedList
                  creatorId={creator.id}
                  feeds={feeds.map(({ id, label, amounts, recordedAt }) => ({
                    ...{ id, label, amounts },
                    url: address(paths.calendarFeed(creator.id, linkOf("calendar", id).token)),
                    since: instant(recordedAt, locale, creator.timeZone),
                  }))}
                />
              )}
              <ShareForm creatorId={creator.id} initialId={randomUUID()} />
            </div>
          </Card>
        )}
        <Card
          title="By these rules"
          note="As the platforms are said to pay. A rule of yours takes the place of theirs from its day on."
          flush
        >
          {mayWrite && (
            <Removal
              id={REMOVAL}
              creatorId={creator.id}
              initialId={randomUUID()}
              remove={removePaymentRule}
              undo={undoPaymentRule}
            />
          )}
          <PaymentRules known={known} own={own.rows} removal={mayWrite ? REMOVAL : null} locale={locale} />
        </Card>
        {mayWrite && (
          <Card title="Write a rule down">
            <PaymentRuleForm
              creatorId={creator.id}
              initialId={randomUUID()}
              today={creator.today}
              currency={creator.currency}
              subjects={PAYMENT_RULES.map(({ id, name }) => ({ value: id, label: name }))}
              currencies={currencyChoices(creator.currency, "USD")}
            />
          </Card>
        )}
      </div>
    </>
  );
}

function isDated({ state }: Due): boolean {
  return state === "accruing" || state === "accrued" || state === "final" || state === "expected";
}

/** By the month of the first day on which each is expected; what accrues without a day stands under its own. */
function byMonth(dues: readonly Due[]): [Month, Due[]][] {
  const months = new Map<Month, Due[]>();
  for (const due of dues) {
    const month = monthOf(due.expectedOn?.first ?? due.earned.last);
    months.set(month, [...(months.get(month) ?? []), due]);
  }
  return [...months].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** "$120.00 and €30.00": currencies never add. */
function sumOf(dues: readonly Due[], locale: string): string {
  const sums = new Map<Due["currency"], bigint>();
  for (const { currency, openMinor } of dues) sums.set(currency, (sums.get(currency) ?? 0n) + openMinor);
  return [...sums].map(([currency, minor]) => money(minor, currency, locale)).join(" and ");
}
