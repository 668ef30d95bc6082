import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as agencies from "../../db/agencies";
import * as payments from "../../db/commission-payments";
import * as commissionTerms from "../../db/commission-terms";
import * as commissions from "../../db/commissions";
import * as deals from "../../db/deals";
import * as payouts from "../../db/payouts";
import * as receipts from "../../db/receipts";
import * as representations from "../../db/representations";
import type { Viewer } from "../../lib/model/access";
import { currencyOf } from "../../lib/model/money";
import type { Day, Month } from "../../lib/model/month";
import { makeCreator, makeUser, viewerOf } from "../factories";
import { asApp, connectApp, connectOwner, type Sql } from "../setup/catalogue";
import {
  makeDeal,
  makePayout,
  makeReceipt,
  makeRepresentation,
  makeStudio,
  makeTerms,
  newTerms,
} from "../studio";

let owner: Sql;
let app: Sql;
beforeAll(() => {
  owner = connectOwner();
  app = connectApp();
});
afterAll(async () => {
  await owner.end();
  await app.end();
});

const YEAR = { from: "2026-01" as Month, to: "2026-12" as Month };
const WHOLE = { streams: null } as const;

async function makeRepresented() {
  const { viewer, creatorId } = await makeStudio();
  const represented = await makeRepresentation(viewer, creatorId, WHOLE);
  const terms = (given: Partial<commissionTerms.NewTerms> = {}) =>
    makeTerms({ owner: viewer, creatorId, ...represented }, given);
  return { viewer, creatorId, ...represented, terms };
}

/** "management North Talent 200.00/0.00": what stands accrued and due. */
async function standing(viewer: Viewer, creatorId: string): Promise<string[]> {
  const shares = await commissions.sharesOf(viewer, creatorId, YEAR);
  return shares.map(
    ({ claim, party, accruedMinor, dueMinor }) =>
      `${claim}, ${party}: ${accruedMinor} accrued, ${dueMinor} due`,
  );
}

const left = async (viewer: Viewer, creatorId: string) =>
  (await commissions.ofCreator(viewer, creatorId, YEAR)).map(({ leftMinor }) => leftMinor);

