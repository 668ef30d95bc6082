import { exampleWords } from "@/lib/commission-words";
import { type Stated, termOf } from "@/lib/model/commission-terms";
import { isCurrency, parseMoney } from "@/lib/model/money";
import { type Day, isDay } from "@/lib/model/month";
import { parsePercentPpm } from "@/lib/model/percent";
import type { TermsDefaults } from "./defaults";

type Beside = { agencyId: string; agencyName: string; others: readonly Stated[]; locale: string };

/** What the terms in the form leave of 1,000.00, together with those that count; while they are incomplete, what is missing. */
export function previewOf(typed: TermsDefaults, { agencyId, agencyName, others, locale }: Beside): string {
  const { claim, payee, split, kind, base, currency, streams, dealId, fromDay } = typed;
  if (!isCurrency(currency) || !isDay(fromDay)) return "Choose a currency and a first day to see an example.";
  const parties =
    payee === "agency" ? [agencyName] : typed.parties.split("\n").flatMap((name) => name.trim() || []);
  if (parties.length === 0) return "Name who takes it to see an example.";
  const percent = kind === "percent" ? parsePercentPpm(typed.percent) : null;
  const ppm = (percent?.ok && percent.value) || null;
  const flat = kind === "flat" ? parseMoney(typed.flat, currency) : null;
  if (ppm === null && !flat?.ok) return "Type how much to see an example.";
  const terms = termOf({
    ...{ agencyId, claim: claim.trim() || "commission", parties, split: split === "full" ? "full" : "even" },
    ...{ ppm, base: base === "net" ? "net" : "gross", currency, flatMinor: flat?.ok ? flat.value : null },
    ...{ streams: dealId || streams.length === 0 ? null : streams, dealId: dealId || null },
    ...{ fromDay: fromDay as Day, toDay: null, sunsetDays: null },
  });
  const stream = streams[0] ?? "sponsorship";
  return exampleWords(
    [...others.map(termOf), terms],
    { currency, stream, dealId: dealId || null, day: fromDay as Day },
    locale,
  );
}
