import { TermsFacts } from "@/components/commission/terms-facts";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import type * as commissionTerms from "@/db/commission-terms";
import { exampleWords } from "@/lib/commission-words";
import { termOf } from "@/lib/model/commission-terms";
import type { Currency } from "@/lib/model/money";
import { AnswerForm } from "./answer-form";

type TermsCardsProps = {
  creator: { id: string; currency: Currency };
  terms: readonly commissionTerms.Terms[];
  locale: string;
};

/** What waits for the owner's answer, with what it would leave; then what counts. */
export function TermsCards({ creator, terms, locale }: TermsCardsProps) {
  const waiting = terms.filter(({ state, endedOn }) => state === "proposed" && !endedOn);
  const standing = terms.filter(({ state }) => state === "accepted");
  const leaves = (proposed: commissionTerms.Terms) => {
    const beside = standing.filter(({ id, endedOn }) => id !== proposed.replaces && !endedOn);
    const of = {
      currency: proposed.currency ?? creator.currency,
      stream: proposed.streams?.[0] ?? "sponsorship",
      dealId: proposed.dealId,
      day: proposed.fromDay,
    } as const;
    return exampleWords([...beside, proposed].map(termOf), of, locale);
  };
  return (
    <>
      {waiting.length > 0 && (
        <Card
          title="Waiting for your answer"
          note="Accepted terms count from their first day, also for what was earned before today. With them the agency sees its commission on each payout they cover."
        >
          <ul className="grid gap-5">
            {waiting.map((each) => (
              <li key={each.id} className="grid gap-2">
                <div className="flex flex-wrap items-start justify-between gap-3">
                  <TermsFacts terms={each} locale={locale} />
                  <div className="flex gap-2">
                    <AnswerForm
                      creatorId={creator.id}
                      agencyId={each.agencyId}
                      termId={each.id}
                      claim={each.claim}
                    />
                  </div>
                </div>
                <p className="rounded-md bg-sunken p-3 text-sm">
                  {each.replaces && "In place of what counts now. "}
                  {leaves(each)}
                </p>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {standing.length > 0 && (
        <Card title="Terms that count">
          <ul className="grid gap-4">
            {standing.map((each) => (
              <li key={each.id} className="flex flex-wrap items-start justify-between gap-3">
                <TermsFacts terms={each} locale={locale} />
                <div className="flex items-center gap-2 text-sm text-muted">
                  {each.agencyName}
                  {each.endedOn && <Badge>Ended</Badge>}
                </div>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}
