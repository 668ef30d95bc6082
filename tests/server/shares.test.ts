import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { GET } from "../../app/shared/[token]/file/route";
import * as members from "../../db/members";
import * as shares from "../../db/shares";
import { monthOf } from "../../lib/model/month";
import { SHARED_PARTS, type SharedPart } from "../../lib/report/shared-part";
import { closeMonth } from "../../lib/server/closing";
import { creatorLinkOf, readCreatorLink } from "../../lib/server/secrets";
import { findShared, shareStatement, unlockShared } from "../../lib/server/shares";
import { comeAs } from "../app/come-as";
import { makeMember } from "../factories";
import { connectOwner } from "../setup/catalogue";
import { makePayout, makeStudio, type Studio } from "../studio";

vi.mock("next/headers", async () => (await import("../app/browser")).nextHeaders);
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server.js"));

// A shared address is a door without an account: it opens what was chosen, for as long as was said, and nothing else.

const january = monthOf("2026-01");
const range = { from: january, to: january };
let studio: Studio;

beforeEach(async () => {
  studio = await makeStudio();
  const { viewer, creatorId, channelId } = studio;
  await makePayout(viewer, creatorId, { channelId, minor: 1_234_567n });
  await comeAs(null);
});

async function share(given: Partial<Parameters<typeof shareStatement>[2]> = {}) {
  const { viewer, creatorId } = studio;
  const id = randomUUID();
  const parts: readonly SharedPart[] = SHARED_PARTS;
  await shareStatement(viewer, creatorId, {
    ...{ id, label: "", range, parts, days: 30, passphrase: null, ...given },
  });
  return { id, token: creatorLinkOf("share", creatorId, id).token };
}

const download = (token: string, format = "json") =>
  GET(new Request(`http://localhost:3000/?format=${format}`), { params: Promise.resolve({ token }) });

describe("a shared address", () => {
  it("of a closed month hands out the bytes that were kept, whatever is corrected afterwards", async () => {
    const { viewer, creatorId, channelId } = studio;
    const closing = { id: randomUUID(), month: january, seen: null };
    await closeMonth(viewer, creatorId, closing);
    const { token } = await share();
    const before = await (await download(token)).text();
    expect(before).toContain('"1234567"');
    await makePayout(viewer, creatorId, { channelId, minor: 9_999_999n });
    expect(await (await download(token)).text()).toBe(before);
    const again = await share();
    expect(await (await download(again.token)).text()).toBe(before);
  });

  it("has no byte of a part that was not chosen, in any format, nor in its row", async () => {
    const { viewer, creatorId } = studio;
    const { id, token } = await share({ parts: ["rates"] });
    for (const format of ["json", "csv", "xlsx", "pdf"]) {
      const answer = await download(token, format);
      expect([format, answer.status]).toEqual([format, 200]);
      const text = Buffer.from(await answer.arrayBuffer()).toString("latin1");
      expect(text).not.toMatch(/1234567|12,?345\.67/);
    }
    const owner = connectOwner();
    const [row] =
      await owner`select data from statement_shares where creator_id = ${creatorId} and id = ${id}`;
    await owner.end();
    expect(row?.data).not.toContain("1234567");
    expect((await shares.list(viewer, creatorId))[0]?.opens).toBe(0);
  });

  it("answers the same to every wrong one: revoked, ended, altered, of another creator, made up, its maker gone", async () => {
    const { viewer, creatorId, user } = studio;
    const [revoked, ended, good, orphan] = [await share(), await share(), await share(), await share()];
    await shares.revoke(viewer, creatorId, revoked.id);
    const owner = connectOwner();
    await owner`update statement_shares set expires_at = now() - interval '1 second' where id = ${ended.id}`;
    const other = await makeStudio();
    const [, , mac] = good.token.split(".");
    const [foreign] = creatorLinkOf("share", other.creatorId, good.id).token.split(".");
    const wrong = [
      revoked.token,
      ended.token,
      `${foreign}.${good.token.split(".").slice(1).join(".")}`,
      creatorLinkOf("share", other.creatorId, good.id).token,
      creatorLinkOf("calendar", creatorId, good.id).token,
      creatorLinkOf("share", creatorId, randomUUID()).token,
      `${good.token.slice(0, -1)}${mac?.endsWith("A") ? "B" : "A"}`,
      "",
      "\u0000".repeat(1_000),
    ];
    const told = async (token: string) => {
      const answer = await download(token);
      return JSON.stringify([answer.status, [...answer.headers], await answer.text()]);
    };
    const answers = new Set(await Promise.all(wrong.map(told)));
    expect(answers.size).toBe(1);
    expect([...answers][0]).toMatch(/^\[404/);
    expect((await download(good.token)).status).toBe(200);
    const { user: second } = await makeMember(viewer, creatorId, "owner");
    await members.changeRole(viewer, { creatorId, userId: user.id, role: "editor", version: 1 });
    expect(second.id).not.toBe(user.id);
    expect(answers.has(await told(orphan.token))).toBe(true);
    await owner.end();
  });

  it("with a passphrase opens to it alone, after which tries are few, and only in that browser", async () => {
    const { token } = await share({ passphrase: "rhubarb and custard" });
    expect((await findShared(token))?.isOpen).toBe(false);
    expect((await download(token)).status).toBe(404);
    await expect(unlockShared(token, "rhubarb and mustard")).rejects.toMatchObject({ code: "invalid" });
    await unlockShared(token, "rhubarb and custard");
    expect((await findShared(token))?.isOpen).toBe(true);
    expect((await download(token)).status).toBe(200);
    // The same browser with another address.
    const second = await share({ passphrase: "rhubarb and custard" });
    expect((await findShared(second.token))?.isOpen).toBe(false);
    await comeAs(null);
    expect((await findShared(token))?.isOpen).toBe(false);
    const codes: string[] = [];
    for (let n = 0; n < 12; n++)
      codes.push(
        await unlockShared(token, `guess ${n}`).then(
          () => "open",
          (error) => error.code,
        ),
      );
    expect(codes.at(-1)).toBe("limit");
    await expect(unlockShared(token, "rhubarb and custard")).rejects.toMatchObject({ code: "limit" });
  });

  it("is made of both ids: a row of the same id under another creator has another secret", () => {
    const id = randomUUID();
    const { creatorId } = studio;
    const mine = creatorLinkOf("share", creatorId, id);
    const { secretHash } = creatorLinkOf("share", randomUUID(), id);
    expect(mine.secretHash.equals(secretHash)).toBe(false);
    expect(readCreatorLink("share", mine.token)).toEqual({ id, creatorId, secretHash: mine.secretHash });
  });
});
