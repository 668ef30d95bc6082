import { randomUUID } from "node:crypto";
import { decode, encode } from "next-auth/jwt";
import postgres from "postgres";
import { afterAll, beforeEach, describe, expect, it, vi } from "vitest";
import * as creatorActions from "../../app/(app)/(account)/creators/actions";
import * as settings from "../../app/(app)/(account)/settings/actions";
import * as sampleActions from "../../app/(app)/creators/[creatorId]/sample-actions";
import * as memberActions from "../../app/(app)/creators/[creatorId]/settings/actions";
import { forgot } from "../../app/(auth)/forgot/actions";
import * as invite from "../../app/(auth)/invite/[token]/actions";
import { reset } from "../../app/(auth)/reset/[token]/actions";
import { signInAction } from "../../app/(auth)/sign-in/actions";
import { finishSignUp, requestSignUp, signUp } from "../../app/(auth)/sign-up/actions";
import { signOutAction } from "../../app/sign-out";
import * as accounts from "../../db/auth";
import * as creators from "../../db/creators";
import * as members from "../../db/members";
import { postgresArguments } from "../../lib/cli/urls.mjs";
import { type ActionState, IDLE } from "../../lib/model/action-state";
import { sessionCookie } from "../../lib/server/auth";
import { hashPassword } from "../../lib/server/passwords";
import { linkOf, sealLink } from "../../lib/server/secrets";
import { findViewer, requireViewer } from "../../lib/server/viewer";
import { makeCreator, makeUser, type TestUser, viewerOf } from "../factories";
import { ownerUrl } from "../setup/database";
import { type Browser, formOf, newBrowser, redirectOf, use } from "./browser";

vi.mock("next/headers", async () => (await import("./browser")).nextHeaders);
// As a server function gets it; outside Next the name leads to the browser's.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server.js"));
vi.mock("next/cache", () => ({ refresh: () => {} }));

const PASSWORD = "glacier anvil tuesday moss";
const NEW_PASSWORD = "fern harbour anvil quartz";
const SECRET = () => process.env.NEXTAUTH_SECRET ?? "";
const COOKIE = "permille.session";
const owner = postgres(...postgresArguments(ownerUrl, { max: 1 }));
afterAll(() => owner.end());

let passwordHash: string | undefined;
async function makeAccount(): Promise<TestUser> {
  passwordHash ??= await hashPassword(PASSWORD);
  return makeUser({ passwordHash });
}

async function signInWith(email: string, password: string, callbackUrl = "/") {
  return signInAction(IDLE, formOf({ email, password, callbackUrl }));
}

/** Signs in with a browser of its own, which stays the one in use. */
async function signedIn(user: TestUser, password = PASSWORD): Promise<Browser> {
  const browser = use(newBrowser());
  expect(await redirectOf(signInWith(user.email, password))).toBe("/");
  return browser;
}

async function isSignedIn(browser: Browser): Promise<boolean> {
  use(browser);
  return (await findViewer()) !== null;
}

function messageOf(state: ActionState): string {
  return state.status === "idle" ? "" : state.message;
}

beforeEach(async () => {
  use(newBrowser());
  await owner`delete from tries`;
});

