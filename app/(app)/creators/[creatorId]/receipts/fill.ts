import {
  type Currency,
  currencyOf,
  divideHalfEven,
  exponentOf,
  isCurrency,
  parseDecimal,
  parseMoney,
} from "@/lib/model/money";

export type Open = { chainId: string; currency: string; openMinor: bigint };
export type Typed = { amount: string; fee: string; currency: string; rate: string };

/**
 * Hands what arrived (and the fee that was kept on the way) to the open payouts, in the order they are given,
 * until it is used up. Answers minor units by chain, in each payout's own currency. With a bank's rate it pays
 * the payouts of the first other currency, else those of its own. Empty while the amount cannot be read.
 */
export function fillOldestFirst(open: readonly Open[], typed: Typed): Map<string, bigint> {
  const filled = new Map<string, bigint>();
  const received = receivedOf(typed);
  if (!received) return filled;
  const currency =
    typed.rate === ""
      ? received.currency
      : open.find((each) => each.currency !== received.currency)?.currency;
  if (!currency || !isCurrency(currency)) return filled;
  let left =
    currency === received.currency ? received.minor : inPayoutCurrency(received, currency, typed.rate);
  for (const payout of open) {
    if (payout.currency !== currency || left <= 0n) continue;
    const part = left < payout.openMinor ? left : payout.openMinor;
    filled.set(payout.chainId, part);
    left -= part;
  }
  return filled;
}

function receivedOf({ amount, fee, currency }: Typed): { minor: bigint; currency: Currency } | null {
  if (!isCurrency(currency)) return null;
  const arrived = parseMoney(amount, currency);
  const kept = fee === "" ? ({ ok: true, value: 0n } as const) : parseMoney(fee, currency);
  if (!arrived.ok || !kept.ok || arrived.value <= 0n || kept.value < 0n) return null;
  return { minor: arrived.value + kept.value, currency };
}

/** The rate says how much of the receipt's currency one unit of the payout's is; so it divides. */
function inPayoutCurrency(
  { minor, currency }: { minor: bigint; currency: Currency },
  to: string,
  rateText: string,
): bigint {
  const rate = parseDecimal(rateText, "either", 3);
  if (!rate.ok || rate.value.units <= 0n) return 0n;
  const payout = currencyOf(to);
  const { units, scale } = rate.value;
  const top = minor * 10n ** BigInt(scale) * 10n ** BigInt(exponentOf(payout));
  return divideHalfEven(top, units * 10n ** BigInt(exponentOf(currency)));
}
