import "server-only";
import type { z } from "zod";
import { count, moneyOf, percentPpm, problem } from "@/lib/input";
import { type Makings, type MakingsSort, makingsSortOf } from "@/lib/model/makings";
import { type Currency, type Decimal, parseDecimal } from "@/lib/model/money";
import { DENOMINATORS, type Denominator } from "@/lib/model/rpm";
import type { EntryKind, Stream } from "@/lib/model/words";

type Form = Readonly<Record<string, unknown>>;

const MOST_PLACES = 10;

/**
 * How the payout came about, from the fields that its stream and kind show; others are as if they were not there.
 * Null for an entry that has none. Problems go under the names of the fields.
 */
export function makingsOf(
  ctx: z.RefinementCtx,
  form: Form,
  stream: Stream,
  kind: EntryKind,
  currency: Currency,
): Makings | null {
  const sort = makingsSortOf(stream, kind);
  return sort && READ[sort](readerOf(ctx, form, currency));
}

type Reader = ReturnType<typeof readerOf>;

const READ: Readonly<Record<MakingsSort, (read: Reader) => Makings>> = {
  share: (read) => ({
    of: "share",
    grossMinor: read.amount("gross"),
    platformPpm: read.percent("platform"),
    adjustmentMinor: read.amount("adjustment", "signed"),
    per: read.denominator("per"),
    count: read.whole("count"),
    taxableMinor: read.amount("taxable"),
  }),
  units: (read) => ({
    of: "units",
    units: read.whole("units"),
    unitPrice: read.price("unitPrice"),
    platformPpm: read.percent("platform"),
    taxableMinor: read.amount("taxable"),
  }),
  orders: (read) => ({
    of: "orders",
    clicks: read.whole("clicks"),
    orders: read.whole("orders"),
    valueMinor: read.amount("value"),
    refundedMinor: read.amount("refunded"),
    ratePpm: read.percent("rate"),
    adsValueMinor: read.amount("adsValue"),
    adsRefundedMinor: read.amount("adsRefunded"),
    adsRatePpm: read.percent("adsRate"),
    taxableMinor: read.amount("taxable"),
  }),
  withheld: (read) => ({
    of: "withheld",
    taxableMinor: read.amount("taxable"),
    ratePpm: read.percent("rate"),
    rule: read.words("rule"),
  }),
};

function readerOf(ctx: z.RefinementCtx, form: Form, currency: Currency) {
  const textOf = (name: string) => String(form[`made-${name}`] ?? "").trim();
  const by = <T>(name: string, schema: z.ZodType<T>): T | null => {
    const parsed = schema.safeParse(textOf(name));
    if (parsed.success) return parsed.data;
    problem(ctx, `made-${name}`, parsed.error.issues[0]?.message ?? "Type it again.");
    return null;
  };
  return {
    whole: (name: string) => by(name, count),
    percent: (name: string) => by(name, percentPpm),
    amount(name: string, sign: "signed" | "plain" = "plain"): bigint | null {
      const text = textOf(name);
      if (text === "") return null;
      const minor = moneyOf(ctx, text, currency, `made-${name}`);
      if (minor !== undefined && minor < 0n && sign === "plain")
        problem(ctx, `made-${name}`, "Type this amount without a minus.");
      return minor ?? null;
    },
    price(name: string): Decimal | null {
      const text = textOf(name);
      if (text === "") return null;
      // A diamond's 0.005 has three decimals far more often than thousands.
      const price = parseDecimal(text, "either", 3);
      if (price.ok && price.value.units >= 0n && price.value.scale <= MOST_PLACES) return price.value;
      problem(
        ctx,
        `made-${name}`,
        `Type the price with a point and at most ${MOST_PLACES} decimals, like 0.005.`,
      );
      return null;
    },
    denominator(name: string): Denominator | null {
      const text = textOf(name);
      const found = DENOMINATORS.find((each) => each === text) ?? null;
      if (text !== "" && !found) problem(ctx, `made-${name}`, "Choose what was counted from the list.");
      return found;
    },
    words(name: string): string | null {
      const text = textOf(name);
      if (text.length > 100 || /\p{Cc}/u.test(text))
        problem(ctx, `made-${name}`, "Use at most 100 characters, in one line.");
      return text || null;
    },
  };
}
