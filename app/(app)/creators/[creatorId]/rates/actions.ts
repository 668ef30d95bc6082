"use server";

import { z } from "zod";
import * as rates from "@/db/rates";
import { currency, day, id, line, problem, rate } from "@/lib/input";
import { action } from "@/lib/server/action";

const newRate = z
  .object({
    creatorId: id,
    id,
    day,
    base: currency,
    quote: currency,
    rate,
    source: line("Say where the rate comes from, such as your bank or a web page.", 200),
  })
  .superRefine(({ base, quote }, ctx) => {
    if (base === quote) problem(ctx, "quote", "Choose another currency than the first one.");
  });

export const recordRate = action(newRate, async (viewer, { creatorId, ...input }) => {
  await rates.record(viewer, creatorId, input);
  // Says how it was read: 25.300 is twenty-five and a bit here.
  return { message: `Saved: 1 ${input.base} = ${input.rate} ${input.quote}.` };
});
