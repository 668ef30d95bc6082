import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as agencies from "../../db/agencies";
import * as calendar from "../../db/calendar";
import * as payouts from "../../db/payouts";
import * as rates from "../../db/rates";
import * as representations from "../../db/representations";
import * as roster from "../../db/roster";
import * as rosterCauses from "../../db/roster-causes";
import * as rosterViews from "../../db/roster-views";
import * as sample from "../../db/sample";
import * as tags from "../../db/tags";
import type { Viewer } from "../../lib/model/access";
import { type Currency, convert, currencyOf, decimalOf } from "../../lib/model/money";
import { addMonths, dayOf, lastDay, type Month, monthOf, monthsFrom } from "../../lib/model/month";
import type { Scope } from "../../lib/model/representation";
import { PERIODS, type Period, type RosterRow, rollupOf, rosterRows } from "../../lib/model/roster";
import { scheduleOf } from "../../lib/model/schedule";
import { paymentRulesWith } from "../../lib/model/schedule-rules";
import type { Stream } from "../../lib/model/words";
import { writeCsv } from "../../lib/report/csv";
import { gapOfMonth, gapSentence } from "../../lib/roster-causes";
import { rosterFile } from "../../lib/roster-lines";
import { rosterQuery } from "../../lib/roster-query";
import { agencyToday, readRoster } from "../../lib/server/roster";
import { makeCreator, makeUser, viewerOf } from "../factories";
import { connectOwner, type Sql } from "../setup/catalogue";
import { makeAgency, makeChannel, makePayout, makeReceipt, newPayout, represent } from "../studio";

// What an agency's people see of many creators at once: to the cent what the ledgers say, and nothing beyond a scope.

const USD = currencyOf("USD");
const MONTH = monthOf("2026-03");
const TODAY = dayOf("2026-05-10");

let owner: Sql;
beforeAll(() => {
  owner = connectOwner();
});
afterAll(() => owner.end());

type Arbitrary<Of> = Of extends fc.Arbitrary<infer Value> ? Value : never;

async function makeManager() {
  const user = await makeUser();
  const admin = viewerOf(user);
  return { admin, email: user.email, agencyId: await makeAgency(admin) };
}

async function makeRepresented(
  manager: Awaited<ReturnType<typeof makeManager>>,
  scope: Partial<Scope> = {},
  given: { name?: string; currency?: string } = {},
) {
  const user = await makeUser();
  const viewer = viewerOf(user);
  const { id: creatorId } = await makeCreator(viewer, given);
  const { admin, agencyId, email } = manager;
  const representationId = await represent(
    { owner: viewer, creatorId, admin, agencyId, email },
    { streams: null, ...scope },
  );
  return { viewer, creatorId, representationId };
}

async function rowsOf(viewer: Viewer, agencyId: string, period: Period = 1, month: Month = MONTH) {
  const months = { from: addMonths(month, -11), to: month, comparedFrom: addMonths(month, 1 - period) };
  const read = await roster.list(viewer, agencyId, months);
  const { currency } = read.agency;
  return {
    ...rosterRows({ ...read, currency, commission: new Map(), tags: new Map(), month, period, today: TODAY }),
    currency,
    findRate: read.findRate,
  };
}

