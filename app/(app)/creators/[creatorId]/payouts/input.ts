import "server-only";
import { z } from "zod";
import type { NewPayout } from "@/db/payouts";
import {
  currency,
  entryKind,
  formatOrAll,
  id,
  moneyOf,
  note,
  optionalDay,
  optionalId,
  payoutState,
  periodOf,
  problem,
  rowsOf,
  stream,
  typed,
} from "@/lib/input";
import { packMakings } from "@/lib/model/makings";
import type { EntryKind } from "@/lib/model/words";
import { makingsOf } from "./makings-input";

/** These take money away, whatever sign a person types. An adjustment has the sign that was typed. */
const TAKES_AWAY: ReadonlySet<EntryKind> = new Set(["refund", "clawback", "withheld", "fee"]);

type PayoutForm = {
  creatorId: string;
  entry: NewPayout;
  /** What the person was asked about and answered with yes; blank when nothing was asked. */
  sure: string;
};

/** A payout as its form sends it: a new one, a correction (`replaces`), or one about another (`about`). */
export const payoutForm = z
  .looseObject({
    creatorId: id,
    id,
    replaces: optionalId,
    amount: typed,
    currency,
    stream,
    channelId: optionalId,
    format: formatOrAll,
    month: typed,
    fromDay: optionalDay,
    toDay: optionalDay,
    state: payoutState,
    estimated: typed,
    settledOn: optionalDay,
    dealId: optionalId,
    placementId: optionalId,
    kind: entryKind,
    about: optionalId,
    note,
    sure: typed,
    instead: typed,
  })
  .transform((form, ctx): PayoutForm => {
    const { creatorId, channelId, format, stream, kind, state, currency, note, about } = form;
    const typedAmount = moneyOf(ctx, form.amount, currency, "amount");
    const amount = insteadOf(form.instead, typedAmount, currency) ?? typedAmount;
    const period = periodOf(ctx, form);
    if (kind === "earning" && amount !== undefined && amount < 0n)
      problem(
        ctx,
        "amount",
        "An earning is not negative. For money taken back choose Refund or Clawback under More.",
      );
    if (kind === "earning" && about)
      problem(
        ctx,
        "kind",
        "An earning stands for itself: choose another kind, or clear “About which payout”.",
      );
    const estimated = form.estimated === "" ? null : moneyOf(ctx, form.estimated, currency, "estimated");
    const made = makingsOf(ctx, form, stream, kind, currency);
    const sign = TAKES_AWAY.has(kind) && amount !== undefined && amount > 0n ? -1n : 1n;

    const seen = new Set<string>();
    const lines = rowsOf(form, "line", ["videoId", "amount"]).flatMap((row) => {
      if (row.videoId === "")
        return problem(ctx, `${row.at}-videoId`, "Choose the video of this amount.") ?? [];
      const minor = moneyOf(ctx, row.amount, currency, `${row.at}-amount`);
      if (!z.uuid().safeParse(row.videoId).success)
        problem(ctx, `${row.at}-videoId`, "Choose a video from the list.");
      if (seen.has(row.videoId))
        problem(ctx, `${row.at}-videoId`, "This video is there twice: put its amounts together.");
      seen.add(row.videoId);
      return minor === undefined ? [] : [{ videoId: row.videoId, minor: sign * minor }];
    });

    if (amount === undefined || !period) return z.NEVER;
    return {
      creatorId,
      sure: form.sure,
      entry: {
        id: form.id,
        replaces: form.replaces,
        channelId,
        format,
        stream,
        kind,
        state,
        ...period,
        minor: sign * amount,
        currency,
        note,
        about,
        makings: made && packMakings(made, currency),
        estimatedMinor: estimated ?? null,
        settledOn: form.settledOn,
        // What another stream was sent with, it does not belong to.
        dealId: kind === "earning" && stream === "sponsorship" ? form.dealId : null,
        placementId: kind === "earning" && stream === "affiliate" ? form.placementId : null,
        lines,
      },
    };
  });

/** What was offered for an amount, as the answer's button sends it: only while that amount is still there. */
function insteadOf(answer: string, amount: bigint | undefined, currency: string): bigint | undefined {
  const [, minor, asked] = /^(\d{1,18}) for (.+)$/.exec(answer) ?? [];
  return minor !== undefined && amount !== undefined && asked === answerFor(amount, currency)
    ? BigInt(minor)
    : undefined;
}

/** Names an amount in the answers to a question about it, so that they hold for no other. */
export function answerFor(minor: bigint, currency: string): string {
  return `${minor} ${currency}`;
}

/** The answer that an amount is right although its makings give another. */
export function asTyped(answer: string): string {
  return `${answer} as typed`;
}
