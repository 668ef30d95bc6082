import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import * as audit from "../../db/audit";
import * as deals from "../../db/deals";
import type { Viewer } from "../../lib/model/access";
import { DEAL_STATES } from "../../lib/model/words";
import { makeCast } from "../factories";
import { makeDeal, makeStudio, newDeal } from "../studio";

let viewer: Viewer;
let creatorId: string;
let channelId: string;

beforeEach(async () => {
  ({ viewer, creatorId, channelId } = await makeStudio());
});

const record = (given: Partial<deals.NewDeal> = {}) => makeDeal(viewer, creatorId, given);
const brands = async (options?: Parameters<typeof deals.list>[2]) =>
  (await deals.list(viewer, creatorId, options)).rows.map(({ brand }) => brand);

describe("recording", () => {
  it("answers the same for the same id and body, and refuses another body, so that a double click is one deal", async () => {
    const deal = newDeal({ channelId });
    expect(await deals.record(viewer, creatorId, deal)).toEqual({ id: deal.id });
    expect(await deals.record(viewer, creatorId, deal)).toEqual({ id: deal.id });
    await expect(deals.record(viewer, creatorId, { ...deal, feeMinor: 1n })).rejects.toMatchObject({
      code: "conflict",
    });
    const { rows, total } = await deals.list(viewer, creatorId);
    expect(total).toBe(1);
    expect(rows[0]).toMatchObject({
      id: deal.id,
      brand: "Lumo pans",
      feeMinor: 100_000n,
      currency: "USD",
      channelName: "Mira cooks",
      platform: "tiktok",
      expectedOn: "2026-01-31",
      state: "agreed",
    });
  });

  it("keeps a fee of 0 and one larger than a float can hold, to the cent", async () => {
    const large = await record({ feeMinor: 9_007_199_254_740_993n });
    expect((await deals.get(viewer, creatorId, large)).feeMinor).toBe(9_007_199_254_740_993n);
    const free = await record({ feeMinor: 0n });
    expect((await deals.get(viewer, creatorId, free)).feeMinor).toBe(0n);
  });

  it("names each field that makes no sense", async () => {
    const wrong = newDeal({
      brand: " ",
      feeMinor: -1n,
      currency: "XXY1",
      expectedOn: "2026-02-30",
      state: "dreamt" as never,
    });
    const error = await deals.record(viewer, creatorId, wrong).catch((thrown) => thrown);
    expect(error).toMatchObject({ code: "invalid" });
    expect(Object.keys(error.fields)).toEqual(["brand", "feeMinor", "currency", "expectedOn", "state"]);
  });

  it("knows no channel and no deal of another creator", async () => {
    const other = await makeStudio();
    const theirs = await makeDeal(other.viewer, other.creatorId);
    await expect(record({ channelId: other.channelId })).rejects.toMatchObject({ code: "not_found" });
    await expect(record({ replaces: theirs })).rejects.toMatchObject({ code: "not_found" });
    await expect(deals.get(viewer, creatorId, theirs)).rejects.toMatchObject({ code: "not_found" });
    expect(await brands()).toEqual([]);
  });
});

describe("a deal that moves on", () => {
  it("is one chain: the newest entry counts, the history keeps all from whichever id it is asked", async () => {
    const ids: string[] = [];
    for (const state of ["pitched", "agreed", "invoiced", "paid"] as const)
      ids.push(await record({ state, replaces: ids.at(-1) ?? null }));
    expect((await deals.list(viewer, creatorId)).rows.map(({ id, state }) => [id, state])).toEqual([
      [ids[3], "paid"],
    ]);
    for (const id of ids)
      expect((await deals.history(viewer, creatorId, id)).map((entry) => entry.id)).toEqual(ids);
    const noted = (await audit.list(viewer, creatorId)).filter(({ action }) => action === "deal.corrected");
    expect(noted).toHaveLength(3);
  });

  it("cannot fork: of two changes of one entry the later gets the one that is there", async () => {
    const first = await record();
    const second = await record({ state: "delivered", replaces: first });
    await expect(record({ state: "lost", replaces: first })).rejects.toMatchObject({
      code: "conflict",
      current: { id: second, state: "delivered" },
    });
  });

  it("of ten changes in a race exactly one is taken", async () => {
    const first = await record();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => record({ state: "paid", replaces: first })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await deals.history(viewer, creatorId, first)).toHaveLength(2);
  });
});

