/**
 * Taking back and undoing in a chain of entries, each of which replaces the one before: what deals and events
 * share. Payouts, traffic and receipts have more to look after and do it themselves.
 */
import type { Viewer } from "../lib/model/access";
import { note as audit } from "./audit";
import { transaction } from "./client";
import { demand } from "./scope";

export interface Chain<Body, Entry extends Body & Link> {
  noun: "deal" | "event";
  /** Throws not_found. */
  get(viewer: Viewer, creatorId: string, id: string): Promise<Entry>;
  /** Answers whether the entry is new. */
  insert(viewer: Viewer, creatorId: string, row: Body & NewLink): Promise<boolean>;
  bodyOf(entry: Body): Body;
}

interface Link {
  id: string;
  replaces: string | null;
  isVoid: boolean;
}
type NewLink = { id: string; replaces: string; isVoid?: boolean };

/** Takes an entry back: it counts no more, and the history keeps it. */
export function removeFrom<Body, Entry extends Body & Link>(
  chain: Chain<Body, Entry>,
  viewer: Viewer,
  creatorId: string,
  { id, replaces }: { id: string; replaces: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const old = await chain.get(viewer, creatorId, replaces);
    const row = { ...chain.bodyOf(old), id, replaces: old.id, isVoid: true };
    if (await chain.insert(viewer, creatorId, row))
      await audit(creatorId, `${chain.noun}.removed`, old.id, {});
  });
}

/** Undoes the newest change of a chain: a first entry is taken back, a later one gives way to what it replaced. */
export function undoIn<Body, Entry extends Body & Link>(
  chain: Chain<Body, Entry>,
  viewer: Viewer,
  creatorId: string,
  { id, entryId }: { id: string; entryId: string },
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    const newest = await chain.get(viewer, creatorId, entryId);
    const before = newest.replaces ? await chain.get(viewer, creatorId, newest.replaces) : null;
    const [body, isVoid] =
      before && !before.isVoid ? [chain.bodyOf(before), false] : [chain.bodyOf(newest), true];
    if (await chain.insert(viewer, creatorId, { ...body, id, replaces: newest.id, isVoid }))
      await audit(creatorId, `${chain.noun}.undone`, newest.id, {});
  });
}
