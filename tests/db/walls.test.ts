import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATOR_ID } from "../../db/client";
import { makeUser } from "../factories";
import {
  ACCOUNT_TABLES,
  asApp,
  connectApp,
  connectOwner,
  hashOfCreator,
  listTenantTables,
  outcomeOf,
  type Sql,
} from "../setup/catalogue";
import { type FullStudio, makeFullStudio } from "../studio";

// The second wall alone: raw SQL as the app's role, with none of the app's code in between.

/** What somebody without the right to see amounts may still see; everything else is money until listed here. */
const WITHOUT_AMOUNTS = [
  "access",
  "audience",
  "channels",
  "closed_months",
  "creators",
  "readings",
  // Says that something changed, not what.
  "revisions",
  "traffic",
  "traffic_months",
  "videos",
];
/** Not the operator's to see: people's alone. */
const PEOPLES_ONLY = ["handovers", "invitations", "letters", "looks", "notes", "representations", "tasks"];

let owner: Sql;
let app: Sql;
let victim: FullStudio;
let stranger: FullStudio;
let tables: { name: string; tenant: string }[];

beforeAll(async () => {
  owner = connectOwner();
  app = connectApp();
  victim = await makeFullStudio();
  stranger = await makeFullStudio();
  tables = await listTenantTables(owner);
});

afterAll(async () => {
  await owner.end();
  await app.end();
});

/** Rows of the victim that a viewer sees, by table. */
async function visible(viewer: { userId?: string; creatorId?: string }): Promise<Record<string, number>> {
  return asApp(app, viewer, async (sql) => {
    const counts: Record<string, number> = {};
    for (const { name, tenant } of tables) {
      const [row] = await sql.unsafe<{ n: number }[]>(
        `select count(*)::int as n from "${name}" where "${tenant}" = '${victim.creatorId}'`,
      );
      if (row && row.n > 0) counts[name] = row.n;
    }
    return counts;
  });
}

/** A statement per table and verb that would touch the victim's rows. */
async function attacks(table: { name: string; tenant: string }): Promise<Record<string, string>> {
  const { name, tenant } = table;
  const mine = `"${tenant}" = '${victim.creatorId}'`;
  const [row] = await owner.unsafe<{ row: string }[]>(
    `select row_to_json(t)::text as row from "${name}" t where ${mine} limit 1`,
  );
  const columns = await owner<{ name: string }[]>`
    select a.attname as name from pg_attribute a
    where a.attrelid = ${name}::regclass and a.attnum > 0 and not a.attisdropped
      and has_column_privilege('permille_app', a.attrelid, a.attnum, 'UPDATE')`;
  const column = columns[0]?.name ?? tenant;
  return {
    insert: `insert into "${name}" select * from json_populate_record(null::"${name}", $x$${row?.row}$x$)`,
    update: `update "${name}" set "${column}" = "${column}" where ${mine}`,
    move: `update "${name}" set "${tenant}" = '${stranger.creatorId}' where ${mine}`,
    delete: `delete from "${name}" where ${mine}`,
    truncate: `truncate "${name}" cascade`,
  };
}

async function outcomes(viewer: { userId?: string; creatorId?: string }) {
  const found: Record<string, Record<string, string>> = {};
  for (const table of tables) {
    const verbs: Record<string, string> = {};
    for (const [verb, statement] of Object.entries(await attacks(table)))
      verbs[verb] = await outcomeOf(app, viewer, statement);
    found[table.name] = verbs;
  }
  return found;
}

