import "server-only";
import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import * as channels from "@/db/channels";
import * as creators from "@/db/creators";
import { AppError, type ErrorCode, notFound } from "@/lib/errors";
import { MAX_FILE_BYTES } from "@/lib/import/limits";
import { type CollectedOutcome, readNow } from "@/lib/import/read";
import { type Brought, bringTo, type ChannelChoice, type ImportChoices } from "@/lib/import-preview";
import { currency, day, isId, platform } from "@/lib/input";
import { canWrite, type Viewer } from "@/lib/model/access";
import { dayOf } from "@/lib/model/month";
import type { Platform } from "@/lib/model/words";
import { FORMATS, STATES, STREAMS } from "@/lib/model/words";
import { report } from "@/lib/server/report-error";
import { findViewer } from "@/lib/server/viewer";

/** What comes with a file: an address of its own in the form, and JSON beside it. */
export interface Upload {
  bytes: Uint8Array;
  fileName: string;
  sha256: string;
  choices: ImportChoices;
  /** the id of a channel that may be suggested */
  newChannelId: string;
  /** of a commit: the import's id, the preview's hash, the name of a new channel */
  commit: { id: string; hash: string; channelName: string } | null;
}

/** The form around the file: names and the JSON. */
const OVERHEAD_BYTES = 1_000_000;
/** Files read at the same time by one process; the others wait in line. */
const READERS = 3;

/** Any page may send a form here with the visitor's cookies; none but ours is believed. */
function refuseOtherSites({ headers }: Request): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const isOwn = site ? site === "same-origin" : origin === null || hostOf(origin) === headers.get("host");
  if (!isOwn) throw new AppError("forbidden", "Another site's page may not bring files here.");
}

/** "null" and the like have none. */
function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

/**
 * Answers a request as JSON: what `run` returns, or `{ message }` with the status of the error. Nothing is
 * read of a body before it is known that its sender may import here.
 */
export async function answer(
  request: Request,
  params: Promise<{ creatorId: string }>,
  run: (viewer: Viewer, creatorId: string) => Promise<unknown>,
): Promise<Response> {
  try {
    refuseOtherSites(request);
    const viewer = await findViewer();
    if (!viewer) {
      const message = "Your sign-in has ended. Sign in again in another tab, then try again here.";
      return json({ message }, 401);
    }
    const { creatorId } = await params;
    await demandEditor(viewer, creatorId);
    return json(await run(viewer, creatorId), 200);
  } catch (error) {
    if (error instanceof TooLarge) return json({ message: error.message }, 413);
    if (error instanceof AppError) return json({ message: error.message }, STATUS[error.code]);
    return json({ message: report(error) }, 500);
  }
}

async function demandEditor(viewer: Viewer, creatorId: string): Promise<void> {
  if (!isId(creatorId)) throw notFound("creator");
  const creator = await creators.get(viewer, creatorId);
  if (!canWrite(creator.role))
    throw new AppError(
      "forbidden",
      "You can look at this creator, but not import. Ask an owner for the role of editor.",
    );
}

const STATUS: Record<ErrorCode, number> = {
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  invalid: 400,
  limit: 429,
  unavailable: 503,
};

function json(body: unknown, status: number): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
}

class TooLarge extends Error {
  constructor() {
    super(`The file has more than ${MAX_FILE_BYTES / 1_000_000} MB. Export a shorter period.`);
  }
}

/**
 * The file and what was chosen for it. Its length, and its SHA-256 where the browser could compute one, must be
 * as the browser says. Throws AppError invalid, or an error that `answer` turns into 413.
 */
export async function readUpload(request: Request): Promise<Upload> {
  const body = await readBody(request);
  const type = request.headers.get("content-type") ?? "";
  const form = await new Response(body, { headers: { "content-type": type } }).formData().catch(() => null);
  const file = form?.get("file");
  const about = About.safeParse(parseJson(form?.get("about")));
  if (!(file instanceof File) || !about.success)
    throw new AppError("invalid", "The upload is not complete. Choose the file again.");
  if (file.size > MAX_FILE_BYTES) throw new TooLarge();
  const bytes = new Uint8Array(await file.arrayBuffer());
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  if (bytes.length !== about.data.bytes || (about.data.sha256 !== null && about.data.sha256 !== sha256))
    throw new AppError(
      "invalid",
      `The file did not arrive whole (${bytes.length} of ${about.data.bytes} bytes). Try again; if it changed on your disk, choose it again.`,
    );
  const { choices, newChannelId, commit } = about.data;
  return {
    bytes,
    fileName: fileNameOf(file.name),
    sha256,
    choices: choices as ImportChoices,
    newChannelId: newChannelId ?? randomUUID(),
    commit,
  };
}

/** At most a file and its form: more is refused before it is held. */
async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const limit = MAX_FILE_BYTES + OVERHEAD_BYTES;
  if (Number(request.headers.get("content-length") ?? 0) > limit) throw new TooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = request.body?.getReader();
  const next = async () => {
    try {
      return await reader?.read();
    } catch {
      // Its sender has gone; nobody reads the answer.
      throw new AppError("invalid", "The upload was broken off. Choose the file again.");
    }
  };
  for (let part = await next(); part && !part.done; part = await next()) {
    length += part.value.length;
    if (length > limit) {
      await reader?.cancel();
      throw new TooLarge();
    }
    chunks.push(part.value);
  }
  const body = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.length;
  }
  return body;
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}

