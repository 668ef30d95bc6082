import { cutOf, ladderOf, type Makings } from "./makings";
import type { Currency } from "./money";
import type { EntryKind } from "./words";

export type LadderStep = {
  readonly what:
    | "gross"
    | "platform"
    | "adjustment"
    | "refunded"
    | "unexplained"
    | "credited"
    | Exclude<EntryKind, "earning" | "void">
    | "net";
  /** signed: what is taken off is negative */
  readonly minor: bigint;
  /** of the platform's step: its share of the gross */
  readonly ppm?: number;
  /** of the platform's step: not stated, but what the amount leaves */
  readonly isDerived?: boolean;
};

/** In the order in which money is taken off. */
const ABOUT = ["refund", "clawback", "adjustment", "withheld", "fee"] as const;

/**
 * A payout from its gross to its net, as far as it is known: the makings, then what is credited, then the entries
 * about it in its currency, summed by kind. Every step but "credited" and "net" is what it adds or takes off; a
 * step that does nothing is left out, and so is what the makings do not tell.
 */
export function stepsOf(
  payout: { readonly minor: bigint; readonly makings: Makings | null },
  about: readonly { readonly kind: EntryKind; readonly minor: bigint }[],
  currency: Currency,
): LadderStep[] {
  const byKind = ABOUT.map((what) => ({
    what,
    minor: about.filter(({ kind }) => kind === what).reduce((sum, { minor }) => sum + minor, 0n),
  }));
  const net = byKind.reduce((sum, { minor }) => sum + minor, payout.minor);
  return [
    ...(payout.makings ? madeOf(payout.makings, payout.minor, currency) : []),
    { what: "credited", minor: payout.minor },
    ...byKind.filter(({ minor }) => minor !== 0n),
    { what: "net", minor: net },
  ];
}

function madeOf(makings: Makings, minor: bigint, currency: Currency): LadderStep[] {
  const ladder = ladderOf(makings, currency);
  if (!ladder) return [];
  const { gross, adjustment, refunded } = ladder;
  const isDerived = ladder.platform === null;
  const platform = ladder.platform ?? minor - adjustment - refunded - gross;
  const ppm = cutOf(gross, gross + platform);
  const parts: LadderStep[] = [
    { what: "platform", minor: platform, ...(ppm !== null && { ppm }), isDerived },
    { what: "adjustment", minor: adjustment },
    { what: "refunded", minor: refunded },
    { what: "unexplained", minor: minor - (gross + platform + adjustment + refunded) },
  ];
  return [{ what: "gross", minor: gross }, ...parts.filter((part) => part.minor !== 0n)];
}