describe("the catalogue", () => {
  it("every table is an account's or a creator's, and every creator's is walled for its owner too", async () => {
    const rows = await owner<{ name: string; walled: boolean }[]>`
      select relname as name, relrowsecurity and relforcerowsecurity as walled from pg_class
      where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace order by 1`;
    expect(rows.filter(({ walled }) => !walled).map(({ name }) => name)).toEqual(ACCOUNT_TABLES);
    expect(tables.length).toBeGreaterThan(20);
  });

  it("the victim has a row in every table, so that the tests below have something to find", async () => {
    for (const { name, tenant } of tables) {
      const [row] = await owner.unsafe(
        `select count(*)::int as n from "${name}" where "${tenant}" = '${victim.creatorId}'`,
      );
      expect([name, row?.n > 0]).toEqual([name, true]);
    }
  });

  it("no view or table function gives rows away: there are no views", async () => {
    const views = await owner`
      select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace`;
    expect(views.map(({ relname }) => relname)).toEqual([]);
  });

  it("the app's and the sign-in's role are weak: no superuser, no bypass, own nothing, members of nothing", async () => {
    const roles = await owner`
      select r.rolname, r.rolsuper or r.rolbypassrls or r.rolcreatedb or r.rolcreaterole as strong,
        (select count(*)::int from pg_class c where c.relowner = r.oid) as owned,
        (select count(*)::int from pg_auth_members m where m.member = r.oid) as memberships
      from pg_roles r where r.rolname in ('permille_app', 'permille_auth') order by 1`;
    expect(roles).toEqual([
      { rolname: "permille_app", strong: false, owned: 0, memberships: 0 },
      { rolname: "permille_auth", strong: false, owned: 0, memberships: 0 },
    ]);
    expect(await outcomeOf(app, {}, "set role permille_kernel")).toBe("42501");
  });

  it("the app's role has no grant on accounts, and the sign-in's none on a creator's data", async () => {
    const grants = (role: string, names: string[]) => owner`
      select relname from pg_class
      where relname = any (${names}) and relnamespace = 'public'::regnamespace
        and (has_table_privilege(${role}, oid, 'select, insert, update, delete, truncate, references, trigger')
          or has_any_column_privilege(${role}, oid, 'select, insert, update, references'))`;
    expect(await grants("permille_app", ACCOUNT_TABLES)).toEqual([]);
    expect(
      await grants(
        "permille_auth",
        tables.map(({ name }) => name),
      ),
    ).toEqual([]);
    for (const name of ACCOUNT_TABLES)
      expect(await outcomeOf(app, { userId: victim.user.id }, `select * from ${name}`)).toBe("42501");
  });

  it("only the named functions may run with more than the caller's rights", async () => {
    const runnable = (role: string) => owner<{ name: string }[]>`
      select proname as name from pg_proc
      where pronamespace = 'public'::regnamespace and prosecdef and has_function_privilege(${role}, oid, 'execute')
      order by 1`;
    expect((await runnable("permille_app")).map(({ name }) => name)).toEqual([
      "accept_agency_invitation",
      "accept_handover",
      "accept_invitation",
      "accept_representation",
      "agency_currencies",
      "agency_people",
      "assign_team",
      "decline_representation",
      "drop_upload",
      "end_representation",
      "handover_terms",
      "learn_sizes",
      "leave_agency",
      "leave_creator",
      "looked_at",
      "looker_names",
      "member_people",
      "moved_payouts",
      "note_looks",
      "note_readers",
      "offered_terms",
      "pool_inputs",
      "rebuild_totals",
      "remove_sample",
      "reopen_month",
      "represented_addresses",
      "represented_to",
      "run_creator",
    ]);
    expect((await runnable("permille_auth")).map(({ name }) => name)).toEqual([
      "creators_to_send",
      "open_due_rosters",
      "open_roster_runs",
      "operator_creators",
      "preview_agency_invitation",
      "preview_handover",
      "preview_invitation",
      "preview_representation",
      "roster_mails_to_send",
      "sweep_roster_runs",
      "waiting_letters",
      "write_due_letters",
    ]);
  });
});

