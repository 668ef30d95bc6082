import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as alerts from "../../db/alerts";
import * as goals from "../../db/goals";
import * as receipts from "../../db/receipts";
import { postgresArguments } from "../../lib/cli/urls.mjs";
import { operatorOf } from "../factories";
import { ownerUrl } from "../setup/database";
import { makeDeal, makePayout, makeStudio } from "../studio";

const data = mkdtempSync(path.join(tmpdir(), "permille-alerts-"));
process.env.PERMILLE_DATA = data;
const { queueAlerts, raiseAlerts } = await import("../../lib/server/alerts");
const { startJobs, stopJobs } = await import("../../lib/server/jobs");

const owner = postgres(...postgresArguments(ownerUrl, { max: 1 }));
afterAll(async () => {
  await owner.end();
  rmSync(data, { recursive: true });
});

/** 100.00 of January 2026 for rewards, long late; another payout came, so receipts are kept. */
async function makeLateStudio() {
  const studio = await makeStudio();
  const { viewer, creatorId, channelId } = studio;
  const chainId = await makePayout(viewer, creatorId, { channelId });
  const paid = await makePayout(viewer, creatorId, { channelId, stream: "ads" });
  await receipts.record(viewer, creatorId, {
    ...{
      id: randomUUID(),
      receivedOn: "2026-02-20",
      minor: 10_000n,
      currency: "USD",
      feeMinor: 0n,
      rate: null,
    },
    ...{ note: "", allocations: [{ chainId: paid, minor: 10_000n }] },
  });
  return { ...studio, chainId };
}

/** As a mail program reads it: without folded headers and quoted-printable. */
function plainOf(mail: string): string {
  return mail.replaceAll("\r\n", "\n").replace(/=\n/g, "").replace(/\n /g, " ");
}

const raise = (creatorId: string) => raiseAlerts(operatorOf, { creatorId });

describe("the nightly look", () => {
  it("raises late money once, and ends the alert when the money came", async () => {
    const { viewer, creatorId, chainId } = await makeLateStudio();
    const dealId = await makeDeal(viewer, creatorId, { state: "invoiced" });
    for (let twice = 0; twice < 2; twice++) await raise(creatorId);
    const list = async () =>
      (await alerts.list(viewer, creatorId)).map(({ kind, subject }) => `${kind} ${subject}`).sort();
    expect(await list()).toEqual([`late_deal deal:${dealId}`, `late_payout payout:${chainId}`]);
    await receipts.record(viewer, creatorId, {
      ...{
        id: randomUUID(),
        receivedOn: "2026-03-20",
        minor: 10_000n,
        currency: "USD",
        feeMinor: 0n,
        rate: null,
      },
      ...{ note: "", allocations: [{ chainId, minor: 10_000n }] },
    });
    await raise(creatorId);
    expect(await list()).toEqual([`late_deal deal:${dealId}`]);
  });

  it("sees a goal at risk where the months to come are known and bring too little", async () => {
    const { viewer, creatorId, channelId } = await makeStudio();
    const now = new Date().toISOString().slice(0, 7);
    await goals.record(viewer, creatorId, {
      ...{
        id: randomUUID(),
        fromMonth: now,
        toMonth: now,
        stream: null,
        minor: 900_000_000n,
        currency: "USD",
        note: "",
      },
    });
    await raise(creatorId);
    // Nothing to project from is no reason for an alarm.
    expect(await alerts.list(viewer, creatorId)).toEqual([]);
    for (let back = 1; back <= 6; back++) {
      const first = new Date(Date.UTC(Number(now.slice(0, 4)), Number(now.slice(5)) - 1 - back, 1));
      const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0));
      const [fromDay, toDay] = [first, last].map((day) => day.toISOString().slice(0, 10));
      await makePayout(viewer, creatorId, {
        channelId,
        stream: "subscription",
        fromDay: fromDay!,
        toDay: toDay!,
      });
    }
    await raise(creatorId);
    expect((await alerts.list(viewer, creatorId)).map(({ kind }) => kind)).toEqual(["goal_at_risk"]);
  });
});

describe("the mail about it", () => {
  beforeAll(() => startJobs());
  afterAll(() => stopJobs());

  it("goes once to each member, with a way to switch its kind off, however often the look is taken", async () => {
    vi.spyOn(console, "log").mockImplementation(() => {});
    const { creatorId, user } = await makeLateStudio();
    for (let twice = 0; twice < 2; twice++) {
      await queueAlerts(creatorId);
      await vi.waitFor(
        async () => {
          const [open] = await owner`select count(*)::int as jobs from pgboss.job
            where name in ('alerts', 'alert-mails') and state in ('created', 'active', 'retry')
              and data->>'creatorId' = ${creatorId}`;
          const [done] = await owner`select count(*)::int as jobs from pgboss.job
            where name = 'alerts' and state = 'completed' and data->>'creatorId' = ${creatorId}`;
          expect([open?.jobs, done?.jobs]).toEqual([0, twice + 1]);
        },
        { timeout: 15_000, interval: 100 },
      );
    }
    const mails = readdirSync(path.join(data, "mails"))
      .map((file) => plainOf(readFileSync(path.join(data, "mails", file), "utf8")))
      .filter((mail) => mail.includes(`To: ${user.email}`));
    expect(mails).toHaveLength(1);
    const [mail = ""] = mails;
    expect(mail).toContain("Subject: Mira Cooks: Platform rewards, TikTok has not arrived");
    expect(mail).toMatch(/^List-Unsubscribe: <http:\/\/localhost:3000\/api\/alerts\//m);
    expect(mail).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
    expect(mail).toMatch(/^http:\/\/localhost:3000\/alerts\/[\w-]+\.[\w-]+$/m);
    expect(mail).toMatch(/^Message-ID: <[\w.-]+@permille>$/m);
  });
});