/** Only for showing and for the period in YouTube's zip names. */
function fileNameOf(name: string): string {
  return (
    name
      .replace(/[\p{Cc}/\\]/gu, " ")
      .trim()
      .slice(-200) || "file"
  );
}

const header = z.string().max(1_000);
const optional = <T extends z.ZodType>(schema: T) =>
  schema.nullish().transform((value) => value ?? undefined);
const source = z.union([z.object({ column: header }), z.object({ fixed: z.string().max(100) })]);
const stream = z.enum(STREAMS);
const mapping = z.object({
  when: z.object({ column: header, grain: z.enum(["month", "day"]) }).nullable(),
  views: optional(header),
  watchHours: optional(header),
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
const choices = z.object({
  channel: optional(z.object({ id: z.uuid(), newOn: platform.nullable() })),
  period: optional(
    z
      .object({ from: day, to: day })
      .refine(({ from, to }) => from <= to, "The last day is before the first."),
  ),
  dayOrder: optional(z.enum(["dmy", "mdy"])),
  decimal: optional(z.enum([".", ","])),
  currency: optional(currency),
  mapping: optional(mapping),
  twins: optional(z.enum(["sum", "first", "last"])),
  videoFormat: optional(z.enum(FORMATS)),
  videoFormats: optional(z.record(z.string().max(100), z.enum(FORMATS))),
  overlaps: optional(z.record(z.string().max(100), z.enum(["keep", "replace", "lines", "add"]))),
});
const About = z.object({
  bytes: z.number().int().nonnegative(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  choices,
  newChannelId: optional(z.uuid()),
  commit: z
    .object({
      id: z.uuid(),
      hash: z.string().regex(/^[0-9a-f]{64}$/),
      channelName: z.string().trim().max(100),
    })
    .nullable(),
});

/** A file as it was read, for one channel or before one is chosen. */
export interface ReadUpload {
  outcome: CollectedOutcome;
  choices: ImportChoices;
  brought: Brought | null;
}

/**
 * Reads an upload for the channel that was chosen; without a choice, for the one it must be: the only one that
 * fits, or a new one where there is none. Throws not_found for a channel of somebody else.
 */
export async function readFor(viewer: Viewer, creatorId: string, upload: Upload): Promise<ReadUpload> {
  const known = await channels.list(viewer, creatorId);
  let { choices } = upload;
  let outcome = await read(upload, choices);
  if (outcome.kind === "read" && !choices.channel) {
    const channel = suggestChannel(platformOf(outcome), known, upload.newChannelId);
    if (!channel) return { outcome, choices, brought: null };
    choices = { ...choices, channel };
    outcome = await read(upload, choices);
  }
  if (outcome.kind !== "read" || !choices.channel) return { outcome, choices, brought: null };
  const { id, newOn } = choices.channel;
  const platform = newOn ?? known.find((channel) => channel.id === id)?.platform;
  if (!platform) throw notFound("channel");
  return { outcome, choices, brought: bringTo(outcome.drafts, platform, choices) };
}

function suggestChannel(
  platform: Platform | null,
  known: readonly channels.Channel[],
  newId: string,
): ChannelChoice | null {
  const open = known.filter(({ archivedAt }) => archivedAt === null);
  const fitting = open.filter((channel) => platform === null || channel.platform === platform);
  const [only] = fitting;
  if (!only) return { id: newId, newOn: platform ?? "other" };
  return fitting.length === 1 ? { id: only.id, newOn: null } : null;
}

/** The one platform a file names; null when it names none, or several. */
function platformOf(outcome: CollectedOutcome): Platform | null {
  if (outcome.found?.fileFormat.startsWith("youtube-")) return "youtube";
  if (outcome.kind !== "read") return null;
  const { traffic, payouts } = outcome.drafts;
  const named = new Set([...traffic, ...payouts].map((draft) => draft.platform));
  named.delete("other");
  const [only] = named;
  return named.size === 1 && only ? only : null;
}

let reading = 0;
const waiting: (() => void)[] = [];

async function read({ bytes, fileName }: Upload, choices: ImportChoices): Promise<CollectedOutcome> {
  const { channel, period, dayOrder, decimal, currency, mapping, twins } = choices;
  if (reading >= READERS) await new Promise<void>((resolve) => waiting.push(resolve));
  else reading++;
  try {
    return readNow(bytes, fileName, {
      channelKey: channel?.id ?? "",
      today: dayOf(new Date().toISOString().slice(0, 10)),
      ...(period ? { period } : {}),
      ...(dayOrder ? { dayOrder } : {}),
      ...(decimal ? { decimal } : {}),
      ...(currency ? { currency } : {}),
      ...(mapping ? { mapping } : {}),
      ...(twins ? { twins } : {}),
    });
  } finally {
    const next = waiting.shift();
    if (next) next();
    else reading--;
  }
}
