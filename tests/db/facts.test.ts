import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { inputsAsOf } from "../../db/as-of";
import * as facts from "../../db/facts";
import * as readings from "../../db/readings";
import * as rules from "../../db/rules";
import * as totals from "../../db/totals";
import type { Viewer } from "../../lib/model/access";
import { historiesOf } from "../../lib/model/histories";
import { monthOf } from "../../lib/model/month";
import { projectStream } from "../../lib/model/projection";
import { makeEvent, makePayout, makeStudio, makeTraffic, makeVideo } from "../studio";
import { recordedAll } from "./recorded-at";

let viewer: Viewer;
let creatorId: string;
let channelId: string;

beforeEach(async () => {
  ({ viewer, creatorId, channelId } = await makeStudio());
});

const newFact = (given: Partial<facts.NewFact> = {}): facts.NewFact => ({
  ...{ id: randomUUID(), what: "country", channelId: null, day: "2026-01-01", value: "DE" },
  ...given,
});
const values = async () => (await facts.list(viewer, creatorId)).map(({ what, value }) => `${what} ${value}`);

describe("a fact", () => {
  it("is told once, corrected, taken back and brought back", async () => {
    const first = newFact();
    await facts.record(viewer, creatorId, first);
    await facts.record(viewer, creatorId, first);
    await facts.record(viewer, creatorId, newFact({ replaces: first.id, value: "US" }));
    expect(await values()).toEqual(["country US"]);
    const [{ id = "" } = {}] = await facts.list(viewer, creatorId);
    const gone = randomUUID();
    await facts.remove(viewer, creatorId, { id: gone, replaces: id });
    expect(await values()).toEqual([]);
    await facts.undo(viewer, creatorId, { id: randomUUID(), entryId: gone });
    expect(await values()).toEqual(["country US"]);
  });

  it("said again of the same thing and day is corrected, and of another channel or day stands beside it", async () => {
    await facts.record(viewer, creatorId, newFact());
    const again = newFact({ value: "US" });
    for (let twice = 0; twice < 2; twice++) await facts.record(viewer, creatorId, again);
    expect(await values()).toEqual(["country US"]);
    await facts.record(viewer, creatorId, newFact({ channelId }));
    await facts.record(viewer, creatorId, newFact({ day: "2026-01-02" }));
    expect(await values()).toHaveLength(3);
  });

  it("that cannot be is refused with what to type instead", async () => {
    for (const [what, value] of [
      ["country", "Germany"],
      ["birth_year", "04"],
      ["account_type", "shop"],
    ] as const)
      await expect(facts.record(viewer, creatorId, newFact({ what, value }))).rejects.toMatchObject({
        fields: { value: expect.any(String) },
      });
  });
});

describe("a rule of the creator's", () => {
  const rule = (fromDay: string) =>
    rules.record(viewer, creatorId, {
      ...{ id: randomUUID(), kind: "programme", subject: "tiktok.rewards", fromDay, source: "a mail" },
      body: { anyOf: [{ followers: 5_000 }] },
    });
  const reasonFor = async (month: string) => {
    const inputs = await inputsAsOf(viewer, creatorId, monthOf(month));
    const [stream] = historiesOf(inputs!.ledger, { asOf: monthOf(month) });
    return projectStream(stream!.history, monthOf(month)).reason ?? "";
  };

  it("gates projections from its day on, and none that was made before it was written down", async () => {
    // 8,000 followers, and no payout above 0 yet.
    await makePayout(viewer, creatorId, { channelId, minor: 0n, fromDay: "2026-04-01", toDay: "2026-04-30" });
    for (const day of ["2026-05-09", "2026-06-09"])
      await readings.record(viewer, creatorId, {
        ...{ id: randomUUID(), channelId, videoId: null, day, followers: 8_000 },
      });
    await recordedAll(creatorId, "2026-05-10");
    const notYet = /2,000 of 10,000 followers/;
    expect(await reasonFor("2026-06")).toMatch(notYet);
    await rule("2026-05-20");
    await recordedAll(creatorId, "2026-06-10");
    // Written down in June: June's projection, made on its first day, knew nothing of it.
    expect(await reasonFor("2026-06")).toMatch(notYet);
    expect(await reasonFor("2026-07")).not.toMatch(notYet);
    expect((await totals.byMonth(viewer, creatorId)).programmes?.[0]).toMatchObject({
      ...{ id: "tiktok.rewards", from: "2026-05-20", anyOf: [{ followers: 5_000 }] },
    });
  });
});

describe("the records that programmes are measured by", () => {
  it("hold a channel's readings, months and videos, and of readings that were replaced the newest", async () => {
    for (const followers of [900, 950])
      await readings.record(viewer, creatorId, {
        ...{ id: randomUUID(), channelId, videoId: null, day: "2026-01-31", followers },
      });
    await makeTraffic(viewer, creatorId, { channelId, views: 1_000, watchSeconds: 7_200 });
    await makeVideo(viewer, creatorId, { channelId, durationSeconds: 61 });
    await facts.record(viewer, creatorId, newFact({ what: "account_type", channelId, value: "personal" }));
    const { channels, told, written } = await facts.records(viewer, creatorId);
    expect(channels).toEqual([
      {
        ...{ channelId, name: "Mira cooks", platform: "tiktok" },
        followers: [{ day: "2026-01-31", value: 950 }],
        months: [{ month: "2026-01", format: "all", views: 1_000, watchSeconds: 7_200 }],
        videos: [{ publishedOn: "2026-01-15", seconds: 61 }],
      },
    ]);
    expect(told).toMatchObject([{ what: "account_type", platform: "tiktok", channelId }]);
    expect(written).toEqual([]);
  });

  it("say of each video whether it is paid, its views, and when its channel joined", async () => {
    const [paid, unpaid] = [
      await makeVideo(viewer, creatorId, { channelId, publishedOn: "2026-01-20" }),
      await makeVideo(viewer, creatorId, { channelId, publishedOn: "2026-01-10" }),
    ];
    await makePayout(viewer, creatorId, { channelId, lines: [{ videoId: paid, minor: 100n }] });
    await makeTraffic(viewer, creatorId, {
      channelId,
      videoId: unpaid,
      format: "short",
      views: 500,
      qualifiedViews: 0,
    });
    await makeEvent(viewer, creatorId, { kind: "joined_programme", day: "2026-01-15", platform: "tiktok" });
    expect(await facts.videoRecords(viewer, creatorId)).toMatchObject([
      { videoId: paid, isPaid: true, views: null, joinedOn: "2026-01-15" },
      { videoId: unpaid, isPaid: false, views: 500, qualifiedViews: 0, joinedOn: "2026-01-15" },
    ]);
  });
});
