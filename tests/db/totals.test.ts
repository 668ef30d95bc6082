import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, describe, expect, it } from "vitest";
import * as audit from "../../db/audit";
import { conn, OPERATOR_ID, transaction } from "../../db/client";
import * as payouts from "../../db/payouts";
import { standing } from "../../db/revisions";
import * as totals from "../../db/totals";
import type { Viewer } from "../../lib/model/access";
import { random as seeded } from "../../lib/model/random";
import type { EntryKind } from "../../lib/model/words";
import { operatorOf } from "../factories";
import { connectApp, connectOwner, hashOfCreator, outcomeOf } from "../setup/catalogue";
import { closeMonth, makeChannel, makeStudio, makeTraffic, newPayout } from "../studio";

const owner = connectOwner();
afterAll(() => owner.end());

interface Part {
  earned: string;
  booked: string;
  minor: bigint;
}
type Entry = Omit<payouts.NewPayout, "kind"> & { kind: EntryKind };

/** The ledger once more, in the plainest way: an entry is spread day by day, a correction takes back what stood. */
class Model {
  readonly cells = new Map<string, { minor: bigint; entries: number }>();
  readonly entries = new Map<string, Entry>();
  readonly #parts = new Map<string, Part[]>();
  readonly #closed = new Set<string>();

  close(month: string): void {
    this.#closed.add(month);
  }

