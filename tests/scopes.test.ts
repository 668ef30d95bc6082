import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conn, transaction } from "../db/client";
import * as payouts from "../db/payouts";
import * as totals from "../db/totals";
import { AppError } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { MATRIX, type Row } from "./access-matrix";
import { leaksIn, makeScoped, PERSONAS, type Scoped } from "./scopes";
import { AGENCY_TABLES, connectOwner, hashOfCreator, listTenantTables, type Sql } from "./setup/catalogue";

// Every function of db/ that takes a viewer, asked by everybody whom an agency shows a part of a creator: what comes
// back, an answer or a refusal, holds nothing of the rest.

let owner: Sql;
let scoped: Scoped;

beforeAll(async () => {
  owner = connectOwner();
  scoped = await makeScoped(owner);
});
afterAll(() => owner.end());

const everybody = Object.entries(PERSONAS);
const rows = Object.entries(MATRIX);

describe("what is planted", () => {
  it("is found by the creator's owner and by one who is shown it, so that its absence elsewhere says something", async () => {
    const found = async (viewer: Viewer) => {
      const seen = new Set<string>();
      for (const [, row] of rows)
        for (const each of leaksIn((await told(viewer, row)).text, [
          "house",
          "notes",
          "others",
          "ads",
          "all",
        ]))
          seen.add(each);
      return [...seen].sort();
    };
    expect(await found(scoped.studio.viewer)).toEqual(["ads", "all", "house", "notes", "others"]);
    expect(await found(person("a manager, everything, to look at"))).toEqual([
      "ads",
      "all",
      "notes",
      "others",
    ]);
    expect(await found(person("a manager, ads alone"))).toEqual(["ads", "all", "notes"]);
    expect(await found(person("an admin without amounts"))).toEqual(["all"]);
  });
});

describe("of ads alone", () => {
  it("the list is what counts, an entry that was corrected into another stream is not, and sums to its total", async () => {
    const viewer = person("a manager, ads alone");
    const { creatorId } = scoped.studio;
    const { rows: listed } = await payouts.list(viewer, creatorId);
    expect(listed.map(({ stream, minor, paidMinor }) => [stream, minor, paidMinor])).toEqual([
      ["ads", 424_200n, null],
    ]);
    const { money } = await totals.byMonth(viewer, creatorId);
    expect(money.map(({ stream, finalMinor }) => [stream, finalMinor])).toEqual([["ads", 424_200n]]);
  });

  it("a note that is not shared is not found by its words either", async () => {
    const search = async (name: string) => {
      const filter = { search: "canary-note" };
      return (await payouts.list(person(name), scoped.studio.creatorId, { filter })).total;
    };
    expect(await search("a manager, ads alone")).toBe(1);
    expect(await search("an admin, ads without notes")).toBe(0);
    expect(await search("an admin, everything but notes, to edit")).toBe(0);
  });
});

describe("one who corrects what has a note he is not shown", () => {
  it("leaves the note as it was, whatever he sends", async () => {
    const viewer = person("an admin, everything but notes, to edit");
    const { creatorId } = scoped.studio;
    await rolledBack(viewer, async () => {
      const [old] = (await payouts.list(viewer, creatorId, { filter: { stream: "ads" } })).rows;
      const id = crypto.randomUUID();
      const { stream, format, state, fromDay, toDay, currency, channelId } = old!;
      const body = { stream, format, state, fromDay, toDay, currency, channelId, kind: "earning" as const };
      await payouts.record(viewer, creatorId, { ...body, id, minor: 1n, note: "mine", replaces: old!.id });
      expect((await payouts.get(viewer, creatorId, id)).note).toBeNull();
      const kept = await conn().execute(sql`select note from payouts where id = ${id}`);
      expect([...kept]).toEqual([{ note: "canary-note" }]);
    });
  });
});

describe.each(everybody)("%s", (name, { hides, scope }) => {
  it("is told nothing of what is kept from him, by no answer and no refusal", async () => {
    const leaks: string[] = [];
    for (const [call, row] of rows) {
      const { text, raw } = await told(person(name), row);
      if (raw) leaks.push(`${call} failed: ${text}`);
      leaks.push(...leaksIn(text, hides).map((hidden) => `${call} tells ${hidden}`));
    }
    expect(leaks).toEqual([]);
  });

  it("changes nothing beyond what was granted to him", async () => {
    const mayWrite =
      scope.mayEdit && scope.streams === null && scope.amounts && PERSONAS[name]?.role !== "assistant";
    const done: string[] = [];
    for (const [call, row] of rows) {
      if (row.needs === "read" || row.needs === "nothing" || (row.needs === "write" && mayWrite)) continue;
      if (!(await told(person(name), row)).isRefused) done.push(call);
    }
    expect(done).toEqual([]);
  });
});

// Row-level security is taken down in this file's own database: what is kept back now, the WHERE keeps back.
describe("the first wall alone", () => {
  beforeAll(async () => {
    const names = (await listTenantTables(owner)).map(({ name }) => name);
    for (const name of [...names, ...AGENCY_TABLES])
      await owner.unsafe(`alter table "${name}" disable row level security`);
  });

  const partly = everybody.filter(([, { gone }]) => gone === undefined);

  it.each(partly)("tells %s nothing of what is kept from him", async (name, { hides }) => {
    const before = await hashOfCreator(owner, scoped.studio.creatorId);
    const leaks: string[] = [];
    for (const [call, row] of rows.filter(([, { isInside }]) => !isInside))
      for (const hidden of leaksIn((await told(person(name), row)).text, hides))
        leaks.push(`${call} tells ${hidden}`);
    expect(leaks).toEqual([]);
    expect(await hashOfCreator(owner, scoped.studio.creatorId)).toBe(before);
  });
});

function person(name: string): Viewer {
  const found = scoped.people[name];
  if (!found) throw new Error(`Nobody is ${name}.`);
  return found.viewer;
}

interface Told {
  text: string;
  isRefused: boolean;
  /** no refusal of ours */
  raw: boolean;
}

/** All that a call lets the viewer know, as text. What it changed is taken back. */
async function told(viewer: Viewer, row: Row): Promise<Told> {
  try {
    const answer = await rolledBack(viewer, () => row.call(viewer, scoped.studio));
    return { text: textOf(answer), isRefused: false, raw: false };
  } catch (error) {
    const { message, fields, current } = error as AppError;
    return { text: textOf([message, fields, current]), isRefused: true, raw: !(error instanceof AppError) };
  }
}

function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, part) => (typeof part === "bigint" ? part.toString() : part)) ?? "";
}

const undo = Symbol("undo");

async function rolledBack(viewer: Viewer, work: () => unknown): Promise<unknown> {
  let result: unknown;
  await transaction(viewer, async () => {
    result = await work();
    throw undo;
  }).catch((error: unknown) => {
    if (error !== undo) throw error;
  });
  return result;
}
