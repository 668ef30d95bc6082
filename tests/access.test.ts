import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { transaction } from "../db/client";
import { AppError } from "../lib/errors";
import type { Viewer } from "../lib/model/access";
import { NO_CALL, WITHOUT_VIEWER } from "./access-exceptions";
import { MATRIX, type Row } from "./access-matrix";
import { makeUser, operatorOf, viewerOf } from "./factories";
import { AGENCY_TABLES, connectOwner, hashOfCreator, listTenantTables, type Sql } from "./setup/catalogue";
import { type FullStudio, makeFullStudio } from "./studio";

// Every row of the denial matrix, tried by everyone who must not.

let owner: Sql;
let victim: FullStudio;
let ghost: FullStudio;
let outsiders: Readonly<Record<string, Viewer>>;
let untouched: string;

beforeAll(async () => {
  owner = connectOwner();
  victim = await makeFullStudio();
  const stranger = await makeFullStudio();
  outsiders = {
    "somebody without an account": viewerOf({ id: randomUUID() }),
    "somebody without a creator": viewerOf(await makeUser()),
    "the owner of another creator": stranger.viewer,
    "a former editor": victim.former,
    "the operator at another creator": operatorOf(stranger.creatorId),
  };
  ghost = ghostOf(victim);
  untouched = await hashOfCreator(owner, victim.creatorId);
});

afterAll(async () => {
  await owner.end();
});

describe("the matrix", () => {
  it("has a row for every function of db/ that takes a viewer, and none that is gone", async () => {
    const folder = path.join(import.meta.dirname, "../db");
    const nouns = readdirSync(folder)
      .map((file) => file.replace(/\.ts$/, ""))
      .filter((noun) => !(noun in WITHOUT_VIEWER));
    const exported: string[] = [];
    for (const noun of nouns) {
      const module: Record<string, unknown> = await import(`../db/${noun}.ts`);
      exported.push(...Object.keys(module).map((name) => `${noun}.${name}`));
    }
    expect([...Object.keys(MATRIX), ...Object.keys(NO_CALL)].sort()).toEqual(exported.sort());
    const files = new Set(readdirSync(folder).map((file) => file.replace(/\.ts$/, "")));
    expect(Object.keys(WITHOUT_VIEWER).filter((noun) => !files.has(noun))).toEqual([]);
  });
});

describe.each(Object.entries(MATRIX))("%s", (_name, row) => {
  const { needs, call, denied = "not_found", refused, makes, hidden } = row;

  it("gives nothing to outsiders, and changes nothing for them", () => tryOutsiders(row));

  it("gives nothing without a viewer", async () => {
    expect(await outcomeOf(() => call(undefined as unknown as Viewer, victim))).toMatch(/^TypeError/);
    await expectUntouched();
  });

  it("answers a stranger the same for what is not his and for what is not there", async () => {
    const stranger = outsiders["the owner of another creator"]!;
    const notHis = await outcomeOf(() => call(stranger, victim));
    const notThere = await outcomeOf(() => rolledBack(stranger, () => call(stranger, ghost)));
    expect(notThere).toBe(makes ? "something" : notHis);
  });

  it("is refused to members without the role, and changes nothing for them", async () => {
    const without = { read: [], nothing: [], write: [victim.looker], manage: [victim.looker, victim.editor] };
    const refusedTo = needs === "operator" ? [victim.looker, victim.editor, victim.viewer] : without[needs];
    for (const viewer of refusedTo) {
      expect(await outcomeOf(() => call(viewer, victim))).toEqual(
        oneOf([hidden ? "not_found" : "forbidden"]),
      );
    }
    await expectUntouched();
  });

  it("works for those with the role, so that a denial above is no mistake in the call", async () => {
    const right = {
      read: [victim.viewer, victim.editor, victim.looker],
      write: [victim.viewer, victim.editor],
      manage: [victim.viewer],
      operator: [operatorOf(victim.creatorId)],
      nothing: [victim.viewer],
    }[needs];
    const expected = needs === "nothing" ? [denied] : ["something", "nothing", ...(refused ? [refused] : [])];
    for (const viewer of right) {
      expect(await outcomeOf(() => rolledBack(viewer, () => call(viewer, victim)))).toEqual(oneOf(expected));
    }
    await expectUntouched();
  });
});

// Row-level security is taken down in this file's own database: what is refused now, the WHERE and `demand` refuse.
describe("the first wall alone", () => {
  beforeAll(async () => {
    const names = (await listTenantTables(owner)).map(({ name }) => name);
    for (const name of [...names, ...AGENCY_TABLES])
      await owner.unsafe(`alter table "${name}" disable row level security`);
  });

  const own = Object.entries(MATRIX).filter(([, { isInside }]) => !isInside);

  it.each(own)("%s gives nothing to outsiders, and changes nothing for them", (_name, row) =>
    tryOutsiders(row),
  );
});

async function tryOutsiders({ needs, call, denied = "not_found" }: Row): Promise<void> {
  for (const [who, viewer] of Object.entries(outsiders)) {
    const outcome = await outcomeOf(() => call(viewer, victim));
    const allowed = needs === "operator" ? ["forbidden", "not_found"] : [denied];
    if (viewer.kind === "operator") allowed.push("forbidden");
    if (needs === "read" && denied === "not_found") allowed.push("nothing");
    expect([who, outcome]).toEqual([who, oneOf(allowed)]);
  }
  await expectUntouched();
}

/** What was changed once is not held against the next. */
async function expectUntouched(): Promise<void> {
  const before = untouched;
  untouched = await hashOfCreator(owner, victim.creatorId);
  expect(untouched).toBe(before);
}

/** An outcome of one of these kinds, with whatever message. */
function oneOf(kinds: readonly string[]) {
  return expect.stringMatching(new RegExp(`^(${kinds.join("|")})(:|$)`));
}

/** The same shape with ids of nothing. */
function ghostOf(studio: FullStudio): FullStudio {
  const ids = Object.entries(studio).map(([name, value]) => [
    name,
    name.endsWith("Id") ? randomUUID() : value,
  ]);
  return { ...studio, ...Object.fromEntries(ids) };
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

/** "something", "nothing", or "<code>: <message>" of the refusal. */
async function outcomeOf(work: () => unknown): Promise<string> {
  try {
    return isNothing(await work()) ? "nothing" : "something";
  } catch (error) {
    if (error instanceof AppError) return `${error.code}: ${error.message}`;
    return String(error);
  }
}

function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === 0) return true;
  if (Array.isArray(value)) return value.every(isNothing);
  return typeof value === "object" && Object.values(value).every(isNothing);
}