describe("taking back", () => {
  it("removes it from list and sums, and undo brings it back as it was", async () => {
    const dealId = await record();
    const before = await deals.byMonth(viewer, creatorId);
    const voiding = randomUUID();
    for (let twice = 0; twice < 2; twice++)
      await deals.remove(viewer, creatorId, { id: voiding, replaces: dealId });
    expect(await brands()).toEqual([]);
    expect(await deals.byMonth(viewer, creatorId)).toEqual([]);
    await deals.undo(viewer, creatorId, { id: randomUUID(), entryId: voiding });
    expect(await deals.byMonth(viewer, creatorId)).toEqual(before);
    const history = await deals.history(viewer, creatorId, dealId);
    expect(history.map(({ isVoid }) => isVoid)).toEqual([false, true, false]);
  });

  it("undo of a change gives way to what it replaced; undo of a first entry takes it back", async () => {
    const first = await record();
    const second = await record({ state: "lost", replaces: first });
    const third = randomUUID();
    await deals.undo(viewer, creatorId, { id: third, entryId: second });
    expect((await deals.get(viewer, creatorId, third)).state).toBe("agreed");
    const only = await record({ brand: "Olivar oil" });
    await deals.undo(viewer, creatorId, { id: randomUUID(), entryId: only });
    expect(await brands()).toEqual(["Lumo pans"]);
  });
});

describe("the list", () => {
  it("filters by state, searches the brand with no wildcard, sorts and pages on the server", async () => {
    await record({ brand: "Alpha 100%", state: "pitched", feeMinor: 300n, expectedOn: "2026-03-01" });
    await record({ brand: "beta", state: "paid", feeMinor: 100n, expectedOn: "2026-01-01" });
    await record({ brand: "Gamma", state: "agreed", feeMinor: 200n, expectedOn: "2026-02-01" });
    expect(await brands()).toEqual(["Alpha 100%", "Gamma", "beta"]);
    expect(await brands({ sort: "brand", descending: false })).toEqual(["Alpha 100%", "beta", "Gamma"]);
    expect(await brands({ sort: "fee" })).toEqual(["Alpha 100%", "Gamma", "beta"]);
    expect(await brands({ sort: "state", descending: false })).toEqual(["Alpha 100%", "Gamma", "beta"]);
    expect(await brands({ filter: { state: "paid" } })).toEqual(["beta"]);
    expect(await brands({ filter: { search: "ALPHA" } })).toEqual(["Alpha 100%"]);
    expect(await brands({ filter: { search: "0%" } })).toEqual(["Alpha 100%"]);
    expect(await brands({ filter: { search: "%" } })).toEqual(["Alpha 100%"]);
    const page = await deals.list(viewer, creatorId, { page: 2, size: 2 });
    expect([page.total, page.rows.map(({ brand }) => brand)]).toEqual([3, ["beta"]]);
  });

  it("sums by month, state and currency: currencies never add", async () => {
    for (const [month, feeMinor, currency] of [
      ["2026-01", 100n, "USD"],
      ["2026-01", 50n, "USD"],
      ["2026-01", 7n, "EUR"],
      ["2026-02", 9n, "USD"],
    ] as const)
      await record({ expectedOn: `${month}-15`, feeMinor, currency });
    await record({ expectedOn: "2026-01-20", feeMinor: 1n, state: "paid" });
    expect(
      (await deals.byMonth(viewer, creatorId)).map(({ month, state, currency, minor, deals }) => [
        month,
        state,
        currency,
        minor,
        deals,
      ]),
    ).toEqual([
      ["2026-01", "agreed", "EUR", 7n, 1],
      ["2026-01", "agreed", "USD", 150n, 2],
      ["2026-01", "paid", "USD", 1n, 1],
      ["2026-02", "agreed", "USD", 9n, 1],
    ]);
    const within = { from: "2026-02" as never, to: "2026-02" as never };
    expect(await deals.byMonth(viewer, creatorId, within)).toHaveLength(1);
  });
});

it("members read, a viewer of the creator writes nothing, strangers and former members see nothing", async () => {
  const { owner, editor, looker, former, stranger, creator } = await makeCast();
  const dealId = await makeDeal(owner, creator.id);
  for (const member of [owner, editor, looker]) expect((await deals.list(member, creator.id)).total).toBe(1);
  await expect(makeDeal(looker, creator.id)).rejects.toMatchObject({ code: "forbidden" });
  for (const outsider of [former, stranger]) {
    expect((await deals.list(outsider, creator.id)).total).toBe(0);
    expect(await deals.byMonth(outsider, creator.id)).toEqual([]);
    await expect(deals.history(outsider, creator.id, dealId)).rejects.toMatchObject({ code: "not_found" });
    await expect(makeDeal(outsider, creator.id)).rejects.toMatchObject({ code: "not_found" });
  }
});

it("every state a form offers can be stored", async () => {
  for (const state of DEAL_STATES) await record({ state });
  expect((await deals.list(viewer, creatorId)).total).toBe(DEAL_STATES.length);
});
