import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { GET } from "../../app/api/agencies/[agencyId]/statements/[runId]/route";
import { POST } from "../../app/api/statements/[token]/route";
import * as runs from "../../db/roster-runs";
import * as schedules from "../../db/statement-schedules";
import type { Month } from "../../lib/model/month";
import { workOnRun } from "../../lib/server/roster-runs";
import { sealLink } from "../../lib/server/secrets";
import { makeUser, operatorOf, viewerOf } from "../factories";
import { makeRepresentation, makeStudio, type Studio } from "../studio";
import { comeAs } from "./come-as";

vi.mock("next/headers", async () => (await import("./browser")).nextHeaders);
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server.js"));

let studio: Studio;

beforeEach(async () => {
  studio = await makeStudio();
  await comeAs(null);
});

describe("the button of a mail program", () => {
  const press = (token: string) =>
    POST(new Request("http://localhost:3000/", { method: "POST" }), { params: Promise.resolve({ token }) });
  const soon = new Date(Date.now() + 60_000);

  it("unsubscribes its address from every schedule of the creator, for a mail of ours that is not too old", async () => {
    const { viewer, creatorId } = studio;
    const recipients: string[] = [];
    for (let each = 0; each < 2; each++) {
      const [scheduleId, id] = [randomUUID(), randomUUID()];
      await schedules.create(viewer, creatorId, {
        ...{ id: scheduleId, pace: "month", day: 1, hour: 8, timeZone: "UTC" },
        ...{ attachments: ["pdf"], sections: null, locale: "en-US", note: "" },
      });
      await schedules.addRecipient(viewer, creatorId, {
        id,
        scheduleId,
        email: "kit@books.example",
        name: "",
      });
      recipients.push(id);
    }
    const [mine = ""] = recipients;
    const isOff = async () =>
      (await schedules.list(viewer, creatorId)).flatMap((each) =>
        each.recipients.map(({ offAt }) => offAt !== null),
      );
    const other = await makeStudio();
    for (const token of [
      sealLink("statements-off", `${creatorId} ${mine}`, new Date(0)),
      sealLink("alerts-off", `${creatorId} ${mine}`, soon),
      sealLink("statements-off", `${other.creatorId} ${mine}`, soon),
      `${sealLink("statements-off", `${creatorId} ${mine}`, soon)}x`,
      "x",
    ])
      expect((await press(token)).status).toBe(404);
    expect(await isOff()).toEqual([false, false]);
    const good = sealLink("statements-off", `${creatorId} ${mine}`, soon);
    for (let twice = 0; twice < 2; twice++) expect((await press(good)).status).toBe(200);
    expect(await isOff()).toEqual([true, true]);
    await schedules.unsubscribe(operatorOf(creatorId), creatorId, mine, false);
    expect(await isOff()).toEqual([false, false]);
  });
});

describe("the zip of a run over a roster", () => {
  it("is for who began it, signed in; to everybody else it is not there, the creator's owner included", async () => {
    const { viewer, creatorId } = studio;
    const { agencyId, admin, adminId } = await makeRepresentation(viewer, creatorId, { streams: null });
    const runId = randomUUID();
    await runs.begin(admin, agencyId, { id: runId, month: "2026-01" as Month, attachments: ["xlsx"] });
    const fetchAs = async (who: typeof viewer | null) => {
      await comeAs(who);
      return GET(new Request("http://localhost:3000/"), { params: Promise.resolve({ agencyId, runId }) });
    };
    expect(await (await fetchAs(admin)).text()).toContain("This run is under way.");
    await workOnRun((userId) => viewerOf({ id: userId }), { agencyId, runId, startedBy: adminId });
    expect((await fetchAs(null)).status).toBe(401);
    for (const who of [viewer, viewerOf(await makeUser())]) expect((await fetchAs(who)).status).toBe(404);
    const file = await fetchAs(admin);
    expect(file.status).toBe(200);
    expect(file.headers.get("cache-control")).toBe("private, no-store");
    expect((await file.bytes()).subarray(0, 2)).toEqual(new TextEncoder().encode("PK"));
  });
});
