import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import * as creators from "../../db/creators";
import * as deals from "../../db/deals";
import * as events from "../../db/events";
import * as lives from "../../db/lives";
import * as payouts from "../../db/payouts";
import * as placements from "../../db/placements";
import * as projections from "../../db/projections";
import * as rules from "../../db/rules";
import * as sample from "../../db/sample";
import * as totals from "../../db/totals";
import type { Viewer } from "../../lib/model/access";
import { dealMoney, standingOf } from "../../lib/model/deal";
import { misfitOf, readMakings } from "../../lib/model/makings";
import { currencyOf } from "../../lib/model/money";
import { monthOf } from "../../lib/model/month";
import { earnedOf } from "../../lib/model/placement";
import { STREAMS } from "../../lib/model/words";
import { makeCreator, makeUser, viewerOf } from "../factories";

it("a sample studio opens once however often it is asked for, adds up, and is gone when removed", async () => {
  const viewer = viewerOf(await makeUser());
  const id = randomUUID();
  await sample.open(viewer, id);
  await sample.open(viewer, id);
  expect(await creators.list(viewer)).toMatchObject([{ id, isSample: true }]);
  const { money } = await totals.byMonth(viewer, id);
  expect(money.length).toBeGreaterThan(24);
  expect([...new Set(money.map(({ stream }) => stream))].sort(), "every stream is there").toEqual(
    [...STREAMS].sort(),
  );
  expect(await totals.check(viewer, id)).toEqual([]);
  const kept = await projections.list(viewer, id, { from: monthOf("2000-01"), to: monthOf("2999-12") });
  expect(new Set(kept.map(({ targetMonth }) => targetMonth)).size).toBeGreaterThan(20);
  expect(kept.filter(({ isLate }) => isLate)).toEqual([]);
  const { rows } = await deals.list(viewer, id);
  expect(rows.map(({ state }) => state)).toEqual(["pitched", "agreed", "lost", "invoiced", "paid"]);
  const named = await payouts.list(viewer, id, { filter: { dealId: "any" } });
  const paid = rows.at(-1)!;
  const own = named.rows.filter(({ dealId }) => dealId === paid.chainId);
  expect(dealMoney(paid, own), "to the cent").toMatchObject({ payouts: 1, openMinor: 0n, isCovered: true });
  const { today } = await creators.get(viewer, id);
  const isLate = (deal: (typeof rows)[number]) => {
    const money = dealMoney(
      deal,
      named.rows.filter(({ dealId }) => dealId === deal.chainId),
    );
    return standingOf(deal, money, today) === "late";
  };
  expect(rows.filter(isLate).map(({ brand }) => brand)).toEqual(["Frisk delivery"]);
  expect(earnedOf(await placements.listCommissions(viewer, id))[0]?.minor).toBeGreaterThan(0n);
  expect((await totals.byMonth(viewer, id)).deals, "one is booked for next month").toHaveLength(1);
  expect((await events.list(viewer, id)).total).toBe(2);
  expect((await rules.list(viewer, id)).total).toBe(4);
  await expectMakingsFit(viewer, id);
  await sample.remove(viewer, id);
  expect(await creators.list(viewer)).toEqual([]);
});

/** What is said of each payout's making gives its amount, and the sessions' diamonds are the gifts'. */
async function expectMakingsFit(viewer: Viewer, id: string): Promise<void> {
  const { rows } = await payouts.list(viewer, id, { size: 1_000 });
  const made = rows.flatMap((payout) => {
    const makings = readMakings(payout.makings);
    return makings ? [{ makings, minor: payout.minor }] : [];
  });
  expect(new Set(made.map(({ makings }) => makings.of))).toEqual(new Set(["share", "units", "orders"]));
  expect(made.filter(({ makings, minor }) => misfitOf(makings, minor, currencyOf("USD")))).toEqual([]);
  const given = made.flatMap(({ makings, minor }) =>
    makings.of === "units" && makings.unitPrice?.scale === 3 && minor > 0n ? [makings.units ?? 0] : [],
  );
  const held = (await lives.byMonth(viewer, id)).reduce((sum, { units }) => sum + Number(units ?? 0n), 0);
  // The month that runs may have gifts before its first session.
  expect(given.reduce((sum, units) => sum + units, 0) - held).toBeGreaterThanOrEqual(0);
  expect(held).toBeGreaterThan(0);
}

it("a studio in earnest is neither filled with made-up figures nor removed as a sample, not even by its owner", async () => {
  const viewer = viewerOf(await makeUser());
  const { id } = await makeCreator(viewer);
  await expect(sample.open(viewer, id)).rejects.toMatchObject({ code: "not_found" });
  await expect(sample.remove(viewer, id)).rejects.toMatchObject({ code: "not_found" });
  expect((await totals.byMonth(viewer, id)).money).toEqual([]);
});
