"use server";

import { z } from "zod";
import * as agencies from "@/db/agencies";
import { AppError } from "@/lib/errors";
import { optionalLine } from "@/lib/input";
import { colourTrouble, readHex } from "@/lib/model/colour";
import { MAX_LOGO_BYTES } from "@/lib/model/logo";
import { agencyName, currency, id, version } from "@/lib/server/account-input";
import { action } from "@/lib/server/action";

const Agency = z.object({ agencyId: id, name: agencyName, currency, version });

export const updateAgency = action(Agency, async (viewer, { agencyId, ...input }) => {
  await agencies.update(viewer, { id: agencyId, ...input });
  return { message: "Saved." };
});

/** Blank is the house's own. */
const colour = z
  .string()
  .default("")
  .refine(
    (text) => text.trim() === "" || readHex(text) !== null,
    "Type a colour like #2f52c4, or leave it empty.",
  )
  .transform(readHex);

const Brand = z.object({
  agencyId: id,
  version,
  name: optionalLine(100).transform((name) => name || null),
  accent: colour,
  paper: colour,
  /** the file's bytes in base64; blank keeps what is there */
  logo: z
    .string()
    .default("")
    // Base64 needs four letters for three bytes; a little more, so that the size itself is told.
    .refine(
      (text) => text.length <= MAX_LOGO_BYTES * 4,
      `Bring a file of at most ${MAX_LOGO_BYTES / 1_000} kB.`,
    )
    .refine((text) => /^[A-Za-z0-9+/]*={0,2}$/.test(text), "Choose the file again."),
  remove: z.string().optional(),
});

/** How the agency looks on reports. */
export const setBrand = action(Brand, async (viewer, { agencyId, logo, remove, ...input }) => {
  const trouble = colourTrouble(input);
  if (trouble) {
    throw new AppError("invalid", "Please look at the marked fields.", { [trouble.field]: trouble.message });
  }
  const bytes = logo ? Buffer.from(logo, "base64") : remove === "on" ? null : undefined;
  await agencies.setBrand(viewer, {
    id: agencyId,
    ...input,
    ...(bytes === undefined ? {} : { logo: bytes }),
  });
  return { message: "Saved. Reports look like this from now on." };
});
