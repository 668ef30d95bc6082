"use server";

import { z } from "zod";
import * as rates from "@/db/rates";
import { readEcbFile } from "@/lib/ecb";
import { AppError } from "@/lib/errors";
import { currency, day, id, line, problem, rate, typed } from "@/lib/input";
import { action } from "@/lib/server/action";
import { keepRates } from "@/lib/server/ecb";

const newRate = z
  .object({
    creatorId: id,
    id,
    day,
    base: currency,
    quote: currency,
    rate,
    source: line("Say where the rate comes from, such as your bank or a web page.", 200).refine(
      (text) => text !== rates.ECB,
      "“ECB” names the rates that are fetched. Say where you have this one from, such as your bank.",
    ),
  })
  .superRefine(({ base, quote }, ctx) => {
    if (base === quote) problem(ctx, "quote", "Choose another currency than the first one.");
  });

export const recordRate = action(newRate, async (viewer, { creatorId, ...input }) => {
  await rates.record(viewer, creatorId, input);
  // Says how it was read: 25.300 is twenty-five and a bit here.
  return { message: `Saved: 1 ${input.base} = ${input.rate} ${input.quote}.` };
});

/** Base64 of a file; today's zip has 1 KB, all days since 1999 about 650. */
const MOST_CHARACTERS = 950_000;

const rateFile = z.object({
  creatorId: id,
  file: typed
    .refine((text) => text !== "", "Choose a file of the ECB first, such as eurofxref-hist.zip.")
    .refine((text) => text.length <= MOST_CHARACTERS, "This file is too large: bring the zip of the ECB.")
    .refine((text) => /^[A-Za-z0-9+/]*=*$/.test(text), "The file did not arrive whole: choose it again."),
});

export const bringRates = action(rateFile, async (viewer, { creatorId, file }) => {
  const days = readEcbFile(Buffer.from(file, "base64"));
  if (!days.ok) throw new AppError("invalid", days.error, { file: days.error });
  const added = await keepRates(viewer, creatorId, days.value);
  return {
    message:
      added === 0
        ? "All that you need of this file was here already."
        : `${added} ${added === 1 ? "rate" : "rates"} added.`,
  };
});
