import { AsyncResource } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { transaction } from "../../db/client";
import * as creators from "../../db/creators";
import * as members from "../../db/members";
import * as payouts from "../../db/payouts";
import { standing } from "../../db/revisions";
import * as sample from "../../db/sample";
import { currencyOf } from "../../lib/model/money";
import { makeCast, makeMember, makeUser, viewerOf } from "../factories";
import { connectOwner, listTenantTables, type Sql } from "../setup/catalogue";
import { makePayout, makeStudio, newPayout } from "../studio";

/** Tables whose changes the key learns in another way, or that nothing shown is worked out from. */
const OTHERWISE: Readonly<Record<string, string>> = {
  access: "what the viewer may see is in the key itself",
  alert_choices: "no figure is made of them",
  alert_reads: "no figure is made of them",
  alerts: "made of figures, never the other way round",
  audit_log: "says what was done, adds nothing to a figure",
  commission_payments: "no figure of the creator's is made of them",
  commission_records: "kept by the triggers of what they are of",
  creators: "the creator's row is in the key itself",
  calendar_feeds: "no figure is made of them",
  handovers: "no figure is made of them",
  import_mappings: "no figure is made of them",
  invitations: "no figure is made of them",
  letters: "no figure is made of them",
  looks: "they say who looked, no figure is made of them",
  members: "they write access",
  notes: "no figure is made of them",
  pool_offsets: "others begin from them, nothing of the creator's own is made of them",
  postings: "kept by the payouts' own trigger",
  representations: "they write access",
  revisions: "this is it",
  statement_files: "made of figures, never the other way round",
  statement_mails: "no figure is made of them",
  statement_recipients: "no figure is made of them",
  statement_schedules: "no figure is made of them",
  statement_sends: "no figure is made of them",
  rollups: "kept by the payouts' own trigger",
  tasks: "no figure is made of them",
  statement_share_opens: "no figure is made of them",
  statement_shares: "made of figures, never the other way round",
  statements: "the month's closing revises it",
  totals: "kept by the payouts' own trigger",
  traffic_months: "kept by the traffic's own trigger",
  upload_parts: "no figure is made of them before they are imported",
  uploads: "no figure is made of them before they are imported",
};

/** Runs on a connection of its own, whatever transaction the caller is in. */
const outside = AsyncResource.bind(<T>(work: () => Promise<T>) => work());

let owner: Sql;
beforeAll(() => {
  owner = connectOwner();
});
afterAll(() => owner.end());

describe("the key, under which figures are remembered", () => {
  it("every table of a creator revises it, whichever verb the app has, or says why not", async () => {
    const rows = await owner<{ name: string; verbs: string[] }[]>`
      select c.relname as name, array_agg(case when t.tgtype & 4 > 0 then 'insert' else 'update' end order by t.tgname) as verbs
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_proc p on p.oid = t.tgfoid
      where p.proname = 'revise' and t.tgenabled = 'O' group by 1`;
    const revised = new Map(rows.map(({ name, verbs }) => [name, verbs]));
    for (const { name } of await listTenantTables(owner)) {
      if (name in OTHERWISE) continue;
      const [grants] = await owner<{ update: boolean }[]>`
        select has_any_column_privilege('permille_app', ${name}::regclass, 'update') as update`;
      expect([name, revised.get(name)]).toEqual([name, grants?.update ? ["insert", "update"] : ["insert"]]);
    }
  });

  it("is another after any change and the same without one, after a refused one and after a repeat", async () => {
    const { viewer, creatorId } = await makeStudio();
    const key = async () => (await standing(viewer, creatorId)).key;
    const empty = await key();
    expect(await key()).toBe(empty);
    const entry = newPayout({ id: randomUUID(), minor: 100n });
    await payouts.record(viewer, creatorId, entry);
    const paid = await key();
    await payouts.record(viewer, creatorId, entry);
    await expect(payouts.record(viewer, creatorId, { ...entry, minor: 200n })).rejects.toThrow();
    await expect(
      transaction(viewer, async () => {
        await makePayout(viewer, creatorId, { minor: 7n });
        throw new Error("changed its mind");
      }),
    ).rejects.toThrow("changed its mind");
    expect(await key()).toBe(paid);
    const { version, name, timeZone } = await creators.get(viewer, creatorId);
    await creators.update(viewer, { id: creatorId, name, timeZone, currency: currencyOf("EUR"), version });
    expect(new Set([empty, paid, await key()]).size).toBe(3);
  });

  it("never comes back among writers at once, and none of them waits for another", async () => {
    const { viewer, creatorId } = await makeStudio();
    const keys = [(await standing(viewer, creatorId)).key];
    for (let round = 0; round < 10; round++) {
      await Promise.all(
        Array.from({ length: 8 }, (_, each) =>
          makePayout(viewer, creatorId, {
            minor: BigInt(each + 1),
            fromDay: `2026-0${each + 1}-01`,
            toDay: `2026-0${each + 1}-01`,
          }),
        ),
      );
      keys.push((await standing(viewer, creatorId)).key);
    }
    expect(new Set(keys).size).toBe(11);
    await makePayout(viewer, creatorId, { minor: 1n });
    const [rows] = await owner`select count(*)::int as n from revisions where creator_id = ${creatorId}`;
    expect(rows?.n).toBe(1);
  });

  it("an open transaction does not hold up another writer of the same creator", async () => {
    const { viewer, creatorId } = await makeStudio();
    await makePayout(viewer, creatorId, { minor: 1n });
    await transaction(viewer, async () => {
      await makePayout(viewer, creatorId, { minor: 2n, fromDay: "2026-05-01", toDay: "2026-05-01" });
      await outside(() =>
        makePayout(viewer, creatorId, { minor: 3n, fromDay: "2026-06-01", toDay: "2026-06-01" }),
      );
    });
  });

  it("differs for one who is given or loses a right, and a stranger gets none", async () => {
    const { owner: boss, looker, stranger, former, creator } = await makeCast();
    const key = async (viewer: typeof boss) => (await standing(viewer, creator.id)).key;
    expect(await key(looker)).not.toBe(await key(boss));
    const { user, viewer } = await makeMember(boss, creator.id, "viewer");
    const before = await key(viewer);
    await members.changeRole(boss, { creatorId: creator.id, userId: user.id, role: "editor", version: 1 });
    expect(await key(viewer)).not.toBe(before);
    for (const outside of [stranger, former])
      await expect(key(outside)).rejects.toMatchObject({ code: "not_found" });
  });

  it("goes with the creator: a removed sample leaves nothing of it", async () => {
    const viewer = viewerOf(await makeUser());
    const id = randomUUID();
    const rows = async () => (await owner`select from revisions where creator_id = ${id}`).count;
    await sample.open(viewer, id);
    expect(await rows()).toBe(1);
    await sample.remove(viewer, id);
    expect(await rows()).toBe(0);
  });
});
