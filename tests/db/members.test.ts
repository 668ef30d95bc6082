import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as audit from "../../db/audit";
import * as creators from "../../db/creators";
import * as members from "../../db/members";
import { postgresArguments } from "../../lib/cli/urls.mjs";
import type { Viewer } from "../../lib/model/access";
import { currencyOf } from "../../lib/model/money";
import { type Cast, makeCast, makeCreator, makeMember, makeUser, viewerOf } from "../factories";
import { appUrl } from "../setup/database";

const NEXT_WEEK = new Date(Date.now() + 7 * 86_400_000);

function link() {
  return { id: randomUUID(), secretHash: Buffer.from(randomUUID()) };
}

function userIdOf(viewer: Viewer): string {
  return viewer.kind === "person" ? viewer.userId : "";
}

describe("creators", () => {
  it("makes its maker the owner, and the same form sent twice makes one creator", async () => {
    const viewer = viewerOf(await makeUser());
    const id = randomUUID();
    const made = await makeCreator(viewer, { id });
    const again = await makeCreator(viewer, { id });
    expect(made).toMatchObject({ id, role: "owner", currency: "USD", version: 1 });
    expect(again).toEqual(made);
    expect(await creators.list(viewer)).toHaveLength(1);
  });

  it("makes one creator of 20 parallel submits, with 20 equal answers", async () => {
    const viewer = viewerOf(await makeUser());
    const id = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => makeCreator(viewer, { id })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect((await audit.list(viewer, id)).filter(({ action }) => action === "creator.created")).toHaveLength(
      1,
    );
  });

  it("refuses the same id with other values, and another person's id without saying that it exists", async () => {
    const viewer = viewerOf(await makeUser());
    const { id } = await makeCreator(viewer);
    await expect(makeCreator(viewer, { id, name: "Other" })).rejects.toMatchObject({ code: "conflict" });
    const stranger = viewerOf(await makeUser());
    await expect(makeCreator(stranger, { id })).rejects.toMatchObject({ code: "conflict" });
    expect(await creators.list(stranger)).toEqual([]);
  });

  it("hands a stale edit what is there now, so that nobody's change is lost", async () => {
    const viewer = viewerOf(await makeUser());
    const { id } = await makeCreator(viewer);
    const edit = { id, name: "Mira", currency: currencyOf("EUR"), timeZone: "Europe/Berlin", version: 1 };
    expect(await creators.update(viewer, edit)).toMatchObject({ currency: "EUR", version: 2 });
    await expect(creators.update(viewer, { ...edit, name: "Late" })).rejects.toMatchObject({
      code: "conflict",
      current: { name: "Mira", version: 2 },
    });
  });

  it("refuses a zone that the database cannot count days in, naming the field", async () => {
    const viewer = viewerOf(await makeUser());
    await expect(makeCreator(viewer, { timeZone: "Mars/Olympus" })).rejects.toMatchObject({
      code: "invalid",
      fields: { timeZone: expect.stringContaining("time zone") },
    });
  });

  it("counts today in the creator's own zone", async () => {
    const viewer = viewerOf(await makeUser());
    const east = await makeCreator(viewer, { timeZone: "Pacific/Kiritimati" });
    const west = await makeCreator(viewer, { timeZone: "Pacific/Pago_Pago" });
    // 25 hours lie between the two, so their days always differ.
    expect(east.today > west.today).toBe(true);
  });
});

