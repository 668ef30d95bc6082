import { randomUUID } from "node:crypto";
import { expect, it, vi } from "vitest";
import * as projections from "../../db/projections";
import { addMonths, type Month } from "../../lib/model/month";
import { makeProjections } from "../../lib/server/projections";
import { operatorOf } from "../factories";
import { makePayout, makeStudio } from "../studio";

it("makes nothing for a creator who joined this month, whose first projection is the next month's", async () => {
  const { viewer, creatorId } = await makeStudio();
  await makePayout(viewer, creatorId, { stream: "sponsorship" });
  await makeProjections(operatorOf);
  const all = { from: "2000-01" as Month, to: "2999-12" as Month };
  expect(await projections.list(viewer, creatorId, all)).toEqual([]);
});

it("makes the month and the two after it, once, however often it runs and whoever else fails", async () => {
  const { viewer, creatorId } = await makeStudio();
  const month = "2026-05" as Month;
  const freeze = vi.spyOn(projections, "freeze").mockResolvedValue(0);
  vi.spyOn(projections, "listMissing").mockImplementation(async (_, id) => (id === creatorId ? [month] : []));
  await makeProjections(operatorOf);
  expect(viewer.kind).toBe("person");
  expect(freeze.mock.calls.map(([, id, target, horizon]) => [id, target, horizon])).toEqual(
    [3, 2, 1].map((horizon) => [creatorId, addMonths(month, horizon - 1), horizon]),
  );
});

it("reports a creator's trouble and goes on with the others", async () => {
  const [first, second] = [await makeStudio(), await makeStudio()].map(({ creatorId }) => creatorId).sort();
  const told = vi.spyOn(console, "error").mockImplementation(() => {});
  const asked: string[] = [];
  vi.spyOn(projections, "listMissing").mockImplementation(async (_, id) => {
    asked.push(id);
    if (id === first) throw new Error(`trouble ${randomUUID()}`);
    return [];
  });
  await makeProjections(operatorOf);
  expect(asked).toEqual(expect.arrayContaining([first, second]));
  expect(told).toHaveBeenCalled();
});
