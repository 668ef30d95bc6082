import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import * as readings from "../../db/readings";
import * as traffic from "../../db/traffic";
import type { Viewer } from "../../lib/model/access";
import { dayOf } from "../../lib/model/month";
import { makeStudio, makeTraffic, makeVideo } from "../studio";

let viewer: Viewer;
let creatorId: string;
let channelId: string;

beforeEach(async () => {
  ({ viewer, creatorId, channelId } = await makeStudio());
});

async function read(
  day: string,
  views: number | null,
  values: Partial<readings.NewReading> = {},
): Promise<string> {
  const input = { id: randomUUID(), channelId, videoId: null, day, views, ...values };
  return (await readings.record(viewer, creatorId, input)).id;
}

/** "from to views" of the traffic that counts, oldest first. */
async function derived(): Promise<string[]> {
  const { rows } = await traffic.list(viewer, creatorId, { descending: false });
  return rows.map(({ fromDay, toDay, views }) => `${fromDay.slice(5)} ${toDay.slice(5)} ${views}`);
}

describe("followers", () => {
  const latest = (through: string) => readings.latestFollowers(viewer, creatorId, dayOf(through));

  it("are each channel's latest number up to a day, without what was corrected, removed or is two months old", async () => {
    await read("2026-01-05", null, { followers: 900 });
    await read("2026-01-20", null, { followers: 8_000 });
    await read("2026-01-20", null, { followers: 8_200 });
    const slip = await read("2026-01-25", null, { followers: 82_000 });
    await readings.remove(viewer, creatorId, { id: randomUUID(), replaces: slip });
    await read("2026-02-01", 5_000);
    expect(await latest("2026-02-10")).toEqual([{ platform: "tiktok", day: "2026-01-20", followers: 8_200 }]);
    expect(await latest("2026-01-10")).toMatchObject([{ day: "2026-01-05", followers: 900 }]);
    expect(await latest("2026-04-10")).toEqual([]);
  });
});

