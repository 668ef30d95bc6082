import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import * as channels from "../../db/channels";
import * as readings from "../../db/readings";
import type { Viewer } from "../../lib/model/access";
import { makeChannel, makeStudio } from "../studio";

let viewer: Viewer;
let creatorId: string;
let channelId: string;

beforeAll(async () => {
  ({ viewer, creatorId, channelId } = await makeStudio());
});

const refused = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe("a channel", () => {
  it("is made once, however often its form is sent; other values under its id are refused", async () => {
    const input = {
      id: randomUUID(),
      platform: "youtube",
      name: "Ada long",
      handle: "",
      niche: "food",
    } as const;
    await Promise.all(Array.from({ length: 5 }, () => channels.record(viewer, creatorId, input)));
    expect((await channels.list(viewer, creatorId)).filter(({ id }) => id === input.id)).toHaveLength(1);
    await expect(channels.record(viewer, creatorId, { ...input, name: "Other" })).rejects.toEqual(
      refused("conflict", /already saved with other values/),
    );
  });

  it("gives a stale edit the current values back, so that nobody overwrites what he has not seen", async () => {
    const id = await makeChannel(viewer, creatorId, { name: "Before" });
    const edit = { id, version: 1, handle: "", niche: "music", isArchived: false } as const;
    const first = await channels.update(viewer, creatorId, { ...edit, name: "After" });
    expect(first).toMatchObject({ name: "After", niche: "music", version: 2 });
    await expect(channels.update(viewer, creatorId, { ...edit, name: "Mine" })).rejects.toMatchObject({
      code: "conflict",
      current: { name: "After", version: 2 },
    });
    expect(
      await channels.update(viewer, creatorId, { ...edit, name: "After" }),
      "the same edit again",
    ).toEqual(first);
  });

  it("keeps the day it was archived, goes last in the list, and comes back", async () => {
    const id = await makeChannel(viewer, creatorId, { name: "A first by name" });
    const edit = { id, name: "A first by name", handle: "", niche: "food" } as const;
    const archived = await channels.update(viewer, creatorId, { ...edit, version: 1, isArchived: true });
    expect(archived.archivedAt).toBeInstanceOf(Date);
    expect((await channels.list(viewer, creatorId)).at(-1)?.id).toBe(id);
    const again = await channels.update(viewer, creatorId, { ...edit, version: 2, isArchived: true });
    expect(again.archivedAt).toEqual(archived.archivedAt);
    const back = await channels.update(viewer, creatorId, { ...edit, version: 3, isArchived: false });
    expect(back.archivedAt).toBeNull();
  });

  it("shows the followers of the newest reading that names them, and none before the first", async () => {
    const id = await makeChannel(viewer, creatorId);
    expect(await channels.get(viewer, creatorId, id)).toMatchObject({ followers: null, followersOn: null });
    const reading = (day: string, values: Partial<readings.NewReading>) =>
      readings.record(viewer, creatorId, { id: randomUUID(), channelId: id, videoId: null, day, ...values });
    await reading("2026-02-01", { followers: 900 });
    await reading("2026-01-01", { followers: 1_000 });
    await reading("2026-03-01", { views: 5 });
    expect(await channels.get(viewer, creatorId, id)).toMatchObject({
      followers: 900,
      followersOn: "2026-02-01",
    });
  });
});

describe("an audience", () => {
  it("may leave a part unknown, but never adds up to more than the whole", async () => {
    const record = (shares: channels.AudienceShares) =>
      channels.recordAudience(viewer, creatorId, { id: randomUUID(), channelId, month: "2026-01", shares });
    await record({ us_ca_au: 600_000, fr_es_jp: 400_000 });
    await expect(record({ us_ca_au: 600_001, fr_es_jp: 400_000 })).rejects.toEqual(
      refused("invalid", /add up to 100\.0001 %/),
    );
    await expect(record({ us_ca_au: -1 })).rejects.toMatchObject({
      code: "invalid",
      fields: { us_ca_au: expect.any(String) },
    });
    await expect(record({ mars: 1 } as channels.AudienceShares)).rejects.toMatchObject({
      fields: { mars: expect.any(String) },
    });
  });

  it("counts as it was recorded last for its month", async () => {
    const id = await makeChannel(viewer, creatorId);
    const record = (month: string, share: number) =>
      channels.recordAudience(viewer, creatorId, {
        id: randomUUID(),
        channelId: id,
        month,
        shares: { us_ca_au: share },
      });
    await record("2026-01", 1);
    await record("2026-02", 2);
    await record("2026-01", 3);
    const rows = await channels.listAudience(viewer, creatorId, id);
    expect(rows.map(({ month, shares }) => [month, shares])).toEqual([
      ["2026-02", { us_ca_au: 2 }],
      ["2026-01", { us_ca_au: 3 }],
    ]);
  });
});