describe("signing in", () => {
  it("goes on to where one came from, and only within the app", async () => {
    const user = await makeAccount();
    expect(await redirectOf(signInWith(user.email, PASSWORD, "/creators?x=1"))).toBe("/creators?x=1");
    use(newBrowser());
    expect(await redirectOf(signInWith(user.email, PASSWORD, "//evil.example"))).toBe("/");
  });

  it("puts nothing but the account's id and the session's into the token", async () => {
    const browser = await signedIn(await makeAccount());
    const token = await decode({ token: browser.cookies.get(COOKIE) ?? "", secret: SECRET() });
    expect(Object.keys(token ?? {}).sort()).toEqual(["exp", "iat", "jti", "sid", "sub"]);
  });

  it("answers a wrong password and an unknown address with the same bytes, and keeps the typed address", async () => {
    const user = await makeAccount();
    const known = await signInWith(user.email, "wrong");
    const unknown = await signInWith("nobody@example.com", "wrong");
    expect({ ...known, values: { ...(known as { values: object }).values, email: "" } }).toEqual({
      ...unknown,
      values: { ...(unknown as { values: object }).values, email: "" },
    });
    expect(known).toMatchObject({ values: { email: user.email } });
    expect(JSON.stringify(known)).not.toContain("wrong");
  });

  it("takes the address in any case, and the password in none but its own", async () => {
    const user = await makeAccount();
    expect(await redirectOf(signInWith(user.email.toUpperCase(), PASSWORD))).toBe("/");
    expect(messageOf(await signInWith(user.email, PASSWORD.toUpperCase()))).toContain("not right");
  });

  it("after 10 wrong tries says when to try again, though the 11th is right; a stranger's tries do not count", async () => {
    const user = await makeAccount();
    for (let n = 0; n < 10; n++)
      expect(messageOf(await signInWith(user.email, "wrong"))).toContain("not right");
    expect(messageOf(await signInWith(user.email, PASSWORD))).toMatch(
      /too many tries. Try again in \d+ seconds/,
    );
    use(newBrowser("203.0.113.80"));
    expect(await redirectOf(signInWith(user.email, PASSWORD))).toBe("/");
  });

  it("forgets the wrong tries after a right one", async () => {
    const user = await makeAccount();
    for (let round = 0; round < 2; round++) {
      for (let n = 0; n < 9; n++) await signInWith(user.email, "wrong");
      expect(await redirectOf(signInWith(user.email, PASSWORD))).toBe("/");
    }
  });

  it("from one address stops after 100 tries in an hour, whatever the accounts", async () => {
    await owner`insert into tries (key) select 'address:198.51.100.7' from generate_series(1, 100)`;
    const user = await makeAccount();
    expect(messageOf(await signInWith(user.email, PASSWORD))).toContain("too many tries");
  });
});

describe("a session", () => {
  it("ends at once for every browser that lost its row: sign-out, an ended session, a changed password", async () => {
    const user = await makeAccount();
    const [phone, laptop, library] = [await signedIn(user), await signedIn(user), await signedIn(user)];
    const stolen = { ...newBrowser(), cookies: new Map(phone.cookies) };

    use(phone);
    expect(await redirectOf(signOutAction(new FormData()))).toContain("/sign-in");
    expect(phone.cookies.has(COOKIE)).toBe(false);
    expect(await isSignedIn(stolen)).toBe(false);

    use(laptop);
    const token = await decode({ token: library.cookies.get(COOKIE) ?? "", secret: SECRET() });
    const closed = await settings.closeSession(IDLE, formOf({ id: String(token?.sid) }));
    expect(closed.status).toBe("done");
    expect(await isSignedIn(library)).toBe(false);

    const other = await signedIn(user);
    use(laptop);
    const change = formOf({ currentPassword: PASSWORD, newPassword: NEW_PASSWORD });
    expect(messageOf(await settings.changePassword(IDLE, change))).toContain("new password is set");
    expect(await isSignedIn(other)).toBe(false);
    expect(await isSignedIn(laptop)).toBe(true);
    expect(await redirectOf(signInWith(user.email, NEW_PASSWORD))).toBe("/");
  });

  it("changes its password only with the current one, and not to an easy one; nothing typed comes back", async () => {
    await signedIn(await makeAccount());
    const wrong = await settings.changePassword(
      IDLE,
      formOf({ currentPassword: "not it", newPassword: NEW_PASSWORD }),
    );
    expect(wrong).toMatchObject({ fields: { currentPassword: "This is not your password." }, values: {} });
    const easy = await settings.changePassword(
      IDLE,
      formOf({ currentPassword: PASSWORD, newPassword: "password1234567" }),
    );
    expect(easy).toMatchObject({
      fields: { newPassword: expect.stringContaining("easy to guess") },
      values: {},
    });
  });

  it("is not made of an unsigned, expired, foreign, re-purposed or orphaned token: 0 of 500 accepted", async () => {
    const user = await makeAccount();
    const other = await makeAccount();
    const browser = await signedIn(user);
    const good = browser.cookies.get(COOKIE) ?? "";
    const claims = await decode({ token: good, secret: SECRET() });
    const sid = String(claims?.sid);
    const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const bad = [
      "",
      "x",
      `${base64({ alg: "none" })}.${base64({ sub: user.id, sid })}.`,
      good.slice(0, -2),
      await encode({ token: { sub: user.id, sid }, secret: SECRET(), maxAge: -60 }),
      await encode({ token: { sub: user.id, sid }, secret: "another secret of at least 32 characters" }),
      await encode({ token: { sub: user.id, sid }, secret: SECRET(), salt: "next-auth.pkce.code_verifier" }),
      await encode({ token: { sub: user.id }, secret: SECRET() }),
      await encode({ token: { sub: other.id, sid }, secret: SECRET() }),
      await encode({ token: { sub: user.id, sid: "%" }, secret: SECRET() }),
      linkOf("reset", sid).token,
      sealLink("sign-up", user.email, new Date(Date.now() + 60_000)),
    ];
    for (let n = bad.length; n < 500; n++) {
      bad.push(
        n % 2 === 0
          ? await encode({ token: { sub: user.id, sid: randomUUID() }, secret: SECRET() })
          : `${good.slice(0, n % good.length)}A${good.slice((n % good.length) + 1)}`,
      );
    }
    const accepted = [];
    for (const token of bad) {
      if (token === good) continue;
      use({ ...newBrowser(), cookies: new Map([[COOKIE, token]]) });
      if (await findViewer()) accepted.push(token);
    }
    expect(accepted).toEqual([]);
    expect(await isSignedIn(browser)).toBe(true);
  });

  it("has a cookie that no script reads and, under https, no neighbouring host sets", async () => {
    expect(sessionCookie()).toEqual({
      name: COOKIE,
      options: { httpOnly: true, sameSite: "lax", path: "/", secure: false },
    });
    vi.resetModules();
    vi.stubEnv("NEXTAUTH_URL", "https://permille.example");
    const secure = (await import("../../lib/server/auth")).sessionCookie();
    expect(secure).toMatchObject({ name: "__Host-permille.session", options: { secure: true, path: "/" } });
  });

  it("sends one who has none to sign in, and back to the page he wanted", async () => {
    expect(await redirectOf(requireViewer())).toBe("/sign-in?callbackUrl=%2Fhere");
  });
});

