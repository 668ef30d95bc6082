import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Table } from "@/components/ui/table";
import type { Rule } from "@/db/rules";
import { dayName } from "@/lib/format";

type RuleTableProps = {
  caption: string;
  rows: readonly Rule[];
  /** what the rule is about, and what it says of it */
  nameOf: (rule: Rule) => string;
  wordsOf: (rule: Rule) => string;
  /** ids of the rules that stand today */
  standing: ReadonlySet<string>;
  locale: string;
  /** the form of the Remove buttons; null: nobody may remove */
  removal: string | null;
};

/** Dated rules with the one that stands today marked; earlier and later ones stay beside it. */
export function RuleTable({ caption, rows, nameOf, wordsOf, standing, locale, removal }: RuleTableProps) {
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ id }) => id}
      columns={[
        {
          key: "name",
          header: "About",
          lead: true,
          cell: (rule) => (
            <span className="wrap-anywhere">
              {nameOf(rule)}
              {standing.has(rule.id) && (
                <span className="ml-1.5">
                  <Badge tone="good">Stands today</Badge>
                </span>
              )}
            </span>
          ),
        },
        {
          key: "from",
          header: "From",
          className: "figures",
          cell: ({ fromDay }) => dayName(fromDay, locale),
        },
        { key: "says", header: "Says", cell: wordsOf },
        {
          key: "source",
          header: "Source",
          cell: ({ source }) => <span className="wrap-anywhere text-muted">{source}</span>,
        },
        ...(removal
          ? [
              {
                key: "remove",
                header: "Remove",
                hideHeader: true,
                phone: "bare" as const,
                cell: (rule: Rule) => (
                  <Button
                    type="submit"
                    form={removal}
                    name="entryId"
                    value={rule.id}
                    aria-label={`Remove ${nameOf(rule)} from ${dayName(rule.fromDay, locale)}`}
                    variant="quiet"
                    size="sm"
                  >
                    Remove
                  </Button>
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
