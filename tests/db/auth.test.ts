import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import * as accounts from "../../db/auth";
import * as members from "../../db/members";
import { postgresArguments } from "../../lib/cli/urls.mjs";
import { makeCreator, makeUser, operatorOf, viewerOf } from "../factories";
import { authUrl, ownerUrl } from "../setup/database";

const owner = postgres(...postgresArguments(ownerUrl, { max: 1 }));
afterAll(() => owner.end());

async function openSession(userId: string, expiresAt = new Date(Date.now() + 3_600_000)): Promise<string> {
  const id = randomUUID();
  await accounts.openSession({ id, userId, userAgent: "test", expiresAt });
  return id;
}

describe("sessions", () => {
  it("finds the account of a live session, and nobody by a right id with another person's", async () => {
    const mira = await makeUser();
    const tom = await makeUser();
    const session = await openSession(mira.id);
    expect(await accounts.findSession(session, mira.id)).toMatchObject({ id: mira.id, email: mira.email });
    expect(await accounts.findSession(session, tom.id)).toBeNull();
    expect(await accounts.findSession(randomUUID(), mira.id)).toBeNull();
  });

  it("ends at once when signed out, expired, or when the account is disabled", async () => {
    const { id } = await makeUser();
    const [signedOut, expired, disabled] = [
      await openSession(id),
      await openSession(id, new Date(Date.now() - 1)),
      await openSession(id),
    ];
    await accounts.endSession(signedOut);
    expect(await accounts.findSession(signedOut, id)).toBeNull();
    expect(await accounts.findSession(expired, id)).toBeNull();
    await owner`update users set disabled_at = now() where id = ${id}`;
    expect(await accounts.findSession(disabled, id)).toBeNull();
    expect(await accounts.findPassword(`${id}@example.com`)).toBeNull();
  });

  it("notes when it was seen, at most every five minutes: a look-up is no write", async () => {
    const { id } = await makeUser();
    const session = await openSession(id);
    const seenAt = async () =>
      (await owner`select seen_at from sessions where id = ${session}`)[0]?.seen_at as Date;
    await owner`update sessions set seen_at = now() - interval '4 minutes' where id = ${session}`;
    const before = await seenAt();
    await accounts.findSession(session, id);
    expect(await seenAt()).toEqual(before);
    await owner`update sessions set seen_at = now() - interval '6 minutes' where id = ${session}`;
    await accounts.findSession(session, id);
    expect((await seenAt()).getTime()).toBeGreaterThan(before.getTime());
  });

  it("lists and ends only one's own", async () => {
    const [mira, tom] = [await makeUser(), await makeUser()];
    const [first, second] = [await openSession(mira.id), await openSession(mira.id)];
    const foreign = await openSession(tom.id);
    const ids = (await accounts.listSessions(viewerOf(mira))).map(({ id }) => id);
    expect(ids.sort()).toEqual([first, second].sort());
    await expect(accounts.closeSession(viewerOf(mira), foreign)).rejects.toMatchObject({ code: "not_found" });
    await accounts.closeSession(viewerOf(mira), first);
    await accounts.closeOtherSessions(viewerOf(mira), second);
    expect(await accounts.findSession(second, mira.id)).not.toBeNull();
    expect(await accounts.findSession(foreign, tom.id)).not.toBeNull();
  });

  it("a changed password keeps this browser and ends every other, and every reset link", async () => {
    const mira = await makeUser();
    const [here, there] = [await openSession(mira.id), await openSession(mira.id)];
    const token = { id: randomUUID(), secretHash: Buffer.from("hash"), minutes: 60 };
    await accounts.requestReset(mira.email, token);
    await accounts.changePassword(viewerOf(mira), "new hash", here);
    expect(await accounts.findSession(here, mira.id)).not.toBeNull();
    expect(await accounts.findSession(there, mira.id)).toBeNull();
    expect(await accounts.findReset(token.id, token.secretHash)).toBeNull();
    expect(await accounts.getPasswordHash(viewerOf(mira))).toBe("new hash");
  });
});