describe("the sums", () => {
  const streams = ["ads", "rewards", "sponsorship"] as const;
  const entry = fc.record({
    month: fc.constantFrom("2026-01", "2026-02", "2026-03"),
    stream: fc.constantFrom(...streams),
    currency: fc.constantFrom("USD", "EUR", "JPY"),
    minor: fc.bigInt(1n, 9_999_999n),
    /** taken back in part, corrected, or undone afterwards */
    after: fc.constantFrom("nothing", "refund", "correction", "undo"),
  });
  const creator = fc.record({
    entries: fc.array(entry, { maxLength: 5 }),
    streams: fc.option(fc.uniqueArray(fc.constantFrom<Stream>(...streams), { maxLength: 2 })),
    amounts: fc.boolean(),
    hasRates: fc.boolean(),
  });

  it("a roster's total is the sum of its creators, each the sum of the ledger rows in sight, converted once a cell; its file says the same", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(creator, { minLength: 1, maxLength: 3 }), async (creators) => {
        const manager = await makeManager();
        const expected = new Map<string, Map<Month, bigint>>();
        for (const given of creators) {
          const { viewer, creatorId } = await makeRepresented(manager, given);
          if (given.hasRates)
            for (const [base, rate] of [
              ["EUR", "1.0837"],
              ["JPY", "0.006713"],
            ] as const)
              await rates.record(viewer, creatorId, {
                ...{ id: randomUUID(), day: "2026-01-15", base, quote: "USD", rate, source: "A bank" },
              });
          for (const each of given.entries) await enter(viewer, creatorId, each);
          expected.set(creatorId, await inSight(creatorId, given));
        }
        for (const period of PERIODS) {
          const { rows } = await rowsOf(manager.admin, manager.agencyId, period);
          const within = monthsFrom(addMonths(MONTH, 1 - period), MONTH);
          for (const row of rows) {
            const sums = within.flatMap((month) => expected.get(row.creator.creatorId)?.get(month) ?? []);
            expect(row.earnedMinor).toBe(sums.length === 0 ? null : sums.reduce((a, b) => a + b, 0n));
          }
          const all = rows.flatMap(({ earnedMinor }) => earnedMinor ?? []);
          expect(rollupOf(rows, USD).earnedMinor).toBe(
            all.length === 0 ? null : all.reduce((a, b) => a + b, 0n),
          );
          const file = rosterFile(rows, ["earned"], { currency: USD, locale: "en-US", month: MONTH }, period);
          expect(file.slice(1).map((cells) => cells[5])).toEqual(
            rows.map(({ earnedMinor }) => (earnedMinor === null ? null : decimalOf(earnedMinor, USD))),
          );
        }
      }),
      { numRuns: 8 },
    );
  }, 60_000);

  async function enter(viewer: Viewer, creatorId: string, given: Arbitrary<typeof entry>) {
    const { stream, currency, minor, month } = given;
    const days = { fromDay: `${month}-01`, toDay: lastDay(monthOf(month)) as string };
    const body = { ...days, stream, currency, minor, channelId: null };
    const id = await makePayout(viewer, creatorId, body);
    if (given.after === "refund")
      await makePayout(viewer, creatorId, { ...body, kind: "refund", about: id, minor: -(minor / 3n) });
    if (given.after === "correction")
      await makePayout(viewer, creatorId, { ...body, replaces: id, minor: minor + 7n });
    if (given.after === "undo") await payouts.undo(viewer, creatorId, { id: randomUUID(), entryId: id });
  }

  /** An independent little model: the entries that count, cell by cell, by the rates above. */
  async function inSight(
    creatorId: string,
    { streams: chosen, amounts, hasRates }: Arbitrary<typeof creator>,
  ): Promise<Map<Month, bigint>> {
    const entries = await owner<{ month: string; stream: Stream; currency: Currency; minor: string }[]>`
      select to_char(p.to_day, 'YYYY-MM') as month, p.stream, trim(p.currency) as currency, sum(p.minor)::text as minor
      from payouts p where p.creator_id = ${creatorId} and p.kind <> 'void'
        and not exists (select from payouts l where l.creator_id = p.creator_id and l.replaces = p.id)
      group by 1, 2, 3`;
    const sums = new Map<Month, bigint>();
    for (const { month, stream, currency, minor } of entries) {
      if (!amounts || (chosen !== null && !chosen.includes(stream))) continue;
      // Rates belong to the whole: who sees some streams has none.
      const rate = currency === "USD" ? "1" : hasRates && chosen === null ? RATE[currency] : undefined;
      if (rate === undefined) continue;
      const at = monthOf(month);
      sums.set(at, (sums.get(at) ?? 0n) + convert(BigInt(minor), currency, USD, rate));
    }
    return sums;
  }
  const RATE: Readonly<Record<string, string>> = { EUR: "1.0837", JPY: "0.006713" };
});

