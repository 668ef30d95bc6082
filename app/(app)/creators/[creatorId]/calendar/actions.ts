"use server";

import { z } from "zod";
import * as calendar from "@/db/calendar";
import * as rules from "@/db/rules";
import { currency, day, id, line, moneyOf, optionalLine, problem, typed } from "@/lib/input";
import { PAYMENT_RULES, type Timing } from "@/lib/model/schedule-rules";
import { action } from "@/lib/server/action";
import { linkOf } from "@/lib/server/secrets";

const feed = z.object({
  creatorId: id,
  id,
  label: optionalLine(60),
  amounts: z.literal("on").optional(),
});

/** Its address follows from its id, so it can be shown again; the database keeps a hash of its secret alone. */
export const shareCalendar = action(feed, async (viewer, { creatorId, id, label, amounts }) => {
  const { secretHash } = linkOf("calendar", id);
  await calendar.createFeed(viewer, creatorId, { id, label, amounts: amounts === "on", secretHash });
  return { message: "The address works now." };
});

export const revokeCalendar = action(z.object({ creatorId: id, id }), async (viewer, { creatorId, id }) => {
  await calendar.revokeFeed(viewer, creatorId, id);
  return { message: "The address works no more." };
});

const INCOMPLETE = "Type a day of the month from 1 to 31.";
const number = (least: number, most: number, message: string) =>
  typed
    .refine(
      (text) => text === "" || (/^\d{1,3}$/.test(text) && Number(text) >= least && Number(text) <= most),
      message,
    )
    .transform((text) => (text === "" ? null : Number(text)));

const rule = z
  .object({
    creatorId: id,
    id,
    subject: z.enum(
      PAYMENT_RULES.map((each) => each.id) as [string, ...string[]],
      "Choose whose payments it is about.",
    ),
    fromDay: day,
    kind: z.enum(["monthly", "after", "on_request"], "Choose how the money moves."),
    firstPaid: number(1, 31, INCOMPLETE),
    lastPaid: number(1, 31, INCOMPLETE),
    days: number(0, 365, "Type a number of days from 0 to 365."),
    minimum: typed,
    currency,
    source: line("Say where it is written, or who said so."),
  })
  .transform(({ minimum, currency, firstPaid, lastPaid, days, kind, ...form }, ctx) => {
    const minor = minimum === "" ? null : moneyOf(ctx, minimum, currency, "minimum");
    const timing = timingFrom(ctx, { kind, firstPaid, lastPaid, days });
    if (minor === undefined || timing === undefined) return z.NEVER;
    if (minor !== null && minor < 0n) problem(ctx, "minimum", "Type the minimum without a minus.");
    // Decimal text: a number of JSON would lose cents of large amounts.
    const minimums = minor ? [{ minor: String(minor), currency }] : [];
    return { ...form, body: { timing, minimums } };
  });

function timingFrom(
  ctx: z.RefinementCtx,
  {
    kind,
    firstPaid,
    lastPaid,
    days,
  }: Record<"firstPaid" | "lastPaid" | "days", number | null> & { kind: string },
): Timing | undefined {
  if (kind === "on_request") return { kind };
  if (kind === "after")
    return days === null ? problem(ctx, "days", "Type after how many days.") : { kind, days };
  if (firstPaid === null) return problem(ctx, "firstPaid", "Type the first day on which it is paid.");
  const last = lastPaid ?? firstPaid;
  if (last < firstPaid) return problem(ctx, "lastPaid", "The last day is before the first: swap them.");
  return { kind: "monthly", final: null, paid: [firstPaid, last] };
}

/** `id` is the new entry's own; `entryId` the one that is taken back. */
const change = z.object({ creatorId: id, id, entryId: id });

export const recordPaymentRule = action(rule, async (viewer, { creatorId, ...rule }) => {
  const { id } = await rules.record(viewer, creatorId, { ...rule, kind: "payment" });
  return { message: "Saved.", value: { entryId: id } };
});

export const removePaymentRule = action(change, async (viewer, { creatorId, id, entryId }) => {
  await rules.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Taken back.", value: { entryId: id } };
});

export const undoPaymentRule = action(change, async (viewer, { creatorId, id, entryId }) => {
  await rules.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});
