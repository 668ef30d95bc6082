import { z } from "zod";
import { currency, day, platform } from "@/lib/input";
import { FORMATS, STATES, STREAMS } from "@/lib/model/words";
import { NAMED_COLUMNS, type UploadChoices } from "@/lib/upload";

const header = z.string().max(1_000);
const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined);
const source = z.union([z.object({ column: header }), z.object({ fixed: z.string().max(100) })]);
const stream = z.enum(STREAMS);
const mapping = z.object({
  when: z.object({ column: header, grain: z.enum(["month", "day"]) }).nullable(),
  ...Object.fromEntries(NAMED_COLUMNS.map((name) => [name, optional(header)])),
  amounts: z
    .union([
      z.object({
        shape: z.literal("long"),
        stream: z.union([z.object({ column: header }), z.object({ fixed: stream })]),
        amount: header,
        currency: source.nullable(),
      }),
      z.object({
        shape: z.literal("wide"),
        columns: z
          .array(z.object({ column: header, stream, currency: z.string().max(3).nullable() }))
          .max(100),
      }),
    ])
    .nullable(),
  platform: optional(z.union([z.object({ column: header }), z.object({ fixed: platform })])),
  format: optional(source),
  state: z.enum(STATES),
  decimal: z.enum([".", ","]).nullable(),
  dayOrder: z.enum(["dmy", "mdy"]).nullable(),
});
/** What may be chosen for a file, as it comes from the page. */
export const Choices = z
  .object({
    channel: optional(
      z.union([
        z.object({ id: z.uuid(), newOn: platform.nullable() }),
        z.object({ id: z.null(), newOn: z.null() }),
      ]),
    ),
    period: optional(
      z
        .object({ from: day, to: day })
        .refine(({ from, to }) => from <= to, "The last day is before the first."),
    ),
    asOf: optional(day),
    subject: optional(z.string().max(200)),
    unitPrice: optional(z.string().max(40)),
    repair: optional(z.boolean()),
    guess: optional(z.boolean()),
    keepRepeats: optional(z.boolean()),
    bringBack: optional(z.boolean()),
    dayOrder: optional(z.enum(["dmy", "mdy"])),
    decimal: optional(z.enum([".", ","])),
    currency: optional(currency),
    mapping: optional(mapping),
    twins: optional(z.enum(["sum", "first", "last", "keep"])),
    videoFormat: optional(z.enum(FORMATS)),
    videoFormats: optional(z.record(z.string().max(100), z.enum(FORMATS))),
    overlaps: optional(z.record(z.string().max(100), z.enum(["keep", "replace", "lines", "add"]))),
  })
  // What was not said is not there.
  .transform((said) => JSON.parse(JSON.stringify(said)) as UploadChoices);
