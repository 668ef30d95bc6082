import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import * as rules from "../../db/rules";
import type { Viewer } from "../../lib/model/access";
import { dayOf } from "../../lib/model/month";
import { makeRule, makeStudio, newRule } from "../studio";

let viewer: Viewer;
let creatorId: string;

beforeEach(async () => {
  ({ viewer, creatorId } = await makeStudio());
});

const standing = async (day: string, filter?: rules.RuleFilter) =>
  (await rules.standingOn(viewer, creatorId, dayOf(day), filter)).map(
    ({ subject, fromDay, body }) => `${subject} ${body.platformPpm} from ${fromDay}`,
  );

describe("a rule", () => {
  it("stands from its day until a later one of its kind and subject, and changes nothing before its day", async () => {
    await makeRule(viewer, creatorId, { fromDay: "2026-01-01" });
    await makeRule(viewer, creatorId, { fromDay: "2026-03-01", body: { platformPpm: 300_000 } });
    expect(await standing("2025-12-31")).toEqual([]);
    expect(await standing("2026-02-28")).toEqual(["gift 500000 from 2026-01-01"]);
    expect(await standing("2026-03-01")).toEqual(["gift 300000 from 2026-03-01"]);
  });

  it("said again for its day is corrected, once: a rate typed wrong is no rate that was cut on that day", async () => {
    const typo = await makeRule(viewer, creatorId, { body: { platformPpm: 5 } });
    const right = newRule({ body: { platformPpm: 500_000 } });
    for (let twice = 0; twice < 2; twice++) await rules.record(viewer, creatorId, right);
    const { rows } = await rules.list(viewer, creatorId);
    expect(rows.map(({ id, replaces }) => [id, replaces])).toEqual([[right.id, typo]]);
    await rules.undo(viewer, creatorId, { id: randomUUID(), entryId: right.id });
    expect(await standing("2026-01-01")).toEqual(["gift 5 from 2026-01-01"]);
  });

  it("of another subject or kind stands beside it", async () => {
    await makeRule(viewer, creatorId);
    await makeRule(viewer, creatorId, { subject: "super_like", body: { platformPpm: 1 } });
    await makeRule(viewer, creatorId, { kind: "convention", body: { platformPpm: 2 } });
    expect(await standing("2026-01-01")).toHaveLength(3);
    expect(await standing("2026-01-01", { kind: "share", subject: "super_like" })).toEqual([
      "super_like 1 from 2026-01-01",
    ]);
  });

  it("that was corrected stands as corrected; undone it is as before; taken back, the one before stands", async () => {
    await makeRule(viewer, creatorId);
    const wrong = await makeRule(viewer, creatorId, { fromDay: "2026-03-01", body: { platformPpm: 7 } });
    const right = await makeRule(viewer, creatorId, {
      ...{ fromDay: "2026-04-01", body: { platformPpm: 8 }, replaces: wrong },
    });
    expect(await standing("2026-03-15"), "its day was wrong too").toEqual(["gift 500000 from 2026-01-01"]);
    expect(await standing("2026-04-01")).toEqual(["gift 8 from 2026-04-01"]);
    const undone = randomUUID();
    await rules.undo(viewer, creatorId, { id: undone, entryId: right });
    expect(await standing("2026-04-01")).toEqual(["gift 7 from 2026-03-01"]);
    await rules.remove(viewer, creatorId, { id: randomUUID(), replaces: undone });
    expect(await standing("2026-04-01")).toEqual(["gift 500000 from 2026-01-01"]);
  });

  it("is listed while it counts, a page at a time, those to come among them", async () => {
    await makeRule(viewer, creatorId);
    await makeRule(viewer, creatorId, { fromDay: "2026-02-01", body: { platformPpm: 9 } });
    await makeRule(viewer, creatorId, { fromDay: "2030-01-01" });
    const { rows, total } = await rules.list(viewer, creatorId, { filter: { kind: "share" }, size: 2 });
    expect([rows.map(({ fromDay }) => fromDay), total]).toEqual([["2030-01-01", "2026-02-01"], 3]);
    expect(await standing("2026-06-01")).toEqual(["gift 9 from 2026-02-01"]);
  });
});

describe("recording a rule", () => {
  it("twice under one id is once; with another body, or onto what was replaced, it is refused", async () => {
    const first = newRule();
    await rules.record(viewer, creatorId, first);
    await rules.record(viewer, creatorId, first);
    await expect(rules.record(viewer, creatorId, { ...first, subject: "other" })).rejects.toMatchObject({
      code: "conflict",
    });
    const mine = await makeRule(viewer, creatorId, { replaces: first.id, source: "mine" });
    await expect(makeRule(viewer, creatorId, { replaces: first.id, source: "hers" })).rejects.toMatchObject({
      code: "conflict",
      current: { id: mine, source: "mine" },
    });
    expect((await rules.list(viewer, creatorId)).total).toBe(1);
  });

  it("without a subject or a day is refused by field", async () => {
    await expect(makeRule(viewer, creatorId, { subject: " ", fromDay: "soon" })).rejects.toMatchObject({
      fields: { subject: expect.any(String), fromDay: expect.any(String) },
    });
  });
});
