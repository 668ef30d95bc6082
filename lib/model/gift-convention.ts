/**
 * What a gift is said to be worth, while nobody has logged the money. No platform states a rate: other people's
 * tables agree on 2 coins = 1 diamond and 200 diamonds = 1 dollar (itechpost.com, 2021-09-03), so it is shown as
 * "convention, not official" and replaced by a dated rule, or by the cut that one's own payouts give.
 */
import { type Currency, currencyOf, divideHalfEven, exponentOf, isCurrency } from "./money";

export type GiftConvention = {
  /** coins that viewers pay for one diamond */
  readonly coinsPerUnit: number;
  /** diamonds that make one whole unit of the currency */
  readonly unitsPerMoney: number;
  readonly currency: Currency;
};

export const GIFT_CONVENTION: GiftConvention = {
  coinsPerUnit: 2,
  unitsPerMoney: 200,
  currency: currencyOf("USD"),
};
export const CONVENTION_WORDS = "convention, not official";

/** Minor units of the convention's currency for a number of coins, half to even. */
export function worthOfCoins(coins: bigint, convention: GiftConvention = GIFT_CONVENTION): bigint {
  const { coinsPerUnit, unitsPerMoney, currency } = convention;
  return divideHalfEven(
    coins * 10n ** BigInt(exponentOf(currency)),
    BigInt(coinsPerUnit) * BigInt(unitsPerMoney),
  );
}

/** A rule of kind "convention" as it was kept; null for what is not one. */
export function readConvention(body: Readonly<Record<string, unknown>>): GiftConvention | null {
  const { coinsPerUnit, unitsPerMoney, currency } = body;
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;
  if (!isCount(coinsPerUnit) || !isCount(unitsPerMoney)) return null;
  return typeof currency === "string" && isCurrency(currency)
    ? { coinsPerUnit, unitsPerMoney, currency }
    : null;
}
