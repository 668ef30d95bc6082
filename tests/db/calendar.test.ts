import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import * as calendar from "../../db/calendar";
import { conn, transaction } from "../../db/client";
import * as members from "../../db/members";
import * as receipts from "../../db/receipts";
import { payouts as payoutTable } from "../../db/schema";
import type { Viewer } from "../../lib/model/access";
import { dayOf } from "../../lib/model/month";
import { makeMember, operatorOf } from "../factories";
import { makeDeal, makePayout, makeStudio } from "../studio";

let viewer: Viewer;
let creatorId: string;
let channelId: string;

beforeEach(async () => {
  ({ viewer, creatorId, channelId } = await makeStudio());
});

const owed = (since = "2026-01-01") => calendar.owed(viewer, creatorId, dayOf(since));
const receive = (chainId: string, minor: bigint, receivedOn = "2026-02-20") =>
  receipts.record(viewer, creatorId, {
    ...{ id: randomUUID(), receivedOn, minor, currency: "USD", feeMinor: 0n, rate: null, note: "" },
    allocations: [{ chainId, minor }],
  });

describe("what is owed", () => {
  it("is the entry that counts with those about it, less what came: 100.00 - 15.00 withheld - 30.00 received", async () => {
    const estimated = await makePayout(viewer, creatorId, { channelId, state: "estimated", minor: 9_000n });
    await makePayout(viewer, creatorId, { channelId, replaces: estimated });
    await makePayout(viewer, creatorId, { channelId, kind: "withheld", about: estimated, minor: -1_500n });
    await receive(estimated, 3_000n);
    const { payouts, keepsReceipts } = await owed();
    expect(keepsReceipts).toBe(true);
    expect(payouts).toMatchObject([
      {
        ...{ chainId: estimated, dueMinor: 8_500n, receivedMinor: 3_000n, receivedOn: "2026-02-20" },
        ...{ state: "final", platform: "tiktok", dueOn: null },
      },
    ]);
  });

  it("holds open payouts of any age, and paid ones of lately alone", async () => {
    const old = await makePayout(viewer, creatorId, { fromDay: "2020-01-01", toDay: "2020-01-31" });
    const paid = await makePayout(viewer, creatorId, { stream: "ads" });
    await receive(paid, 10_000n);
    expect((await owed()).payouts.map(({ chainId }) => chainId)).toEqual([old, paid]);
    expect((await owed("2026-02-01")).payouts.map(({ chainId }) => chainId)).toEqual([old]);
  });

  it("counts a deal until a payout names it, by its first entry; pitched, paid and lost ones owe nothing", async () => {
    const first = await makeDeal(viewer, creatorId, { state: "agreed" });
    await makeDeal(viewer, creatorId, { state: "invoiced", replaces: first, feeMinor: 120_000n });
    for (const state of ["pitched", "paid", "lost"] as const) await makeDeal(viewer, creatorId, { state });
    expect((await owed()).deals).toMatchObject([{ dealId: first, feeMinor: 120_000n, state: "invoiced" }]);
    const payoutId = randomUUID();
    await transaction(viewer, () =>
      conn()
        .insert(payoutTable)
        .values({
          ...{
            creatorId,
            id: payoutId,
            chainId: payoutId,
            stream: "sponsorship",
            kind: "earning",
            state: "final",
          },
          ...{ fromDay: "2026-01-31", toDay: "2026-01-31", minor: 120_000n, currency: "USD", dealId: first },
          ...{ recordedBy: payoutId, bodyHash: Buffer.alloc(32) },
        }),
    );
    const then = await owed();
    expect(then.deals).toEqual([]);
    expect(then.payouts).toMatchObject([{ chainId: payoutId, dueOn: "2026-01-31" }]);
  });

  it("counts what no payout says of a deal that is paid in parts: 1,000.00 - 300.00 is still owed", async () => {
    const dealId = await makeDeal(viewer, creatorId, { state: "invoiced" });
    await makePayout(viewer, creatorId, { stream: "sponsorship", minor: 30_000n, dealId });
    expect(await owed()).toMatchObject({
      deals: [{ dealId, feeMinor: 70_000n }],
      payouts: [{ dueMinor: 30_000n, dueOn: "2026-01-31" }],
    });
    await makePayout(viewer, creatorId, { stream: "sponsorship", minor: 1n, currency: "EUR", dealId });
    expect((await owed()).deals, "how much euros are of it, nobody can say").toEqual([]);
  });
});

describe("a calendar's address", () => {
  const feed = () => ({
    id: randomUUID(),
    label: "Phone",
    amounts: false,
    secretHash: Buffer.from(randomUUID()),
  });
  const find = (link: { id: string; secretHash: Buffer }) =>
    calendar.findFeed(operatorOf(creatorId), creatorId, link);

  it("works with its secret alone, until it is revoked, and is made once", async () => {
    const made = feed();
    await calendar.createFeed(viewer, creatorId, made);
    await calendar.createFeed(viewer, creatorId, made);
    await expect(calendar.createFeed(viewer, creatorId, { ...made, amounts: true })).rejects.toMatchObject({
      code: "conflict",
    });
    expect(await calendar.listFeeds(viewer, creatorId)).toHaveLength(1);
    expect(await find(made)).toMatchObject({ id: made.id, amounts: false });
    expect(await find({ ...made, secretHash: Buffer.from("another") })).toBeNull();
    await calendar.revokeFeed(viewer, creatorId, made.id);
    expect(await find(made)).toBeNull();
    await expect(calendar.revokeFeed(viewer, creatorId, made.id)).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("ends with the membership of whoever made it", async () => {
    const { viewer: editor, user } = await makeMember(viewer, creatorId, "editor");
    const made = feed();
    await calendar.createFeed(editor, creatorId, made);
    expect(await find(made)).not.toBeNull();
    await members.remove(viewer, { creatorId, userId: user.id, version: 1 });
    expect(await find(made)).toBeNull();
  });
});
