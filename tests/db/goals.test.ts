import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import * as goals from "../../db/goals";
import type { Viewer } from "../../lib/model/access";
import { monthOf } from "../../lib/model/month";
import { makeStudio } from "../studio";

let viewer: Viewer;
let creatorId: string;

beforeEach(async () => {
  ({ viewer, creatorId } = await makeStudio());
});

const newGoal = (given: Partial<goals.NewGoal> = {}): goals.NewGoal => ({
  ...{
    id: randomUUID(),
    fromMonth: "2026-01",
    toMonth: "2026-12",
    stream: null,
    minor: 100n,
    currency: "USD",
  },
  note: "",
  ...given,
});
const amounts = async (on?: string) =>
  (await goals.list(viewer, creatorId, on ? { on: monthOf(on) } : {})).map(({ minor }) => minor);

describe("a goal", () => {
  it("is set once, corrected, and each step is undone", async () => {
    const first = newGoal();
    await goals.record(viewer, creatorId, first);
    await goals.record(viewer, creatorId, first);
    const second = newGoal({ replaces: first.id, minor: 250n });
    await goals.record(viewer, creatorId, second);
    expect(await amounts()).toEqual([250n]);
    const back = randomUUID();
    await goals.undo(viewer, creatorId, { id: back, entryId: second.id });
    expect(await amounts()).toEqual([100n]);
    const gone = randomUUID();
    await goals.remove(viewer, creatorId, { id: gone, replaces: back });
    expect(await amounts()).toEqual([]);
    await goals.undo(viewer, creatorId, { id: randomUUID(), entryId: gone });
    expect(await amounts()).toEqual([100n]);
  });

  it("holds from its first to its last month", async () => {
    await goals.record(viewer, creatorId, newGoal({ fromMonth: "2026-02", toMonth: "2026-03" }));
    expect([await amounts("2026-01"), await amounts("2026-02"), await amounts("2026-03")]).toEqual([
      ...[[], [100n], [100n]],
    ]);
    expect(await amounts("2026-04")).toEqual([]);
  });

  it("names each field that makes no sense", async () => {
    const wrong = newGoal({ fromMonth: "soon", toMonth: "2026-13", minor: 0n, currency: "XYZ" });
    const error = await goals.record(viewer, creatorId, wrong).catch((thrown) => thrown);
    expect(Object.keys(error.fields).sort()).toEqual(["amount", "currency", "fromMonth", "toMonth"]);
    for (const toMonth of ["2025-12", "2029-01"])
      await expect(goals.record(viewer, creatorId, newGoal({ toMonth }))).rejects.toMatchObject({
        fields: { toMonth: expect.any(String) },
      });
  });
});
