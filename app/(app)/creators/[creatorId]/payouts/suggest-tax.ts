import "server-only";
import type { Payout } from "@/db/payouts";
import * as rules from "@/db/rules";
import { dayName, money } from "@/lib/format";
import type { Viewer } from "@/lib/model/access";
import { readMakings } from "@/lib/model/makings";
import { type Currency, decimalOf } from "@/lib/model/money";
import { dayOf } from "@/lib/model/month";
import { readWithholding, TAX_FORM_LABEL, taxBaseOf, withheldOf } from "@/lib/model/withholding";
import { percentText } from "./makings-text";

export type TaxSuggestion = {
  /** what the rule says of this payout, in one sentence */
  words: string;
  /** what the form of a withheld tax begins with; null: the rule needs a base that nobody has said */
  form: { amount: string; made: Readonly<Record<string, string>> } | null;
};

/** What the rule of the payout's last day would withhold of it; null without a rule, or once some was withheld. */
export async function suggestTax(
  viewer: Viewer,
  creatorId: string,
  payout: Payout,
  additions: readonly Payout[],
  locale: string,
): Promise<TaxSuggestion | null> {
  if (payout.kind !== "earning" || additions.some(({ kind }) => kind === "withheld")) return null;
  const standing = await rules.standingOn(viewer, creatorId, dayOf(payout.toDay), { kind: "withholding" });
  for (const { subject, body, fromDay } of standing) {
    const rule = readWithholding(body);
    if (!rule) continue;
    const currency = payout.currency as Currency;
    const taxable = readMakings(payout.makings)?.taxableMinor ?? null;
    const [base, tax] = [taxBaseOf(rule, payout.minor, taxable), withheldOf(rule, payout.minor, taxable)];
    const name = `${subject}, ${TAX_FORM_LABEL[rule.form].toLowerCase()}`;
    const rate = percentText(rule.ratePpm);
    const by = `Your rule of ${dayName(fromDay, locale)} (${name})`;
    if (base === null || tax === null)
      return {
        words: `${by} withholds ${rate}% of what viewers there brought. Add that part to the payout, under How it came about.`,
        form: null,
      };
    return {
      words: `${by} withholds ${rate}% of ${money(base, currency, locale)}: ${money(tax, currency, locale)}.`,
      form: {
        amount: decimalOf(tax, currency),
        made: { taxable: decimalOf(base, currency), rate, rule: name },
      },
    };
  }
  return null;
}
