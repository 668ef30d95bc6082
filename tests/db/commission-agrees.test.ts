import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as commissionTerms from "../../db/commission-terms";
import * as payouts from "../../db/payouts";
import * as receipts from "../../db/receipts";
import type { Viewer } from "../../lib/model/access";
import { bookings, divide, dueOf } from "../../lib/model/commission-terms";
import { currencyOf } from "../../lib/model/money";
import type { Day } from "../../lib/model/month";
import { connectOwner, type Sql } from "../setup/catalogue";
import { makePayout, makeReceipt, makeRepresentation, makeStudio, makeTerms } from "../studio";

// The database works commission out in sets, lib/model one payout at a time: they say the same to the cent.

let owner: Sql;
beforeAll(() => {
  owner = connectOwner();
});
afterAll(() => owner.end());

const STREAMS = ["ads", "rewards", "sponsorship"] as const;
const CURRENCIES = ["USD", "EUR", "JPY"] as const;

const nth = fc.nat({ max: 30 });
const minor = fc.bigInt({ min: 1n, max: 60_000n });
const day = fc.constantFrom("2026-01-31", "2026-02-28", "2026-03-31") as fc.Arbitrary<Day>;

const term = fc.record({
  claim: fc.constantFrom("management", "agency", "lawyer"),
  parties: fc.constantFrom(["Ana"], ["Ana", "Ben"], ["Ana", "Ben", "Cy"]),
  split: fc.constantFrom("even" as const, "full" as const),
  amount: fc.oneof(
    fc.record({
      ppm: fc.integer({ min: 1, max: 900_000 }),
      base: fc.constantFrom("gross" as const, "net" as const),
    }),
    fc.record({ flatMinor: minor, currency: fc.constantFrom(...CURRENCIES.map(currencyOf)) }),
  ),
  streams: fc.constantFrom(null, null, ["ads"] as const, ["rewards", "sponsorship"] as const),
  fromDay: fc.constantFrom("2026-01-01", "2026-02-28") as fc.Arbitrary<Day>,
  toDay: fc.constantFrom(null, "2026-03-01") as fc.Arbitrary<Day | null>,
});

const act = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("earn" as const),
      stream: fc.constantFrom(...STREAMS),
      currency: fc.constantFrom(...CURRENCIES),
      minor,
      day,
      cut: fc.constantFrom(null, 60_000n),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("add" as const),
      nth,
      kind: fc.constantFrom("refund" as const, "withheld" as const, "fee" as const),
      minor,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant("pay" as const), nth, part: fc.integer({ min: 1, max: 100 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("correct" as const), nth, minor, day }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("undo" as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("unpay" as const), nth }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("agree" as const), term }) },
);
type Given = typeof term extends fc.Arbitrary<infer T> ? T : never;
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;

interface Stage {
  viewer: Viewer;
  creatorId: string;
  agree: (given: Given) => Promise<void>;
}

async function makeStage(): Promise<Stage & { agencyId: string; admin: Viewer }> {
  const { viewer, creatorId } = await makeStudio();
  const represented = await makeRepresentation(viewer, creatorId, { streams: null });
  const agree: Stage["agree"] = async ({ amount, ...given }) => {
    const rate = { ppm: null, base: null, flatMinor: null, currency: null, ...amount };
    await makeTerms({ owner: viewer, creatorId, ...represented }, { ...given, ...rate, payee: "managers" });
  };
  return { viewer, creatorId, agree, ...represented };
}

