import { createHash, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { conn, transaction } from "../../db/client";
import * as commissionTerms from "../../db/commission-terms";
import * as months from "../../db/months";
import * as payouts from "../../db/payouts";
import * as rates from "../../db/rates";
import * as receipts from "../../db/receipts";
import { totals } from "../../db/schema";
import type { Viewer } from "../../lib/model/access";
import { monthOf } from "../../lib/model/month";
import { makeMember } from "../factories";
import { connectOwner, type Sql } from "../setup/catalogue";
import {
  closeMonth,
  makePayout,
  makeRepresentation,
  makeStudio,
  newPayout,
  newTerms,
  type Studio,
} from "../studio";

// A closed month never changes: what comes later is booked in an open one, and what it said is kept byte for byte.

const january = monthOf("2026-01");
let owner: Sql;
let studio: Studio;
let viewer: Viewer;
let creatorId: string;

beforeAll(() => {
  owner = connectOwner();
});
afterAll(() => owner.end());
beforeEach(async () => {
  studio = await makeStudio();
  ({ viewer, creatorId } = studio);
});

/** What a statement is about: the booked sums of January, as the database has them inside of the closing. */
async function draw(): Promise<months.Drawn> {
  const rows = await conn().select().from(totals);
  const mine = rows.filter((row) => row.creatorId === creatorId && row.bookedMonth === january);
  const sums = mine.map(({ earnedMonth, minor, currency }) => [earnedMonth, String(minor), currency]);
  return { data: JSON.stringify(sums.sort()), codeVersion: "1" };
}
const close = (id: string = randomUUID(), by = viewer) =>
  months.close(by, creatorId, { id, month: "2026-01" }, draw);
const reopen = (id: string = randomUUID(), by = viewer) =>
  months.reopen(by, creatorId, { id, month: "2026-01", reason: "A refund was forgotten" });
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error) => error.code,
  );
/** "earned booked sum", in order. */
async function booked(): Promise<string[]> {
  const rows = await owner`
    select earned_month || ' ' || booked_month || ' ' || sum(minor) as cell from totals
    where creator_id = ${creatorId} group by earned_month, booked_month order by 1`;
  return rows.map(({ cell }) => cell);
}

describe("closing", () => {
  it("and commission wait for each other: what is worked out meanwhile is booked in the month after, not in the closed one", async () => {
    const mira = await makeStudio();
    const { admin, agencyId, representationId } = await makeRepresentation(mira.viewer, mira.creatorId, {
      streams: null,
    });
    await makePayout(mira.viewer, mira.creatorId, { minor: 10_000n });
    const { id } = await commissionTerms.propose(admin, agencyId, newTerms({ representationId }));
    let draws = () => {};
    const drawing = new Promise<void>((resolve) => {
      draws = resolve;
    });
    let isAccepted = false;
    const accepted = drawing
      .then(() => commissionTerms.answer(mira.viewer, mira.creatorId, { agencyId, id, answer: "accepted" }))
      .then(() => {
        isAccepted = true;
      });
    await months.close(mira.viewer, mira.creatorId, { id: randomUUID(), month: "2026-01" }, async () => {
      draws();
      const waiting = () => owner`select from pg_locks where not granted`;
      while (!isAccepted && (await waiting()).length === 0);
      return { data: "[]", codeVersion: "1" };
    });
    await accepted;
    const rows = await owner`
      select booked_month, accrued_minor::int from commission_records where creator_id = ${mira.creatorId}`;
    expect([...rows]).toEqual([{ booked_month: "2026-02", accrued_minor: 2_000 }]);
  });

  it("keeps what was drawn in the same transaction, with the checksum that anybody can work out", async () => {
    await makePayout(viewer, creatorId, { minor: 12_345n });
    const closing = await close();
    expect(closing).toMatchObject({ month: january, revision: 1, isIntact: true, closedBy: studio.user.id });
    const kept = await months.findKept(viewer, creatorId, january);
    expect(kept?.data).toBe('[["2026-01","12345","USD"]]');
    expect(kept?.sha256).toBe(createHash("sha256").update(kept!.data).digest("hex"));
    await expect(
      months.close(viewer, creatorId, { id: randomUUID(), month: "2026-02" }, async () => {
        throw new Error("the statement cannot be drawn");
      }),
    ).rejects.toThrow("cannot be drawn");
    expect((await months.listClosed(viewer, creatorId)).map(({ month }) => month)).toEqual([january]);
  });

  it("twice under one id is once; by two people at once is once, and the other is told", async () => {
    const { viewer: second } = await makeMember(viewer, creatorId, "owner");
    const id = randomUUID();
    const [first, again] = [await close(id), await close(id)];
    expect(again).toEqual(first);
    await reopen();
    const outcomes = await Promise.all([outcome(close()), outcome(close(randomUUID(), second))]);
    expect(outcomes.sort()).toEqual(["conflict", "done"]);
    expect((await months.listClosings(viewer, creatorId)).map(({ revision }) => revision)).toEqual([2, 1]);
  });

  it("is for owners: an editor may not, nor an agency that may change everything", async () => {
    const { viewer: editor } = await makeMember(viewer, creatorId, "editor");
    const { admin } = await makeRepresentation(viewer, creatorId, {
      streams: null,
      notes: true,
      mayEdit: true,
    });
    for (const by of [editor, admin]) {
      expect(await outcome(close(randomUUID(), by))).toBe("forbidden");
      expect(await outcome(reopen(randomUUID(), by))).toBe("forbidden");
    }
  });

  it("is nobody's to look at who sees some streams or no amounts: a statement has all of them in it", async () => {
    const kept = await close();
    for (const scope of [{ streams: ["rewards" as const] }, { streams: null, amounts: false }]) {
      const { admin } = await makeRepresentation(viewer, creatorId, scope);
      const looks = [
        months.findKept(admin, creatorId, january),
        months.keptOf(admin, creatorId, kept.id),
        months.history(admin, creatorId, january),
        months.listClosings(admin, creatorId),
      ];
      expect(await Promise.all(looks.map(outcome))).toEqual(looks.map(() => "forbidden"));
    }
  });

  it("races with payouts: each is either in the kept statement or booked later, none in both or neither", async () => {
    const entries = Array.from({ length: 12 }, (_, index) => newPayout({ minor: BigInt(2 ** index) }));
    const writes = entries.map((entry) => payouts.record(viewer, creatorId, entry));
    const closing = close();
    await Promise.all([...writes, closing]);
    const kept = JSON.parse((await months.findKept(viewer, creatorId, january))?.data ?? "[]");
    const inside = kept.reduce((sum: bigint, [, minor]: string[]) => sum + BigInt(minor!), 0n);
    // Each entry is a power of two, so a sum says which ones are in it.
    const later = 2n ** 12n - 1n - inside;
    const cells = [
      ...(inside > 0n ? [`2026-01 2026-01 ${inside}`] : []),
      ...(later > 0n ? [`2026-01 2026-02 ${later}`] : []),
    ];
    expect(await booked()).toEqual(cells);
  });
});