describe("what is owed of a payout", () => {
  it("20% management + 10% agency of 1,000.00 stand side by side: 200.00 + 100.00, and 700.00 are left, not 720.00", async () => {
    const { viewer, creatorId, terms } = await makeRepresented();
    await terms({ claim: "management", payee: "managers", parties: ["Ana Ruiz"], ppm: 200_000 });
    await terms({ claim: "agency", ppm: 100_000 });
    await makePayout(viewer, creatorId, { minor: 100_000n });
    expect(await standing(viewer, creatorId)).toEqual([
      "agency, North Talent: 10000 accrued, 0 due",
      "management, Ana Ruiz: 20000 accrued, 0 due",
    ]);
    expect(await left(viewer, creatorId)).toEqual([70_000n]);
  });

  it("10% of 1,000.01 between two managers evenly is 50.00 each, full each 100.00 each (half of a cent to even)", async () => {
    const { viewer, creatorId, terms } = await makeRepresented();
    const managers = { payee: "managers", parties: ["Ana", "Ben"], ppm: 100_000 } as const;
    await terms({ ...managers, claim: "evenly", split: "even" });
    await terms({ ...managers, claim: "fully", split: "full" });
    await makePayout(viewer, creatorId, { minor: 100_001n });
    expect(await standing(viewer, creatorId)).toEqual([
      "evenly, Ana: 5000 accrued, 0 due",
      "evenly, Ben: 5000 accrued, 0 due",
      "fully, Ana: 10000 accrued, 0 due",
      "fully, Ben: 10000 accrued, 0 due",
    ]);
  });

  it("falls due in the part that arrived (250.00 of 1,000.00: 50.00 of 200.00), and is taken back with a refund after payment", async () => {
    const { viewer, creatorId, agencyId, admin, terms } = await makeRepresented();
    await terms({ claim: "management", ppm: 200_000 });
    const chainId = await makePayout(viewer, creatorId, { minor: 100_000n });
    await makeReceipt(viewer, creatorId, { minor: 25_000n, allocations: [{ chainId, minor: 25_000n }] });
    expect(await standing(viewer, creatorId)).toEqual(["management, North Talent: 20000 accrued, 5000 due"]);
    await makeReceipt(viewer, creatorId, { minor: 75_000n, allocations: [{ chainId, minor: 75_000n }] });
    expect(await standing(viewer, creatorId)).toEqual(["management, North Talent: 20000 accrued, 20000 due"]);
    await makePayout(viewer, creatorId, { kind: "refund", about: chainId, minor: -40_000n });
    expect(await standing(viewer, creatorId)).toEqual(["management, North Talent: 12000 accrued, 12000 due"]);
    await makePayout(viewer, creatorId, { kind: "clawback", about: chainId, minor: -60_000n });
    expect(await standing(viewer, creatorId)).toEqual([]);
    const { rows } = await commissions.list(admin, agencyId, { range: YEAR });
    expect(rows.map(({ accruedMinor, dueMinor }) => [accruedMinor, dueMinor])).toEqual([
      [-12_000n, -12_000n],
      [-8_000n, -8_000n],
      [0n, 15_000n],
      [0n, 5_000n],
      [20_000n, 0n],
    ]);
  });

  it("undo of all that led there is as before: a receipt taken back opens what was due, a correction gives way", async () => {
    const { viewer, creatorId, terms } = await makeRepresented();
    await terms({ claim: "management", ppm: 200_000 });
    const chainId = await makePayout(viewer, creatorId, { minor: 100_000n });
    const receiptId = await makeReceipt(viewer, creatorId, {
      ...{ minor: 100_000n, allocations: [{ chainId, minor: 100_000n }] },
    });
    await receipts.undo(viewer, creatorId, { id: randomUUID(), entryId: receiptId });
    expect(await standing(viewer, creatorId)).toEqual(["management, North Talent: 20000 accrued, 0 due"]);
    const corrected = await makePayout(viewer, creatorId, {
      ...{ minor: 50_000n, currency: "EUR", replaces: chainId, fromDay: "2026-02-01", toDay: "2026-02-28" },
    });
    expect(
      (await commissions.sharesOf(viewer, creatorId, YEAR)).map((share) => [
        share.currency,
        share.accruedMinor,
      ]),
    ).toEqual([["EUR", 10_000n]]);
    await payouts.undo(viewer, creatorId, { id: randomUUID(), entryId: corrected });
    expect(await standing(viewer, creatorId)).toEqual(["management, North Talent: 20000 accrued, 0 due"]);
  });

  it("gross is before the platform's share and withheld tax, net what they leave: 10% of 1,000.00 and of 560.00", async () => {
    const { viewer, creatorId, terms } = await makeRepresented();
    await terms({ claim: "of gross", ppm: 100_000, base: "gross" });
    await terms({ claim: "of net", ppm: 100_000, base: "net" });
    const ladder = { gross: "100000", platform: "-30000", adjustment: "0", refunded: "0" };
    const chainId = await makePayout(viewer, creatorId, {
      ...{ stream: "sponsorship", minor: 70_000n },
      makings: { of: "share", grossMinor: "100000", platformPpm: 300_000, ladder },
    });
    await makePayout(viewer, creatorId, { kind: "withheld", about: chainId, minor: -14_000n });
    expect(await standing(viewer, creatorId)).toEqual([
      "of gross, North Talent: 10000 accrued, 0 due",
      "of net, North Talent: 5600 accrued, 0 due",
    ]);
  });

  it("an override for one deal goes before the stream's, that before the general: 5%, 15%, 20%", async () => {
    const { viewer, creatorId, terms } = await makeRepresented();
    const dealId = await makeDeal(viewer, creatorId, { state: "agreed" });
    await terms({ claim: "management", ppm: 200_000 });
    await terms({ claim: "Management", ppm: 150_000, streams: ["sponsorship"] });
    await terms({ claim: "management", ppm: 50_000, dealId });
    await makePayout(viewer, creatorId, { stream: "ads", minor: 10_000n });
    await makePayout(viewer, creatorId, { stream: "sponsorship", minor: 10_000n });
    await makePayout(viewer, creatorId, { stream: "sponsorship", minor: 10_000n, dealId });
    const { rows } = await commissions.listOfCreator(viewer, creatorId);
    expect(rows.map(({ accruedMinor }) => Number(accruedMinor)).sort((a, b) => a - b)).toEqual([
      500, 1_500, 2_000,
    ]);
  });
});

