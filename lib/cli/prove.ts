/**
 * `npm run prove -- ID [--n=…] [--seed=…]`: shows one promise by breaking things on purpose, checks the
 * database from outside, and prints one JSON line. Exits with 1 on any violation. Same seed, same schedule.
 */
import { execFileSync } from "node:child_process";
import { proveD6 } from "./prove/database-trouble";
import { proveM1 } from "./prove/double-submit";
import { proveD1 } from "./prove/process-death";
import { proveS2 } from "./prove/roster-run";
import { proveS1 } from "./prove/statement-death";

export interface Proof {
  n: number;
  violations: string[];
  figures: Record<string, number>;
}

const PROOFS: Record<string, { says: string; n: number; run: (n: number, seed: number) => Promise<Proof> }> =
  {
    D1: { says: "kill -9 of the server while clients write loses and doubles nothing", n: 100, run: proveD1 },
    D6: { says: "killed database backends lose, tear and resurrect nothing", n: 1_000, run: proveD6 },
    M1: {
      says: "100 parallel submits of one payout make one row and 100 equal answers",
      n: 200,
      run: proveM1,
    },
    S1: {
      says: "kill -9 of the worker makes no statement twice and loses no mail",
      n: 10,
      run: proveS1,
    },
    S2: {
      says: "a run over a thousand creators leaves pages quick and memory flat",
      n: 1_000,
      run: proveS2,
    },
  };

const [id = "", ...options] = process.argv.slice(2);
const proof = PROOFS[id];
if (!proof) {
  console.error(
    `Name a promise: ${Object.entries(PROOFS)
      .map(([name, { says }]) => `${name} (${says})`)
      .join("; ")}.`,
  );
  process.exit(2);
}
const n = numberOf("n") ?? proof.n;
const seed = numberOf("seed") ?? 1;
const begun = performance.now();
const { violations, figures, ...result } = await proof.run(n, seed);
for (const violation of violations.slice(0, 20)) console.error(violation);
console.log(
  JSON.stringify({
    id,
    ...result,
    violations: violations.length,
    ...figures,
    seed,
    commit: commit(),
    seconds: Math.round((performance.now() - begun) / 1000),
  }),
);
process.exit(violations.length === 0 ? 0 : 1);

function numberOf(name: string): number | null {
  const option = options.find((text) => text.startsWith(`--${name}=`));
  const value = Number(option?.slice(name.length + 3));
  return option && Number.isSafeInteger(value) && value > 0 ? value : null;
}

function commit(): string {
  try {
    return execFileSync("git", ["rev-parse", "--short", "HEAD"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return "unknown";
  }
}