describe("who sees what", () => {
  it("a stranger, a former member and nobody at all: no row of any table", async () => {
    expect(await visible({ userId: stranger.user.id })).toEqual({});
    expect(await visible({ userId: victim.formerUserId })).toEqual({});
    expect(await visible({})).toEqual({});
    expect(await visible({ creatorId: victim.creatorId }), "a creator without a user").toEqual({});
  });

  it("nobody at all sees no row of anybody", async () => {
    const seen = await asApp(app, {}, async (sql) => {
      const names: string[] = [];
      for (const { name } of tables)
        if ((await sql.unsafe(`select from "${name}" limit 1`)).count > 0) names.push(name);
      return names;
    });
    expect(seen).toEqual([]);
  });

  it("the owner: something of every table, and nothing of anybody else", async () => {
    const seen = await visible({ userId: victim.user.id });
    expect(Object.keys(seen).sort()).toEqual(tables.map(({ name }) => name).sort());
    await asApp(app, { userId: victim.user.id }, async (sql) => {
      for (const { name, tenant } of tables) {
        const { count } = await sql.unsafe(
          `select from "${name}" where "${tenant}" <> '${victim.creatorId}'`,
        );
        expect([name, count]).toEqual([name, 0]);
      }
    });
  });

  it("the operator: the one creator that is set, and none without", async () => {
    expect(await visible({ userId: OPERATOR_ID })).toEqual({});
    expect(await visible({ userId: OPERATOR_ID, creatorId: stranger.creatorId })).toEqual({});
    const seen = await visible({ userId: OPERATOR_ID, creatorId: victim.creatorId });
    expect(Object.keys(seen).sort()).toEqual(
      tables.map(({ name }) => name).filter((name) => !PEOPLES_ONLY.includes(name)),
    );
  });

  it.each([
    ["without amounts", "null", "false"],
    ["limited to some streams", "array['ads']", "true"],
  ])("one %s: no row of a money table, total, projection or note", async (_, streams, amounts) => {
    const { id } = await makeUser();
    await owner.unsafe(`
      insert into access (user_id, creator_id, via, role, streams, amounts)
      values ('${id}', '${victim.creatorId}', 'representation:${randomUUID()}', 'viewer', ${streams}, ${amounts})`);
    expect(Object.keys(await visible({ userId: id })).sort()).toEqual(WITHOUT_AMOUNTS);
  });

  it("one whose access has ended: nothing", async () => {
    const { id } = await makeUser();
    await owner.unsafe(`
      insert into access (user_id, creator_id, via, role, until)
      values ('${id}', '${victim.creatorId}', 'representation:${randomUUID()}', 'owner', now() - interval '1 second')`);
    expect(await visible({ userId: id })).toEqual({});
  });
});

describe("who changes what", () => {
  /** Done with no row, or refused: the rows are out of reach either way. */
  const harmless = expect.stringMatching(/^(42501|done 0)$/);

  it("a stranger, a former member and nobody: not one row, by any verb, in any table", async () => {
    const before = await hashOfCreator(owner, victim.creatorId);
    for (const viewer of [{ userId: stranger.user.id }, { userId: victim.formerUserId }, {}]) {
      for (const [name, verbs] of Object.entries(await outcomes(viewer))) {
        expect([name, verbs]).toEqual([
          name,
          { insert: "42501", update: harmless, move: "42501", delete: "42501", truncate: "42501" },
        ]);
      }
    }
    expect(await hashOfCreator(owner, victim.creatorId)).toBe(before);
  });

  it("the owner himself: may delete nothing, and move no row to another creator of his", async () => {
    await owner`
      insert into access (user_id, creator_id, via, role) values (${victim.user.id}, ${stranger.creatorId}, 'test', 'owner')`;
    for (const [name, verbs] of Object.entries(await outcomes({ userId: victim.user.id }))) {
      expect([name, verbs]).toMatchObject([name, { move: "42501", delete: "42501", truncate: "42501" }]);
    }
    await owner`delete from access where via = 'test'`;
  });

  it("one who may only look, or sees no amounts: writes nothing but the audit note of his act", async () => {
    const { id } = await makeUser();
    await owner`
      insert into access (user_id, creator_id, via, role, amounts)
      values (${id}, ${victim.creatorId}, ${`representation:${randomUUID()}`}, 'editor', false)`;
    const money = tables
      .map(({ name }) => name)
      .filter((name) => !WITHOUT_AMOUNTS.includes(name) && name !== "audit_log");
    const looker = victim.looker.kind === "person" ? victim.looker.userId : "";
    for (const [viewer, names] of [
      [{ userId: looker }, tables.map(({ name }) => name).filter((name) => name !== "audit_log")],
      [{ userId: id }, money],
    ] as const) {
      const found = await outcomes(viewer);
      for (const name of names) {
        expect([name, found[name]]).toEqual([
          name,
          { insert: "42501", update: harmless, move: "42501", delete: "42501", truncate: "42501" },
        ]);
      }
    }
  });

  it("nobody writes what the database keeps: totals, postings, rollups, months of traffic, access, members", async () => {
    const found = await outcomes({ userId: victim.user.id });
    for (const name of ["totals", "postings", "rollups", "traffic_months", "access", "members"])
      expect([name, found[name]?.insert]).toEqual([name, "42501"]);
  });
});