describe("an account", () => {
  it("is made at once on a local install, sent twice it signs in, and another's address stays his", async () => {
    const email = `${randomUUID()}@example.com`;
    const form = { email, name: "Mira", password: PASSWORD, callbackUrl: "/creators" };
    expect(await redirectOf(signUp(IDLE, formOf(form)))).toBe("/creators");
    expect(await redirectOf(signUp(IDLE, formOf(form)))).toBe("/creators");
    use(newBrowser());
    const thief = await signUp(IDLE, formOf({ ...form, password: NEW_PASSWORD }));
    expect(messageOf(thief)).toContain("No account could be made");
    expect(await findViewer()).toBeNull();
  });

  it("cannot be guessed at through sign-up more often than through sign-in", async () => {
    const user = await makeAccount();
    for (let n = 0; n < 10; n++) await signInWith(user.email, "wrong");
    const form = formOf({ email: user.email, name: "M", password: NEW_PASSWORD });
    expect(messageOf(await signUp(IDLE, form))).toContain("too many tries");
  });

  it("begins with a mailed link elsewhere, which works for its own address only", async () => {
    const email = `${randomUUID()}@example.com`;
    const token = sealLink("sign-up", email, new Date(Date.now() + 60_000));
    const finish = (given: string) =>
      finishSignUp(IDLE, formOf({ token: given, name: "Mira", password: PASSWORD }));
    expect(messageOf(await finish(`x${token}`))).toContain("not good any more");
    expect(await redirectOf(finish(token))).toBe("/creators");
    expect(await accounts.hasAccount(email)).toBe(true);
  });

  it("answers the request for a link, and for a new password, the same for known and unknown addresses", async () => {
    const user = await makeAccount();
    for (const ask of [forgot, requestSignUp]) {
      const known = await ask(IDLE, formOf({ email: user.email }));
      expect(known.status).toBe("done");
      expect(await ask(IDLE, formOf({ email: "nobody@example.com" }))).toEqual(known);
    }
  });

  it("gets a new password by a link that works once and ends every session", async () => {
    const user = await makeAccount();
    const browser = await signedIn(user);
    const link = linkOf("reset", randomUUID());
    await accounts.requestReset(user.email, { ...link, minutes: 60 });
    const send = (password: string) => reset(IDLE, formOf({ token: link.token, password }));
    expect(await send("short")).toMatchObject({
      fields: { password: expect.stringContaining("at least 15") },
    });
    expect(await redirectOf(send(NEW_PASSWORD))).toBe("/sign-in?notice=reset");
    expect(messageOf(await send(PASSWORD))).toContain("was used");
    expect(await isSignedIn(browser)).toBe(false);
    expect(await redirectOf(signInWith(user.email, NEW_PASSWORD))).toBe("/");
  });

  it("can be made behind an invitation, which then is accepted", async () => {
    const host = viewerOf(await makeUser());
    const creator = await makeCreator(host);
    const link = linkOf("invitation", randomUUID());
    const email = `${randomUUID()}@example.com`;
    const expiresAt = new Date(Date.now() + 60_000);
    await members.invite(host, { creatorId: creator.id, email, role: "viewer", expiresAt, ...link });
    const form = formOf({ token: link.token, name: "Tom", password: PASSWORD });
    expect(await redirectOf(invite.joinByInvitation(IDLE, form))).toBe(`/creators/${creator.id}`);
    const viewer = await requireViewer();
    expect(await creators.get(viewer, creator.id)).toMatchObject({ role: "viewer" });
  });
});

