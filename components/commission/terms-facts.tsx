import { partyWords, type Rate, rateWords, scopeWords, timeWords } from "@/lib/commission-words";
import type { Currency } from "@/lib/model/money";
import type { Day } from "@/lib/model/month";
import type { Stream } from "@/lib/model/words";

export type ShownTerms = Rate & {
  readonly claim: string;
  readonly parties: readonly string[];
  readonly split: "even" | "full";
  readonly currency: Currency | null;
  readonly streams: readonly Stream[] | null;
  readonly dealId: string | null;
  readonly brand?: string | null;
  readonly fromDay: Day;
  readonly toDay: Day | null;
  readonly sunsetDays: number | null;
  readonly note: string;
};

/** One claim in words: how much, to whom, of what, when. */
export function TermsFacts({ terms, locale }: { terms: ShownTerms; locale: string }) {
  return (
    <div className="min-w-0 text-sm">
      <p className="font-medium">
        <span className="capitalize">{terms.claim}</span>: {rateWords(terms, terms.currency, locale)}
      </p>
      <p className="text-muted">
        To {partyWords(terms, locale)}. {scopeWords(terms, locale)}. {timeWords(terms, locale)}.
      </p>
      {terms.note && <p className="mt-1 whitespace-pre-line">{terms.note}</p>}
    </div>
  );
}
