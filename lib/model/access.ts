import type { Day } from "./month";
import { type Role, STREAMS, type Stream } from "./words";

declare const viewerBrand: unique symbol;

/** Who is looking. A value of this type can only come from the two makers below. */
export type Viewer =
  | { readonly kind: "person"; readonly userId: string; readonly [viewerBrand]: true }
  | {
      readonly kind: "operator";
      readonly creatorId: string;
      readonly reason: string;
      readonly [viewerBrand]: true;
    };

/**
 * A signed-in person. Only lib/server/viewer.ts, lib/server/jobs.ts, lib/cli and tests/factories may call
 * this; an architecture test enforces it. Throws RangeError on an empty id.
 */
export function personViewer(userId: string): Viewer {
  if (userId === "") throw new RangeError("A person's viewer needs a user id.");
  return { kind: "person", userId } as Viewer;
}

/**
 * The operator of the instance, for one creator and one audited reason at a time. Only lib/server/viewer.ts,
 * lib/server/jobs.ts, lib/cli and tests/factories may call this; an architecture test enforces it.
 * Throws RangeError on an empty id or reason.
 */
export function operatorViewer(creatorId: string, reason: string): Viewer {
  if (creatorId === "") throw new RangeError("An operator's viewer needs a creator id.");
  if (reason.trim() === "") throw new RangeError("An operator's viewer needs a reason for the audit log.");
  return { kind: "operator", creatorId, reason } as Viewer;
}

export type Action = "read" | "write" | "manage";

const ALLOWED: Readonly<Record<Role, readonly Action[]>> = {
  owner: ["read", "write", "manage"],
  editor: ["read", "write"],
  viewer: ["read"],
};

/** Whether a role may do an action; decides which buttons show. An unknown role may do nothing. */
export function can(role: Role | undefined, action: Action): boolean {
  return role !== undefined && Object.hasOwn(ALLOWED, role) && ALLOWED[role].includes(action);
}

/** May log, correct and undo. */
export function canWrite(role: Role | undefined): boolean {
  return can(role, "write");
}

/** May invite, remove, represent, close months and erase. */
export function canManage(role: Role | undefined): boolean {
  return can(role, "manage");
}

/** What one representation lets a viewer see. */
export interface Share {
  readonly agencyId: string;
  readonly agencyName: string;
  /** null: every stream */
  readonly streams: readonly Stream[] | null;
  readonly amounts: boolean;
  readonly notes: boolean;
  /** the last day, in the creator's zone; null: until it is ended */
  readonly toDay: Day | null;
}

/** How far a creator is shared with a viewer who does not belong to it. */
export interface Shared extends Omit<Share, "agencyId" | "agencyName"> {
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
}

/** All shares of one creator with one viewer together; null without any: he belongs to it. */
export function sharedOf(shares: readonly Share[]): Shared | null {
  if (shares.length === 0) return null;
  const withAmounts = shares.filter(({ amounts }) => amounts);
  const isWhole = withAmounts.some(({ streams }) => streams === null);
  const days = shares.map(({ toDay }) => toDay);
  return {
    agencies: shares.map(({ agencyId: id, agencyName: name }) => ({ id, name })),
    streams: isWhole
      ? null
      : STREAMS.filter((stream) => withAmounts.some(({ streams }) => streams?.includes(stream))),
    amounts: withAmounts.length > 0,
    notes: shares.some(({ notes }) => notes),
    toDay: days.includes(null) ? null : (days.sort().at(-1) ?? null),
  };
}

/** Whether money of some streams at least is shown. */
export function seesFigures(shared: Shared | null): boolean {
  return shared === null || (shared.amounts && (shared.streams === null || shared.streams.length > 0));
}

/** Whether everything is: totals, deals, receipts and what is made of all streams. */
export function seesAll(shared: Shared | null): boolean {
  return shared === null || (shared.amounts && shared.streams === null);
}
