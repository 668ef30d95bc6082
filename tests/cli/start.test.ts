import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { temporaryCluster } from "../../lib/cli/embedded.mjs";
import { goneWithin, signatureOf } from "../../lib/cli/process.mjs";
import { databaseUrl } from "../../lib/cli/urls.mjs";
import { type Checkout, follow, freePort, makeCheckout, visit } from "./checkout";

let checkout: Checkout;
beforeEach(() => {
  checkout = makeCheckout();
});
afterEach(() => checkout.remove());

const READY = "Permille is ready";
const postmaster = () =>
  Number.parseInt(readFileSync(path.join(checkout.place(), "pg", "postmaster.pid"), "utf8"), 10);

describe("npm start", () => {
  test("serves from nothing, names its steps, and stops with code 0 leaving no process behind", async () => {
    const port = await freePort();
    const start = checkout.start(port);
    await start.printed(READY);
    const { visits, pid, address } = await visit(port);
    expect(visits).toBe(1);
    expect(address).toBe(`http://localhost:${port}`);
    const steps = [...start.output().matchAll(/^\d\/6/gm)].map(String);
    expect(steps).toEqual(["1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
    expect(statSync(path.join(checkout.folder, ".data", "secret")).mode & 0o777).toBe(0o600);
    const database = postmaster();

    start.child.kill("SIGTERM");
    expect((await start.ended).code).toBe(0);
    expect(signatureOf(pid)).toBeNull();
    expect(signatureOf(database)).toBeNull();
  });

  test("a second start on the same data is refused, naming the holder; the first is undisturbed", async () => {
    const [port, other] = [await freePort(), await freePort()];
    const first = checkout.start(port);
    await first.printed(READY);
    const second = await checkout.start(other).ended;
    expect(second.code).toBe(1);
    expect(second.output).toContain(`npm start (process ${first.pid}, since `);
    expect(second.output).toContain(`http://localhost:${port}`);
    expect((await visit(port)).visits).toBe(1);
  });

  test("of five starts at once on new data exactly one serves", async () => {
    const ports = await Promise.all(Array.from({ length: 5 }, freePort));
    const runs = ports.map((port) => checkout.start(port));
    const outcomes = await Promise.all(
      runs.map((run) =>
        Promise.race([run.printed(READY).then(() => "serves"), run.ended.then(() => "refused")]),
      ),
    );
    expect(outcomes.sort()).toEqual(["refused", "refused", "refused", "refused", "serves"]);
  });

  test("after kill -9 of the start alone the next one recovers: nothing lost, no second server", async () => {
    const port = await freePort();
    const first = checkout.start(port);
    await first.printed(READY);
    const before = await visit(port);
    const database = postmaster();
    first.child.kill("SIGKILL");
    await first.exited;

    const second = checkout.start(port);
    await second.printed(READY);
    const after = await visit(port);
    expect(after.visits).toBe(2);
    expect(after.pid).not.toBe(before.pid);
    expect(signatureOf(before.pid)).toBeNull();
    expect(signatureOf(database)).toBeNull();
  });

  test("a server that hangs after its start was killed is ended, so that its port is free again", async () => {
    const port = await freePort();
    const first = checkout.start(port);
    await first.printed(READY);
    const before = await visit(port);
    process.kill(before.pid, "SIGSTOP");
    first.child.kill("SIGKILL");
    await first.exited;

    await checkout.start(port).printed(READY);
    expect((await visit(port)).visits).toBe(2);
    expect(signatureOf(before.pid)).toBeNull();
  });

  test("after kill -9 of everything the next start recovers what was acknowledged", async () => {
    const port = await freePort();
    const first = checkout.start(port);
    await first.printed(READY);
    const server = (await visit(port)).pid;
    for (const pid of [first.pid, server, postmaster()]) process.kill(pid, "SIGKILL");
    await first.exited;

    await checkout.start(port).printed(READY);
    expect((await visit(port)).visits).toBe(2);
  });

  test("an occupied port is told in one sentence before anything slow happens", async () => {
    const port = await freePort();
    const taken = net.createServer();
    await new Promise<void>((resolve) => taken.listen(port, "127.0.0.1", resolve));
    const run = await checkout.start(port).ended;
    taken.close();
    expect(run.code).toBe(1);
    expect(run.output).toContain(`Port ${port} on 127.0.0.1 is in use by another program`);
    expect(existsSync(path.join(checkout.place(), "pg"))).toBe(false);
  });

  test("an unreachable database is told with its host and without its password", async () => {
    const port = await freePort();
    const run = await checkout.start(port, { DATABASE_URL: "postgres://me:hunter2@127.0.0.1:1/x" }).ended;
    expect(run.code).toBe(1);
    expect(run.output).toContain(
      "The database at 127.0.0.1:1 (DATABASE_URL) cannot be reached, the connection was refused",
    );
    expect(run.output).not.toContain("hunter2");
  });

  test("with DATABASE_URL it serves from that server, and says in words when that does not let it in", async () => {
    const external = await temporaryCluster();
    const wrong = new URL(external.ownerUrl);
    wrong.password = "hunter2";
    const attempts = [
      [wrong.href, "refuses this user or password"],
      [databaseUrl(external.ownerUrl, "nowhere"), "has no database of that name"],
    ] as const;
    for (const [url, sentence] of attempts) {
      const { code, output } = await checkout.start(await freePort(), { DATABASE_URL: url }).ended;
      expect(code).toBe(1);
      expect(output).toContain(sentence);
      expect(output).not.toContain("hunter2");
    }
    const port = await freePort();
    const start = checkout.start(port, { DATABASE_URL: external.ownerUrl });
    await start.printed(READY);
    expect((await visit(port)).visits).toBe(1);
    start.child.kill("SIGTERM");
    expect((await start.ended).code).toBe(0);
    expect(signatureOf(external.pid)).not.toBeNull();
    await external.stop();
  });

  test("data of another major version are refused and left as they are", async () => {
    const port = await freePort();
    const start = checkout.start(port);
    await start.printed(READY);
    start.child.kill("SIGTERM");
    await start.ended;
    const version = path.join(checkout.place(), "pg", "PG_VERSION");
    writeFileSync(version, "17\n");
    const run = await checkout.start(port).ended;
    expect(run.code).toBe(1);
    expect(run.output).toContain("belong to PostgreSQL 17 and this Permille brings 18");
    expect(readFileSync(version, "utf8")).toBe("17\n");
  });

  test("a start that died while making the data leaves no half-made database", async () => {
    const port = await freePort();
    const first = checkout.start(port, { PORT: "70000" });
    expect((await first.ended).output).toContain('PORT is "70000"');
    mkdirSync(path.join(checkout.folder, ".data"), { recursive: true });
    const second = checkout.start(port);
    await second.printed("making a new database");
    second.child.kill("SIGKILL");
    await second.exited;
    await checkout.start(port).printed(READY);
    expect((await visit(port)).visits).toBe(1);
  });

  test("it stops when the npm that started it is killed", async () => {
    const port = await freePort();
    const script = `const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, ["lib/cli/start.mjs"], { stdio: "inherit" });
      console.log("start is " + child.pid);`;
    const env = {
      ...process.env,
      PORT: String(port),
      PERMILLE_SERVE: "serve-stub.mjs",
      PERMILLE_SYSTEM: checkout.system,
    };
    const npm = follow(spawn(process.execPath, ["-e", script], { cwd: checkout.folder, env }));
    await npm.printed(READY);
    const start = Number(/start is (\d+)/.exec(npm.output())?.[1]);
    const server = (await visit(port)).pid;
    npm.child.kill("SIGKILL");
    expect(await goneWithin(start, 10_000)).toBe(true);
    expect(signatureOf(server)).toBeNull();
    await npm.ended;
  });

  test("a server that dies takes the start down with a code that says so, database closed", async () => {
    const port = await freePort();
    const start = checkout.start(port);
    await start.printed(READY);
    const database = postmaster();
    process.kill((await visit(port)).pid, "SIGKILL");
    const { code, output } = await start.ended;
    expect(code).toBe(1);
    expect(output).toContain("The server ended by itself (SIGKILL)");
    expect(signatureOf(database)).toBeNull();
  });
});

describe("other commands", () => {
  test("use the running server's database, or open it, use it and close it", async () => {
    const port = await freePort();
    const start = checkout.start(port);
    await start.printed(READY);
    await visit(port);
    const during = await checkout.run("run.mjs", ["probe", "a word"]).ended;
    expect(during.output).toContain('{"visits":2,"words":["a word"]}');
    start.child.kill("SIGTERM");
    await start.ended;

    const after = await checkout.run("run.mjs", ["probe"]).ended;
    expect(after.code).toBe(0);
    expect(after.output).toContain('{"visits":3,"words":[]}');
    expect(existsSync(path.join(checkout.place(), "pg", "postmaster.pid"))).toBe(false);
  });

  test("two at once share one database", async () => {
    const runs = await Promise.all([1, 2, 3].map(() => checkout.run("run.mjs", ["probe"]).ended));
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    const counts = runs.map(({ output }) => /"visits":(\d)/.exec(output)?.[1]);
    expect(counts.includes("3")).toBe(true);
  });

  test("an unknown command is named", async () => {
    const { code, output } = await checkout.run("run.mjs", ["nonsense"]).ended;
    expect(code).toBe(1);
    expect(output).toContain('There is no command "nonsense"');
  });
});