describe("the rates", () => {
  it("are those that each creator's own pages use, whichever way round, of whichever day, closed months with theirs", async () => {
    const day = fc
      .record({ month: fc.integer({ min: 1, max: 4 }), day: fc.integer({ min: 1, max: 28 }) })
      .map(({ month, day }) => `2026-0${month}-${String(day).padStart(2, "0")}`);
    const ecb = (day: string, rate: string) => ({ day, isInverse: false, rate, source: "ECB" });
    const rate = fc.record({
      day,
      isInverse: fc.boolean(),
      rate: fc.integer({ min: 1, max: 99_999 }).map((units) => `${units / 10_000}`),
      source: fc.constantFrom("ECB", "A bank"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(rate, { maxLength: 6 }),
        fc.integer({ min: 0, max: 6 }),
        async (given, closeAt) => {
          const manager = await makeManager();
          const { viewer, creatorId } = await makeRepresented(manager);
          for (const [index, { day, isInverse, rate, source }] of given.entries()) {
            if (index === closeAt)
              await owner`insert into closed_months (creator_id, month, closed_by) values (${creatorId}, '2026-02', ${randomUUID()})`;
            const [base, quote] = isInverse ? ["USD", "EUR"] : ["EUR", "USD"];
            await rates.record(viewer, creatorId, { id: randomUUID(), day, base, quote, rate, source });
          }
          const { findRate } = await rowsOf(manager.admin, manager.agencyId, 1, monthOf("2026-04"));
          const months = monthsFrom(monthOf("2025-12"), monthOf("2026-04"));
          const needs = months.map((month) => ({ base: "EUR", quote: "USD", month }));
          const own = await rates.findFor(viewer, creatorId, needs);
          expect(months.map((month) => findRate(creatorId, currencyOf("EUR"), month)?.rate ?? null)).toEqual(
            own.map((found) => found?.rate ?? null),
          );
        },
      ),
      {
        numRuns: 12,
        examples: [
          // Recorded after February was closed: March takes the newer of a day, February what it was closed with.
          [[ecb("2026-02-01", "0.1"), ecb("2026-02-01", "0.2")], 1],
          [[ecb("2026-01-01", "0.1"), ecb("2026-01-01", "0.2")], 1],
        ],
      },
    );
  }, 60_000);
});

describe("what is overdue", () => {
  it("is what each creator's own calendar calls late, in number and amount", async () => {
    const manager = await makeManager();
    const { viewer, creatorId } = await makeRepresented(manager);
    const paid = await makePayout(viewer, creatorId, { channelId: null, stream: "affiliate", minor: 5_000n });
    const channelId = await makeChannel(viewer, creatorId);
    for (const month of ["2025-12", "2026-02", "2026-04"])
      await makePayout(viewer, creatorId, {
        ...{ channelId, minor: 20_000n, fromDay: `${month}-01`, toDay: lastDay(monthOf(month)) },
      });
    await makeReceipt(viewer, creatorId, { minor: 4_000n, allocations: [{ chainId: paid, minor: 4_000n }] });
    const owed = await calendar.owed(viewer, creatorId, dayOf("2025-01-01"));
    const rules = paymentRulesWith(owed.written);
    const late = scheduleOf({ ...owed, today: TODAY, rules, perUsd: {} }).filter(
      ({ state }) => state === "late",
    );
    const sum = late.reduce((total, { openMinor }) => total + openMinor, 0n);
    expect(late.length).toBeGreaterThan(0);
    const { rows } = await rowsOf(manager.admin, manager.agencyId);
    expect(rows[0]?.overdue).toEqual({ count: late.length, minor: sum, apart: [] });
    expect(rows[0]?.reasons).toContain("overdue");
  });
});

describe("the gap", () => {
  it("of a row is the sum of its causes, and over all streams what the kept projections and the ledger say", async () => {
    const manager = await makeManager();
    const viewer = viewerOf(await makeUser());
    const { creatorId } = await sample.open(viewer, randomUUID());
    const { admin, agencyId, email } = manager;
    await represent({ owner: viewer, creatorId, admin, agencyId, email }, { streams: null });
    const today = agencyToday();
    const month = addMonths(monthOf(today), -2);
    const months = { from: addMonths(month, -11), to: month, comparedFrom: month };
    const read = await roster.list(admin, agencyId, months);
    const { currency } = read.agency;
    const { rows } = rosterRows({
      ...read,
      currency,
      commission: new Map(),
      tags: new Map(),
      month,
      period: 1,
      today,
    });
    const own = (await rosterCauses.listMonth(admin, agencyId, [creatorId], month)).get(creatorId)!;
    const found = gapOfMonth(own, rows[0]!, month, currency, read.findRate)!;
    expect(rows[0]).toMatchObject({ earnedMinor: found.gap.actualMinor, gapMinor: found.gap.gapMinor });
    expect(found.gap.parts.reduce((sum, { minor }) => sum + minor, 0n)).toBe(found.gap.gapMinor);
    expect(gapSentence(found, { currency, locale: "en-US" })).toMatch(
      /^[+-]\$[\d,.]+ against the projection, mostly [a-z ]+(: .+ instead of .+| \([+-]\$[\d,.]+\))$/,
    );
  }, 60_000);
});

describe("a scope", () => {
  it("of some streams shows these and no rate, rank, trend, total or overdue payment of the rest", async () => {
    const manager = await makeManager();
    const { viewer, creatorId } = await makeRepresented(manager, { streams: ["rewards"] });
    await log(viewer, creatorId, "rewards", 1_00n);
    await log(viewer, creatorId, "ads", 777_777n);
    await owner`insert into projections (creator_id, id, target_month, horizon, as_of, stream, platform, format, currency, basis,
        denominator, median_minor, lo80_minor, hi80_minor, model_version, prior_version, input_hash, detail)
      select ${creatorId}, gen_random_uuid(), '2026-03', 1, now(), s, 'none', 'all', 'USD', 'own', 'month', m, m, m, '1', '1', '', '{}'
      from (values ('rewards', 150), ('ads', 777777), ('total', 777927)) made(s, m)`;
    const { rows } = await rowsOf(manager.admin, manager.agencyId, 12);
    expect(rows).toMatchObject([
      {
        ...{ shares: "some", earnedMinor: 100n, projectedMinor: 150n, gapMinor: -50n },
        ...{ eRpm: null, rated: null, overdue: null, band: null, reasons: [] },
      },
    ]);
    expect(textOf(rows)).not.toMatch(/777/);
  });

  it("without amounts shows views alone", async () => {
    const manager = await makeManager();
    const { viewer, creatorId } = await makeRepresented(manager, { amounts: false });
    await log(viewer, creatorId, "ads", 777_777n);
    const { rows } = await rowsOf(manager.admin, manager.agencyId, 12);
    expect(rows).toMatchObject([{ shares: "none", earnedMinor: null, projectedMinor: null, overdue: null }]);
    expect(textOf(rows)).not.toMatch(/777/);
  });

  it("is this agency's own: what the same person sees as the creator's member, or by another agency, is not in it", async () => {
    const manager = await makeManager();
    const { viewer, creatorId } = await makeRepresented(manager, { streams: ["rewards"] });
    await log(viewer, creatorId, "ads", 777_777n);
    const other = await makeAgency(manager.admin, "South Talent");
    await represent(
      { owner: viewer, creatorId, admin: manager.admin, agencyId: other, email: manager.email },
      { streams: null },
    );
    expect((await rowsOf(manager.admin, manager.agencyId)).rows[0]?.earnedMinor).toBeNull();
    expect((await rowsOf(manager.admin, other)).rows[0]?.earnedMinor).toBe(777_777n);
  });

  it("that is narrowed or ended is gone from the next look on", async () => {
    const manager = await makeManager();
    const { viewer, creatorId, representationId: id } = await makeRepresented(manager);
    await log(viewer, creatorId, "ads", 500n);
    expect((await rowsOf(manager.admin, manager.agencyId)).rows[0]?.earnedMinor).toBe(500n);
    await representations.end(viewer, id);
    expect((await rowsOf(manager.admin, manager.agencyId)).rows).toEqual([]);
  });

  it("decides who is found by a stream: nobody who does not show it", async () => {
    const manager = await makeManager();
    const shown = await makeRepresented(manager);
    const hidden = await makeRepresented(manager, { streams: ["rewards"] });
    for (const { viewer, creatorId } of [shown, hidden]) await log(viewer, creatorId, "ads", 500n);
    const months = { from: MONTH, to: MONTH, comparedFrom: MONTH };
    const { creators } = await roster.list(manager.admin, manager.agencyId, months, {
      filter: { stream: "ads" },
      only: "matches",
    });
    expect(creators.map(({ creatorId }) => creatorId)).toEqual([shown.creatorId]);
  });

  function textOf(rows: readonly RosterRow[]): string {
    const plain = JSON.stringify(rows, (_key, value) =>
      typeof value === "bigint" ? value.toString() : value,
    );
    const look = { currency: USD, locale: "en-US", month: MONTH };
    return (
      plain + writeCsv(rosterFile(rows, ["earned", "projected", "gap", "rpm", "trend", "overdue"], look, 12))
    );
  }
});

describe("a manager and an assistant", () => {
  it("have the creators of their teams alone, and an admin's filter finds a team's", async () => {
    const manager = await makeManager();
    const { admin, agencyId } = manager;
    const [own] = [
      await makeRepresented(manager, {}, { name: "Ana" }),
      await makeRepresented(manager, {}, { name: "Bo" }),
    ];
    const teamId = randomUUID();
    await agencies.addTeam(admin, { agencyId, id: teamId, name: "East" });
    await representations.assignTeam(admin, own!.representationId, teamId);
    const assistant = await makeUser();
    await owner`insert into agency_members (agency_id, user_id, role) values (${agencyId}, ${assistant.id}, 'assistant')`;
    await agencies.changeTeam(admin, { agencyId, teamId, userId: assistant.id, isIn: true });
    const namesOf = (rows: readonly RosterRow[]) => rows.map(({ creator }) => creator.name);
    expect(namesOf((await rowsOf(admin, agencyId)).rows)).toEqual(["Ana", "Bo"]);
    expect(namesOf((await rowsOf(viewerOf(assistant), agencyId)).rows)).toEqual(["Ana"]);
    const months = { from: MONTH, to: MONTH, comparedFrom: MONTH };
    const { creators } = await roster.list(admin, agencyId, months, { filter: { teamId }, only: "matches" });
    expect(creators.map(({ name }) => name)).toEqual(["Ana"]);
    const managerId = assistant.id;
    const his = await roster.list(admin, agencyId, months, { filter: { managerId }, only: "matches" });
    expect(his.creators.map(({ name }) => name)).toEqual(["Ana"]);
  });
});

describe("a tag", () => {
  it("finds those who have it from this agency, and stands in the row and the file; removed, it finds nobody", async () => {
    const manager = await makeManager();
    const other = await makeManager();
    const { admin, agencyId } = manager;
    const ana = await makeRepresented(manager, {}, { name: "Ana" });
    await makeRepresented(manager, {}, { name: "Bo" });
    await represent({ ...other, owner: ana.viewer, creatorId: ana.creatorId });
    const [food, theirs] = [randomUUID(), randomUUID()];
    await tags.add(admin, agencyId, { id: food, name: "Food", colour: "good" });
    await tags.add(other.admin, other.agencyId, { id: theirs, name: "Canary", colour: "bad" });
    await tags.tagAll(admin, agencyId, { tagId: food, creatorIds: [ana.creatorId], isOn: true });
    await tags.tagAll(other.admin, other.agencyId, {
      ...{ tagId: theirs, creatorIds: [ana.creatorId], isOn: true },
    });
    const read = (tag: string) => {
      const query = rosterQuery({ tag, columns: "tags" }, TODAY);
      return readRoster(admin, agencyId, query, TODAY, "matches");
    };
    const { found } = await read(food);
    expect(found.map(({ creator, tags: own }) => [creator.name, own.map(({ name }) => name)])).toEqual([
      ["Ana", ["Food"]],
    ]);
    const file = rosterFile(found, ["tags"], { currency: USD, locale: "en-US", month: MONTH }, 1);
    expect(file.map((cells) => cells.at(-1))).toEqual(["Tags", "Food"]);
    expect((await read(theirs)).found).toEqual([]);
    const [tag] = await tags.list(admin, agencyId);
    await tags.remove(admin, agencyId, tag!);
    expect((await read(food)).found).toEqual([]);
  });
});

describe("views", () => {
  it("are each person's own, kept once by a name, and gone with the membership", async () => {
    const { admin, agencyId } = await makeManager();
    const colleague = await makeUser();
    await owner`insert into agency_members (agency_id, user_id, role) values (${agencyId}, ${colleague.id}, 'manager')`;
    const view = { id: randomUUID(), name: "Worst gaps", query: "?sort=gap&order=ascending" };
    await rosterViews.save(admin, agencyId, view);
    await rosterViews.save(admin, agencyId, view);
    expect(await rosterViews.list(admin, agencyId)).toEqual([view]);
    expect(await rosterViews.list(viewerOf(colleague), agencyId)).toEqual([]);
    await expect(rosterViews.save(admin, agencyId, { ...view, query: "" })).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(rosterViews.save(admin, agencyId, { ...view, id: randomUUID() })).rejects.toMatchObject({
      fields: { name: "You have a view of this name. Choose another name, or remove that one first." },
    });
    await expect(rosterViews.remove(viewerOf(colleague), agencyId, view.id)).rejects.toMatchObject({
      code: "not_found",
    });
    await rosterViews.remove(admin, agencyId, view.id);
    expect(await rosterViews.list(admin, agencyId)).toEqual([]);
  });
});

async function log(viewer: Viewer, creatorId: string, stream: Stream, minor: bigint): Promise<void> {
  await payouts.record(viewer, creatorId, {
    ...newPayout({ stream, minor, channelId: null, fromDay: "2026-03-01", toDay: "2026-03-31" }),
  });
}
