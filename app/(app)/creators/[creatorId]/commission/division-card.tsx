import { Money } from "@/components/money";
import { Card } from "@/components/ui/card";
import { Table } from "@/components/ui/table";
import type { Division } from "@/db/commissions";

/** A year's payouts in one currency: what they bring, who takes what of it, what is left. */
export function DivisionCard({
  division,
  year,
  locale,
}: {
  division: Division;
  year: string;
  locale: string;
}) {
  const { currency, broughtMinor, shares, leftMinor } = division;
  const rows = [
    {
      key: "brought",
      what: "Payouts bring",
      who: "with refunds, tax and fees",
      minor: broughtMinor,
      due: null,
    },
    ...shares.map(({ agencyId, agencyName, claim, party, accruedMinor, dueMinor }) => ({
      key: `${agencyId} ${claim} ${party}`,
      what: claim,
      who: party === agencyName ? party : [party, agencyName].filter(Boolean).join(", by the terms of "),
      minor: -accruedMinor,
      due: dueMinor,
    })),
    { key: "left", what: "Left for you", who: "", minor: leftMinor, due: null },
  ];
  return (
    <Card title={`${year}, ${currency}`} note="Payouts by their last day." flush>
      <Table
        caption={`Who takes what of ${year} in ${currency}`}
        columns={[
          {
            key: "what",
            header: "What",
            lead: true,
            cell: ({ what, who }) => (
              <>
                <span className="first-letter:uppercase inline-block">{what}</span>
                {who && <span className="block text-xs font-normal text-muted">{who}</span>}
              </>
            ),
          },
          {
            key: "due",
            header: "Of it due",
            numeric: true,
            cell: ({ due }) => due !== null && <Money minor={due} currency={currency} locale={locale} />,
          },
          {
            key: "minor",
            header: "Amount",
            numeric: true,
            cell: ({ key, minor }) => (
              <span className={key === "left" ? "font-semibold" : undefined}>
                <Money minor={minor} currency={currency} locale={locale} />
              </span>
            ),
          },
        ]}
        rows={rows}
        rowKey={({ key }) => key}
      />
    </Card>
  );
}
