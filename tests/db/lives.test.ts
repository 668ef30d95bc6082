import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import * as lives from "../../db/lives";
import type { Viewer } from "../../lib/model/access";
import { makeLive, makeStudio, makeVideo, newLive } from "../studio";

let viewer: Viewer;
let creatorId: string;
let channelId: string;

beforeEach(async () => {
  ({ viewer, creatorId, channelId } = await makeStudio());
});

const make = (given: Partial<lives.NewLive> = {}) => makeLive(viewer, creatorId, { channelId, ...given });

describe("LIVE sessions", () => {
  it("of a month add up to hours and units; a session whose units nobody knows makes them no smaller, and is said", async () => {
    await make({ day: "2026-01-05", seconds: 3_600, units: 500 });
    await make({ day: "2026-01-31", seconds: 5_400, units: null });
    await make({ day: "2026-02-01", seconds: 60, units: null });
    expect(await lives.byMonth(viewer, creatorId)).toEqual([
      { month: "2026-02", sessions: 1, seconds: 60n, units: null, unknown: 1 },
      { month: "2026-01", sessions: 2, seconds: 9_000n, units: 500n, unknown: 1 },
    ]);
  });

  it("is corrected, undone and taken back, each time counting once", async () => {
    const first = await make({ units: 500 });
    const second = await make({ units: 50, replaces: first });
    const units = async () => (await lives.byMonth(viewer, creatorId)).map((month) => month.units);
    expect(await units()).toEqual([50n]);
    expect((await lives.newest(viewer, creatorId, first)).id, "its address outlives corrections").toBe(
      second,
    );
    const undone = randomUUID();
    await lives.undo(viewer, creatorId, { id: undone, entryId: second });
    expect(await units()).toEqual([500n]);
    await lives.remove(viewer, creatorId, { id: randomUUID(), replaces: undone });
    expect(await units()).toEqual([]);
    expect((await lives.list(viewer, creatorId)).total).toBe(0);
  });

  it("knows its channel and recording, and refuses those of somebody else", async () => {
    const videoId = await makeVideo(viewer, creatorId, { channelId, title: "Friday LIVE" });
    const id = await make({ videoId });
    expect(await lives.newest(viewer, creatorId, id)).toMatchObject({
      videoTitle: "Friday LIVE",
      channelName: "Mira cooks",
    });
    const other = await makeStudio();
    await expect(make({ channelId: other.channelId })).rejects.toMatchObject({ code: "not_found" });
  });

  it("under one id is one session, and one that lasted no time is refused by field", async () => {
    const live = newLive({ channelId });
    await lives.record(viewer, creatorId, live);
    await lives.record(viewer, creatorId, live);
    await expect(lives.record(viewer, creatorId, { ...live, seconds: 7 })).rejects.toMatchObject({
      code: "conflict",
    });
    expect((await lives.list(viewer, creatorId)).total).toBe(1);
    await expect(make({ seconds: 0, units: -1 })).rejects.toMatchObject({
      fields: { seconds: expect.any(String), units: expect.any(String) },
    });
  });
});
