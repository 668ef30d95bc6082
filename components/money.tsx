import { money, rpm } from "@/lib/format";
import type { Currency } from "@/lib/model/money";
import { DENOMINATOR_LABEL, type Denominator } from "@/lib/model/rpm";

type MoneyProps = { minor: bigint | null | undefined; currency: Currency; locale: string; signed?: boolean };

/** An amount on the screen: exact, tabular, never wrapped. A missing one is read as "no data". */
export function Money({ minor, currency, locale, signed = false }: MoneyProps) {
  if (minor === null || minor === undefined) return <Missing />;
  return <span className="figures">{money(minor, currency, locale, signed ? "always" : "negative")}</span>;
}

type RpmProps = {
  /** Exact decimal text of lib/model/rpm, or the model's own number; whole units of the currency. */
  value: string | number | null | undefined;
  /** Always named: money per 1,000 of what. */
  per: Denominator;
  currency: Currency;
  locale: string;
};

/** Money per 1,000 of a named denominator. */
export function Rpm({ value, per, currency, locale }: RpmProps) {
  if (value === null || value === undefined) return <Missing />;
  return (
    <span className="figures">
      {rpm(value, currency, locale)}
      <span className="ml-1 text-xs font-normal text-muted">per 1,000 {DENOMINATOR_LABEL[per]}</span>
    </span>
  );
}

/** A value that is not there; zero has its own figure. */
export function Missing({ word = "no data" }: { word?: string }) {
  return (
    <span className="text-muted">
      <span aria-hidden="true">–</span>
      <span className="sr-only">{word}</span>
    </span>
  );
}
