import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import * as payouts from "../../db/payouts";
import * as receipts from "../../db/receipts";
import type { Viewer } from "../../lib/model/access";
import { makePayout, makeStudio } from "../studio";

let viewer: Viewer;
let creatorId: string;
let channelId: string;

beforeEach(async () => {
  ({ viewer, creatorId, channelId } = await makeStudio());
});

type Shares = [chainId: string, minor: bigint][];

function newReceipt(pays: Shares, given: Partial<receipts.NewReceipt> = {}): receipts.NewReceipt {
  return {
    id: randomUUID(),
    receivedOn: "2026-03-05",
    minor: pays.reduce((sum, [, minor]) => sum + minor, 0n),
    currency: "USD",
    feeMinor: 0n,
    rate: null,
    note: "",
    allocations: pays.map(([chainId, minor]) => ({ chainId, minor })),
    ...given,
  };
}

async function receive(pays: Shares, given: Partial<receipts.NewReceipt> = {}): Promise<string> {
  return (await receipts.record(viewer, creatorId, newReceipt(pays, given))).id;
}

/** [due, paid, open] of the payouts that are not fully paid, oldest first. */
async function open(): Promise<bigint[][]> {
  const rows = await receipts.listOpen(viewer, creatorId);
  return rows.map(({ dueMinor, paidMinor, openMinor }) => [dueMinor, paidMinor, openMinor]);
}

