import "server-only";
import { z } from "zod";
import { AppError } from "../errors";
import { optionalDay } from "../input";
import type { Scope } from "../model/representation";
import { STREAMS, type Stream } from "../model/words";

const box = z.string().optional();
const boxes = Object.fromEntries(STREAMS.map((stream) => [`stream-${stream}`, box])) as Record<
  `stream-${Stream}`,
  typeof box
>;

/** The fields by which a form says a scope; `scopeOf` makes one of them. */
export const SCOPE_FIELDS = {
  money: z.enum(["all", "some", "none"], "Choose how much of the money is shown."),
  ...boxes,
  notes: box,
  mayEdit: box,
  toDay: optionalDay,
};

const Fields = z.object(SCOPE_FIELDS);

/** Throws AppError "invalid" when streams were to be chosen and none was. */
export function scopeOf(fields: z.output<typeof Fields>): Scope {
  const { money, toDay } = fields;
  const streams = money === "some" ? STREAMS.filter((each) => fields[`stream-${each}`] === "on") : null;
  if (streams?.length === 0) {
    throw new AppError("invalid", "Please look at the marked fields.", {
      money: "Choose at least one stream below, or no amounts.",
    });
  }
  return {
    amounts: money !== "none",
    streams,
    notes: fields.notes === "on",
    mayEdit: fields.mayEdit === "on",
    toDay,
  };
}
