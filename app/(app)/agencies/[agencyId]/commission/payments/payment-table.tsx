"use client";

import { useActionState } from "react";
import { Money } from "@/components/money";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Column, Table } from "@/components/ui/table";
import { ToastOn } from "@/components/ui/toast";
import { dayName } from "@/lib/format";
import { IDLE } from "@/lib/model/action-state";
import type { Currency } from "@/lib/model/money";
import type { Day } from "@/lib/model/month";
import { removeCommissionPayment } from "../actions";

type ListedPayment = {
  id: string;
  creatorName: string;
  paidOn: Day;
  minor: bigint;
  currency: Currency;
  isWithheld: boolean;
  note: string;
  /** of the row that takes this one back */
  newId: string;
};

type PaymentTableProps = {
  agencyId: string;
  rows: readonly ListedPayment[];
  locale: string;
  mayChange: boolean;
};

/** What was paid, newest first; a payment that was no payment is taken back. */
export function PaymentTable({ agencyId, rows, locale, mayChange }: PaymentTableProps) {
  const [removed, remove] = useActionState(removeCommissionPayment, IDLE);
  const said = removed.status === "idle" ? null : removed;
  const columns: readonly Column<ListedPayment>[] = [
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
    ...(mayChange
      ? [
          {
            key: "remove",
            header: "Take back",
            hideHeader: true,
            phone: "bare" as const,
            className: "text-end",
            cell: ({ id, newId, creatorName, paidOn }: ListedPayment) => (
              <form action={remove}>
                <input type="hidden" name="agencyId" value={agencyId} />
                <input type="hidden" name="id" value={newId} />
                <input type="hidden" name="paymentId" value={id} />
                <SubmitButton
                  variant="quiet"
                  size="sm"
                  aria-label={`Take back the payment of ${creatorName}, ${dayName(paidOn, locale)}`}
                >
                  Take back
                </SubmitButton>
              </form>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <Table caption="Payments" columns={columns} rows={rows} rowKey={({ id }) => id} />
      <ToastOn
        of={said}
        message={said?.message ?? ""}
        tone={said?.status === "invalid" ? "error" : "success"}
      />
    </>
  );
}
