import { Button } from "@/components/ui/button";
import { Table } from "@/components/ui/table";
import type { Rule } from "@/db/rules";
import { dayName, money } from "@/lib/format";
import type { PaymentRule } from "@/lib/model/schedule-rules";
import { timingText } from "./due-words";

type PaymentRulesProps = {
  known: readonly PaymentRule[];
  own: readonly Rule[];
  /** The form that the Remove buttons belong to; null for a viewer. */
  removal: string | null;
  locale: string;
};

/** Every rule that plays a part, the creator's own first, each with its source. */
export function PaymentRules({ known, own, removal, locale }: PaymentRulesProps) {
  const idOf = (rule: PaymentRule) =>
    own.find(({ subject, fromDay }) => subject === rule.id && fromDay === rule.from)?.id;
  return (
    <Table
      caption="Rules about payment"
      rows={known}
      rowKey={(rule) => `${rule.id} ${rule.from ?? ""} ${idOf(rule) ?? ""}`}
      columns={[
        { key: "name", header: "Payments of", lead: true, cell: ({ name }) => name },
        {
          key: "from",
          header: "From",
          className: "figures",
          cell: ({ from }) => (from ? dayName(from, locale) : "Always"),
        },
        { key: "when", header: "Paid", cell: ({ timing }) => timingText(timing, locale) },
        {
          key: "minimum",
          header: "From an amount of",
          cell: ({ minimums }) =>
            minimums.length === 0
              ? "Not known"
              : minimums
                  .map(({ minor, currency, source }) => `${money(minor, currency, locale)} (${source})`)
                  .join(" or "),
        },
        {
          key: "source",
          header: "Source",
          cell: ({ source, date, grade }) => (
            <span className="wrap-anywhere text-muted">
              {source}
              {date && `, ${date}`}
              {grade !== "judgement" && ` (grade ${grade})`}
            </span>
          ),
        },
        ...(removal
          ? [
              {
                key: "remove",
                header: "Remove",
                hideHeader: true,
                phone: "bare" as const,
                cell: (rule: PaymentRule) => {
                  const id = idOf(rule);
                  return (
                    id && (
                      <Button
                        type="submit"
                        form={removal}
                        name="entryId"
                        value={id}
                        size="sm"
                        variant="quiet"
                        aria-label={`Remove the rule of ${rule.name}`}
                      >
                        Remove
                      </Button>
                    )
                  );
                },
              },
            ]
          : []),
      ]}
    />
  );
}
