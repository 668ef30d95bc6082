import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Money } from "@/components/money";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { type Column, Table } from "@/components/ui/table";
import * as payments from "@/db/commission-payments";
import * as commissions from "@/db/commissions";
import * as representations from "@/db/representations";
import { dayName, money } from "@/lib/format";
import { CURRENCIES } from "@/lib/model/money";
import { RowForm } from "../../../../row-form";
import { openAgency } from "../../open-agency";
import { removeCommissionPayment } from "../actions";
import { CommissionTabs } from "../commission-tabs";
import { yearOf } from "../year";
import { PaymentForm } from "./payment-form";

export const metadata: Metadata = { title: "Commission payments" };

/** Ties the rows' buttons to their form. */
const REMOVAL = "commission-payment-removal";

type PaymentsPageProps = { params: Promise<{ agencyId: string }> };

/** What reached the agency: each payment makes what is outstanding less. */
export default async function PaymentsPage({ params }: PaymentsPageProps) {
  const { viewer, agency, locale, isAdmin } = await openAgency((await params).agencyId);
  const [paid, owed, roster] = await Promise.all([
    payments.list(viewer, agency.id),
    isAdmin ? commissions.byCreator(viewer, agency.id, yearOf({}).range) : [],
    isAdmin ? representations.roster(viewer, agency.id) : [],
  ]);
  const payers = payersOf(owed, roster, locale);
  const currencies = [agency.currency, ...owed.map(({ currency }) => currency), ...CURRENCIES];
  return (
    <>
      <PageHeader
        title="Commission"
        note="What reached you. A payment goes against all that is due from the creator in its currency."
      />
      <CommissionTabs agencyId={agency.id} current="payments" />
      {isAdmin && (
        <RowForm
          id={REMOVAL}
          action={removeCommissionPayment}
          of={{ agencyId: agency.id }}
          initialId={randomUUID()}
        />
      )}
      <div className="grid gap-6">
        {isAdmin && payers.length > 0 && (
          <Card title="Record a payment">
            <PaymentForm
              agencyId={agency.id}
              initialId={randomUUID()}
              payers={payers}
              currency={agency.currency}
              currencies={[...new Set(currencies)].map((code) => ({ code }))}
              today={new Date().toISOString().slice(0, 10)}
            />
          </Card>
        )}
        <Card flush>
          {paid.length === 0 ? (
            <EmptyState title="No payment yet">
              {isAdmin
                ? "When a creator pays commission, or you keep it of money that went through your hands, record it here."
                : "Payments appear here once an admin of this agency records them."}
            </EmptyState>
          ) : (
            <Table
              caption="Payments"
              columns={paymentColumns(locale, isAdmin)}
              rows={paid}
              rowKey={({ id }) => id}
            />
          )}
        </Card>
      </div>
    </>
  );
}

function paymentColumns(locale: string, mayChange: boolean): Column<payments.Payment>[] {
  const columns: Column<payments.Payment>[] = [
    { key: "creator", header: "Creator", lead: true, cell: ({ creatorName }) => creatorName },
    { key: "day", header: "Paid on", cell: ({ paidOn }) => dayName(paidOn, locale) },
    { key: "how", header: "How", cell: ({ isWithheld }) => (isWithheld ? "Kept at source" : "Paid to us") },
    { key: "note", header: "Note", phone: "hidden", cell: ({ note }) => note },
    {
      key: "amount",
      header: "Amount",
      numeric: true,
      cell: ({ minor, currency }) => <Money minor={minor} currency={currency} locale={locale} />,
    },
  ];
  if (!mayChange) return columns;
  return [
    ...columns,
    {
      key: "remove",
      header: "Take back",
      hideHeader: true,
      phone: "bare",
      className: "text-end",
      cell: ({ id, creatorName, paidOn }) => (
        <Button
          type="submit"
          form={REMOVAL}
          name="paymentId"
          value={id}
          size="sm"
          variant="quiet"
          aria-label={`Take back the payment of ${creatorName}, ${dayName(paidOn, locale)}`}
        >
          Take back
        </Button>
      ),
    },
  ];
}

/** Those who owe something first, with what is outstanding; then the rest of the roster. */
function payersOf(
  owed: readonly commissions.OwedBy[],
  roster: readonly representations.Represented[],
  locale: string,
): { value: string; label: string }[] {
  const names = new Map<string, string>();
  for (const { creatorId, creatorName } of [...owed, ...roster]) names.set(creatorId, creatorName);
  const outstanding = (id: string) =>
    owed
      .filter(({ creatorId, outstandingMinor }) => creatorId === id && outstandingMinor > 0n)
      .map(({ outstandingMinor, currency }) => money(outstandingMinor, currency, locale));
  return [...names]
    .map(([value, name]) => ({ value, name, open: outstanding(value) }))
    .sort((a, b) => Number(b.open.length > 0) - Number(a.open.length > 0) || (a.name < b.name ? -1 : 1))
    .map(({ value, name, open }) => ({
      value,
      label: open.length > 0 ? `${name}: ${open.join(", ")} outstanding` : name,
    }));
}
