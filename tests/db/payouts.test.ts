import { createHash, randomUUID } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import * as audit from "../../db/audit";
import { conn, transaction } from "../../db/client";
import * as months from "../../db/months";
import * as payouts from "../../db/payouts";
import * as receipts from "../../db/receipts";
import type { Viewer } from "../../lib/model/access";
import { addDays, dayOf, splitByMonth } from "../../lib/model/month";
import { closeMonth, makeChannel, makePayout, makeStudio, makeVideo, newPayout } from "../studio";

let viewer: Viewer;
let creatorId: string;
let channelId: string;

beforeEach(async () => {
  ({ viewer, creatorId, channelId } = await makeStudio());
});

const make = (given: Partial<payouts.NewPayout> = {}) => makePayout(viewer, creatorId, given);

function query<Row extends Record<string, string>>(text: SQL): Promise<Row[]> {
  return transaction(viewer, async () => [...(await conn().execute(text))] as Row[]);
}

/** "earned booked state minor" of each kept cell. */
async function cells(): Promise<string[]> {
  const rows = await query<{ cell: string }>(sql`
    select concat_ws(' ', earned_month, booked_month, state, minor) as cell from totals
    where creator_id = ${creatorId} order by 1`);
  return rows.map(({ cell }) => cell);
}

/** What a person sees and what is summed, without ids and times, as one hash. */
async function hashOfFigures(): Promise<string> {
  const { rows } = await payouts.list(viewer, creatorId, { size: 1_000 });
  const seen = rows
    .map(({ id: _id, replaces: _replaces, recordedAt: _recordedAt, ...rest }) =>
      JSON.stringify(rest, (_key, value) => (typeof value === "bigint" ? String(value) : value)),
    )
    .sort();
  return createHash("sha256")
    .update(JSON.stringify([seen, await cells()]))
    .digest("hex");
}

describe("a payout is counted once", () => {
  it("100 equal forms sent at the same time are one row and get 100 equal answers", async () => {
    const entry = newPayout({ channelId });
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => payouts.record(viewer, creatorId, { ...entry })),
    );
    expect(answers).toEqual(Array.from({ length: 100 }, () => ({ id: entry.id })));
    expect((await payouts.history(viewer, creatorId, entry.id)).length).toBe(1);
    expect(await cells()).toEqual(["2026-01 2026-01 final 10000"]);
  });

  it("another body under the same id is refused, whatever differs", async () => {
    const entry = newPayout({ channelId });
    await payouts.record(viewer, creatorId, entry);
    for (const other of [
      { minor: 1n },
      { note: "x" },
      { currency: "EUR" },
      { toDay: "2026-01-30" },
      { channelId: null },
    ]) {
      await expect(payouts.record(viewer, creatorId, { ...entry, ...other })).rejects.toMatchObject({
        code: "conflict",
        message: expect.stringContaining("already saved with other values"),
      });
    }
    expect(await cells()).toEqual(["2026-01 2026-01 final 10000"]);
  });

  it("the same id is free for another creator: nobody learns that it is taken", async () => {
    const entry = newPayout();
    await payouts.record(viewer, creatorId, entry);
    const other = await makeStudio();
    await payouts.record(other.viewer, other.creatorId, { ...entry, minor: 1n });
    expect((await payouts.get(viewer, creatorId, entry.id)).minor).toBe(10_000n);
  });
});