describe("accounts", () => {
  it("makes one account per address, whoever is first of many at once", async () => {
    const email = `${randomUUID()}@example.com`;
    const made = await Promise.all(
      Array.from({ length: 10 }, () =>
        accounts.createAccount({ id: randomUUID(), email, name: "A", locale: "en-US", passwordHash: "x" }),
      ),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
  });

  it("hands a stale profile edit what is there now", async () => {
    const mira = viewerOf(await makeUser());
    const edit = { name: "Mira", locale: "de-DE", version: 1 };
    expect(await accounts.updateProfile(mira, edit)).toMatchObject({ locale: "de-DE", version: 2 });
    await expect(accounts.updateProfile(mira, edit)).rejects.toMatchObject({
      code: "conflict",
      current: { version: 2 },
    });
  });

  it("the operator has no account", async () => {
    const { id } = await makeCreator(viewerOf(await makeUser()));
    const denied = { code: "forbidden" };
    const operator = operatorOf(id);
    await expect(accounts.getAccount(operator)).rejects.toMatchObject(denied);
    await expect(accounts.getPasswordHash(operator)).rejects.toMatchObject(denied);
    await expect(accounts.changePassword(operator, "x", randomUUID())).rejects.toMatchObject(denied);
    await expect(accounts.listSessions(operator)).rejects.toMatchObject(denied);
    await expect(accounts.closeOtherSessions(operator, randomUUID())).rejects.toMatchObject(denied);
  });

  it("the sign-in role reaches no creator's data, and deletes no account", async () => {
    const sql = postgres(...postgresArguments(authUrl, { max: 1 }));
    try {
      for (const table of ["creators", "members", "payouts", "totals", "invitations", "access"]) {
        await expect(sql.unsafe(`select * from ${table}`)).rejects.toMatchObject({ code: "42501" });
      }
      await expect(sql`delete from users`).rejects.toMatchObject({ code: "42501" });
    } finally {
      await sql.end();
    }
  });
});

describe("reset links", () => {
  it("work once, and end every session", async () => {
    const mira = await makeUser();
    const session = await openSession(mira.id);
    const token = { id: randomUUID(), secretHash: Buffer.from("right"), minutes: 60 };
    await accounts.requestReset(mira.email, token);
    expect(await accounts.resetPassword(token.id, Buffer.from("wrong"), "stolen")).toBeNull();
    const answers = await Promise.all(
      ["a", "b", "c"].map((hash) => accounts.resetPassword(token.id, token.secretHash, hash)),
    );
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    expect(await accounts.findSession(session, mira.id)).toBeNull();
  });

  it("end after their time", async () => {
    const mira = await makeUser();
    const token = { id: randomUUID(), secretHash: Buffer.from("right"), minutes: 60 };
    await accounts.requestReset(mira.email, token);
    expect(await accounts.findReset(token.id, token.secretHash)).toMatchObject({ id: mira.id });
    await owner`update tokens set expires_at = now() - interval '1 second' where id = ${token.id}`;
    expect(await accounts.findReset(token.id, token.secretHash)).toBeNull();
    expect(await accounts.resetPassword(token.id, token.secretHash, "x")).toBeNull();
  });

  it("are not made for an unknown address, and nothing says so", async () => {
    const token = { id: randomUUID(), secretHash: Buffer.from("right"), minutes: 60 };
    expect(await accounts.requestReset("nobody@example.com", token)).toBeUndefined();
    expect(await accounts.findReset(token.id, token.secretHash)).toBeNull();
  });
});

describe("invitations, before anyone signed in", () => {
  it("show to the holder of the link alone", async () => {
    const viewer = viewerOf(await makeUser());
    const creator = await makeCreator(viewer);
    const secret = { id: randomUUID(), secretHash: Buffer.from("right") };
    const expiresAt = new Date(Date.now() + 60_000);
    await members.invite(viewer, {
      creatorId: creator.id,
      email: "guest@example.com",
      role: "viewer",
      expiresAt,
      ...secret,
    });
    expect(await accounts.findInvitation(secret.id, secret.secretHash)).toEqual({
      creatorId: creator.id,
      creatorName: creator.name,
      email: "guest@example.com",
      role: "viewer",
    });
    expect(await accounts.findInvitation(secret.id, Buffer.from("wrong"))).toBeNull();
  });
});

describe("tries", () => {
  const rule = (key: string) => ({ key, limit: 10, windowSeconds: 900, growing: true });

  it("gives a burst of 40 parallel tries no more than the 10 that are free", async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 40 }, () => accounts.claimTry([rule(key)])));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(10);
  });

  it("waits longer after each further wrong try (30 s, 1 min, 2 min), and never longer than the window", async () => {
    const key = randomUUID();
    const waits: number[] = [];
    await owner`insert into tries (key, at) select ${key}, now() from generate_series(1, 10)`;
    for (const more of [0, 1, 1, 20]) {
      await owner`insert into tries (key, at) select ${key}, now() from generate_series(1, ${more})`;
      const answer = await accounts.claimTry([rule(key)]);
      if (!answer.ok) waits.push(Math.round((answer.retryAt.getTime() - Date.now()) / 1000));
    }
    expect(waits).toHaveLength(4);
    for (const [index, expected] of [30, 60, 120, 900].entries()) {
      expect(Math.abs((waits[index] ?? 0) - expected)).toBeLessThanOrEqual(2);
    }
  });

  it("lets in again when the wait is over, and forgets tries older than the window", async () => {
    const key = randomUUID();
    await owner`insert into tries (key, at) select ${key}, now() - interval '31 seconds' from generate_series(1, 10)`;
    expect((await accounts.claimTry([rule(key)])).ok).toBe(true);
    expect((await accounts.claimTry([rule(key)])).ok).toBe(false);
    await owner`update tries set at = now() - interval '16 minutes' where key = ${key}`;
    expect((await accounts.claimTry([rule(key)])).ok).toBe(true);
  });

  it("counts nothing when one of several rules says no, and success takes its own try back", async () => {
    const [account, address] = [randomUUID(), randomUUID()];
    const rules = [rule(account), { key: address, limit: 2, windowSeconds: 3600 }];
    const first = await accounts.claimTry(rules);
    if (first.ok) await accounts.forgive(first.ids, account);
    const [row] = await owner`select count(*)::int as n from tries where key in (${account}, ${address})`;
    expect(row?.n).toBe(0);
    await accounts.claimTry(rules);
    await accounts.claimTry(rules);
    expect((await accounts.claimTry(rules)).ok).toBe(false);
    const [after] = await owner`select count(*)::int as n from tries where key = ${account}`;
    expect(after?.n).toBe(2);
  });
});
