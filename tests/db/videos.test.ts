import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import * as payouts from "../../db/payouts";
import * as traffic from "../../db/traffic";
import * as videos from "../../db/videos";
import type { Viewer } from "../../lib/model/access";
import { makeChannel, makePayout, makeStudio, makeTraffic, makeVideo } from "../studio";

let viewer: Viewer;
let creatorId: string;
let channelId: string;

beforeAll(async () => {
  ({ viewer, creatorId, channelId } = await makeStudio());
});

describe("a video", () => {
  it("is made once, however often its form is sent", async () => {
    const input: videos.NewVideo = {
      id: randomUUID(),
      channelId,
      externalId: "once",
      url: "",
      title: "Once",
      publishedOn: null,
      format: "short",
      niche: null,
      durationSeconds: null,
    };
    await Promise.all(Array.from({ length: 5 }, () => videos.record(viewer, creatorId, input)));
    expect((await videos.list(viewer, creatorId)).rows.map(({ id }) => id)).toEqual([input.id]);
    await expect(videos.record(viewer, creatorId, { ...input, title: "Twice" })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("is named when its platform's id is taken on the channel, and free on another channel", async () => {
    const id = await makeVideo(viewer, creatorId, { channelId, externalId: "taken", title: "The first" });
    const twin = { channelId, externalId: "taken", title: "The second" };
    await expect(makeVideo(viewer, creatorId, twin)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("“The first”"),
      current: { id },
    });
    const other = await makeChannel(viewer, creatorId);
    await makeVideo(viewer, creatorId, { ...twin, channelId: other });
    await videos.remove(viewer, creatorId, { id, version: 1 });
    await makeVideo(viewer, creatorId, twin);
  });

  it("gives a stale edit the current values back", async () => {
    const id = await makeVideo(viewer, creatorId, { channelId, title: "Before" });
    const edit = { ...(await videos.get(viewer, creatorId, id)), title: "After" };
    expect(await videos.update(viewer, creatorId, edit)).toMatchObject({ title: "After", version: 2 });
    expect(await videos.update(viewer, creatorId, edit), "the same edit again").toMatchObject({ version: 2 });
    await expect(videos.update(viewer, creatorId, { ...edit, title: "Mine" })).rejects.toMatchObject({
      code: "conflict",
      current: { title: "After" },
    });
    await expect(videos.remove(viewer, creatorId, { id, version: 1 })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("takes its traffic along into another format, so that a month's Shorts are its Shorts", async () => {
    const { viewer, creatorId, channelId } = await makeStudio();
    const id = await makeVideo(viewer, creatorId, { channelId, format: "short" });
    await makeTraffic(viewer, creatorId, { channelId, videoId: id, views: 10 });
    const video = await videos.get(viewer, creatorId, id);
    await videos.update(viewer, creatorId, { ...video, format: "long" });
    const months = await traffic.byMonth(viewer, creatorId, "2026-01", "2026-01");
    expect(months.map(({ format, views }) => [format, views])).toEqual([
      ["all", 10],
      ["long", 10],
    ]);
  });

  it("goes out of the lists when it is removed, and its figures stay", async () => {
    const { viewer, creatorId, channelId } = await makeStudio();
    const id = await makeVideo(viewer, creatorId, { channelId });
    await makeTraffic(viewer, creatorId, { channelId, videoId: id, views: 10 });
    const payoutId = await makePayout(viewer, creatorId, { channelId, lines: [{ videoId: id, minor: 1n }] });
    await videos.remove(viewer, creatorId, { id, version: 1 });
    await videos.remove(viewer, creatorId, { id, version: 1 });
    expect(await videos.list(viewer, creatorId)).toEqual({ rows: [], total: 0 });
    await expect(videos.get(viewer, creatorId, id)).rejects.toMatchObject({ code: "not_found" });
    expect(await traffic.byMonth(viewer, creatorId, "2026-01", "2026-01")).toHaveLength(2);
    expect((await payouts.get(viewer, creatorId, payoutId)).lines).toHaveLength(1);
  });
});

describe("the list of videos", () => {
  let ids: Record<"a" | "b" | "c", string>;
  let studio: Awaited<ReturnType<typeof makeStudio>>;

  beforeAll(async () => {
    studio = await makeStudio();
    const { viewer, creatorId, channelId } = studio;
    const make = (title: string, publishedOn: string | null) =>
      makeVideo(viewer, creatorId, { channelId, title, publishedOn });
    ids = {
      a: await make("a 100% egg", "2026-01-31"),
      b: await make("B", "2026-02-01"),
      c: await make("c", null),
    };
    await makeTraffic(viewer, creatorId, { channelId, videoId: ids.a, views: 10 });
    await makeTraffic(viewer, creatorId, { channelId, videoId: ids.b, views: 20 });
    const february = { channelId, fromDay: "2026-02-01", toDay: "2026-02-28" };
    await makeTraffic(viewer, creatorId, { ...february, videoId: ids.a, views: 15 });
    await makeTraffic(viewer, creatorId, { ...february, videoId: ids.b, views: null, watchSeconds: 9 });
    const first = await makePayout(viewer, creatorId, {
      channelId,
      lines: [{ videoId: ids.a, minor: 700n }],
    });
    await makePayout(viewer, creatorId, {
      channelId,
      replaces: first,
      lines: [
        { videoId: ids.a, minor: 500n },
        { videoId: ids.b, minor: 600n },
      ],
    });
    await makePayout(viewer, creatorId, {
      channelId,
      currency: "EUR",
      lines: [{ videoId: ids.a, minor: 9n }],
    });
  });

  const titles = async (options: Parameters<typeof videos.list>[2]) =>
    (await videos.list(studio.viewer, studio.creatorId, options)).rows.map(({ title }) => title);

  it("adds up the views that count, and says unknown (not 0) without any or with an unknown part", async () => {
    const { rows } = await videos.list(studio.viewer, studio.creatorId, { sort: "title", descending: false });
    expect(rows.map(({ views }) => views)).toEqual([25, null, null]);
  });

  it("adds up lines of the entries that count by currency: 5.00 USD after the correction, not 12.00", async () => {
    const video = await videos.get(studio.viewer, studio.creatorId, ids.a);
    expect(video.income).toEqual([
      { minor: 9n, currency: "EUR" },
      { minor: 500n, currency: "USD" },
    ]);
  });

  it("sorts by each column, what is unknown last either way", async () => {
    expect(await titles({ sort: "published" })).toEqual(["B", "a 100% egg", "c"]);
    expect(await titles({ sort: "published", descending: false })).toEqual(["a 100% egg", "B", "c"]);
    expect(await titles({ sort: "title" })).toEqual(["c", "B", "a 100% egg"]);
    expect((await titles({ sort: "views" }))[0]).toBe("a 100% egg");
    expect(await titles({ sort: "income" })).toEqual(["B", "a 100% egg", "c"]);
    expect(await titles({ sort: "income", descending: false })).toEqual(["a 100% egg", "B", "c"]);
  });

  it("filters by text (a % is a %), month, format and channel, and counts what it filters", async () => {
    expect(await titles({ filter: { search: "0% E" } })).toEqual(["a 100% egg"]);
    expect(await titles({ filter: { search: "%b" } })).toEqual([]);
    expect(await titles({ filter: { month: "2026-01" } })).toEqual(["a 100% egg"]);
    expect(await titles({ filter: { format: "long" } })).toEqual([]);
    expect(await titles({ filter: { channelId: randomUUID() } })).toEqual([]);
    const page = await videos.list(studio.viewer, studio.creatorId, { page: 2, size: 2 });
    expect([page.rows.length, page.total]).toEqual([1, 3]);
  });
});

describe("the newest videos of each channel", () => {
  it("are those published up to today, newest first, with unknown views told from none", async () => {
    const { viewer, creatorId, channelId } = await makeStudio();
    const other = await makeChannel(viewer, creatorId, { platform: "youtube" });
    const make = (publishedOn: string | null, of = channelId) =>
      makeVideo(viewer, creatorId, { channelId: of, publishedOn });
    const draw = (videoId: string, views: number | null, of = channelId) =>
      makeTraffic(viewer, creatorId, { channelId: of, videoId, views, likes: 1 });
    await draw(await make("2026-01-01"), 1);
    await draw(await make("2026-01-02"), 2);
    await make("2026-01-03");
    await draw(await make("2026-01-04"), 0);
    await draw(await make("9999-01-01"), 5);
    await draw(await make(null), 6);
    await draw(await make("2026-01-01", other), 7, other);
    const gone = await make("2026-01-05");
    await draw(gone, 8);
    await videos.remove(viewer, creatorId, { id: gone, version: 1 });

    const found = await videos.listRecentViews(viewer, creatorId, 3);
    const of = (id: string) => found.filter((row) => row.channelId === id).map(({ views }) => views);
    expect(of(channelId)).toEqual([0, null, 2]);
    expect(of(other)).toEqual([7]);
  });
});

describe("a removal", () => {
  it("is taken back, and again changes nothing", async () => {
    const id = await makeVideo(viewer, creatorId, { channelId });
    await videos.remove(viewer, creatorId, { id, version: 1 });
    await expect(videos.get(viewer, creatorId, id)).rejects.toMatchObject({ code: "not_found" });
    await videos.restore(viewer, creatorId, { id });
    await videos.restore(viewer, creatorId, { id });
    expect((await videos.get(viewer, creatorId, id)).version).toBe(3);
  });

  it("stays when another video has taken the platform's id since", async () => {
    const id = await makeVideo(viewer, creatorId, { channelId, externalId: "moved on" });
    await videos.remove(viewer, creatorId, { id, version: 1 });
    await makeVideo(viewer, creatorId, { channelId, externalId: "moved on" });
    await expect(videos.restore(viewer, creatorId, { id })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("the income of a video", () => {
  it("lists its lines of the entries that count: the correction's 7.00, neither the 5.00 before nor what is void", async () => {
    const id = await makeVideo(viewer, creatorId, { channelId });
    const line = (minor: bigint) => ({ channelId, lines: [{ videoId: id, minor }] });
    const first = await makePayout(viewer, creatorId, line(500n));
    const second = await makePayout(viewer, creatorId, { ...line(700n), replaces: first });
    const gone = await makePayout(viewer, creatorId, line(900n));
    await payouts.remove(viewer, creatorId, { id: randomUUID(), replaces: gone });
    const lines = await videos.listIncome(viewer, creatorId, id);
    expect(lines.map(({ payoutId, chainId, minor }) => [payoutId, chainId, minor])).toEqual([
      [second, first, 700n],
    ]);
  });
});
