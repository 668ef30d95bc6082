import "server-only";
import { z } from "zod";
import type { NewDeal } from "@/db/deals";
import {
  count,
  currency,
  day,
  dealState,
  id,
  line,
  moneyOf,
  note,
  optionalDay,
  optionalId,
  optionalLine,
  percentPpm,
  problem,
  rowsOf,
  typed,
} from "@/lib/input";
import type { Extra, Promised } from "@/lib/model/deal";
import { MAX_TERMS_DAYS } from "@/lib/model/deal";
import { MAX_INVOICE_NUMBER } from "@/lib/model/invoice-number";
import type { Currency } from "@/lib/model/money";
import { isDay } from "@/lib/model/month";
import { RIGHTS } from "@/lib/model/sponsorship-rates";

const MOST_DELIVERABLES = 50;

/** Whole days, as a length of time; blank is unknown. */
const days = typed.transform((text, ctx) => {
  if (text === "") return null;
  const number = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (number <= MAX_TERMS_DAYS) return number;
  ctx.addIssue({
    code: "custom",
    message: `Type the days as a number from 0 to ${MAX_TERMS_DAYS}, like 30.`,
  });
  return z.NEVER;
});

type DealForm = { creatorId: string; deal: NewDeal };

/** A deal as its form sends it: a new one, or what has become of one (`replaces`). */
export const dealForm = z
  .looseObject({
    creatorId: id,
    id,
    replaces: optionalId,
    brand: line("Name the brand."),
    fee: typed,
    currency,
    channelId: optionalId,
    expectedOn: day,
    state: dealState,
    note,
    promisedViews: count,
    commission: percentPpm,
    invoiceNumber: optionalLine(MAX_INVOICE_NUMBER),
    invoicedOn: optionalDay,
    termsDays: days,
    billTo: note,
  })
  .transform((form, ctx): DealForm => {
    const { creatorId, fee, replaces, brand, currency, channelId, expectedOn, state, note } = form;
    const { promisedViews, commission, invoiceNumber, invoicedOn, termsDays, billTo } = form;
    const feeMinor = moneyOf(ctx, fee, currency, "fee");
    if (feeMinor !== undefined && feeMinor < 0n) problem(ctx, "fee", "Type the fee without a minus.");
    if (promisedViews === 0)
      problem(ctx, "promisedViews", "Type the views as a number above 0, or leave them empty.");
    const extras = extrasOf(ctx, form, currency);
    const parts = extras.reduce((sum, { minor }) => sum + minor, 0n);
    if (feeMinor !== undefined && extras.length > 0 && parts > feeMinor)
      problem(ctx, "fee", "The parts below are more than the whole fee: lower them, or raise the fee.");
    const deliverables = deliverablesOf(ctx, form);
    if (feeMinor === undefined) return z.NEVER;
    return {
      creatorId,
      deal: {
        ...{ id: form.id, replaces, brand, feeMinor, currency, channelId, expectedOn, state, note },
        ...{ extras, deliverables, promisedViews, commissionPpm: commission },
        ...{ invoiceNumber, invoicedOn, termsDays, billTo },
      },
    };
  });

function extrasOf(
  ctx: z.RefinementCtx,
  form: Readonly<Record<string, unknown>>,
  currency: Currency,
): Extra[] {
  return RIGHTS.flatMap((what) => {
    const text = String(form[`extra-${what}`] ?? "").trim();
    const length = days.safeParse(String(form[`extra-${what}-days`] ?? ""));
    if (!length.success) problem(ctx, `extra-${what}-days`, length.error.issues[0]?.message ?? "");
    if (text === "") return [];
    const minor = moneyOf(ctx, text, currency, `extra-${what}`);
    if (minor === undefined) return [];
    if (minor < 0n) problem(ctx, `extra-${what}`, "Type the part without a minus.");
    return [{ what, minor, days: length.data ?? null }];
  });
}

function deliverablesOf(ctx: z.RefinementCtx, form: Readonly<Record<string, unknown>>): Promised[] {
  const rows = rowsOf(form, "item", ["what", "dueOn", "deliveredOn", "videoId"]);
  if (rows.length > MOST_DELIVERABLES)
    problem(
      ctx,
      `${rows[MOST_DELIVERABLES]?.at}-what`,
      `A deal has at most ${MOST_DELIVERABLES} deliverables.`,
    );
  let last = 0;
  return rows.slice(0, MOST_DELIVERABLES).map(({ at, what, dueOn, deliveredOn, videoId }) => {
    if (what === "") problem(ctx, `${at}-what`, "Say what is to be delivered, or empty the whole row.");
    if (what.length > 200) problem(ctx, `${at}-what`, "Use at most 200 characters.");
    if (/\p{Cc}/u.test(what)) problem(ctx, `${at}-what`, "Write it in one line.");
    for (const [name, text] of [
      ["dueOn", dueOn],
      ["deliveredOn", deliveredOn],
    ] as const)
      if (text !== "" && !isDay(text))
        problem(ctx, `${at}-${name}`, "Choose a day, like 2026-11-23, or leave it empty.");
    if (videoId !== "" && !z.uuid().safeParse(videoId).success)
      problem(ctx, `${at}-videoId`, "Choose a video from the list.");
    const known = Number(/^\d{1,4}$/.exec(String(form[`${at}-id`] ?? ""))?.[0] ?? 0);
    last = known > last ? known : last + 1;
    return {
      ...{ id: String(last), what, videoId: videoId || null },
      ...{ dueOn: isDay(dueOn) ? dueOn : null, deliveredOn: isDay(deliveredOn) ? deliveredOn : null },
    };
  });
}
