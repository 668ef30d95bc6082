import "server-only";
import type { Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import * as accounts from "@/db/auth";
import { operatorViewer, personViewer, type Viewer } from "../model/access";
import { readSessionToken, signInAs } from "./auth";
import { PATH_HEADER } from "./headers";
import { openLink } from "./secrets";

export type User = accounts.Account;

export interface SignedIn {
  viewer: Viewer;
  user: User;
  sessionId: string;
}

/** Account and session of this request: one look-up, however often it is asked. */
const find = cache(async (): Promise<SignedIn | null> => {
  const token = await readSessionToken();
  const user = token && (await accounts.findSession(token.sid, token.sub));
  return user ? { viewer: personViewer(user.id), user, sessionId: token.sid } : null;
});

/** Who is looking, or null. A token alone is nobody: its session must be alive. */
export async function findViewer(): Promise<Viewer | null> {
  return (await find())?.viewer ?? null;
}

/** Who is looking; one who is not signed in is sent to do so, and comes back to this page. */
export async function requireViewer(): Promise<Viewer> {
  return (await requireUser()).viewer;
}

/** The account behind the viewer, from the same look-up. */
export async function currentUser(): Promise<User | null> {
  return (await find())?.user ?? null;
}

/** Like requireViewer, with the account and the session in use. */
export async function requireUser(): Promise<SignedIn> {
  const found = await find();
  if (found) return found;
  const path = (await headers()).get(PATH_HEADER) ?? "/";
  redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}` as Route);
}

/**
 * Reads for a page while the session is still being looked up, as the one whom the cookie names. Nothing of it
 * comes out before the session proved to be alive.
 */
export async function readAhead<T>(work: (viewer: Viewer) => Promise<T>): Promise<T> {
  const token = await readSessionToken();
  const ahead = token && work(personViewer(token.sub));
  ahead?.catch(() => {});
  const { viewer } = await requireUser();
  return ahead ?? work(viewer);
}

/** Signs in the owner of a new account, in this browser. */
export async function becomeViewer(userId: string): Promise<Viewer> {
  await signInAs(userId);
  return personViewer(userId);
}

/** The operator, for the calendar of one creator whose address proved to be ours; the database knows if it still works. */
export function calendarViewer(creatorId: string): Viewer {
  return operatorViewer(creatorId, "calendar");
}

/** The operator, for the shared statement of one creator whose address proved to be ours; the database knows if it still works. */
export function sharedViewer(creatorId: string): Viewer {
  return operatorViewer(creatorId, "shared statement");
}

/** Whom a link in a mail was written to, for the one thing it is good for; null when it is none of ours. */
export function viewerOfMail(token: string): { viewer: Viewer; creatorId: string; kind: string } | null {
  const [userId, creatorId, kind] = openLink("alerts-off", token, new Date())?.split(" ") ?? [];
  return userId && creatorId && kind ? { viewer: personViewer(userId), creatorId, kind } : null;
}

/** The operator, for the one who holds a mail with a statement, and which recipient he is; null when it is none of ours. */
export function recipientOfMail(token: string): { viewer: Viewer; creatorId: string; id: string } | null {
  const [creatorId, id] = openLink("statements-off", token, new Date())?.split(" ") ?? [];
  return creatorId && id ? { viewer: operatorViewer(creatorId, "unsubscribe"), creatorId, id } : null;
}
