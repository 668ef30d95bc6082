import "server-only";
import * as channels from "@/db/channels";
import * as creators from "@/db/creators";
import * as mappings from "@/db/import-mappings";
import type { Bring } from "@/db/imports";
import { notFound } from "../errors";
import type { Mapping } from "../import/mapping";
import type { ReadOutcome } from "../import/read";
import { readFile } from "../import/run";
import type { ChannelChoice } from "../import-preview";
import type { Viewer } from "../model/access";
import type { Platform } from "../model/words";
import type { UploadChoices } from "../upload";

/** A file on this machine, and where its drafts are written (lib/import/staged.ts). */
export interface BroughtFile {
  path: string;
  name: string;
  /** hex */
  sha256: string;
  staged: string;
}

export interface Watch {
  signal?: AbortSignal;
  /** how far the reading is, from 0 to 1 */
  onProgress?: (share: number) => void;
}

/** A file as it was read: for one channel, or (without `bring`) before one is chosen. */
export interface Read {
  outcome: ReadOutcome;
  /** with the channel it was read for */
  choices: UploadChoices;
  bring: Bring | null;
  /** its columns mean what was said when a table with this header was imported before */
  isRemembered: boolean;
}

/**
 * Reads a file for the channel that was chosen; without a choice, for the one it must be: the only one that fits, or
 * a new one (under `newChannelId`) where there is none. Throws not_found for a channel of somebody else.
 */
export async function readFor(
  viewer: Viewer,
  creatorId: string,
  file: BroughtFile,
  chosen: UploadChoices,
  { newChannelId, ...watch }: Watch & { newChannelId: string },
): Promise<Read> {
  const [{ today }, known] = await Promise.all([
    creators.get(viewer, creatorId),
    channels.list(viewer, creatorId),
  ]);
  const platformOf = ({ id, newOn }: ChannelChoice) =>
    id === null ? ("other" as const) : (newOn ?? known.find((channel) => channel.id === id)?.platform);
  const read = (channel: ChannelChoice | null, mapping: Mapping | undefined) => {
    const platform = channel ? platformOf(channel) : null;
    if (platform === undefined) throw notFound("channel");
    const { overlaps: _, guess: __, channel: ___, ...options } = chosen;
    return readFile(
      { path: file.path, name: file.name },
      {
        ...options,
        ...(mapping ? { mapping } : {}),
        ...(channel?.id === null ? { isOfCreator: true } : {}),
        channelKey: channel?.id ?? "",
        platform,
        today,
      },
      file.staged,
      watch,
    );
  };

  const open = known.filter(({ archivedAt }) => archivedAt === null);
  const [only] = open;
  // Most have one channel: a guess that holds spares the second reading.
  const first =
    chosen.channel ?? (only && open.length === 1 && !chosen.subject ? { id: only.id, newOn: null } : null);
  let outcome = await read(first, chosen.mapping);
  if (outcome.kind !== "read") return { outcome, choices: chosen, bring: null, isRemembered: false };

  const channel = chosen.channel ?? suggestChannel(outcome, open, newChannelId);
  const remembered =
    outcome.mapping && !chosen.mapping && !chosen.guess
      ? ((await mappings.find(viewer, creatorId, outcome.found.header)) as Mapping | null)
      : null;
  const mapping = chosen.mapping ?? remembered ?? undefined;
  if (remembered || channel?.id !== first?.id) outcome = await read(channel, mapping);
  const choices = { ...chosen, ...(channel ? { channel } : {}), ...(mapping ? { mapping } : {}) };
  const platform = channel && platformOf(channel);
  const bring =
    channel && platform && outcome.kind === "read"
      ? {
          channelId: channel.id,
          platform,
          fileSha256: file.sha256,
          staged: file.staged,
          period: outcome.staged.period,
          choices,
        }
      : null;
  return { outcome, choices, bring, isRemembered: remembered !== null };
}

function suggestChannel(
  outcome: Extract<ReadOutcome, { kind: "read" }>,
  open: readonly channels.Channel[],
  newId: string,
): ChannelChoice | null {
  const { named } = outcome;
  if (named === "creator") return { id: null, newOn: null };
  const platform = named?.platform ?? platformIn(outcome);
  const fitting = open.filter(
    (channel) =>
      (platform === null || channel.platform === platform) && (!named || channel.name === named.name),
  );
  const [only] = fitting;
  if (!only) return { id: newId, newOn: platform ?? "other" };
  return fitting.length === 1 ? { id: only.id, newOn: null } : null;
}

/** The one platform a file names; null when it names none, or several. */
function platformIn(outcome: Extract<ReadOutcome, { kind: "read" }>): Platform | null {
  const named = outcome.staged.platforms.filter((platform) => platform !== "other");
  const [only] = named;
  return named.length === 1 && only ? only : null;
}