async function perform({ viewer, creatorId, agree }: Stage, step: Act): Promise<void> {
  if (step.do === "agree") return agree(step.term);
  if (step.do === "earn") {
    const { stream, currency, day: toDay, cut } = step;
    const ladder = { gross: String(step.minor + (cut ?? 0n)), adjustment: "0", refunded: "0" };
    await makePayout(viewer, creatorId, {
      ...{ stream, currency, fromDay: "2026-01-01", toDay, minor: step.minor },
      ...(cut && { makings: { of: "share", ladder } }),
    });
    return;
  }
  if (step.do === "unpay") {
    const { rows } = await receipts.list(viewer, creatorId);
    const receipt = rows[step.nth % Math.max(1, rows.length)];
    if (receipt) await receipts.undo(viewer, creatorId, { id: randomUUID(), entryId: receipt.id });
    return;
  }
  const { rows } = await payouts.list(viewer, creatorId, { sort: "recorded", size: 100 });
  const all = step.do === "undo" ? rows : rows.filter(({ about }) => about === null);
  const of = all[step.nth % Math.max(1, all.length)];
  if (!of) return;
  const { stream, currency, fromDay, toDay, makings } = of;
  if (step.do === "add")
    await makePayout(viewer, creatorId, {
      ...{ kind: step.kind, about: of.chainId, stream, currency, fromDay, toDay, minor: -step.minor },
    });
  if (step.do === "correct")
    await makePayout(viewer, creatorId, {
      ...{ replaces: of.id, stream, currency, fromDay, toDay: step.day, minor: step.minor, makings },
    });
  if (step.do === "undo") await payouts.undo(viewer, creatorId, { id: randomUUID(), entryId: of.id });
  const open = of.dueMinor! - of.paidMinor!;
  const part = (open * BigInt("part" in step ? step.part : 0)) / 100n;
  if (step.do === "pay" && part > 0n)
    await makeReceipt(viewer, creatorId, {
      ...{ minor: part, currency, allocations: [{ chainId: of.chainId, minor: part }] },
    });
}

/** Per payout: what lib/model says of what the ledger lists, as "claim party: accrued/due". */
async function expected({ viewer, creatorId }: Stage): Promise<Record<string, string[]>> {
  const terms = commissionTerms.standing(await commissionTerms.ofCreator(viewer, creatorId));
  const { rows } = await payouts.list(viewer, creatorId, { size: 100 });
  const owed: Record<string, string[]> = {};
  for (const row of rows.filter(({ about }) => about === null)) {
    const about = rows.filter((entry) => entry.about === row.chainId && entry.currency === row.currency);
    const taken = about.filter(({ kind }) => kind === "refund").reduce((sum, entry) => sum + entry.minor, 0n);
    const ladder = row.makings?.ladder as { gross: string } | undefined;
    const netMinor = row.dueMinor!;
    const { shares, creatorMinor } = divide(terms, {
      ...{
        stream: row.stream,
        dealId: null,
        earnedOn: row.toDay as Day,
        agreedOn: null,
        currency: row.currency,
      },
      ...{ netMinor, grossMinor: (ladder ? BigInt(ladder.gross) : row.minor) + taken },
    });
    expect(shares.reduce((sum, share) => sum + share.minor, creatorMinor)).toBe(netMinor);
    const lines = bookings([], shares).map(({ claim, party, minor: share }) => {
      const due = dueOf(share, { paidMinor: row.paidMinor!, netMinor });
      return `${claim.split(" ")[1]} ${party}: ${share}/${due} ${row.currency}`;
    });
    if (lines.length > 0) owed[row.chainId] = lines.sort();
  }
  return owed;
}

async function kept({ creatorId }: Stage): Promise<Record<string, string[]>> {
  const rows = await owner<{ chain_id: string; line: string }[]>`
    select chain_id, claim || ' ' || party || ': ' || sum(accrued_minor) || '/' || sum(due_minor) || ' ' || currency as line
    from commission_records where creator_id = ${creatorId} group by chain_id, claim, party, currency
    having sum(accrued_minor) <> 0 or sum(due_minor) <> 0`;
  const owed: Record<string, string[]> = {};
  for (const { chain_id, line } of rows) owed[chain_id] = [...(owed[chain_id] ?? []), line].sort();
  return owed;
}

describe("commission as the database keeps it", () => {
  it(
    "is lib/model's, to the cent, and shares and the creator's rest are the payout, whatever was done in whatever order",
    () =>
      fc.assert(
        fc.asyncProperty(
          fc.array(term, { minLength: 1, maxLength: 3 }),
          fc.array(act, { minLength: 4, maxLength: 14 }),
          async (terms, acts) => {
            const stage = await makeStage();
            for (const given of terms) await stage.agree(given);
            for (const step of acts) await perform(stage, step);
            expect(await kept(stage)).toEqual(await expected(stage));
          },
        ),
        { numRuns: 25 },
      ),
    60_000,
  );
});
