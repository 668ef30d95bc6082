"use server";

import { z } from "zod";
import * as facts from "@/db/facts";
import * as rules from "@/db/rules";
import { day, id, line, optionalId, problem, rowsOf, typed } from "@/lib/input";
import {
  ACCOUNT_TYPES,
  isCountry,
  MEASURE_LABEL,
  MEASURES,
  PROGRAMMES,
} from "@/lib/model/eligibility-programmes";
import { action } from "@/lib/server/action";

/** Thresholds come as "way-0-followers", "way-1-…": each way lets a creator in. */
const rule = z
  .looseObject({
    creatorId: id,
    id,
    subject: z.enum(
      [...new Set(PROGRAMMES.map((each) => each.id))] as [string, ...string[]],
      "Choose the programme it is about.",
    ),
    fromDay: day,
    openIn: typed,
    account: typed.pipe(z.union([z.literal(""), z.enum(ACCOUNT_TYPES)], "Choose a kind of account, or any.")),
    source: line("Say where it is written, or who said so."),
  })
  .transform((form, ctx) => {
    const { creatorId, id, subject, fromDay, source, account } = form;
    const anyOf = rowsOf(form, "way", MEASURES).map((row) =>
      Object.fromEntries(
        MEASURES.flatMap((measure) => {
          const text = row[measure].replace(/[,.'’\s]/g, "");
          if (text === "") return [];
          if (!/^[1-9]\d{0,11}$/.test(text))
            problem(
              ctx,
              `${row.at}-${measure}`,
              `Type the ${MEASURE_LABEL[measure]} as a whole number above 0.`,
            );
          return [[measure, Number(text)] as const];
        }),
      ),
    );
    if (anyOf.length === 0) problem(ctx, "way-0-followers", "Type at least one number that must be reached.");
    const openIn = form.openIn
      .toUpperCase()
      .split(/[\s,;]+/)
      .filter(Boolean);
    if (!openIn.every(isCountry))
      problem(
        ctx,
        "openIn",
        "Type countries by their two letters, like US, GB, DE; leave it empty for everywhere.",
      );
    const body = { anyOf, openIn: openIn.length > 0 ? openIn : null, accounts: account ? [account] : null };
    return { creatorId, rule: { id, subject, fromDay, source, body } };
  });

const fact = z.object({
  creatorId: id,
  id,
  what: z.enum(["country", "account_type", "birth_year"], "Choose what it is about."),
  channelId: optionalId,
  day,
  value: typed,
});

/** `id` is the new entry's own; `entryId` the one that is taken back. */
const change = z.object({ creatorId: id, id, entryId: id });

export const recordProgramme = action(rule, async (viewer, { creatorId, rule }) => {
  const { id } = await rules.record(viewer, creatorId, { ...rule, kind: "programme" });
  return { message: "Saved.", value: { entryId: id } };
});

export const removeProgramme = action(change, async (viewer, { creatorId, id, entryId }) => {
  await rules.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Taken back.", value: { entryId: id } };
});

export const undoProgramme = action(change, async (viewer, { creatorId, id, entryId }) => {
  await rules.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});

export const recordFact = action(fact, async (viewer, { creatorId, value, ...fact }) => {
  const written = fact.what === "country" ? value.toUpperCase() : value;
  const { id } = await facts.record(viewer, creatorId, { ...fact, value: written });
  return { message: "Saved.", value: { entryId: id } };
});

export const removeFact = action(change, async (viewer, { creatorId, id, entryId }) => {
  await facts.remove(viewer, creatorId, { id, replaces: entryId });
  return { message: "Taken back.", value: { entryId: id } };
});

export const undoFact = action(change, async (viewer, { creatorId, id, entryId }) => {
  await facts.undo(viewer, creatorId, { id, entryId });
  return { message: "Undone.", value: { entryId: id } };
});
