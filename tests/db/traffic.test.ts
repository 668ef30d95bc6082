import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import * as traffic from "../../db/traffic";
import type { Viewer } from "../../lib/model/access";
import { makeStudio, makeTraffic, makeVideo, newTraffic } from "../studio";

let viewer: Viewer;
let creatorId: string;
let channelId: string;

beforeEach(async () => {
  ({ viewer, creatorId, channelId } = await makeStudio());
});

/** [format, days, views, watch seconds] of the kept months. */
async function months(from = "2026-01", to = from) {
  const rows = await traffic.byMonth(viewer, creatorId, from, to);
  return rows.map(({ month, format, days, views, watchSeconds }) =>
    from === to ? [format, days, views, watchSeconds] : [month, format, days, views, watchSeconds],
  );
}

const make = (values: Partial<traffic.NewTraffic>) =>
  makeTraffic(viewer, creatorId, { channelId, ...values });

const day = (of: number) => {
  const text = `2026-01-${String(of).padStart(2, "0")}`;
  return { fromDay: text, toDay: text };
};

describe("traffic is counted once", () => {
  it("100 equal entries sent at the same time are one", async () => {
    const entry = newTraffic({ channelId });
    await Promise.all(Array.from({ length: 100 }, () => traffic.record(viewer, creatorId, entry)));
    expect((await traffic.list(viewer, creatorId)).total).toBe(1);
    expect(await months()).toEqual([["all", 31, 1_000, null]]);
    await expect(traffic.record(viewer, creatorId, { ...entry, views: 2 })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("already saved with other values"),
    });
  });

  it("an overlap is refused and names what is there; neighbours are fine", async () => {
    await make({ fromDay: "2026-01-05", toDay: "2026-01-10" });
    await make(day(4));
    await make(day(11));
    await expect(make({ fromDay: "2026-01-10", toDay: "2026-01-20" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining(
        "from 2026-01-05 to 2026-01-10 already for the channel “Mira cooks” (All formats)",
      ),
      current: { fromDay: "2026-01-05" },
    });
    await make({ format: "short" });
    await expect(
      traffic.recordAll(viewer, creatorId, [
        newTraffic({ channelId, format: "long" }),
        newTraffic({ channelId, format: "long" }),
      ]),
      "two of one batch",
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("of 20 overlapping entries in a race one is taken", async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => make({ fromDay: day(n + 1).fromDay, toDay: "2026-01-31" })),
    );
    const codes = outcomes.map((outcome) => (outcome.status === "rejected" ? outcome.reason.code : "taken"));
    expect(codes.filter((code) => code === "taken")).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set(["taken", "conflict"]));
    expect((await traffic.list(viewer, creatorId)).total).toBe(1);
  });

  it("of a channel's own row and its videos the channel's counts, on its days: 100 + (7 + 5), not 112 + 10", async () => {
    const videoId = await makeVideo(viewer, creatorId, { channelId, format: "short" });
    const other = await makeVideo(viewer, creatorId, { channelId, format: "short" });
    await make({ ...day(1), format: "short", views: 100 });
    await make({ ...day(1), videoId, views: 10 });
    await make({ ...day(2), videoId, views: 7 });
    await make({ ...day(2), videoId: other, views: 5 });
    expect(await months()).toEqual([
      ["all", 2, 112, null],
      ["short", 2, 112, null],
    ]);
  });

  it("the channel's whole is never added to its formats: 50 of day 1, 7 + 5 of day 2", async () => {
    await make({ ...day(1), views: 50 });
    for (const n of [1, 2]) {
      await make({ ...day(n), format: "short", views: 7 });
      await make({ ...day(n), format: "long", views: 5 });
    }
    expect(await months()).toEqual([
      ["all", 2, 62, null],
      ["long", 2, 10, null],
      ["short", 2, 14, null],
    ]);
  });

  it("takes a video's format whatever was sent, and refuses a video of another channel", async () => {
    const videoId = await makeVideo(viewer, creatorId, { channelId, format: "long" });
    const id = await make({ videoId, format: "all" });
    expect(await traffic.get(viewer, creatorId, id)).toMatchObject({
      format: "long",
      videoTitle: "Five eggs",
    });
    const elsewhere = await makeStudio();
    const foreign = await makeVideo(elsewhere.viewer, elsewhere.creatorId, {
      channelId: elsewhere.channelId,
    });
    await expect(make({ videoId: foreign })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("unknown is not zero", () => {
  it("0 is a number, null is none, and one unknown part makes the sum unknown", async () => {
    await make({ ...day(1), views: 0, watchSeconds: null });
    expect(await months()).toEqual([["all", 1, 0, null]]);
    await make({ ...day(2), views: null, watchSeconds: 60 });
    expect(await months()).toEqual([["all", 2, null, null]]);
  });

  it("an entry without any number is refused, and so is a number below 0 or with decimals", async () => {
    await expect(make({ views: null })).rejects.toMatchObject({
      fields: { views: "Write at least one number." },
    });
    await expect(make({ views: -1 })).rejects.toMatchObject({ code: "invalid" });
    await expect(make({ likes: 0.5 })).rejects.toMatchObject({ fields: { likes: expect.any(String) } });
    await expect(make({ fromDay: "2026-02-30" })).rejects.toMatchObject({
      fields: { fromDay: expect.any(String) },
    });
    await expect(make({ fromDay: "2026-02-01" })).rejects.toMatchObject({
      fields: { toDay: "Choose a day from 2026-02-01 on: a period cannot end before it begins." },
    });
  });

  it("a period over two months is split by day, to the view: 10 over 4 days is 5 and 5; 11 is 5 and 6", async () => {
    const id = await make({ fromDay: "2026-01-30", toDay: "2026-02-02", views: 10 });
    expect(await months("2026-01", "2026-02")).toEqual([
      ["2026-01", "all", 2, 5, null],
      ["2026-02", "all", 2, 5, null],
    ]);
    await make({ fromDay: "2026-01-30", toDay: "2026-02-02", views: 11, replaces: id });
    expect(await months("2026-01", "2026-02")).toEqual([
      ["2026-01", "all", 2, 5, null],
      ["2026-02", "all", 2, 6, null],
    ]);
  });
});

describe("corrections", () => {
  it("of two corrections of one entry one wins, and the other is shown what is there now", async () => {
    const id = await make({});
    const outcomes = await Promise.allSettled([2, 3].map((views) => make({ views, replaces: id })));
    const lost = outcomes.find((outcome) => outcome.status === "rejected");
    const [{ views } = { views: null }] = (await traffic.list(viewer, creatorId)).rows;
    expect([2, 3]).toContain(views);
    expect(lost?.reason).toMatchObject({ code: "conflict", current: { views, replaces: id } });
    expect(await months()).toEqual([["all", 31, views, null]]);
  });

  it("may be moved to another period, even one that touches the old one", async () => {
    const id = await make({ fromDay: "2026-01-01", toDay: "2026-01-20" });
    await make({ fromDay: "2026-01-10", toDay: "2026-01-31", replaces: id });
    expect(await months()).toEqual([["all", 22, 1_000, null]]);
  });

  it("undo brings months and list back as they were, and the history keeps every step", async () => {
    const first = await make({ views: 1 });
    const before = [await months(), (await traffic.list(viewer, creatorId)).rows.map(({ views }) => views)];
    const second = await make({ views: 2, replaces: first, fromDay: "2026-01-02" });
    const undone = randomUUID();
    await traffic.undo(viewer, creatorId, { id: undone, entryId: second });
    await traffic.undo(viewer, creatorId, { id: undone, entryId: second });
    const after = [await months(), (await traffic.list(viewer, creatorId)).rows.map(({ views }) => views)];
    expect(after).toEqual(before);
    expect((await traffic.history(viewer, creatorId, second)).map(({ views }) => views)).toEqual([1, 2, 1]);
  });

  it("a removed entry counts nowhere, its period is free again, and undo brings it back", async () => {
    const id = await make({ views: 1 });
    const removed = randomUUID();
    await traffic.remove(viewer, creatorId, { id: removed, replaces: id });
    await traffic.remove(viewer, creatorId, { id: removed, replaces: id });
    expect(await months()).toEqual([]);
    expect((await traffic.list(viewer, creatorId)).total).toBe(0);
    await traffic.undo(viewer, creatorId, { id: randomUUID(), entryId: removed });
    expect(await months()).toEqual([["all", 31, 1, null]]);
    await expect(make({ views: 2 })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("the list of traffic", () => {
  it("shows what touches a month, newest first, a page at a time", async () => {
    await make({ fromDay: "2026-01-01", toDay: "2026-02-03" });
    const february = { fromDay: "2026-02-04", toDay: "2026-02-28" };
    await make(february);
    const videoId = await makeVideo(viewer, creatorId, { channelId });
    await make({ ...february, videoId });
    const list = (filter: traffic.TrafficFilter, page = 1) =>
      traffic.list(viewer, creatorId, { filter, page, size: 2 });
    expect((await list({ month: "2026-01" })).total).toBe(1);
    const page = await list({ month: "2026-02" }, 2);
    expect([page.total, page.rows.map(({ fromDay }) => fromDay)]).toEqual([3, ["2026-01-01"]]);
    expect((await list({ videoId })).rows).toMatchObject([{ videoId, format: "short" }]);
    expect((await list({ origin: "import" })).total).toBe(0);
    expect((await list({ channelId: randomUUID() })).total).toBe(0);
  });
});

describe("the finish rate of a period", () => {
  it("is kept beside the counts, comes back with an undo, and counts alone for no entry", async () => {
    const first = await make({ finishPpm: 425_000 });
    const second = await make({ finishPpm: null, replaces: first });
    const id = randomUUID();
    await traffic.undo(viewer, creatorId, { id, entryId: second });
    expect(await traffic.get(viewer, creatorId, id)).toMatchObject({ finishPpm: 425_000, views: 1_000 });
    await expect(make({ finishPpm: 1_000_001, replaces: id })).rejects.toMatchObject({
      fields: { finishPpm: expect.any(String) },
    });
    await expect(make({ finishPpm: 5, views: null, replaces: id })).rejects.toMatchObject({
      fields: { views: expect.any(String) },
    });
  });
});
