import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { ensureBuild } from "../build.mjs";
import { databaseEnvironment, migrateDatabase } from "../database.mjs";
import { temporaryCluster } from "../embedded.mjs";
import type { Proof } from "../prove";
import { databaseUrl, postgresArguments } from "../urls.mjs";
import { freePort, logOf, openStudio, payoutFields, serve } from "./studio";
import { openVisitor } from "./visitor";

const PARALLEL = 100;

/**
 * M1: one payout's form is sent 100 times at once to two server processes on one database. Exactly one row, 100
 * equal answers; then the same id with another amount is refused and writes nothing. `n` = rounds.
 */
export async function proveM1(n: number, _seed: number): Promise<Proof> {
  await ensureBuild((note) => console.error(`${note} …`));
  const violations: string[] = [];
  const cluster = await temporaryCluster({ durable: true });
  const data = mkdtempSync(path.join(tmpdir(), "permille-prove-"));
  const outside = postgres(...postgresArguments(databaseUrl(cluster.superUrl, "permille"), { max: 1 }));
  const ports = [await freePort(), await freePort()];
  const servers = [];
  try {
    const environment = databaseEnvironment({ ownerUrl: cluster.ownerUrl, secret: cluster.secret, data });
    await migrateDatabase(environment, logOf(data));
    for (const port of ports) {
      servers.push(await serve(port, { ...environment, NEXTAUTH_URL: `http://localhost:${ports[0]}` }));
    }
    const { cookies, creatorId, payoutPage } = await openStudio(`http://localhost:${ports[0]}`);
    const visitors = ports.map((port) => openVisitor(`http://localhost:${port}`, cookies));

    for (let round = 0; round < n; round++) {
      const id = randomUUID();
      const answers = await Promise.all(
        Array.from({ length: PARALLEL }, async (_, i) =>
          visitors[i % visitors.length]!.call(payoutPage, payoutFields(id, "12.34")).catch(
            (error) => `${error}`,
          ),
        ),
      );
      const different = new Set(answers);
      if (different.size !== 1 || !answers[0]!.includes('"done"')) {
        violations.push(
          `round ${round}: ${different.size} different answers: ${[...different].join(" | ").slice(0, 300)}`,
        );
      }
      const other = await visitors[0]!.call(payoutPage, payoutFields(id, "99.99"));
      if (!other.includes('"invalid"'))
        violations.push(`round ${round}: another amount was not refused: ${other}`);
      const rows = await outside`select minor from payouts where creator_id = ${creatorId} and id = ${id}`;
      if (rows.length !== 1 || rows[0]?.minor !== "1234") {
        violations.push(`round ${round}: ${rows.length} rows, ${rows[0]?.minor} minor units`);
      }
    }
    const [sum] =
      await outside`select sum(minor) as minor, sum(entries) as entries from totals where creator_id = ${creatorId}`;
    if (sum?.minor !== String(1234 * n) || sum?.entries !== String(n)) {
      violations.push(`the totals say ${sum?.entries} entries of ${sum?.minor} minor units`);
    }
    return { n, violations, figures: { submits: n * PARALLEL } };
  } finally {
    for (const server of servers) server.kill("SIGKILL");
    await outside.end({ timeout: 5 });
    await cluster.stop();
    rmSync(data, { recursive: true, force: true });
  }
}