describe("readings become traffic", () => {
  it("one reading is no traffic; the difference of two is, from the day after the first on", async () => {
    await read("2026-01-01", 1_000);
    expect(await derived()).toEqual([]);
    await read("2026-01-11", 1_500);
    expect(await derived()).toEqual(["01-02 01-11 500"]);
    const [month] = await traffic.byMonth(viewer, creatorId, "2026-01", "2026-01");
    expect(month).toMatchObject({ format: "all", days: 10, views: 500 });
  });

  it("a reading between two splits what they made: 500 becomes 100 + 400", async () => {
    await read("2026-01-01", 1_000);
    await read("2026-01-11", 1_500);
    await read("2026-01-05", 1_100);
    expect(await derived()).toEqual(["01-02 01-05 100", "01-06 01-11 400"]);
  });

  it("readings give the same traffic in whatever order they come", async () => {
    const days: [string, number][] = [
      ["2026-01-09", 60],
      ["2026-01-01", 10],
      ["2026-01-20", 90],
      ["2026-01-04", 10],
      ["2026-01-15", 75],
    ];
    for (const [day, views] of days) await read(day, views);
    expect(await derived()).toEqual(["01-02 01-04 0", "01-05 01-09 50", "01-10 01-15 15", "01-16 01-20 15"]);
  });

  it("a second reading of a day replaces the first and keeps what it does not say", async () => {
    await read("2026-01-01", 10);
    await read("2026-01-05", 20, { likes: 3 });
    const again = await read("2026-01-05", 30, { followers: 7 });
    expect(await derived()).toEqual(["01-02 01-05 20"]);
    const { rows, total } = await readings.list(viewer, creatorId);
    expect([total, rows[0]]).toMatchObject([2, { id: again, views: 30, likes: 3, followers: 7 }]);
  });

  it("a reading that is taken back joins its neighbours again, and the last one takes its traffic along", async () => {
    await read("2026-01-01", 10);
    const middle = await read("2026-01-05", 20);
    const last = await read("2026-01-09", 50);
    const removal = { id: randomUUID(), replaces: middle };
    await readings.remove(viewer, creatorId, removal);
    await readings.remove(viewer, creatorId, removal);
    expect(await derived()).toEqual(["01-02 01-09 40"]);
    await readings.remove(viewer, creatorId, { id: randomUUID(), replaces: last });
    expect(await derived()).toEqual([]);
    await expect(
      readings.remove(viewer, creatorId, { id: randomUUID(), replaces: middle }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("a channel and each of its videos have readings of their own", async () => {
    const videoId = await makeVideo(viewer, creatorId, { channelId, format: "long" });
    await read("2026-01-01", 1_000);
    await read("2026-01-02", 10, { videoId });
    await read("2026-01-03", 25, { videoId });
    await read("2026-01-03", 1_100);
    const { rows } = await traffic.list(viewer, creatorId, { descending: false });
    expect(rows.map(({ videoId, format, views }) => [videoId, format, views])).toEqual([
      [null, "all", 100],
      [videoId, "long", 15],
    ]);
    expect((await readings.list(viewer, creatorId, { filter: { videoId: null } })).total).toBe(2);
    expect((await readings.list(viewer, creatorId, { filter: { videoId } })).total).toBe(2);
  });

  it("likes may be taken back, so their difference may fall below zero", async () => {
    await read("2026-01-01", 10, { likes: 9 });
    await read("2026-01-02", 11, { likes: 7, comments: 1 });
    const [row] = (await traffic.list(viewer, creatorId)).rows;
    expect(row).toMatchObject({ views: 1, likes: -2, comments: null });
  });
});

describe("what was stated wins over what is derived", () => {
  it("a stated entry takes the derived one back, and removing it brings that again", async () => {
    await read("2026-01-01", 10);
    await read("2026-01-11", 30);
    const typed = { channelId, fromDay: "2026-01-05", toDay: "2026-01-06", views: 7 };
    const id = await makeTraffic(viewer, creatorId, typed);
    expect(await derived()).toEqual(["01-05 01-06 7"]);
    await read("2026-01-20", 50);
    expect(await derived()).toEqual(["01-05 01-06 7", "01-12 01-20 20"]);
    await traffic.remove(viewer, creatorId, { id: randomUUID(), replaces: id });
    expect(await derived()).toEqual(["01-02 01-11 20", "01-12 01-20 20"]);
  });

  it("a derived entry is changed through its readings, not by hand", async () => {
    await read("2026-01-01", 10);
    await read("2026-01-11", 30);
    const [entry] = (await traffic.list(viewer, creatorId)).rows;
    await expect(
      traffic.remove(viewer, creatorId, { id: randomUUID(), replaces: entry?.id ?? "" }),
    ).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("Remove or correct one of the readings"),
    });
  });
});

describe("a reading that cannot be", () => {
  it("says which earlier or later number it goes against", async () => {
    await read("2026-01-01", 1_000);
    await read("2026-01-11", 2_000);
    await expect(read("2026-01-15", 1_999)).rejects.toMatchObject({
      code: "invalid",
      message:
        "On 2026-01-11 there were 2,000 views already, more than the 1,999 of 2026-01-15. Views so far cannot fall: check both numbers, and correct the one that is wrong.",
    });
    await expect(read("2026-01-05", 2_001)).rejects.toMatchObject({
      message: expect.stringContaining("On 2026-01-11 there were only 2,000 views"),
    });
    await read("2026-01-20", null, { followers: 5 });
    await read("2026-01-21", null, { followers: 4 });
  });

  it("is refused without a number, with followers of a video, and for a video of another channel", async () => {
    await expect(read("2026-01-01", null)).rejects.toMatchObject({ code: "invalid" });
    const videoId = await makeVideo(viewer, creatorId, { channelId });
    await expect(read("2026-01-01", 1, { videoId, followers: 1 })).rejects.toMatchObject({ code: "invalid" });
    const elsewhere = await makeStudio();
    await expect(
      readings.record(elsewhere.viewer, elsewhere.creatorId, {
        id: randomUUID(),
        channelId: elsewhere.channelId,
        videoId,
        day: "2026-01-01",
        views: 1,
      }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("is one reading however often it is sent, in a race too", async () => {
    await read("2026-01-01", 10);
    const id = randomUUID();
    await Promise.all(Array.from({ length: 10 }, () => read("2026-01-05", 20, { id })));
    expect(await derived()).toEqual(["01-02 01-05 10"]);
    await expect(read("2026-01-05", 21, { id })).rejects.toMatchObject({ code: "conflict" });
    await Promise.all(Array.from({ length: 10 }, (_, n) => read("2026-01-05", 20 + n)));
    expect((await readings.list(viewer, creatorId)).total).toBe(2);
    expect(await derived()).toHaveLength(1);
  });
});
