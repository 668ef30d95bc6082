import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import * as events from "../../db/events";
import * as totals from "../../db/totals";
import type { Viewer } from "../../lib/model/access";
import { EVENT_EFFECTS, EVENT_KINDS } from "../../lib/model/words";
import { makeCast } from "../factories";
import { makeEvent, makeStudio, newEvent } from "../studio";

let viewer: Viewer;
let creatorId: string;

beforeEach(async () => {
  ({ viewer, creatorId } = await makeStudio());
});

const labels = async (who = viewer, whose = creatorId) =>
  (await events.list(who, whose)).rows.map(({ label }) => label);

describe("an event", () => {
  it("is one however often the same form arrives; another body under its id is refused", async () => {
    const event = newEvent({ stream: "rewards", platform: "tiktok", effect: "restart" });
    await events.record(viewer, creatorId, event);
    await events.record(viewer, creatorId, event);
    await expect(events.record(viewer, creatorId, { ...event, label: "Else" })).rejects.toMatchObject({
      code: "conflict",
    });
    const { rows, total } = await events.list(viewer, creatorId);
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({ day: "2026-01-15", stream: "rewards", platform: "tiktok" });
    expect((await totals.byMonth(viewer, creatorId)).events).toEqual([
      {
        day: "2026-01-15",
        label: "Rules changed",
        stream: "rewards",
        platform: "tiktok",
        effect: "restart",
      },
    ]);
  });

  it("is corrected by a newer entry, and only the newest can be", async () => {
    const first = await makeEvent(viewer, creatorId);
    const second = await makeEvent(viewer, creatorId, { label: "Rules changed again", replaces: first });
    expect(await labels()).toEqual(["Rules changed again"]);
    await expect(makeEvent(viewer, creatorId, { replaces: first })).rejects.toMatchObject({
      code: "conflict",
      current: { id: second },
    });
    await events.undo(viewer, creatorId, { id: randomUUID(), entryId: second });
    expect(await labels()).toEqual(["Rules changed"]);
  });

  it("that is taken back marks nothing, and undo brings it back", async () => {
    const eventId = await makeEvent(viewer, creatorId, { effect: "widen" });
    const voiding = randomUUID();
    for (let twice = 0; twice < 2; twice++)
      await events.remove(viewer, creatorId, { id: voiding, replaces: eventId });
    expect(await labels()).toEqual([]);
    expect((await totals.byMonth(viewer, creatorId)).events).toEqual([]);
    await events.undo(viewer, creatorId, { id: randomUUID(), entryId: voiding });
    expect(await labels()).toEqual(["Rules changed"]);
  });

  it("names each field that makes no sense, and takes every kind and effect that a form offers", async () => {
    const wrong = newEvent({ day: "soon", label: "", kind: "x" as never, effect: "y" as never });
    const error = await events.record(viewer, creatorId, wrong).catch((thrown) => thrown);
    expect(Object.keys(error.fields)).toEqual(["day", "label", "kind", "effect"]);
    for (const kind of EVENT_KINDS)
      for (const effect of EVENT_EFFECTS) await makeEvent(viewer, creatorId, { kind, effect });
    const page = await events.list(viewer, creatorId, { page: 2, size: 5 });
    expect([page.total, page.rows.length]).toEqual([12, 5]);
  });
});

it("members read, a viewer of the creator writes nothing, strangers and former members see nothing", async () => {
  const { owner, editor, looker, former, stranger, creator } = await makeCast();
  const eventId = await makeEvent(owner, creator.id);
  for (const member of [owner, editor, looker]) expect(await labels(member, creator.id)).toHaveLength(1);
  await expect(makeEvent(looker, creator.id)).rejects.toMatchObject({ code: "forbidden" });
  for (const outsider of [former, stranger]) {
    expect(await labels(outsider, creator.id)).toEqual([]);
    const removal = events.remove(outsider, creator.id, { id: randomUUID(), replaces: eventId });
    await expect(removal).rejects.toMatchObject({ code: "not_found" });
  }
});
