import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import * as dealPayment from "../../db/deal-payment";
import * as deals from "../../db/deals";
import * as drawn from "../../db/drawn";
import * as payouts from "../../db/payouts";
import * as receipts from "../../db/receipts";
import type { Viewer } from "../../lib/model/access";
import type { Extra, Promised } from "../../lib/model/deal";
import { dayOf } from "../../lib/model/month";
import { makeDeal, makePayout, makeStudio, makeTraffic, makeVideo } from "../studio";

let viewer: Viewer;
let creatorId: string;
let channelId: string;

beforeEach(async () => {
  ({ viewer, creatorId, channelId } = await makeStudio());
});

const today = dayOf("2026-03-05");
const record = (given: Partial<deals.NewDeal> = {}) => makeDeal(viewer, creatorId, given);
const moveOn = (entryId: string, id = randomUUID()) =>
  deals.moveOn(viewer, creatorId, { id, entryId, today });
const newestOf = async (id: string) => (await deals.history(viewer, creatorId, id)).at(-1)!;

describe("what a deal says beside its fee", () => {
  it("is kept to the cent and the day, and undone with the rest", async () => {
    const videoId = await makeVideo(viewer, creatorId, { channelId });
    const extras: Extra[] = [{ what: "usage", minor: 9_007_199_254_740_993n, days: 90 }];
    const deliverables: Promised[] = [
      { id: randomUUID(), what: "One video", dueOn: dayOf("2026-02-01"), deliveredOn: null, videoId },
    ];
    const terms = {
      ...{ extras, deliverables, promisedViews: 50_000, commissionPpm: 125_000, invoiceNumber: "2026-001" },
      ...{ invoicedOn: "2026-02-02", termsDays: 45, billTo: "Lumo GmbH\nStrasse 1" },
    };
    const first = await record({ feeMinor: 10n ** 17n, ...terms });
    expect(await newestOf(first)).toMatchObject({ ...terms, chainId: first });
    const second = await record({ replaces: first });
    expect(await newestOf(first)).toMatchObject({ extras: [], deliverables: [], chainId: first, id: second });
    await deals.undo(viewer, creatorId, { id: randomUUID(), entryId: second });
    expect(await newestOf(second)).toMatchObject({ ...terms, chainId: first });
  });

  it("names each field that makes no sense, and no video of somebody else", async () => {
    const wrong = record({
      extras: [{ what: "usage", minor: 100_001n, days: null }],
      deliverables: [{ id: "1", what: " ", dueOn: null, deliveredOn: null, videoId: null }],
      ...{ promisedViews: 0, commissionPpm: 1_000_001, invoicedOn: "2026-02-30", termsDays: -1 },
    });
    const error = await wrong.catch((thrown) => thrown);
    expect(Object.keys(error.fields)).toEqual([
      ...["extras", "deliverables", "promisedViews", "commissionPpm", "invoicedOn", "termsDays"],
    ]);
    const other = await makeStudio();
    const theirs = await makeVideo(other.viewer, other.creatorId, { channelId: other.channelId });
    const stolen = { id: "1", what: "Video", dueOn: null, deliveredOn: null, videoId: theirs };
    await expect(record({ deliverables: [stolen] })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("one step on", () => {
  it("goes from pitched to invoiced, gives the number, day and terms, and the same click again changes nothing", async () => {
    let entry = await record({ state: "pitched" });
    for (const state of ["agreed", "delivered", "invoiced"] as const) {
      const id = randomUUID();
      for (let twice = 0; twice < 2; twice++) expect(await moveOn(entry, id)).toEqual({ id, state });
      entry = id;
    }
    expect(await newestOf(entry)).toMatchObject({
      ...{ state: "invoiced", invoiceNumber: "2026-001", invoicedOn: today, termsDays: 30 },
    });
    const second = await record({ state: "delivered", invoiceNumber: "L-7", termsDays: 60 });
    const { id } = await moveOn(second);
    expect(await newestOf(id)).toMatchObject({ invoiceNumber: "L-7", termsDays: 60 });
    expect((await deals.list(viewer, creatorId, { filter: { open: true } })).total).toBe(2);
    await expect(moveOn(await record({ state: "lost" }))).rejects.toMatchObject({ code: "invalid" });
  });

  it("gives ten invoices in a race ten numbers without a gap", async () => {
    const delivered = await Promise.all(Array.from({ length: 10 }, () => record({ state: "delivered" })));
    await Promise.all(delivered.map((id) => moveOn(id)));
    const numbers = await deals.listInvoiceNumbers(viewer, creatorId);
    expect([...numbers].sort()).toEqual(
      Array.from({ length: 10 }, (_, n) => `2026-${String(n + 1).padStart(3, "0")}`),
    );
  });

  it("a number stands once: another deal is refused it by name, the same deal keeps it, a taken back one frees it", async () => {
    const first = await record({ invoiceNumber: "2026-001", brand: "Olivar oil" });
    const refused = await record({ invoiceNumber: "2026-001" }).catch((thrown) => thrown);
    expect(refused.fields.invoiceNumber).toMatch(/Olivar oil/);
    const second = await record({ invoiceNumber: "2026-001", replaces: first, note: "again" });
    await deals.remove(viewer, creatorId, { id: randomUUID(), replaces: second });
    await record({ invoiceNumber: "2026-001" });
  });
});

describe("a deal's money arrives", () => {
  const pay = (entryId: string, minor: bigint, given: Partial<dealPayment.DealPayment> = {}) =>
    dealPayment.pay(viewer, creatorId, {
      ...{ id: randomUUID(), entryId, receivedOn: dayOf("2026-03-04"), minor, feeMinor: 0n },
      ...given,
    });
  const earned = async () =>
    (await payouts.list(viewer, creatorId)).rows.map(({ minor, paidMinor, stream, dealId }) => [
      ...[minor, paidMinor, stream, dealId],
    ]);

  it("985.00 and a fee of 15.00 pay 1,000.00: one payout, one receipt, state paid, twice the same click or not", async () => {
    const dealId = await record({ state: "invoiced", channelId });
    const id = randomUUID();
    for (let twice = 0; twice < 2; twice++)
      expect(await pay(dealId, 98_500n, { id, feeMinor: 1_500n })).toEqual({ id, isPaid: true });
    expect(await earned()).toEqual([[100_000n, 100_000n, "sponsorship", dealId]]);
    expect((await newestOf(dealId)).state).toBe("paid");

    await dealPayment.undoPayment(viewer, creatorId, { id: randomUUID(), entryId: id });
    expect(await earned()).toEqual([]);
    expect((await receipts.list(viewer, creatorId)).rows).toEqual([]);
    expect((await newestOf(dealId)).state).toBe("invoiced");
  });

  it("400.00 of 1,000.00 leaves 600.00 open and the state as it was; 600.01 more is refused, 600.00 pays it", async () => {
    const dealId = await record({ state: "invoiced" });
    expect(await pay(dealId, 40_000n)).toMatchObject({ isPaid: false });
    expect(await earned()).toEqual([[100_000n, 40_000n, "sponsorship", dealId]]);
    const error = await pay(dealId, 60_001n).catch((thrown) => thrown);
    expect(error.fields.amount).toMatch(/Only 600\.00 USD/);
    expect(await pay(dealId, 60_000n)).toMatchObject({ isPaid: true });
    expect(await earned()).toEqual([[100_000n, 100_000n, "sponsorship", dealId]]);
  });

  it("pays the payout that is logged already, and logs only what lacks to the fee: nothing counts twice", async () => {
    const dealId = await record({ state: "invoiced" });
    await makePayout(viewer, creatorId, { stream: "sponsorship", minor: 30_000n, dealId });
    await pay(dealId, 100_000n);
    const minors = (await earned()).map(([minor]) => minor as bigint).sort();
    expect(minors).toEqual([30_000n, 70_000n]);
  });

  it("refuses an entry that was replaced meanwhile", async () => {
    const dealId = await record({ state: "delivered" });
    await moveOn(dealId);
    await expect(pay(dealId, 1n)).rejects.toMatchObject({ code: "conflict" });
    expect(await earned()).toEqual([]);
  });
});

describe("views of given days", () => {
  it("310 views of January are 100 in its first 10 days, plus 28 of a day of February's 28 = 1 a day", async () => {
    const videoId = await makeVideo(viewer, creatorId, { channelId });
    await makeTraffic(viewer, creatorId, { channelId, videoId, format: "short", views: 310 });
    const february = { fromDay: "2026-02-01", toDay: "2026-02-28", format: "short" } as const;
    await makeTraffic(viewer, creatorId, { channelId, videoId, views: 28, ...february });
    const span = (key: string, fromDay: string, toDay: string) => ({ key, videoId, fromDay, toDay });
    const found = await drawn.drawnIn(viewer, creatorId, [
      span("ten", "2026-01-01", "2026-01-10"),
      span("both", "2026-01-31", "2026-02-02"),
      span("none", "2027-01-01", "2027-01-31"),
    ]);
    expect([...found]).toEqual([
      ["ten", { views: 100, days: 10 }],
      ["both", { views: 12, days: 3 }],
      ["none", { views: null, days: 0 }],
    ]);
  });
});
