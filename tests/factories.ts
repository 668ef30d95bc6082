/** People, creators and what belongs to them, made the way the app makes them. */
import { randomUUID } from "node:crypto";
import * as accounts from "../db/auth";
import * as creators from "../db/creators";
import * as members from "../db/members";
import { operatorViewer, personViewer, type Viewer } from "../lib/model/access";
import { currencyOf } from "../lib/model/money";
import type { Role } from "../lib/model/words";

export interface TestUser {
  id: string;
  email: string;
  name: string;
}

/** An account with an address of its own. Its password hash is not one: nobody can sign in with it. */
export async function makeUser(
  given: Partial<accounts.Account & { passwordHash: string }> = {},
): Promise<TestUser> {
  const id = given.id ?? randomUUID();
  const user = { id, email: given.email ?? `${id}@example.com`, name: given.name ?? "Mira Okafor" };
  const isNew = await accounts.createAccount({
    ...user,
    locale: given.locale ?? "en-US",
    passwordHash: given.passwordHash ?? "no password",
  });
  if (!isNew) throw new Error(`The address ${user.email} has an account already.`);
  return user;
}

export function viewerOf(user: { id: string }): Viewer {
  return personViewer(user.id);
}

export function operatorOf(creatorId: string): Viewer {
  return operatorViewer(creatorId, "a test");
}

/** A creator that the viewer owns. */
export function makeCreator(
  viewer: Viewer,
  given: { id?: string; name?: string; currency?: string; timeZone?: string } = {},
): Promise<creators.Creator> {
  return creators.create(viewer, {
    id: given.id ?? randomUUID(),
    name: given.name ?? "Mira Cooks",
    currency: currencyOf(given.currency ?? "USD"),
    timeZone: given.timeZone ?? "America/New_York",
  });
}

/** A further member, by invitation. */
export async function makeMember(
  owner: Viewer,
  creatorId: string,
  role: Role,
): Promise<{ user: TestUser; viewer: Viewer }> {
  const user = await makeUser();
  const viewer = viewerOf(user);
  const link = { id: randomUUID(), secretHash: Buffer.from(randomUUID()) };
  const expiresAt = new Date(Date.now() + 86_400_000);
  await members.invite(owner, { creatorId, email: user.email, role, expiresAt, ...link });
  await members.accept(viewer, link);
  return { user, viewer };
}

export interface Cast {
  owner: Viewer;
  editor: Viewer;
  looker: Viewer;
  former: Viewer;
  stranger: Viewer;
  creator: creators.Creator;
}

/** One creator with everyone who may, may no longer, or must not see it. */
export async function makeCast(): Promise<Cast> {
  const owner = viewerOf(await makeUser());
  const creator = await makeCreator(owner);
  const { viewer: editor } = await makeMember(owner, creator.id, "editor");
  const { viewer: looker } = await makeMember(owner, creator.id, "viewer");
  const { user: gone, viewer: former } = await makeMember(owner, creator.id, "editor");
  await members.remove(owner, { creatorId: creator.id, userId: gone.id, version: 1 });
  const stranger = viewerOf(await makeUser());
  await makeCreator(stranger, { name: "Somebody Else" });
  return { owner, editor, looker, former, stranger, creator };
}
