import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { acquire, announce, Held, presentIn } from "../../lib/cli/lock.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "permille-lock-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("of twenty contenders at once at most one holds the lock, in every one of ten rounds", async () => {
  for (let round = 0; round < 10; round++) {
    const tries = await Promise.allSettled(Array.from({ length: 20 }, () => acquire(folder, "data", {})));
    const held = tries.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(held.length).toBeLessThanOrEqual(1);
    for (const lock of held) lock.release();
  }
});

test("contenders that wait get it one after the other", async () => {
  let inside = 0;
  let most = 0;
  const turns = Array.from({ length: 5 }, async () => {
    const lock = await acquire(folder, "data", {}, { patienceMs: 20_000 });
    most = Math.max(most, ++inside);
    await new Promise((resolve) => setImmediate(resolve));
    inside--;
    lock.release();
  });
  await Promise.all(turns);
  expect(most).toBe(1);
});

test("who is refused learns who holds it, and a released lock leaves nothing behind", async () => {
  const lock = await acquire(folder, "data", { command: "npm start", url: "http://localhost:1" });
  const refused = await acquire(folder, "data", {}).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(Held);
  expect((refused as Held).holder).toMatchObject({
    pid: process.pid,
    command: "npm start",
    url: "http://localhost:1",
  });
  lock.release();
  expect(readdirSync(folder)).toEqual([]);
  (await acquire(folder, "data", {})).release();
});

test("any number may be announced under one name, and each is seen until it leaves", async () => {
  const [first, second] = [await announce(folder, "serving", {}), await announce(folder, "serving", {})];
  expect(await presentIn(folder, "serving")).toHaveLength(2);
  first.release();
  expect(await presentIn(folder, "serving")).toHaveLength(1);
  second.release();
});

test("a folder whose path is too long for a socket can be locked all the same", async () => {
  const deep = path.join(folder, "a".repeat(60), "b".repeat(60));
  const lock = await acquire(deep, "data", {});
  await expect(acquire(deep, "data", {})).rejects.toBeInstanceOf(Held);
  lock.release();
});