describe("what comes after a closing", () => {
  it("leaves the bytes as they were: corrections, undo, refunds, removals, rates, receipts, renamed things", async () => {
    const chain = await makePayout(viewer, creatorId, { minor: 10_000n });
    const other = await makePayout(viewer, creatorId, { minor: 500n });
    await close();
    const before = await months.findKept(viewer, creatorId, january);
    const corrected = await makePayout(viewer, creatorId, { minor: 9_000n, replaces: chain });
    await payouts.remove(viewer, creatorId, { id: randomUUID(), replaces: other });
    await makePayout(viewer, creatorId, { kind: "refund", about: chain, minor: -250n });
    expect(await booked()).toEqual(["2026-01 2026-01 10500", "2026-01 2026-02 -1750"]);
    // -10,000 + 9,000.
    expect(await months.bookedLater(viewer, creatorId, chain)).toEqual([
      { earnedMonth: january, bookedMonth: monthOf("2026-02"), minor: -1_000n, currency: "USD" },
    ]);
    await payouts.undo(viewer, creatorId, { id: randomUUID(), entryId: corrected });
    expect(await booked()).toEqual(["2026-01 2026-01 10500", "2026-01 2026-02 -750"]);
    await rates.record(viewer, creatorId, {
      ...{ id: randomUUID(), day: "2026-01-31", base: "EUR", quote: "USD", rate: "9.99", source: "Bank" },
    });
    await receipts.record(viewer, creatorId, {
      ...{ id: randomUUID(), receivedOn: "2026-01-20", minor: 100n, currency: "USD", feeMinor: 0n },
      ...{ rate: null, note: "", allocations: [{ chainId: chain, minor: 100n }] },
    });
    await owner`update creators set name = 'Another name' where id = ${creatorId}`;
    expect(await months.findKept(viewer, creatorId, january)).toEqual(before);
  });

  it("is booked in the month that was opened again, and what was booked elsewhere meanwhile stays there", async () => {
    await makePayout(viewer, creatorId, { minor: 100n });
    await close();
    await makePayout(viewer, creatorId, { minor: 10n });
    await reopen();
    await makePayout(viewer, creatorId, { minor: 1n });
    expect(await booked()).toEqual(["2026-01 2026-01 101", "2026-01 2026-02 10"]);
    const second = await close();
    expect(second.revision).toBe(2);
    const { isClosed, closings, reopenings } = await months.history(viewer, creatorId, january);
    expect(isClosed).toBe(true);
    expect(reopenings.map(({ reason, recordedBy }) => [reason, recordedBy])).toEqual([
      ["A refund was forgotten", studio.user.id],
    ]);
    const [now, then] = await Promise.all(closings.map(({ id }) => months.keptOf(viewer, creatorId, id)));
    expect([now?.data, then?.data]).toEqual(['[["2026-01","101","USD"]]', '[["2026-01","100","USD"]]']);
  });
});

describe("reopening", () => {
  it("is once under one id, wants a reason, and is refused for a month that is open", async () => {
    await closeMonth(viewer, creatorId, "2026-01");
    const id = randomUUID();
    await reopen(id);
    await reopen(id);
    expect(await outcome(reopen())).toBe("conflict");
    expect(await months.findKept(viewer, creatorId, january)).toBeNull();
    await closeMonth(viewer, creatorId, "2026-01");
    const outcomes = await Promise.all([outcome(reopen()), outcome(reopen())]);
    expect(outcomes.sort()).toEqual(["conflict", "done"]);
    const blank = { id: randomUUID(), month: "2026-01", reason: " " };
    await expect(months.reopen(viewer, creatorId, blank)).rejects.toMatchObject({ code: "invalid" });
    expect((await months.history(viewer, creatorId, january)).reopenings).toHaveLength(2);
  });
});

describe("a kept statement that was tampered with", () => {
  it("is named and not shown, even when the triggers that forbid it were switched off", async () => {
    const { id } = await close();
    await owner.begin(async (sql) => {
      await sql`alter table statements disable trigger append_only`;
      await sql`update statements set data = data || ' ' where id = ${id}`;
      await sql`alter table statements enable trigger append_only`;
    });
    await expect(months.findKept(viewer, creatorId, january)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("its checksum does not match"),
    });
    const [closing] = await transaction(viewer, () => months.listClosings(viewer, creatorId));
    expect(closing?.isIntact).toBe(false);
  });
});
