import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import * as imports from "../../db/imports";
import * as payouts from "../../db/payouts";
import * as readings from "../../db/readings";
import * as traffic from "../../db/traffic";
import { type Drafts, noDrafts } from "../../lib/import/draft";
import { isNothing } from "../../lib/import/plan";
import type { Viewer } from "../../lib/model/access";
import type { PayoutState } from "../../lib/model/words";
import { payoutDraft, readingDraft, trafficDraft } from "../import/drafts";
import { bringOf } from "../staging";
import { makePayout, makeStudio, makeTraffic } from "../studio";

// Random ledgers and random files against a model of a few lines, which knows nothing of SQL.

type Order = { key: number; minor: number; state: PayoutState };
type Views = { day: number; views: number | null; likes: number | null };
type Reading = { day: number; views: number };
type File = { orders: Order[]; days: Views[]; readings: Reading[] };
type Story = { typedAds: number[]; typedViews: number[]; files: [File, File]; removed: number[] };

const number = (max: number) => fc.integer({ min: 0, max });
const file: fc.Arbitrary<File> = fc.record({
  orders: fc.array(
    fc.record({ key: number(9), minor: number(3), state: fc.constantFrom("estimated", "final") }),
    { maxLength: 12 },
  ),
  days: fc.array(fc.record({ day: number(9), views: fc.option(number(3)), likes: fc.option(number(3)) }), {
    maxLength: 8,
  }),
  readings: fc.array(fc.record({ day: number(9), views: number(30) }), { maxLength: 5 }),
});
const story: fc.Arbitrary<Story> = fc.record({
  typedAds: fc.uniqueArray(number(9), { maxLength: 3 }),
  typedViews: fc.uniqueArray(number(9), { maxLength: 3 }),
  files: fc.tuple(file, file),
  removed: fc.uniqueArray(number(9), { maxLength: 3 }),
});

const dayOf = (index: number, month = "03") => `2024-${month}-${String(index + 1).padStart(2, "0")}`;

/** Orders below 5 are shop orders, two to a day; the others are a day's ads. Of rows of one name the last counts. */
function draftsOf({ orders, days, readings: read }: File): Drafts {
  return {
    ...noDrafts(),
    payouts: orders.map(({ key, minor, state }, index) =>
      payoutDraft(key < 5 ? dayOf(key >> 1) : dayOf(key), BigInt(minor), {
        platform: "tiktok",
        stream: key < 5 ? "shop" : "ads",
        sourceKey: `${key < 5 ? "order/" : "day:"}${key}`,
        state,
        line: index + 2,
      }),
    ),
    traffic: days.map(({ day, views, likes }, index) =>
      trafficDraft(dayOf(day), views, { platform: "tiktok", likes, line: index + 2 }),
    ),
    readings: read.map(({ day, views }, index) =>
      readingDraft(dayOf(day, "05"), views, { platform: "tiktok", line: index + 2 }),
    ),
  };
}

/** What counts. Removed orders are there as null. */
class Model {
  readonly orders = new Map<number, { minor: number; state: PayoutState } | null>();
  readonly days = new Map<number, { views: number | null; likes: number | null }>();
  readonly readings = new Map<number, number>();

  constructor(
    readonly typedAds: readonly number[],
    readonly typedViews: readonly number[],
  ) {}

  take({ orders, days, readings: read }: File): void {
    for (const { key, minor, state } of last(orders, ({ key }) => key)) {
      const there = this.orders.get(key);
      if (there === null || (there?.state === "final" && state === "estimated")) continue;
      if (there === undefined && key >= 5 && this.typedAds.includes(key)) continue;
      this.orders.set(key, { minor, state });
    }
    for (const { day, views, likes } of last(days, ({ day }) => day)) {
      if (this.typedViews.includes(day)) continue;
      const there = this.days.get(day);
      this.days.set(day, { views: views ?? there?.views ?? null, likes: likes ?? there?.likes ?? null });
    }
    this.#read(last(read, ({ day }) => day));
  }

