import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { POST } from "../../app/api/alerts/[token]/route";
import { GET } from "../../app/api/calendar/[creatorId]/[token]/route";
import * as alerts from "../../db/alerts";
import * as calendar from "../../db/calendar";
import { linkOf, sealLink } from "../../lib/server/secrets";
import { makePayout, makeStudio, type Studio } from "../studio";
import { comeAs } from "./come-as";

vi.mock("next/headers", async () => (await import("./browser")).nextHeaders);
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server.js"));

// Routes whose address is the key: whoever comes brings no cookie.

let studio: Studio;

beforeEach(async () => {
  studio = await makeStudio();
  await comeAs(null);
});

const ask = (creatorId: string, token: string) =>
  GET(new Request("http://localhost:3000/"), { params: Promise.resolve({ creatorId, token }) });

async function share(amounts: boolean) {
  const id = randomUUID();
  const { token, secretHash } = linkOf("calendar", id);
  await calendar.createFeed(studio.viewer, studio.creatorId, { id, label: "", amounts, secretHash });
  return { id, token };
}

describe("the calendar of a secret address", () => {
  it("shows what is due and when, the same thing under the same name, and amounts when they were chosen alone", async () => {
    const { viewer, creatorId, channelId } = studio;
    const chainId = await makePayout(viewer, creatorId, { channelId, minor: 123_456n });
    const [plain, full] = [await share(false), await share(true)];
    const answer = await ask(creatorId, `${plain.token}.ics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
    expect(answer.headers.get("x-robots-tag")).toMatch(/noindex/);
    const text = await answer.text();
    expect(text).toContain(`UID:payout-${chainId}@permille\r\n`);
    // TikTok's rewards of January: on the 15th of February.
    expect(text).toContain("DTSTART;VALUE=DATE:20260215\r\nDTEND;VALUE=DATE:20260216\r\n");
    expect(text).toMatch(/SUMMARY:.*TikTok platform rewards paid\r\n/);
    expect(text).not.toContain("1\\,234.56");
    const again = await (await ask(creatorId, full.token)).text();
    expect(again).toContain(`UID:payout-${chainId}@permille\r\n`);
    expect(again).toContain("TikTok platform rewards paid\\, $1\\,234.56");
  });

  it("answers the same to every wrong address: revoked, of another creator, of another purpose, made up", async () => {
    const { viewer, creatorId } = studio;
    const [revoked, good] = [await share(true), await share(true)];
    await calendar.revokeFeed(viewer, creatorId, revoked.id);
    const other = await makeStudio();
    const { token: invitation } = linkOf("invitation", good.id);
    const { token: unknown } = linkOf("calendar", randomUUID());
    const wrong: [string, string][] = [
      [creatorId, revoked.token],
      [other.creatorId, good.token],
      [randomUUID(), good.token],
      [creatorId, invitation],
      [creatorId, unknown],
      [creatorId, `${good.token.slice(0, -1)}${good.token.endsWith("A") ? "B" : "A"}`],
      [creatorId, ""],
      ["x", good.token],
      [creatorId, "\u0000".repeat(1_000)],
    ];
    const answers = await Promise.all(
      wrong.map(async ([id, token]) => {
        const answer = await ask(id, token);
        return JSON.stringify([answer.status, [...answer.headers], await answer.text()]);
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toMatch(/^\[404/);
    expect((await ask(creatorId, good.token)).status).toBe(200);
  });
});

describe("the one click that switches a kind of mail off", () => {
  const press = (token: string) =>
    POST(new Request("http://localhost:3000/", { method: "POST" }), { params: Promise.resolve({ token }) });
  const sealed = (purpose: "alerts-off" | "sign-up", until: number) => {
    const { user, creatorId } = studio;
    return sealLink(purpose, `${user.id} ${creatorId} late_deal`, new Date(until));
  };
  const byMail = async () =>
    (await alerts.listChoices(studio.viewer, studio.creatorId))
      .filter(({ byMail }) => !byMail)
      .map(({ kind }) => kind);

  it("switches that kind off for that person, and leaves the app as it was", async () => {
    expect((await press(sealed("alerts-off", Date.now() + 1_000))).status).toBe(200);
    expect(await byMail()).toEqual(["late_deal"]);
    const [late] = (await alerts.listChoices(studio.viewer, studio.creatorId)).filter(
      ({ byMail }) => !byMail,
    );
    expect(late?.inApp).toBe(true);
  });

  it("does nothing when it has ended, was made for something else, or was made up", async () => {
    for (const token of [
      sealed("alerts-off", Date.now() - 1),
      sealed("sign-up", Date.now() + 1_000),
      "a.b",
      "",
    ])
      expect((await press(token)).status).toBe(404);
    expect(await byMail()).toEqual([]);
  });
});