describe("a receipt pays payouts", () => {
  it("several at once, in part and in whole; what is left stays open, oldest first", async () => {
    const late = await makePayout(viewer, creatorId, {
      channelId,
      fromDay: "2026-02-01",
      toDay: "2026-02-28",
    });
    const early = await makePayout(viewer, creatorId, { channelId });
    expect(await open()).toEqual([
      [10_000n, 0n, 10_000n],
      [10_000n, 0n, 10_000n],
    ]);
    await receive([
      [early, 10_000n],
      [late, 2_500n],
    ]);
    expect(await open()).toEqual([[10_000n, 2_500n, 7_500n]]);
    await receive([[late, 7_500n]]);
    expect(await open()).toEqual([]);
    const paid = await payouts.list(viewer, creatorId, { filter: { paid: "paid" } });
    expect([paid.total, paid.rows[0]?.paidMinor]).toEqual([2, 10_000n]);
    const { rows, total } = await receipts.list(viewer, creatorId);
    expect([total, rows.flatMap(({ allocations }) => allocations.map(({ minor }) => minor))]).toEqual([
      2,
      expect.arrayContaining([10_000n, 2_500n, 7_500n]),
    ]);
  });

  it("in another currency: 92.00 EUR for 100.00 USD at the bank's own rate", async () => {
    const chainId = await makePayout(viewer, creatorId);
    const id = await receive([[chainId, 10_000n]], {
      minor: 9_200n,
      currency: "EUR",
      feeMinor: 30n,
      rate: "0.923",
    });
    expect(await open()).toEqual([]);
    expect(await receipts.get(viewer, creatorId, id)).toMatchObject({
      minor: 9_200n,
      currency: "EUR",
      feeMinor: 30n,
      rate: "0.923",
      allocations: [{ chainId, minor: 10_000n, currency: "USD", stream: "rewards" }],
    });
  });

  it("never more than is open of one: the sentence names the payout and what is left", async () => {
    const chainId = await makePayout(viewer, creatorId, { channelId });
    await receive([[chainId, 6_000n]]);
    await expect(receive([[chainId, 4_001n]])).rejects.toMatchObject({
      code: "invalid",
      message:
        "The payout Mira cooks, Platform rewards, 2026-01-01 to 2026-01-31: only 40.00 USD is open, and 40.01 USD was assigned. Lower it, or correct the payout first.",
    });
    await receive([[chainId, 4_000n]]);
    await expect(receive([[chainId, 1n]])).rejects.toMatchObject({
      message: expect.stringContaining("nothing is open"),
    });
  });

  it("of ten receipts for one payout in a race one is taken", async () => {
    const chainId = await makePayout(viewer, creatorId);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, () => receive([[chainId, 10_000n]])),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await receipts.list(viewer, creatorId)).total).toBe(1);
  });

  it("counts what was withheld: 100.00 earned, 15.00 tax withheld, 85.00 received is paid", async () => {
    const chainId = await makePayout(viewer, creatorId);
    const about = await makePayout(viewer, creatorId, { about: chainId, kind: "withheld", minor: -1_500n });
    expect(await open()).toEqual([[8_500n, 0n, 8_500n]]);
    await expect(receive([[chainId, 8_501n]])).rejects.toMatchObject({ code: "invalid" });
    await receive([[chainId, 8_500n]]);
    expect(await open()).toEqual([]);
    await expect(receive([[about, 1n]]), "not the withholding itself").rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("stays with its payout when that is corrected later", async () => {
    const chainId = await makePayout(viewer, creatorId, { state: "estimated" });
    await receive([[chainId, 10_000n]]);
    await makePayout(viewer, creatorId, { replaces: chainId, minor: 11_000n });
    expect(await open()).toEqual([[11_000n, 10_000n, 1_000n]]);
  });

  it("not more in its own currency than arrived: 100.00 assigned, 90.00 + 5.00 fee arrived", async () => {
    const chainId = await makePayout(viewer, creatorId);
    await expect(receive([[chainId, 10_000n]], { minor: 9_000n, feeMinor: 500n })).rejects.toMatchObject({
      message: expect.stringContaining("100.00 USD is assigned to payouts, but 95.00 USD arrived"),
    });
    await receive([[chainId, 10_000n]], { minor: 9_000n, feeMinor: 1_000n });
  });

  it("is refused with a payout named twice, an amount of 0, a rate of 0, a day that is none", async () => {
    const chainId = await makePayout(viewer, creatorId);
    const twice: Shares = [
      [chainId, 1n],
      [chainId, 1n],
    ];
    await expect(receive(twice)).rejects.toMatchObject({
      fields: { allocations: expect.stringContaining("twice") },
    });
    await expect(receive([[chainId, 0n]])).rejects.toMatchObject({ code: "invalid" });
    await expect(receive([[chainId, 1n]], { rate: "0.0" })).rejects.toMatchObject({
      fields: { rate: expect.any(String) },
    });
    await expect(receive([[chainId, 1n]], { receivedOn: "2026-02-29" })).rejects.toMatchObject({
      code: "invalid",
    });
    await expect(receive([[randomUUID(), 1n]])).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a receipt is once and correctable", () => {
  it("is recorded once in a race; another body under its id is refused", async () => {
    const chainId = await makePayout(viewer, creatorId);
    const receipt = newReceipt([[chainId, 1_000n]]);
    await Promise.all(Array.from({ length: 20 }, () => receipts.record(viewer, creatorId, receipt)));
    expect(await open()).toEqual([[10_000n, 1_000n, 9_000n]]);
    await expect(receipts.record(viewer, creatorId, { ...receipt, minor: 1_001n })).rejects.toMatchObject({
      code: "conflict",
    });
  });

  it("a correction counts instead of what it corrects, for the whole of what is open", async () => {
    const chainId = await makePayout(viewer, creatorId);
    const first = await receive([[chainId, 9_000n]]);
    const second = await receive([[chainId, 10_000n]], { replaces: first });
    expect(await open()).toEqual([]);
    await expect(receive([[chainId, 1n]], { replaces: first })).rejects.toMatchObject({
      code: "conflict",
      current: { id: second, minor: 10_000n },
    });
  });

  it("undo and removal open the payouts again, and undoing a removal pays them again", async () => {
    const chainId = await makePayout(viewer, creatorId);
    const first = await receive([[chainId, 4_000n]]);
    const second = await receive([[chainId, 5_000n]], { replaces: first });
    const third = randomUUID();
    await receipts.undo(viewer, creatorId, { id: third, entryId: second });
    expect(await open()).toEqual([[10_000n, 4_000n, 6_000n]]);
    const removal = { id: randomUUID(), replaces: third };
    await receipts.remove(viewer, creatorId, removal);
    await receipts.remove(viewer, creatorId, removal);
    expect([await open(), (await receipts.list(viewer, creatorId)).total]).toEqual([
      [[10_000n, 0n, 10_000n]],
      0,
    ]);
    await receipts.undo(viewer, creatorId, { id: randomUUID(), entryId: removal.id });
    expect(await open()).toEqual([[10_000n, 4_000n, 6_000n]]);
  });

  it("undo is refused when another receipt has paid the payout in the meantime", async () => {
    const chainId = await makePayout(viewer, creatorId);
    const first = await receive([[chainId, 10_000n]]);
    const removal = { id: randomUUID(), replaces: first };
    await receipts.remove(viewer, creatorId, removal);
    await receive([[chainId, 10_000n]]);
    await expect(
      receipts.undo(viewer, creatorId, { id: randomUUID(), entryId: removal.id }),
    ).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining("nothing is open") });
  });

  it("its history is the same from any of its rows: recorded, corrected, taken back", async () => {
    const chainId = await makePayout(viewer, creatorId);
    const first = await receive([[chainId, 4_000n]]);
    const second = await receive([[chainId, 5_000n]], { replaces: first });
    const third = randomUUID();
    await receipts.remove(viewer, creatorId, { id: third, replaces: second });
    for (const id of [first, second, third]) {
      const rows = await receipts.history(viewer, creatorId, id);
      expect(rows.map((row) => [row.id, row.isVoid, row.allocations.map(({ minor }) => minor)])).toEqual([
        [first, false, [4_000n]],
        [second, false, [5_000n]],
        [third, true, []],
      ]);
    }
  });
});
