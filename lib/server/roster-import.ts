import "server-only";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Agency } from "@/db/agencies";
import * as handovers from "@/db/handovers";
import { idBeside } from "@/db/once";
import * as rosterNames from "@/db/roster-names";
import { AppError, notFound } from "../errors";
import { splitFile } from "../import/run";
import type { Part, SplitOptions } from "../import/split";
import type { Viewer } from "../model/access";
import { matchNames, nameKey } from "../model/creator-names";
import type { Currency } from "../model/money";
import { type BroughtPart, type FileName, NEW_CREATOR, type RosterFile } from "../roster-file";
import { withFolder } from "./import-folder";
import { receive } from "./import-upload";
import { look } from "./import-work";

/**
 * One file for many creators: taken apart here, and from then on each part is a file of its creator like any other,
 * with a preview, an import and an undo of its own.
 */

export interface Brought {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Whom the file names, and whom of the roster each name means. Writes nothing. */
export async function namesIn(
  viewer: Viewer,
  agencyId: string,
  file: Brought,
  column: string | undefined,
): Promise<RosterFile> {
  const roster = await rosterNames.list(viewer, agencyId);
  return withParts(file, column === undefined ? {} : { column }, async (outcome) => {
    if (outcome.kind === "refused") return { kind: "refused", message: sentenceOf(outcome.problems) };
    const { header, parts, unnamed } = outcome;
    const byKey = new Map<string, FileName>();
    for (const { names, creator, channel, rows } of parts) {
      const [key = ""] = names;
      const name = byKey.get(key) ?? { key, shown: creator, rows: 0, channels: [], creatorId: null };
      name.rows += rows;
      if (channel !== "") name.channels.push(channel);
      byKey.set(key, name);
    }
    const found = [...byKey.values()];
    const known = roster.filter(({ mayImport }) => mayImport);
    const matched = matchNames([...byKey.keys(), ...found.flatMap(({ channels }) => channels)], known);
    return {
      kind: "names",
      header,
      column: outcome.column,
      unnamed,
      names: found.map((name) => ({
        ...name,
        creatorId: matched.get(name.key) ?? onlyOf(name.channels.map((channel) => matched.get(channel))),
      })),
    };
  });
}

/**
 * Brings each part to its creator and looks at it. The same id again brings the same files. What goes wrong with one
 * is said of that one and keeps nobody else from his. Errors: not_found for a creator whom the viewer may not import
 * for; invalid when the file is refused.
 */
export async function bringParts(
  viewer: Viewer,
  agency: Pick<Agency, "id" | "currency">,
  file: Brought,
  said: {
    id: string;
    column: string;
    /** by the key of a name: a creator's id, or NEW_CREATOR; names that are not here are left out */
    assigned: Readonly<Record<string, string>>;
    timeZone: string;
    locale: string;
  },
): Promise<BroughtPart[]> {
  const { id, column, assigned, timeZone, locale } = said;
  const roster = new Map((await rosterNames.list(viewer, agency.id)).map((each) => [each.creatorId, each]));
  for (const whose of Object.values(assigned))
    if (whose !== NEW_CREATOR && !roster.get(whose)?.mayImport) throw notFound("creator");
  const keyOf = Object.fromEntries(
    Object.entries(assigned).map(([key, whose]) => [key, whose === NEW_CREATOR ? newIdOf(id, key) : whose]),
  );
  return withParts(file, { column, keyOf }, async (outcome, textOf) => {
    if (outcome.kind === "refused") throw new AppError("invalid", sentenceOf(outcome.problems));
    const arrived: { part: BroughtPart; channelId: string | null; uploadId: string | null }[] = [];
    for (const [index, part] of outcome.parts.entries()) {
      const [key = ""] = part.names;
      const creatorId = keyOf[key] ?? "";
      const known = roster.get(creatorId);
      const base = {
        ...{ key, creatorId, creatorName: known?.creatorName ?? part.creator, upload: null, message: null },
        ...{ channel: part.channel, rows: part.rows },
      };
      try {
        if (assigned[key] === NEW_CREATOR) {
          await handovers.run(viewer, agency.id, {
            ...{ id: creatorId, name: part.creator.slice(0, 100), currency: agency.currency as Currency },
            ...{ timeZone, representationId: idBeside(creatorId, "representation") },
          });
        }
        const uploadId = idBeside(id, partKey(creatorId, part));
        await send(viewer, creatorId, uploadId, fileNameOf(file.name, part), await textOf(index));
        arrived.push({ part: base, channelId: channelOf(known, part), uploadId });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        arrived.push({ part: { ...base, message: error.message }, channelId: null, uploadId: null });
      }
    }
    // Side by side: what takes longer than an answer may goes on by itself.
    return Promise.all(
      arrived.map(async ({ part, channelId, uploadId }) => {
        if (uploadId === null) return part;
        const channel = channelId === null ? {} : { channel: { id: channelId, newOn: null } };
        return { ...part, upload: await look(viewer, part.creatorId, uploadId, channel, locale) };
      }),
    );
  });
}

/** The part as an upload of its creator. */
async function send(
  viewer: Viewer,
  creatorId: string,
  id: string,
  fileName: string,
  text: Buffer,
): Promise<void> {
  const sha256 = createHash("sha256").update(text).digest("hex");
  const body = new Blob([new Uint8Array(text)]).stream();
  await receive(viewer, creatorId, { id, fileName, bytes: text.length, sha256 }, body);
}

type Split = Awaited<ReturnType<typeof splitFile>>;

/** The file taken apart in a folder of its own, which is gone afterwards. */
function withParts<T>(
  file: Brought,
  options: SplitOptions,
  work: (outcome: Split, textOf: (part: number) => Promise<Buffer>) => Promise<T>,
): Promise<T> {
  return withFolder(async (folder) => {
    const whole = path.join(folder, "file");
    await writeFile(whole, file.bytes, { mode: 0o600, flag: "wx" });
    const outcome = await splitFile({ path: whole, name: file.name }, options, folder);
    return work(outcome, (part) => readFile(path.join(folder, String(part))));
  });
}

/** The creator's channel that the part names; null: the import suggests one, or asks. */
function channelOf(known: rosterNames.RosterName | undefined, { channel }: Part): string | null {
  if (channel === "") return null;
  const found = known?.channels.filter(({ names }) =>
    names.some((name) => nameKey(name) === nameKey(channel)),
  );
  return onlyOf(found?.map(({ id }) => id) ?? []);
}

function onlyOf(ids: readonly (string | undefined)[]): string | null {
  const found = new Set(ids.filter((id) => id !== undefined));
  const [only = null] = found;
  return found.size === 1 ? only : null;
}

/** The same file assigned the same way makes the same creators and the same uploads. */
function newIdOf(id: string, key: string): string {
  return idBeside(id, `creator ${key}`);
}

function partKey(creatorId: string, { channel, platform }: Part): string {
  return `part ${creatorId} ${nameKey(channel)} ${nameKey(platform)}`;
}

function fileNameOf(name: string, { channel, platform }: Part): string {
  return [name, channel, platform]
    .filter((part) => part !== "")
    .join(", ")
    .slice(-200);
}

function sentenceOf(problems: readonly { message: string; line?: number }[]): string {
  return problems[0]?.message ?? "The file cannot be read. Export it again.";
}
