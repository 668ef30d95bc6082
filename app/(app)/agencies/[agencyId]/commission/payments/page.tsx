import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import * as payments from "@/db/commission-payments";
import * as commissions from "@/db/commissions";
import * as representations from "@/db/representations";
import { money } from "@/lib/format";
import { CURRENCIES } from "@/lib/model/money";
import { openAgency } from "../../open-agency";
import { CommissionTabs } from "../commission-tabs";
import { yearOf } from "../year";
import { PaymentForm } from "./payment-form";
import { PaymentTable } from "./payment-table";

export const metadata: Metadata = { title: "Commission payments" };

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
            <PaymentTable
              agencyId={agency.id}
              rows={paid.map(({ id, creatorName, paidOn, minor, currency, isWithheld, note }) => ({
                ...{ id, creatorName, paidOn, minor, currency, isWithheld, note, newId: randomUUID() },
              }))}
              locale={locale}
              mayChange={isAdmin}
            />
          )}
        </Card>
      </div>
    </>
  );
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
