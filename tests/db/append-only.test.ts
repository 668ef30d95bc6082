import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectApp, connectOwner, hashOfCreator, outcomeOf, type Sql } from "../setup/catalogue";
import { type FullStudio, makeFullStudio } from "../studio";

/** What was said once stays said. */
const LEDGER = [
  "allocations",
  "audience",
  "audit_log",
  "commission_payments",
  "commission_records",
  "deals",
  "events",
  "facts",
  "goals",
  "letters",
  "lives",
  "looks",
  "notes",
  "payout_lines",
  "payouts",
  "placements",
  "postings",
  "projections",
  "rates",
  "readings",
  "receipts",
  "reopenings",
  "rules",
  "statements",
  "statement_files",
  "traffic",
];

let owner: Sql;
let app: Sql;
let studio: FullStudio;

beforeAll(async () => {
  owner = connectOwner();
  app = connectApp();
  studio = await makeFullStudio();
});

afterAll(async () => {
  await owner.end();
  await app.end();
});

describe.each(LEDGER)("%s", (name) => {
  const statements = () => [
    `update ${name} set creator_id = creator_id where creator_id = '${studio.creatorId}'`,
    `delete from ${name} where creator_id = '${studio.creatorId}'`,
    `truncate ${name} cascade`,
  ];

  it("is never updated, deleted or truncated by the app", async () => {
    for (const statement of statements())
      expect(await outcomeOf(app, { userId: studio.user.id }, statement), statement).toBe("42501");
  });

  it("nor by the owner of the tables, whose rights the triggers do not ask about", async () => {
    const before = await hashOfCreator(owner, studio.creatorId);
    for (const statement of statements())
      await expect(owner.unsafe(statement), statement).rejects.toMatchObject({
        code: "42501",
        message: expect.stringContaining("is append-only"),
      });
    expect(await hashOfCreator(owner, studio.creatorId)).toBe(before);
  });
});

describe("who and when", () => {
  it("are the database's to say: a row that claims another person and an older day gets neither", async () => {
    const claim = `'00000000-0000-4000-8000-00000000000f', '2001-01-01'`;
    const hash = `'\\x00'`;
    const id = `'00000000-0000-4000-8000-0000000000aa'`;
    const [creator, channel] = [`'${studio.creatorId}'`, `'${studio.channelId}'`];
    const rows = {
      rates: `insert into rates (recorded_by, recorded_at, creator_id, id, day, base, quote, rate, source, body_hash)
        values (${claim}, ${creator}, ${id}, '2026-01-01', 'EUR', 'USD', 1, 'x', ${hash})`,
      traffic: `insert into traffic (recorded_by, recorded_at, creator_id, id, channel_id, format, from_day, to_day, views, origin, body_hash)
        values (${claim}, ${creator}, ${id}, ${channel}, 'all', '2020-01-01', '2020-01-02', 1, 'typed', ${hash})`,
      payouts: `insert into payouts (recorded_by, recorded_at, creator_id, id, chain_id, stream, kind, state, from_day, to_day, minor, currency, body_hash)
        values (${claim}, ${creator}, ${id}, ${id}, 'ads', 'earning', 'final', '2026-01-01', '2026-01-01', 1, 'USD', ${hash})`,
    };
    for (const [table, statement] of Object.entries(rows)) {
      const answer = await app.begin(async (sql) => {
        await sql`select set_config('app.user_id', ${studio.user.id}, true)`;
        const [row] = await sql.unsafe(`${statement} returning recorded_by, recorded_at = now() as is_now`);
        return row;
      });
      expect([table, answer]).toEqual([table, { recorded_by: studio.user.id, is_now: true }]);
    }
  });
});