describe("terms", () => {
  it("count once an owner accepts them, from their first day on, and not when they were only proposed or refused", async () => {
    const { viewer, creatorId, agencyId, admin, representationId } = await makeRepresented();
    await makePayout(viewer, creatorId, { minor: 100_000n });
    const [yes, no] = [randomUUID(), randomUUID()];
    await commissionTerms.propose(admin, agencyId, newTerms({ representationId, id: yes }));
    await commissionTerms.propose(admin, agencyId, newTerms({ representationId, id: no, claim: "lawyer" }));
    expect(await standing(viewer, creatorId)).toEqual([]);
    await commissionTerms.answer(viewer, creatorId, { agencyId, id: no, answer: "refused" });
    await commissionTerms.answer(viewer, creatorId, { agencyId, id: yes, answer: "accepted" });
    await commissionTerms.answer(viewer, creatorId, { agencyId, id: yes, answer: "accepted" });
    expect(await standing(viewer, creatorId)).toEqual(["management, North Talent: 20000 accrued, 0 due"]);
    await expect(
      commissionTerms.answer(viewer, creatorId, { agencyId, id: no, answer: "accepted" }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("in the place of others take back what those took and book their own; of two such proposals one is accepted", async () => {
    const { viewer, creatorId, agencyId, admin, representationId, terms } = await makeRepresented();
    const old = await terms({ ppm: 200_000 });
    await makePayout(viewer, creatorId, { minor: 100_000n });
    const [first, second] = [randomUUID(), randomUUID()];
    for (const id of [first, second])
      await commissionTerms.propose(
        admin,
        agencyId,
        newTerms({ id, representationId, ppm: 150_000, replaces: old }),
      );
    await commissionTerms.answer(viewer, creatorId, { agencyId, id: first, answer: "accepted" });
    expect(await standing(viewer, creatorId)).toEqual(["management, North Talent: 15000 accrued, 0 due"]);
    await expect(
      commissionTerms.answer(viewer, creatorId, { agencyId, id: second, answer: "accepted" }),
    ).rejects.toMatchObject({ code: "conflict" });
  });

  it("asked with the representation are shown to the one whose address was asked, and accepted with it as shown", async () => {
    const { admin, agencyId } = await makeRepresented();
    const asked = await makeUser();
    const link = () => ({ id: randomUUID(), secretHash: Buffer.from(randomUUID()) });
    const [old, newest] = [link(), link()];
    const expiresAt = new Date(Date.now() + 86_400_000);
    const scope = { streams: null, amounts: true, notes: true, mayEdit: false, toDay: null };
    await representations.askCreator(admin, agencyId, { ...old, email: asked.email, expiresAt, ...scope });
    await commissionTerms.propose(admin, agencyId, newTerms({ representationId: old.id }));
    const { id: newId, secretHash } = newest;
    await representations.askAgain(admin, { agencyId }, { id: old.id, newId, secretHash, expiresAt });
    const viewer = viewerOf(asked);
    const shown = await commissionTerms.offered(viewer, newest);
    expect(shown).toMatchObject([{ claim: "management", ppm: 200_000 }]);
    expect(await commissionTerms.offered(viewerOf(await makeUser()), newest)).toEqual([]);
    expect(await commissionTerms.offered(viewer, { ...newest, secretHash: Buffer.from("x") })).toEqual([]);
    await commissionTerms.propose(
      admin,
      agencyId,
      newTerms({ representationId: newId, claim: "slipped in" }),
    );
    const { id: side } = await makeCreator(viewer);
    await commissionTerms.takeUp(
      viewer,
      { ...newest, side },
      shown.map(({ id }) => id),
      { ...scope, streams: ["gift"] },
    );
    expect(await representations.list(viewer, side), "never a moment with more").toMatchObject([
      { id: newId, streams: ["gift"], amounts: true, notes: true },
    ]);
    const terms = await commissionTerms.ofCreator(viewer, side);
    expect(terms.map(({ claim, state }) => [claim, state])).toEqual([
      ["management", "accepted"],
      ["slipped in", "proposed"],
    ]);
  });

  it("end with the representation: what a deal agreed before brings within the sunset still counts, nothing else", async () => {
    const { viewer, creatorId, representationId, terms } = await makeRepresented();
    const dealId = await makeDeal(viewer, creatorId, { state: "agreed" });
    await terms({ ppm: 200_000, sunsetDays: 3_000, fromDay: "2020-01-01" as Day });
    await representations.end(viewer, representationId);
    const later = { fromDay: "2030-01-01", toDay: "2030-01-31", minor: 100_000n } as const;
    await makePayout(viewer, creatorId, { ...later, stream: "sponsorship", dealId });
    await makePayout(viewer, creatorId, { ...later, stream: "sponsorship" });
    const { rows } = await commissions.listOfCreator(viewer, creatorId);
    expect(rows.map(({ accruedMinor }) => accruedMinor)).toEqual([20_000n]);
    const newest = await deals.get(viewer, creatorId, dealId);
    await deals.undo(viewer, creatorId, { id: randomUUID(), entryId: newest.id });
    expect(
      await commissions.sharesOf(viewer, creatorId, { from: "2030-01" as Month, to: "2030-12" as Month }),
    ).toEqual([]);
  });
});

describe("after the end", () => {
  it("the agency's admin still reads its own records, and nothing else of the creator", async () => {
    const { viewer, creatorId, agencyId, admin, adminId, representationId, terms } = await makeRepresented();
    await terms({ ppm: 200_000 });
    await makePayout(viewer, creatorId, { minor: 100_000n });
    await representations.end(viewer, representationId);
    expect(await commissions.byCreator(admin, agencyId, YEAR)).toEqual([
      {
        ...{ creatorId, creatorName: "Mira Cooks", currency: "USD", accruedMinor: 20_000n, dueMinor: 0n },
        ...{ paidMinor: 0n, outstandingMinor: 0n },
      },
    ]);
    const tables = ["creators", "payouts", "totals", "rollups", "receipts", "deals", "channels", "audit_log"];
    const seen = await asApp(app, { userId: adminId }, async (sql) => {
      const counts: [string, number][] = [];
      for (const name of tables) {
        const column = name === "creators" ? "id" : "creator_id";
        counts.push([name, (await sql.unsafe(`select from ${name} where ${column} = '${creatorId}'`)).count]);
      }
      return counts;
    });
    expect(seen).toEqual(tables.map((name) => [name, 0]));
  });
});

describe("the walls", () => {
  const rows = (userId: string, agencyId: string) =>
    asApp(app, { userId }, async (sql) => {
      const counts: Record<string, number> = {};
      for (const name of [
        "commission_terms",
        "commission_answers",
        "commission_records",
        "commission_payments",
      ])
        counts[name] = (await sql.unsafe(`select from ${name} where agency_id = '${agencyId}'`)).count;
      return Object.values(counts);
    });

  it("another agency of the same creator, and a manager outside the team, see nothing; one inside as far as the scope reaches", async () => {
    const { viewer, creatorId, agencyId, admin, representationId, terms } = await makeRepresented();
    await terms({ ppm: 200_000 });
    await makePayout(viewer, creatorId, { stream: "rewards" });
    await makePayout(viewer, creatorId, { stream: "ads" });
    const payment = { id: randomUUID(), creatorId, paidOn: "2026-03-01" as Day, minor: 1n, note: "" };
    await payments.record(admin, agencyId, { ...payment, currency: currencyOf("USD"), isWithheld: false });
    const other = await makeRepresentation(viewer, creatorId, WHOLE);
    expect(await rows(other.adminId, agencyId)).toEqual([0, 0, 0, 0]);
    const { id: managerId } = await makeUser();
    await owner`insert into agency_members (agency_id, user_id, role) values (${agencyId}, ${managerId}, 'manager')`;
    expect(await rows(managerId, agencyId)).toEqual([0, 0, 0, 0]);
    const teamId = randomUUID();
    await agencies.addTeam(admin, { agencyId, id: teamId, name: "Food" });
    await agencies.changeTeam(admin, { agencyId, teamId, userId: managerId, isIn: true });
    await representations.assignTeam(admin, representationId, teamId);
    expect(await rows(managerId, agencyId)).toEqual([1, 1, 2, 1]);
    const listed = () => commissions.byCreator(viewerOf({ id: managerId }), agencyId, YEAR);
    expect(await listed()).toMatchObject([{ accruedMinor: 4_000n }]);
    const scope = { amounts: true, notes: false, mayEdit: false, toDay: null } as const;
    const own = (await representations.list(viewer, creatorId)).find(({ id }) => id === representationId);
    await representations.rescope(viewer, creatorId, {
      ...scope,
      id: representationId,
      version: own?.version ?? 0,
      streams: ["ads"],
    });
    expect(await rows(managerId, agencyId)).toEqual([1, 1, 1, 0]);
    expect(await listed()).toMatchObject([{ accruedMinor: 2_000n }]);
    await expect(
      commissionTerms.propose(viewerOf({ id: managerId }), agencyId, newTerms({ representationId })),
    ).rejects.toMatchObject({ code: "forbidden" });
  });

  it("terms and answers stay as they were said, even for the owner of the tables", async () => {
    const { agencyId, terms } = await makeRepresented();
    await terms();
    for (const name of ["commission_terms", "commission_answers"])
      for (const statement of [
        `update ${name} set agency_id = agency_id where agency_id = '${agencyId}'`,
        `delete from ${name} where agency_id = '${agencyId}'`,
        `truncate ${name} cascade`,
      ])
        await expect(owner.unsafe(statement), statement).rejects.toMatchObject({ code: "42501" });
  });
});

describe("payments", () => {
  it("make what is owed less: 200.00 due, 150.00 paid of it are 50.00 outstanding, and 200.00 when that is taken back", async () => {
    const { viewer, creatorId, agencyId, admin, terms } = await makeRepresented();
    await terms({ ppm: 200_000 });
    const chainId = await makePayout(viewer, creatorId, { minor: 100_000n });
    await makeReceipt(viewer, creatorId, { minor: 100_000n, allocations: [{ chainId, minor: 100_000n }] });
    const id = randomUUID();
    const payment = {
      ...{ id, creatorId, paidOn: "2026-03-01" as Day, minor: 15_000n, currency: currencyOf("USD") },
      ...{ isWithheld: false, note: "" },
    } as const;
    await payments.record(admin, agencyId, payment);
    await payments.record(admin, agencyId, payment);
    const outstanding = async () =>
      (await commissions.byCreator(admin, agencyId, YEAR)).map(({ outstandingMinor }) => outstandingMinor);
    expect(await outstanding()).toEqual([5_000n]);
    expect(await payments.listOfCreator(viewer, creatorId)).toMatchObject([
      { minor: 15_000n, creatorName: "Mira Cooks" },
    ]);
    expect(await commissions.byMonth(admin, agencyId, YEAR)).toMatchObject([
      { month: "2026-03", accruedMinor: 0n, paidMinor: 15_000n },
      { month: "2026-01", accruedMinor: 20_000n, dueMinor: 20_000n, paidMinor: 0n },
    ]);
    await payments.remove(admin, agencyId, { id: randomUUID(), replaces: id });
    expect(await outstanding()).toEqual([20_000n]);
  });
});
