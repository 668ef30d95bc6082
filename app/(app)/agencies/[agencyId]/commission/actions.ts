"use server";

import { z } from "zod";
import * as payments from "@/db/commission-payments";
import * as commissionTerms from "@/db/commission-terms";
import {
  currency,
  day,
  id,
  line,
  moneyOf,
  note,
  optionalDay,
  optionalId,
  percentPpm,
  problem,
  typed,
} from "@/lib/input";
import { COMMISSION_PAYEES, STREAMS } from "@/lib/model/words";
import { action } from "@/lib/server/action";
import { queueLetters } from "@/lib/server/letters";

const wanted = Object.fromEntries(STREAMS.map((stream) => [`stream-${stream}`, typed]));

const terms = z
  .object({
    agencyId: id,
    id,
    representationId: id,
    replaces: optionalId,
    claim: line("Name what it is for, like management.", 60),
    payee: z.enum(COMMISSION_PAYEES, "Choose who takes it."),
    parties: note,
    split: z.enum(["even", "full"], "Choose whether they share it, or each take it whole.").default("even"),
    kind: z.enum(["percent", "flat"], "Choose a percentage or a flat amount."),
    percent: percentPpm,
    base: z.enum(["gross", "net"], "Choose gross or net.").default("gross"),
    flat: typed,
    currency,
    dealId: optionalId,
    fromDay: day,
    toDay: optionalDay,
    sunset: typed,
    note,
    ...wanted,
  })
  .transform((form, ctx) => {
    const { agencyId, parties, kind, percent, base, flat, currency, sunset, ...rest } = form;
    const { id, representationId, replaces, claim, payee, split, dealId, fromDay, toDay, note } = rest;
    const chosen = STREAMS.filter((stream) => rest[`stream-${stream}` as keyof typeof rest]);
    const isPercent = kind === "percent";
    const flatMinor = isPercent ? null : moneyOf(ctx, flat, currency, "flat");
    if (isPercent && !percent) problem(ctx, "percent", "Type a percentage above 0, up to 100.");
    if (sunset !== "" && !/^\d{1,4}$/.test(sunset))
      problem(ctx, "sunset", "Type a number of days, like 90, or leave it empty.");
    return {
      agencyId,
      terms: {
        ...{ id, representationId, replaces, claim, payee, split, dealId, fromDay, toDay, note },
        parties: parties
          .split("\n")
          .map((name) => name.trim())
          .filter((name) => name !== ""),
        ppm: isPercent ? percent : null,
        base: isPercent ? base : null,
        flatMinor: flatMinor ?? null,
        currency: isPercent ? null : currency,
        streams: dealId || chosen.length === 0 || chosen.length === STREAMS.length ? null : chosen,
        sunsetDays: sunset === "" ? null : Number(sunset),
      },
    };
  });

export const proposeTerms = action(terms, async (viewer, { agencyId, terms }) => {
  await commissionTerms.propose(viewer, agencyId, terms);
  await queueLetters();
  return { message: "Proposed. They count once an owner of the creator accepts them." };
});

const waiting = z.object({ agencyId: id, termId: id });

export const withdrawTerms = action(waiting, async (viewer, { agencyId, termId }) => {
  await commissionTerms.withdraw(viewer, agencyId, termId);
  return { message: "Taken back." };
});

const payment = z
  .object({
    agencyId: id,
    id,
    creatorId: z.uuid("Choose who paid."),
    amount: typed,
    currency,
    paidOn: day,
    how: z.enum(["paid", "withheld"], "Choose how it was paid."),
    note,
  })
  .transform(({ agencyId, amount, how, ...form }, ctx) => {
    const minor = moneyOf(ctx, amount, form.currency, "amount");
    return minor === undefined
      ? z.NEVER
      : { agencyId, payment: { ...form, minor, isWithheld: how === "withheld" } };
  });

export const recordCommissionPayment = action(payment, async (viewer, { agencyId, payment }) => {
  await payments.record(viewer, agencyId, payment);
  return { message: "Saved." };
});

const removal = z.object({ agencyId: id, id, paymentId: id });

export const removeCommissionPayment = action(removal, async (viewer, { agencyId, id, paymentId }) => {
  await payments.remove(viewer, agencyId, { id, replaces: paymentId });
  return { message: "Taken back: it is outstanding again." };
});