describe("corrections", () => {
  it("of two corrections of one entry one wins, and the other is shown what is there now", async () => {
    for (let round = 0; round < 10; round++) {
      const id = await make();
      const outcomes = await Promise.allSettled([1n, 2n].map((minor) => make({ minor, replaces: id })));
      const won = outcomes.find((outcome) => outcome.status === "fulfilled");
      const lost = outcomes.find((outcome) => outcome.status === "rejected");
      const current = await payouts.get(viewer, creatorId, won?.value ?? "");
      expect(lost?.reason).toMatchObject({
        code: "conflict",
        current: { id: current.id, minor: current.minor },
      });
      expect((await payouts.history(viewer, creatorId, id)).length).toBe(2);
    }
  });

  it("are noted once each in the audit log, however often they are sent, and so are removals", async () => {
    const first = await makePayout(viewer, creatorId);
    const second = newPayout({ replaces: first, minor: 9_000n });
    const gone = { id: randomUUID(), replaces: second.id };
    for (let twice = 0; twice < 2; twice++) await payouts.record(viewer, creatorId, second);
    for (let twice = 0; twice < 2; twice++) await payouts.remove(viewer, creatorId, gone);
    const acts = (await audit.list(viewer, creatorId)).map(({ action }) => action);
    expect(acts.filter((action) => action.startsWith("payout."))).toEqual([
      "payout.removed",
      "payout.corrected",
    ]);
  });

  it("a chain cannot fork: what was corrected once can only be corrected at its end", async () => {
    const first = await make();
    const second = await make({ replaces: first });
    await expect(make({ replaces: first })).rejects.toMatchObject({ current: { id: second } });
    await make({ replaces: second });
  });

  it("an estimate gives way to the final amount and keeps its place in the chain", async () => {
    const first = await make({ state: "estimated" });
    await make({ state: "final", minor: 9_000n, replaces: first });
    expect(await cells()).toEqual(["2026-01 2026-01 final 9000"]);
    const { rows } = await payouts.list(viewer, creatorId);
    expect(rows).toMatchObject([{ chainId: first, state: "final", minor: 9_000n }]);
  });

  it("an entry about a payout adds to it: 100.00 earned, 20.00 clawed back is 80.00 of two entries", async () => {
    const chain = await make({ channelId });
    await make({ channelId, kind: "clawback", about: chain, minor: -2_000n, fromDay: "2026-01-31" });
    expect(await cells()).toEqual(["2026-01 2026-01 final 8000"]);
    expect((await payouts.history(viewer, creatorId, chain)).map(({ kind }) => kind)).toEqual([
      "earning",
      "clawback",
    ]);
    await expect(make({ about: chain, kind: "earning" }), "an earning adds to nothing").rejects.toMatchObject(
      {
        code: "invalid",
      },
    );
  });

  it("points at nothing of another creator: not his channel, his entry, his chain, his video", async () => {
    const other = await makeStudio();
    const theirs = await makePayout(other.viewer, other.creatorId);
    const video = await makeVideo(other.viewer, other.creatorId, { channelId: other.channelId });
    await expect(make({ channelId: other.channelId })).rejects.toMatchObject({ code: "not_found" });
    await expect(make({ about: theirs, kind: "refund" })).rejects.toMatchObject({ code: "not_found" });
    await expect(make({ lines: [{ videoId: video, minor: 1n }] })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(make({ replaces: theirs })).rejects.toMatchObject({ code: "not_found" });
    expect(await cells()).toEqual([]);
  });
});

describe("undo", () => {
  it("of a correction, a removal and a first entry brings figures, totals and list back, by hash", async () => {
    const channel = await makeChannel(viewer, creatorId, { platform: "youtube", name: "Long" });
    const videoId = await makeVideo(viewer, creatorId, { channelId });
    const lines = [{ videoId, minor: 4_000n }];
    const first = await make({
      channelId,
      lines,
      fromDay: "2026-01-20",
      toDay: "2026-02-10",
      minor: 10_001n,
    });
    await make({ channelId: channel, currency: "JPY", state: "estimated" });
    const before = await hashOfFigures();

    const correction = await make({ channelId: channel, minor: 1n, replaces: first });
    const afterCorrection = await hashOfFigures();
    const undone = { id: randomUUID(), entryId: correction };
    await payouts.undo(viewer, creatorId, undone);
    await payouts.undo(viewer, creatorId, undone);
    expect(await hashOfFigures()).toBe(before);
    expect((await payouts.get(viewer, creatorId, undone.id)).lines).toMatchObject(lines);

    const removal = { id: randomUUID(), replaces: undone.id };
    await payouts.remove(viewer, creatorId, removal);
    await payouts.undo(viewer, creatorId, { id: randomUUID(), entryId: removal.id });
    expect(await hashOfFigures()).toBe(before);

    const third = await make({ minor: 3n });
    await payouts.undo(viewer, creatorId, { id: randomUUID(), entryId: third });
    expect(await hashOfFigures()).toBe(before);
    expect(afterCorrection).not.toBe(before);
    expect((await payouts.history(viewer, creatorId, first)).map(({ kind }) => kind)).toEqual([
      "earning",
      "earning",
      "earning",
      "void",
      "earning",
    ]);
  });

  it("of what somebody else corrected meanwhile is refused with what is there now", async () => {
    const first = await make();
    const second = await make({ minor: 2n, replaces: first });
    const third = await make({ minor: 3n, replaces: second });
    await expect(
      payouts.undo(viewer, creatorId, { id: randomUUID(), entryId: second }),
    ).rejects.toMatchObject({ code: "conflict", current: { id: third } });
    await expect(
      payouts.remove(viewer, creatorId, { id: randomUUID(), replaces: first }),
    ).rejects.toMatchObject({ code: "conflict", current: { id: second } });
  });
});

describe("an entry that spans months", () => {
  it("is split by day: 100.00 over 30 Jan – 2 Feb is 50.00 + 50.00; 0.01 goes to the last day", async () => {
    await make({ fromDay: "2026-01-30", toDay: "2026-02-02" });
    expect(await cells()).toEqual(["2026-01 2026-01 final 5000", "2026-02 2026-02 final 5000"]);
    await make({ fromDay: "2026-03-31", toDay: "2026-04-01", minor: 1n });
    expect((await cells()).slice(2)).toEqual(["2026-03 2026-03 final 0", "2026-04 2026-04 final 1"]);
  });

  it("cannot end before it begins, nor last for decades", async () => {
    for (const toDay of ["2025-12-31", "2046-01-01"])
      await expect(make({ toDay })).rejects.toMatchObject({
        code: "invalid",
        message: expect.stringContaining("period"),
      });
  });

  it("is split to the cent as the model splits it, for 200 random entries of either sign", async () => {
    const entry = fc.record({
      minor: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
      start: fc.integer({ min: 0, max: 2_000 }),
      days: fc.integer({ min: 0, max: 1_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 50, maxLength: 50 }), async (drawn) => {
        const entries = drawn.map(({ minor, start, days }) => {
          const fromDay = addDays(dayOf("2020-01-01"), start);
          return newPayout({ minor, fromDay, toDay: addDays(fromDay, days) });
        });
        await payouts.recordAll(viewer, creatorId, entries);
        const ids = JSON.stringify(entries.map(({ id }) => id));
        const rows = await query<{ id: string; month: string; minor: string }>(sql`
          select payout_id as id, earned_month as month, minor::text from postings
          where creator_id = ${creatorId} and payout_id::text in (select json_array_elements_text(${ids}::json))
          order by earned_month`);
        for (const { id, minor, fromDay, toDay } of entries) {
          const kept = rows.filter((row) => row.id === id).map((row) => [row.month, BigInt(row.minor)]);
          const split = splitByMonth(minor, dayOf(fromDay), dayOf(toDay));
          expect(kept).toEqual(split.map((part) => [part.month, part.minor]));
        }
      }),
      { numRuns: 4 },
    );
  });
});

describe("what is booked because of a closed month", () => {
  it("stays as it was: later entries are earned in it and booked in the first open one", async () => {
    await make();
    await closeMonth(viewer, creatorId, "2026-01");
    await closeMonth(viewer, creatorId, "2026-02");
    await make({ minor: 500n });
    expect(await cells()).toEqual(["2026-01 2026-01 final 10000", "2026-01 2026-03 final 500"]);
    expect((await months.listClosed(viewer, creatorId)).map(({ month }) => month)).toEqual([
      "2026-02",
      "2026-01",
    ]);
  });

  it("keeps its booked sum when an entry of it is corrected: -100.00 and +90.00 are booked later", async () => {
    const id = await make();
    await closeMonth(viewer, creatorId, "2026-01");
    await make({ minor: 9_000n, replaces: id });
    expect(await cells()).toEqual(["2026-01 2026-01 final 10000", "2026-01 2026-02 final -1000"]);
  });

  it("is over: the current month of the creator's zone cannot be closed, nor by one who is no owner", async () => {
    const [row] = await query<{ month: string }>(
      sql`select to_char(now() at time zone time_zone, 'YYYY-MM') as month from creators where id = ${creatorId}`,
    );
    await expect(closeMonth(viewer, creatorId, row?.month ?? "")).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("is not over yet"),
    });
    await expect(closeMonth(viewer, creatorId, "2026-1")).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("lines by video", () => {
  it("never exceed their payout: 60.00 + 40.01 of 100.00 is refused, 60.00 + 30.00 leaves 10.00 unattributed", async () => {
    const [a, b] = [
      await makeVideo(viewer, creatorId, { channelId }),
      await makeVideo(viewer, creatorId, { channelId }),
    ];
    const lines = (second: bigint) => [
      { videoId: a, minor: 6_000n },
      { videoId: b, minor: second },
    ];
    await expect(make({ lines: lines(4_001n) })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringContaining("add up to more than the payout"),
    });
    await expect(make({ lines: lines(-1n) })).rejects.toMatchObject({ code: "invalid" });
    const id = await make({ lines: lines(3_000n) });
    expect((await payouts.get(viewer, creatorId, id)).lines.map(({ minor }) => minor)).toEqual([
      6_000n,
      3_000n,
    ]);
    expect(await cells()).toEqual(["2026-01 2026-01 final 10000"]);
  });

  it("are made with their entry and cannot be added to it later", async () => {
    const videoId = await makeVideo(viewer, creatorId, { channelId });
    const id = await make();
    await expect(
      query(
        sql`insert into payout_lines (creator_id, payout_id, video_id, minor) values (${creatorId}, ${id}, ${videoId}, 1)`,
      ),
    ).rejects.toMatchObject({ cause: { constraint_name: "payout_lines_with_entry" } });
  });
});

describe("many writers", () => {
  it("50 at once, each with entries for all channels in an order of its own, neither wait for ever nor miscount", async () => {
    const channels = await Promise.all(
      [1, 2, 3].map((n) => makeChannel(viewer, creatorId, { name: `${n}` })),
    );
    const begun = Date.now();
    await Promise.all(
      Array.from({ length: 50 }, (_, writer) => {
        const order = writer % 2 === 0 ? channels : [...channels].reverse();
        const entries = order.map((channelId, n) =>
          newPayout({ channelId, fromDay: n % 2 ? "2026-01-01" : "2025-12-15", minor: 100n }),
        );
        return payouts.recordAll(viewer, creatorId, entries);
      }),
    );
    const [sum] = await query<{ minor: string; entries: string }>(
      sql`select sum(minor)::text as minor, count(distinct channel_id)::text as entries from totals where creator_id = ${creatorId}`,
    );
    expect(sum).toEqual({ minor: "15000", entries: "3" });
    expect(Date.now() - begun).toBeLessThan(8_000);
  });
});

describe("the list of payouts", () => {
  it("filters, sorts and pages; a % in the search is a %", async () => {
    const a = await make({
      channelId,
      note: "5% bonus",
      minor: 300n,
      fromDay: "2026-02-01",
      toDay: "2026-02-28",
    });
    const b = await make({ stream: "gift", minor: 200n, state: "estimated" });
    const c = await make({ minor: 100n, fromDay: "2026-01-15", toDay: "2026-02-15" });
    const ids = async (options: Parameters<typeof payouts.list>[2]) =>
      (await payouts.list(viewer, creatorId, options)).rows.map(({ id }) => id);
    expect(await ids({})).toEqual([a, c, b]);
    expect(await ids({ sort: "amount", descending: false })).toEqual([c, b, a]);
    expect(await ids({ filter: { month: "2026-02" } })).toEqual([a, c]);
    expect(await ids({ filter: { search: "5% B" } })).toEqual([a]);
    expect(await ids({ filter: { search: "mira" } })).toEqual([a]);
    expect(await ids({ filter: { search: "_" } })).toEqual([]);
    expect(await ids({ filter: { stream: "gift", state: "estimated" } })).toEqual([b]);
    expect(await ids({ filter: { channelId } })).toEqual([a]);
    expect(await ids({ page: 2, size: 2 })).toEqual([b]);
    expect((await payouts.list(viewer, creatorId, { page: 2, size: 2 })).total).toBe(3);
    expect((await payouts.findLast(viewer, creatorId))?.id).toBe(c);
  });

  it("says paid when receipts cover it, and unpaid with a cent missing", async () => {
    const id = await make();
    const receive = (minor: bigint) =>
      receipts.record(viewer, creatorId, {
        id: randomUUID(),
        receivedOn: "2026-02-20",
        minor,
        currency: "USD",
        feeMinor: 0n,
        rate: null,
        note: "",
        allocations: [{ chainId: id, minor }],
      });
    const totals = async () =>
      Promise.all(
        (["paid", "unpaid"] as const).map(
          async (paid) => (await payouts.list(viewer, creatorId, { filter: { paid } })).total,
        ),
      );
    await receive(9_999n);
    expect(await totals()).toEqual([0, 1]);
    await receive(1n);
    expect(await totals()).toEqual([1, 0]);
  });

  it("is paid without what never arrives: 100.00 − 15.00 withheld is covered by 85.00", async () => {
    const id = await make();
    const withheld = await make({ kind: "withheld", minor: -1_500n, about: id });
    await receipts.record(viewer, creatorId, {
      id: randomUUID(),
      receivedOn: "2026-02-20",
      minor: 8_500n,
      currency: "USD",
      feeMinor: 0n,
      rate: null,
      note: "",
      allocations: [{ chainId: id, minor: 8_500n }],
    });
    const paid = await payouts.list(viewer, creatorId, { filter: { paid: "paid" } });
    expect(paid.rows.map(({ id, paidMinor, dueMinor }) => ({ id, paidMinor, dueMinor }))).toEqual([
      { id, paidMinor: 8_500n, dueMinor: 8_500n },
    ]);
    // The tax itself waits for no money; without it, 15.00 are open again.
    expect((await payouts.list(viewer, creatorId, { filter: { paid: "unpaid" } })).total).toBe(0);
    await payouts.remove(viewer, creatorId, { id: randomUUID(), replaces: withheld });
    expect((await payouts.list(viewer, creatorId, { filter: { paid: "unpaid" } })).total).toBe(1);
  });
});