describe("members", () => {
  it("lets an invited person in with the invited role, and only the one whose address it is", async () => {
    const owner = viewerOf(await makeUser());
    const creator = await makeCreator(owner);
    const guest = await makeUser();
    const thief = viewerOf(await makeUser());
    const invitation = {
      creatorId: creator.id,
      email: guest.email,
      role: "editor" as const,
      expiresAt: NEXT_WEEK,
    };
    const secret = link();
    await members.invite(owner, { ...invitation, ...secret });

    await expect(members.accept(thief, secret)).rejects.toMatchObject({ code: "not_found" });
    const guessed = { ...secret, secretHash: Buffer.from("guessed") };
    await expect(members.accept(viewerOf(guest), guessed)).rejects.toMatchObject({ code: "not_found" });

    expect(await members.accept(viewerOf(guest), secret)).toBe(creator.id);
    expect(await creators.get(viewerOf(guest), creator.id)).toMatchObject({ role: "editor" });
    await expect(members.accept(viewerOf(guest), secret)).rejects.toMatchObject({ code: "not_found" });
  });

  it("ends an expired, a withdrawn and a superseded invitation", async () => {
    const owner = viewerOf(await makeUser());
    const creator = await makeCreator(owner);
    const guest = await makeUser();
    const base = { creatorId: creator.id, email: guest.email, role: "viewer" as const };

    const expired = link();
    await members.invite(owner, { ...base, ...expired, expiresAt: new Date(Date.now() - 1000) });
    await expect(members.accept(viewerOf(guest), expired)).rejects.toMatchObject({ code: "not_found" });

    const superseding = link();
    await members.resend(owner, {
      creatorId: creator.id,
      id: expired.id,
      newId: superseding.id,
      secretHash: superseding.secretHash,
      expiresAt: NEXT_WEEK,
    });
    expect((await members.listInvitations(owner, creator.id)).map(({ id }) => id)).toEqual([superseding.id]);

    await members.revokeInvitation(owner, creator.id, superseding.id);
    await expect(members.accept(viewerOf(guest), superseding)).rejects.toMatchObject({ code: "not_found" });
    await expect(members.revokeInvitation(owner, creator.id, superseding.id)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("sends one invitation for the same form sent twice, and refuses an invited member", async () => {
    const owner = viewerOf(await makeUser());
    const creator = await makeCreator(owner);
    const input = {
      creatorId: creator.id,
      email: "a@example.com",
      role: "viewer" as const,
      expiresAt: NEXT_WEEK,
    };
    const secret = link();
    const first = await members.invite(owner, { ...input, ...secret });
    expect(await members.invite(owner, { ...input, ...secret })).toEqual(first);
    await expect(members.invite(owner, { ...input, ...secret, role: "owner" })).rejects.toMatchObject({
      code: "conflict",
    });
    const { user } = await makeMember(owner, creator.id, "viewer");
    await expect(members.invite(owner, { ...input, ...link(), email: user.email })).rejects.toMatchObject({
      fields: { email: expect.stringContaining("member already") },
    });
  });

  it("keeps the last owner, with a sentence that says what to do", async () => {
    const owner = viewerOf(await makeUser());
    const creator = await makeCreator(owner);
    const self = { creatorId: creator.id, userId: userIdOf(owner), version: 1 };
    const sentence = { code: "invalid", message: expect.stringContaining("at least one owner") };
    await expect(members.changeRole(owner, { ...self, role: "viewer" })).rejects.toMatchObject(sentence);
    await expect(members.remove(owner, self)).rejects.toMatchObject(sentence);
    await expect(members.leave(owner, creator.id)).rejects.toMatchObject(sentence);
    expect(await members.list(owner, creator.id)).toMatchObject([{ role: "owner", version: 1 }]);
  });

  it("never leaves a creator without an owner when two owners remove each other at once", async () => {
    const first = viewerOf(await makeUser());
    const creator = await makeCreator(first);
    const { viewer: second } = await makeMember(first, creator.id, "owner");
    const results = await Promise.allSettled([
      members.remove(first, { creatorId: creator.id, userId: userIdOf(second), version: 1 }),
      members.remove(second, { creatorId: creator.id, userId: userIdOf(first), version: 1 }),
    ]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  it("hands a stale role change the member as he is now", async () => {
    const owner = viewerOf(await makeUser());
    const creator = await makeCreator(owner);
    const { user } = await makeMember(owner, creator.id, "viewer");
    const change = { creatorId: creator.id, userId: user.id, version: 1 };
    await members.changeRole(owner, { ...change, role: "editor" });
    await expect(members.changeRole(owner, { ...change, role: "owner" })).rejects.toMatchObject({
      code: "conflict",
      current: { role: "editor", version: 2 },
    });
  });

  it("takes a removed member's sight at once, and gives it back with a new invitation's role", async () => {
    const owner = viewerOf(await makeUser());
    const creator = await makeCreator(owner);
    const { user, viewer } = await makeMember(owner, creator.id, "editor");
    await members.remove(owner, { creatorId: creator.id, userId: user.id, version: 1 });
    expect(await creators.list(viewer)).toEqual([]);
    await expect(creators.get(viewer, creator.id)).rejects.toMatchObject({ code: "not_found" });
    const secret = link();
    await members.invite(owner, {
      creatorId: creator.id,
      email: user.email,
      role: "viewer",
      expiresAt: NEXT_WEEK,
      ...secret,
    });
    await members.accept(viewer, secret);
    expect(await creators.get(viewer, creator.id)).toMatchObject({ role: "viewer" });
  });

  it("lets a viewer leave by himself, and notes it", async () => {
    const owner = viewerOf(await makeUser());
    const creator = await makeCreator(owner);
    const { user, viewer } = await makeMember(owner, creator.id, "viewer");
    await members.leave(viewer, creator.id);
    expect(await creators.list(viewer)).toEqual([]);
    expect((await audit.list(owner, creator.id))[0]).toMatchObject({ action: "member.left", actor: user.id });
  });

  it("writes every change into the audit log, with who did it", async () => {
    const owner = viewerOf(await makeUser());
    const creator = await makeCreator(owner);
    const { user } = await makeMember(owner, creator.id, "viewer");
    await members.changeRole(owner, { creatorId: creator.id, userId: user.id, role: "editor", version: 1 });
    await members.remove(owner, { creatorId: creator.id, userId: user.id, version: 2 });
    const log = await audit.list(owner, creator.id);
    expect(log.map(({ action, actor }) => [action, actor])).toEqual([
      ["member.removed", userIdOf(owner)],
      ["member.role_changed", userIdOf(owner)],
      ["invitation.accepted", user.id],
      ["invitation.sent", userIdOf(owner)],
      ["creator.created", userIdOf(owner)],
    ]);
  });
});

describe("who is refused", () => {
  let cast: Cast;
  let invitationId: string;
  let sql: postgres.Sql;
  beforeAll(async () => {
    cast = await makeCast();
    const secret = link();
    invitationId = secret.id;
    await members.invite(cast.owner, {
      creatorId: cast.creator.id,
      email: "waiting@example.com",
      role: "viewer",
      expiresAt: NEXT_WEEK,
      ...secret,
    });
    sql = postgres(...postgresArguments(appUrl, { max: 1 }));
  });
  afterAll(() => sql.end());

  async function everything(): Promise<string> {
    const { owner, creator } = cast;
    return JSON.stringify([
      await creators.get(owner, creator.id),
      await members.list(owner, creator.id),
      await members.listInvitations(owner, creator.id),
      (await audit.list(owner, creator.id)).map(({ id }) => id.toString()),
    ]);
  }

  const writes: [string, (viewer: Viewer) => Promise<unknown>][] = [
    [
      "creators.update",
      (viewer) =>
        creators.update(viewer, {
          id: cast.creator.id,
          name: "Taken over",
          currency: currencyOf("EUR"),
          timeZone: "UTC",
          version: 1,
        }),
    ],
    [
      "members.invite",
      (viewer) =>
        members.invite(viewer, {
          creatorId: cast.creator.id,
          email: "friend@example.com",
          role: "owner",
          expiresAt: NEXT_WEEK,
          ...link(),
        }),
    ],
    [
      "members.resend",
      (viewer) =>
        members.resend(viewer, {
          creatorId: cast.creator.id,
          id: invitationId,
          newId: randomUUID(),
          secretHash: Buffer.from("mine"),
          expiresAt: NEXT_WEEK,
        }),
    ],
    ["members.revokeInvitation", (viewer) => members.revokeInvitation(viewer, cast.creator.id, invitationId)],
    ["members.listInvitations", (viewer) => members.listInvitations(viewer, cast.creator.id)],
    [
      "members.changeRole",
      (viewer) =>
        members.changeRole(viewer, {
          creatorId: cast.creator.id,
          userId: userIdOf(viewer),
          role: "owner",
          version: 1,
        }),
    ],
    [
      "members.remove",
      (viewer) =>
        members.remove(viewer, { creatorId: cast.creator.id, userId: userIdOf(cast.owner), version: 1 }),
    ],
  ];
  const reads: [string, (viewer: Viewer) => Promise<unknown>][] = [
    ["creators.get", (viewer) => creators.get(viewer, cast.creator.id)],
    ["members.list", (viewer) => members.list(viewer, cast.creator.id)],
    ["members.leave", (viewer) => members.leave(viewer, cast.creator.id)],
  ];

  it.each([...writes, ...reads])("%s: a stranger and a former member find nothing", async (_name, run) => {
    const before = await everything();
    await expect(run(cast.stranger)).rejects.toMatchObject({ code: "not_found" });
    await expect(run(cast.former)).rejects.toMatchObject({ code: "not_found" });
    expect(await everything()).toBe(before);
  });

  it.each(writes)("%s: an editor and a viewer are refused", async (_name, run) => {
    const before = await everything();
    await expect(run(cast.editor)).rejects.toMatchObject({ code: "forbidden" });
    await expect(run(cast.looker)).rejects.toMatchObject({ code: "forbidden" });
    expect(await everything()).toBe(before);
  });

  it("the second wall alone: raw SQL of the app's role as an editor changes no member and makes no owner", async () => {
    const before = await everything();
    const editor = userIdOf(cast.editor);
    const attempts = [
      "update members set role = 'owner', version = version + 1",
      "update creators set name = 'Taken over'",
      "update invitations set revoked_at = now()",
    ];
    for (const statement of attempts) {
      const changed = await sql.begin(async (tx) => {
        await tx`select set_config('app.user_id', ${editor}, true)`;
        return (await tx.unsafe(statement)).count;
      });
      expect(changed).toBe(0);
    }
    const insert = sql.begin(async (tx) => {
      await tx`select set_config('app.user_id', ${editor}, true)`;
      await tx`insert into members (creator_id, user_id, role) values (${cast.creator.id}, ${editor}, 'owner')`;
    });
    await expect(insert).rejects.toMatchObject({ code: "42501" });
    await expect(sql`select * from users`).rejects.toMatchObject({ code: "42501" });
    expect(await everything()).toBe(before);
  });
});
