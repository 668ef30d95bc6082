import { setImmediate as turn } from "node:timers/promises";
import v8 from "node:v8";
import vm from "node:vm";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { conn, read, transaction } from "../../db/client";
import { makeUser, viewerOf } from "../factories";

it("a connection keeps nothing of the transactions that are over, or the server would grow with each request", async () => {
  v8.setFlagsFromString("--expose-gc");
  const collect = vm.runInNewContext("gc") as () => void;
  const viewer = viewerOf(await makeUser());
  const results: WeakRef<object>[] = [];
  for (const run of [transaction, read]) {
    for (let round = 0; round < 20; round++) {
      results.push(new WeakRef(await run(viewer, async () => conn().execute(sql`select 1`))));
    }
  }
  await turn();
  collect();
  expect(results.filter((result) => result.deref() !== undefined).length).toBeLessThan(4);
});

it("a query outside a transaction is refused: nobody would be looking", () => {
  expect(() => conn()).toThrow("A query outside a transaction");
});