  /** A row is refused when it contradicts what stays, or an earlier day of the file; until none is. */
  #read(file: Reading[]): void {
    let taken = file;
    for (;;) {
      const isReplaced = (day: number) =>
        taken.some((row) => row.day === day && this.readings.get(day) !== row.views);
      const stays = [...this.readings].filter(([day]) => !isReplaced(day));
      const left = taken.filter(({ day, views }) => {
        if (this.readings.get(day) === views) return true;
        const others = taken.filter((row) => this.readings.get(row.day) !== row.views);
        const isBelow = [...stays, ...others.map((row) => [row.day, row.views] as const)].some(
          ([other, count]) => other < day && count > views,
        );
        return !isBelow && !stays.some(([other, count]) => other > day && count < views);
      });
      if (left.length === taken.length) break;
      taken = left;
    }
    for (const { day, views } of taken) this.readings.set(day, views);
  }

  picture() {
    const orders = [...this.orders].flatMap(([key, order]) =>
      order ? [[key < 5 ? "shop" : "ads", dayOf(key < 5 ? key >> 1 : key), order.minor, order.state]] : [],
    );
    const ads = this.typedAds.map((day) => ["ads", dayOf(day), 77, "final"]);
    const days = [...this.days].map(([day, { views, likes }]) => [dayOf(day), dayOf(day), views, likes]);
    const typed = this.typedViews.map((day) => [dayOf(day), dayOf(day), 77, null]);
    const read = [...this.readings].sort(([a], [b]) => a - b);
    const steps = read.slice(1).map(([day, views], index) => {
      const [early, before] = read[index] ?? [0, 0];
      return [dayOf(early + 1, "05"), dayOf(day, "05"), views - before, null];
    });
    return {
      payouts: sorted([...orders, ...ads]),
      traffic: sorted([...days, ...typed, ...steps]),
      readings: sorted(read.map(([day, views]) => [dayOf(day, "05"), views])),
    };
  }
}

function last<T>(rows: readonly T[], keyOf: (row: T) => number): T[] {
  return [...new Map(rows.map((row) => [keyOf(row), row])).values()];
}

const sorted = (rows: unknown[][]) => rows.map((row) => JSON.stringify(row)).sort();

async function pictureOf(viewer: Viewer, creatorId: string) {
  const all = { page: 1, size: 500 };
  const money = (await payouts.list(viewer, creatorId, all)).rows;
  const seen = (await traffic.list(viewer, creatorId, all)).rows;
  const read = (await readings.list(viewer, creatorId, all)).rows;
  return {
    payouts: sorted(
      money.map(({ stream, fromDay, minor, state }) => [stream, fromDay, Number(minor), state]),
    ),
    traffic: sorted(seen.map(({ fromDay, toDay, views, likes }) => [fromDay, toDay, views, likes])),
    readings: sorted(read.map(({ day, views }) => [day, views])),
  };
}

it("any file on any ledger: what counts is what the model says, again adds nothing, and undone it is as before", async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ typedAds, typedViews, files: [first, second], removed }) => {
      const { viewer, creatorId, channelId } = await makeStudio();
      const model = new Model(typedAds, typedViews);
      const typed = (day: number) => ({ channelId, fromDay: dayOf(day), toDay: dayOf(day) });
      for (const day of typedAds)
        await makePayout(viewer, creatorId, { ...typed(day), stream: "ads", minor: 77n });
      for (const day of typedViews) await makeTraffic(viewer, creatorId, { ...typed(day), views: 77 });

      const bring = (brought: File) =>
        bringOf(draftsOf(brought), {
          channelId,
          platform: "tiktok",
          fileSha256: "f",
          choices: { twins: "last" },
        });
      const take = async (brought: File) => {
        const id = randomUUID();
        const plan = await imports.plan(viewer, creatorId, bring(brought));
        const input = { id, fileName: "f", sha256: "f", format: "t", channelId, options: {} };
        const counts = await imports.commit(viewer, creatorId, input, bring(brought), plan.hash);
        expect(counts).toEqual(plan.writes);
        return { id, counts };
      };

      await take(first);
      model.take(first);
      expect(await pictureOf(viewer, creatorId)).toEqual(model.picture());

      const { rows } = await payouts.list(viewer, creatorId, { size: 500 });
      for (const key of removed.filter((each) => each >= 5 && model.orders.get(each))) {
        const row = rows.find(({ stream, fromDay }) => stream === "ads" && fromDay === dayOf(key));
        if (!row || typedAds.includes(key)) continue;
        await payouts.remove(viewer, creatorId, { id: randomUUID(), replaces: row.id });
        model.orders.set(key, null);
      }
      const before = await pictureOf(viewer, creatorId);
      expect(before).toEqual(model.picture());

      const { id, counts } = await take(second);
      model.take(second);
      expect(await pictureOf(viewer, creatorId)).toEqual(model.picture());
      expect(isNothing((await take(second)).counts), "again").toBe(true);
      if (!isNothing(counts)) expect(await imports.undo(viewer, creatorId, id)).toEqual({ left: [] });
      expect(await pictureOf(viewer, creatorId)).toEqual(before);
    }),
    { numRuns: 30 },
  );
}, 180_000);
