import type { Role } from "./words";

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
