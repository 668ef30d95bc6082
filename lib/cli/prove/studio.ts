import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import net from "node:net";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { NEXT } from "../build.mjs";
import { ROOT } from "../places.mjs";
import { openVisitor, type Page, type Visitor } from "./visitor";

/** A signed-in visitor with a creator of his own, and the page where payouts are logged. */
export interface Studio {
  visitor: Visitor;
  cookies: Map<string, string>;
  creatorId: string;
  payoutPage: Page;
}

/** Makes an account and a creator the way a person does. */
export async function openStudio(baseUrl: string): Promise<Studio> {
  const cookies = new Map<string, string>();
  const visitor = openVisitor(baseUrl, cookies);
  const person = {
    name: "Proof",
    email: `${randomUUID()}@example.com`,
    password: `quiet otters ${randomUUID()}`,
  };
  await visitor.submit(await visitor.get("/sign-up"), person);
  const page = await visitor.submit(await visitor.get("/creators/new"), {
    name: "Proof",
    currency: "USD",
    timeZone: "UTC",
  });
  const creatorId = page.path.match(/\/creators\/([0-9a-f-]{36})/)?.[1];
  if (!creatorId) throw new Error(`No creator was made: ${page.path} answered ${page.status}.`);
  return { visitor, cookies, creatorId, payoutPage: await visitor.get(`/creators/${creatorId}/payouts/new`) };
}

/** A payout as its form sends it. */
export function payoutFields(id: string, amount: string): Record<string, string> {
  return {
    id,
    amount,
    currency: "USD",
    stream: "rewards",
    month: "2026-01",
    state: "final",
    kind: "earning",
  };
}

/** Serves the build on a port; resolves when it listens. */
export async function serve(port: number, environment: Record<string, string>): Promise<ChildProcess> {
  const server = spawn(process.execPath, [NEXT, "start", "-H", "127.0.0.1", "-p", String(port)], {
    cwd: ROOT,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", ...environment },
  });
  await Promise.race([
    listening(port),
    once(server, "exit").then(() => {
      throw new Error("The server ended before it listened.");
    }),
  ]);
  return server;
}

export async function freePort(): Promise<number> {
  const probe = net.createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

export async function listening(port: number): Promise<void> {
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = net.connect({ host: "127.0.0.1", port });
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (isOpen) return;
    await wait(30);
  }
}

/** Where a temporary data folder's logs go. */
export const logOf = (folder: string) => path.join(folder, "migrate.log");