  add(entry: Entry): void {
    const parts = entry.kind === "void" ? [] : this.#spread(entry);
    this.entries.set(entry.id, entry);
    this.#parts.set(entry.id, parts);
    for (const part of parts) this.#book(entry, part.earned, part.booked, part.minor, 1);
    const old = entry.replaces ? this.entries.get(entry.replaces) : undefined;
    for (const part of old ? (this.#parts.get(old.id) ?? []) : [])
      this.#book(old!, part.earned, this.#open(part.booked), -part.minor, -1);
  }

  #spread({ fromDay, toDay, minor }: Entry): Part[] {
    const [first, last] = [Date.parse(fromDay), Date.parse(toDay)];
    const days = BigInt((last - first) / 86_400_000 + 1);
    const sums = new Map<string, bigint>();
    for (let n = 0n; n < days; n++) {
      const month = new Date(first + Number(n) * 86_400_000).toISOString().slice(0, 7);
      sums.set(month, (sums.get(month) ?? 0n) + (minor * (n + 1n)) / days - (minor * n) / days);
    }
    return [...sums].map(([earned, part]) => ({ earned, booked: this.#open(earned), minor: part }));
  }

  #open(month: string): string {
    let open = month;
    while (this.#closed.has(open)) {
      const [year = 0, number = 0] = open.split("-").map(Number);
      open = number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, "0")}`;
    }
    return open;
  }

  #book(entry: Entry, earned: string, booked: string, minor: bigint, entries: number): void {
    const { channelId, format, stream, currency, state } = entry;
    const key = [earned, booked, channelId ?? "-", format, stream, currency, state].join(" ");
    const cell = this.cells.get(key) ?? { minor: 0n, entries: 0 };
    const next = { minor: cell.minor + minor, entries: cell.entries + entries };
    if (next.minor === 0n && next.entries === 0) this.cells.delete(key);
    else this.cells.set(key, next);
  }
}

async function kept(viewer: Viewer, creatorId: string, from: "totals" | "postings"): Promise<string[]> {
  const source = from === "totals" ? sql`totals` : sql`totals_from_postings(${creatorId})`;
  const rows = await transaction(viewer, () =>
    conn().execute<{ cell: string }>(sql`
      select concat_ws(' ', earned_month, booked_month, coalesce(channel_id::text, '-'), format, stream, currency, state, minor, entries) as cell
      from ${source} ${from === "totals" ? sql`where creator_id = ${creatorId}` : sql``}`),
  );
  return rows.map(({ cell }) => cell).sort();
}

describe("the kept totals", () => {
  it("after 500 random entries, corrections, removals, undos and closed months are what the ledger says", async () => {
    const { viewer, creatorId, channelId } = await makeStudio();
    const channels = [null, channelId, await makeChannel(viewer, creatorId, { name: "Other" })];
    const seed = Math.floor(Math.random() * 2 ** 31);
    const random = seeded(seed).uniform;
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
    const day = (from: number, to: number) =>
      new Date(Date.UTC(2024, 0, 1) + Math.floor(from + random() * (to - from)) * 86_400_000)
        .toISOString()
        .slice(0, 10);
    const model = new Model();
    const newest: string[] = [];
    const closable = ["2024-02", "2024-03", "2024-06", "2024-05", "2024-01"];

    const draw = (): payouts.NewPayout => {
      const fromDay = day(0, 300);
      return newPayout({
        channelId: pick(channels),
        format: pick(["all", "short", "long"]),
        stream: pick(["ads", "rewards", "sponsorship"]),
        state: pick(["estimated", "final"]),
        currency: pick(["USD", "EUR"]),
        minor: BigInt(Math.floor((random() - 0.2) * 100_000)),
        fromDay,
        toDay: day(Date.parse(fromDay) / 86_400_000 - Date.UTC(2024, 0, 1) / 86_400_000, 400),
      });
    };

    for (let step = 0; step < 500; step++) {
      const what = newest.length < 5 ? 0 : random();
      const at = Math.floor(random() * newest.length);
      const entry = model.entries.get(newest[at] ?? "");
      const id = randomUUID();
      if (step % 100 === 99) {
        const month = closable.pop()!;
        await closeMonth(viewer, creatorId, month);
        model.close(month);
      } else if (what < 0.4 || !entry) {
        const first = draw();
        await payouts.record(viewer, creatorId, first);
        model.add(first);
        newest.push(first.id);
      } else if (what < 0.7) {
        const correction = { ...draw(), replaces: entry.id };
        await payouts.record(viewer, creatorId, correction);
        model.add(correction);
        newest[at] = correction.id;
      } else if (what < 0.8) {
        await payouts.remove(viewer, creatorId, { id, replaces: entry.id });
        model.add({ ...entry, id, kind: "void", minor: 0n, replaces: entry.id });
        newest[at] = id;
      } else {
        await payouts.undo(viewer, creatorId, { id, entryId: entry.id });
        const before = entry.replaces ? model.entries.get(entry.replaces) : undefined;
        model.add(
          before && before.kind !== "void"
            ? { ...before, id, replaces: entry.id }
            : { ...entry, id, kind: "void", minor: 0n, replaces: entry.id },
        );
        newest[at] = id;
      }
    }

    const expected = [...model.cells].map(([key, { minor, entries }]) => `${key} ${minor} ${entries}`).sort();
    expect(expected.length, `seed ${seed}`).toBeGreaterThan(100);
    expect(await kept(viewer, creatorId, "totals"), `seed ${seed}`).toEqual(expected);
    expect(await kept(viewer, creatorId, "postings"), `seed ${seed}`).toEqual(expected);
    expect(await totals.check(viewer, creatorId)).toEqual([]);
    await expect(rollups(viewer, creatorId), `seed ${seed}`).resolves.toEqual(rolledUp(model));
  });

  it("show a difference, whichever sum is spoilt, and are mended from the ledger for all to see", async () => {
    const { viewer, creatorId, channelId } = await makeStudio();
    await payouts.record(viewer, creatorId, newPayout());
    await makeTraffic(viewer, creatorId, { channelId, fromDay: "2026-01-20", toDay: "2026-02-10" });
    const whole = await hashOfCreator(owner, creatorId);
    await owner`update totals set minor = minor + 1 where creator_id = ${creatorId}`;
    await owner`delete from rollups where creator_id = ${creatorId}`;
    await owner`update traffic_months set views = views + 7 where creator_id = ${creatorId} and month = '2026-02'`;
    expect(await totals.check(viewer, creatorId)).toMatchObject([
      { what: "totals", earnedMonth: "2026-01", keptMinor: 10_001n, postedMinor: 10_000n },
      { what: "rollups", earnedMonth: "2026-01", currency: "USD", keptMinor: null, postedMinor: 10_000n },
      {
        what: "traffic_months",
        month: "2026-02",
        channelId,
        format: "all",
        keptViews: 462,
        loggedViews: 455,
      },
    ]);

    const { key } = await standing(viewer, creatorId);
    expect(await totals.rebuild(operatorOf(creatorId), creatorId)).toHaveLength(3);
    expect(await totals.check(viewer, creatorId)).toEqual([]);
    expect((await standing(viewer, creatorId)).key).not.toBe(key);
    expect((await audit.list(viewer, creatorId))[0]).toMatchObject({
      action: "totals.rebuilt",
      actor: OPERATOR_ID,
      detail: { differences: 3 },
    });
    const unlike = (hash: string) => hash.split("\n").filter((line) => !/^(audit_log|revisions) /.test(line));
    expect(unlike(await hashOfCreator(owner, creatorId))).toEqual(unlike(whole));
  });

  it("are rebuilt by nobody but the operator acting for this very creator, whatever SQL is sent", async () => {
    const [{ user, creatorId }, other] = [await makeStudio(), await makeStudio()];
    const app = connectApp();
    try {
      const statement = `select rebuild_totals('${creatorId}')`;
      for (const viewer of [{}, { userId: user.id }, { userId: user.id, creatorId }, { creatorId }])
        expect(await outcomeOf(app, viewer, statement)).toBe("42501");
      for (const acting of [{}, { creatorId: other.creatorId }])
        expect(await outcomeOf(app, { userId: OPERATOR_ID, ...acting }, statement)).toBe("42501");
      expect(await outcomeOf(app, { userId: OPERATOR_ID, creatorId }, statement)).toMatch(/^done/);
    } finally {
      await app.end();
    }
  });

  it("lose nothing to a rebuild: whoever writes at the same time is counted once", async () => {
    const { viewer, creatorId, channelId } = await makeStudio();
    const operator = operatorOf(creatorId);
    for (let round = 0; round < 5; round++) {
      await Promise.all([
        ...Array.from({ length: 4 }, (_, each) =>
          payouts.record(viewer, creatorId, newPayout({ minor: BigInt(each + 1) })),
        ),
        totals.rebuild(operator, creatorId),
        makeTraffic(viewer, creatorId, {
          channelId,
          fromDay: `2026-0${round + 1}-03`,
          toDay: `2026-0${round + 1}-20`,
        }),
        totals.rebuild(operator, creatorId),
      ]);
    }
    expect(await totals.check(viewer, creatorId)).toEqual([]);
    expect(await kept(viewer, creatorId, "totals")).toEqual([expect.stringMatching(/ final 50 20$/)]);
    const { traffic } = await totals.byMonth(viewer, creatorId);
    expect(traffic.map(({ views }) => views)).toEqual([1_000, 1_000, 1_000, 1_000, 1_000]);
  });
});

async function rollups(viewer: Viewer, creatorId: string): Promise<string[]> {
  const rows = await transaction(viewer, () =>
    conn().execute<{ cell: string }>(sql`
      select concat_ws(' ', earned_month, currency, minor, entries) as cell from rollups where creator_id = ${creatorId}`),
  );
  return rows.map(({ cell }) => cell).sort();
}

function rolledUp(model: Model): string[] {
  const sums = new Map<string, { minor: bigint; entries: number }>();
  for (const [key, { minor, entries }] of model.cells) {
    const [earned, , , , , currency] = key.split(" ");
    const sum = sums.get(`${earned} ${currency}`) ?? { minor: 0n, entries: 0 };
    sums.set(`${earned} ${currency}`, { minor: sum.minor + minor, entries: sum.entries + entries });
  }
  return [...sums]
    .filter(([, { minor, entries }]) => minor !== 0n || entries !== 0)
    .map(([key, { minor, entries }]) => `${key} ${minor} ${entries}`)
    .sort();
}
