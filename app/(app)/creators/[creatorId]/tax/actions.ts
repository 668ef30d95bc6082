"use server";

import { z } from "zod";
import * as rules from "@/db/rules";
import { day, id, line, optionalLine, percentPpm } from "@/lib/input";
import { TAX_FORMS, USUAL_RATE_PPM } from "@/lib/model/withholding";
import { action } from "@/lib/server/action";

const withholding = z.object({
  creatorId: id,
  id,
  country: line("Name the country whose tax it is, such as US.", 40),
  form: z.enum(TAX_FORMS, "Choose what the platform has from you."),
  rate: percentPpm,
  fromDay: day,
  source: optionalLine(),
});

export const recordWithholding = action(
  withholding,
  async (viewer, { creatorId, country, form, rate, ...dated }) => {
    // A rate left empty is the usual one of that form.
    const body = { form, ratePpm: rate ?? USUAL_RATE_PPM[form] };
    const { id } = await rules.record(viewer, creatorId, {
      ...dated,
      kind: "withholding",
      subject: country,
      body,
    });
    return { message: "Saved.", value: { entryId: id } };
  },
);
