"use server";

import { z } from "zod";
import * as shares from "@/db/shares";
import { id, optionalLine, problem, typed } from "@/lib/input";
import { readRange } from "@/lib/model/statement";
import { SHARED_PARTS } from "@/lib/report/shared-part";
import { action } from "@/lib/server/action";
import { shareStatement } from "@/lib/server/shares";
import { DAYS } from "./days";

const SHORTEST_PASSPHRASE = 8;
const INCOMPLETE = "This form is not complete: reload the page and try again.";

const share = z
  .looseObject({
    creatorId: id,
    id,
    range: typed,
    label: optionalLine(60),
    days: z.enum(DAYS.map(({ value }) => value) as [string, ...string[]], "Choose how long it works."),
    password: z.string().max(256, "Use at most 256 characters.").default(""),
  })
  .transform(({ creatorId, id, range, label, days, password, ...form }, ctx) => {
    const parts = SHARED_PARTS.filter((part) => form[`part-${part}`] === "on");
    const months = readRange(range);
    if (!months) problem(ctx, "range", INCOMPLETE);
    if (parts.length === 0) problem(ctx, "part-summary", "Choose at least one part to show.");
    if (password !== "" && [...password].length < SHORTEST_PASSPHRASE)
      problem(ctx, "password", `Use at least ${SHORTEST_PASSPHRASE} characters, or leave it blank.`);
    if (!months) return z.NEVER;
    return {
      creatorId,
      choice: { id, label, range: months, parts, days: Number(days), passphrase: password || null },
    };
  });

/** Its address follows from the ids, so it can be shown again; the database keeps a hash of its secret alone. */
export const createShare = action(share, async (viewer, { creatorId, choice }) => {
  await shareStatement(viewer, creatorId, choice);
  return { message: "The address works now." };
});

export const revokeShare = action(z.object({ creatorId: id, id }), async (viewer, { creatorId, id }) => {
  await shares.revoke(viewer, creatorId, id);
  return { message: "The address works no more." };
});