describe("actions as public endpoints", () => {
  const guarded = {
    ...settings,
    ...creatorActions,
    ...memberActions,
    removeSample: sampleActions.removeSample,
    acceptInvitation: invite.acceptInvitation,
  };
  type Call = (...given: unknown[]) => Promise<unknown>;

  it.each(Object.entries(guarded))(
    "%s: one who is not signed in gets nowhere, whatever he sends",
    async (name, run) => {
      const call = run as Call;
      const form = formOf({ id: randomUUID(), creatorId: randomUUID() });
      const given = name === "removeSample" ? [form] : [IDLE, form];
      expect(await redirectOf(call(...given))).toBe("/sign-in?callbackUrl=%2Fhere");
      expect(await redirectOf(call(IDLE, { creatorId: "x" }))).toBe("/sign-in?callbackUrl=%2Fhere");
    },
  );

  it.each(
    Object.entries({
      ...guarded,
      signIn: signInAction,
      signUp,
      requestSignUp,
      finishSignUp,
      forgot,
      reset,
    }).filter(([name]) => !["removeSample", "closeOtherSessions"].includes(name)),
  )("%s: what is no form is refused as an empty one, without an error of ours", async (_name, run) => {
    await signedIn(await makeAccount());
    for (const wrong of [null, undefined, "text", 7, [], { email: { $gt: "" } }]) {
      expect(await (run as Call)(IDLE, wrong)).toMatchObject({ status: "invalid" });
    }
  });

  it("a stranger changes nothing of a creator by any of its forms", async () => {
    const host = viewerOf(await makeUser());
    const { id: creatorId } = await makeCreator(host);
    const hostId = host.kind === "person" ? host.userId : "";
    const before = JSON.stringify([await creators.get(host, creatorId), await members.list(host, creatorId)]);
    await signedIn(await makeAccount());
    const form = formOf({
      id: randomUUID(),
      creatorId,
      userId: hostId,
      email: "eve@example.com",
      role: "owner",
      version: "1",
      name: "Taken",
      currency: "EUR",
      timeZone: "UTC",
    });
    for (const [name, run] of Object.entries(memberActions)) {
      expect([name, messageOf(await run(IDLE, form))]).toEqual([
        name,
        expect.stringContaining("not shared with you"),
      ]);
    }
    const after = JSON.stringify([await creators.get(host, creatorId), await members.list(host, creatorId)]);
    expect(after).toBe(before);
    expect(await members.listInvitations(host, creatorId)).toEqual([]);
  });
});

it("next-auth's own endpoint counts the same tries and gives no session for a wrong password", async () => {
  const { authOptions } = await import("../../lib/server/auth");
  const [provider] = authOptions().providers;
  const authorize = provider?.options.authorize as (given: unknown) => Promise<unknown>;
  const user = await makeAccount();
  await expect(authorize({ email: user.email, password: "wrong" })).rejects.toThrow("not right");
  expect(await authorize({ email: { $ne: "" }, password: [] })).toBeNull();
  expect(await authorize({ email: user.email, password: PASSWORD })).toMatchObject({ id: user.id });
});
