import { readMakings } from "@/lib/model/makings";
import { type Currency, decimalOf, decimalText } from "@/lib/model/money";

/** By the name of the field, where it is not the name of what is kept without its unit. */
const FIELD: Readonly<Record<string, string>> = {
  grossMinor: "gross",
  adjustmentMinor: "adjustment",
  taxableMinor: "taxable",
  valueMinor: "value",
  refundedMinor: "refunded",
  adsValueMinor: "adsValue",
  adsRefundedMinor: "adsRefunded",
  platformPpm: "platform",
  ratePpm: "rate",
  adsRatePpm: "adsRate",
};

/** What was said of a payout's making, as its fields hold it; nothing of what is unknown. */
export function madeDefaults(
  json: Readonly<Record<string, unknown>> | null,
  currency: Currency,
): Readonly<Record<string, string>> {
  const { of: _of, ...said } = readMakings(json) ?? { of: null };
  return Object.fromEntries(
    Object.entries(said).flatMap(([name, value]) =>
      value === null ? [] : [[FIELD[name] ?? name, textOf(name, value, currency)]],
    ),
  );
}

const NAME: Readonly<Record<string, string>> = {
  gross: "gross",
  platform: "platform keeps %",
  adjustment: "adjustments",
  per: "paid by",
  count: "counted",
  units: "units",
  unitPrice: "price of one",
  clicks: "clicks",
  orders: "orders",
  value: "order value",
  refunded: "refunded",
  rate: "rate %",
  adsValue: "order value by ads",
  adsRefunded: "refunded by ads",
  adsRate: "rate by ads %",
  taxable: "taxable",
  rule: "rule",
};

/** The same in one line: "gross 200.00, platform keeps % 45". */
export function madeWords(json: Readonly<Record<string, unknown>> | null, currency: Currency): string {
  return Object.entries(madeDefaults(json, currency))
    .map(([name, text]) => `${NAME[name] ?? name} ${text}`)
    .join(", ");
}

function textOf(name: string, value: unknown, currency: Currency): string {
  if (typeof value === "bigint") return decimalOf(value, currency);
  if (typeof value === "object") {
    const { units, scale } = value as { units: bigint; scale: number };
    return decimalText(units, scale);
  }
  return name.endsWith("Ppm") ? percentText(Number(value)) : String(value);
}

/** 123400 parts per million as "12.34". */
export function percentText(ppm: number): string {
  return decimalText(BigInt(ppm), 4).replace(/\.?0+$/, "");
}
