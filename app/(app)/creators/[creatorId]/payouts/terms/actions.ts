"use server";

import { z } from "zod";
import * as rules from "@/db/rules";
import { count, currency, day, id, line, optionalLine, percentPpm, problem, stream } from "@/lib/input";
import { LOCK_DAYS } from "@/lib/model/commission";
import { action } from "@/lib/server/action";

const rule = { creatorId: id, id, fromDay: day, source: optionalLine() };
const MISSING = "Type a percentage between 0 and 100, like 42.5.";
const MOST_DAYS = 3_650;

const share = z.object({ ...rule, stream, platform: percentPpm }).superRefine(({ platform }, ctx) => {
  if (platform === null) problem(ctx, "platform", MISSING);
});

const product = z
  .object({
    ...rule,
    product: line("Name the product as you will find it again.", 100),
    rate: percentPpm,
    adsRate: percentPpm,
    lockDays: count,
  })
  .superRefine(({ rate, lockDays }, ctx) => {
    if (rate === null) problem(ctx, "rate", MISSING);
    if (lockDays !== null && lockDays > MOST_DAYS)
      problem(ctx, "lockDays", "Ten years at most: check the days.");
  });

const gift = z
  .object({ ...rule, coins: count, diamonds: count, currency })
  .superRefine(({ coins, diamonds }, ctx) => {
    if (!coins) problem(ctx, "coins", "Type how many coins make one diamond, like 2.");
    if (!diamonds) problem(ctx, "diamonds", "Type how many diamonds make one unit of money, like 200.");
  });

export const recordShare = action(share, async (viewer, { creatorId, stream, platform, ...dated }) => {
  const body = { platformPpm: platform };
  return saved(await rules.record(viewer, creatorId, { ...dated, kind: "share", subject: stream, body }));
});

export const recordProductRate = action(
  product,
  async (viewer, { creatorId, product, rate, adsRate, lockDays, ...dated }) => {
    const body = { ratePpm: rate, adsRatePpm: adsRate, lockDays: lockDays ?? LOCK_DAYS };
    return saved(
      await rules.record(viewer, creatorId, { ...dated, kind: "commission", subject: product, body }),
    );
  },
);

export const recordConvention = action(
  gift,
  async (viewer, { creatorId, coins, diamonds, currency, ...dated }) => {
    const body = { coinsPerUnit: coins, unitsPerMoney: diamonds, currency };
    return saved(
      await rules.record(viewer, creatorId, { ...dated, kind: "convention", subject: "gift", body }),
    );
  },
);

function saved({ id }: { id: string }) {
  return { message: "Saved.", value: { entryId: id } };
}
