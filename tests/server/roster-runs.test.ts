import { randomUUID } from "node:crypto";
import { unzipSync } from "fflate";
import postgres from "postgres";
import { afterAll, describe, expect, it } from "vitest";
import * as agencies from "../../db/agencies";
import * as representations from "../../db/representations";
import * as runs from "../../db/roster-runs";
import { postgresArguments } from "../../lib/cli/urls.mjs";
import { sourceInMemory } from "../../lib/import/source";
import { workbookTables } from "../../lib/import/xlsx";
import { openZip } from "../../lib/import/zip";
import type { Viewer } from "../../lib/model/access";
import type { Month } from "../../lib/model/month";
import { rosterTotals } from "../../lib/report/roster-xlsx";
import { linesAfter } from "../../lib/run-lines";
import { workOnRun, zipOf } from "../../lib/server/roster-runs";
import { makeUser, viewerOf } from "../factories";
import { ownerUrl } from "../setup/database";
import { makePayout, makeRepresentation, makeStudio, represent } from "../studio";

const owner = postgres(...postgresArguments(ownerUrl, { max: 1 }));
afterAll(() => owner.end());

const personOf = (userId: string) => viewerOf({ id: userId });

/** An agency with a creator of 100.00, one of 250.00, and one that shows rewards only. */
async function makeRoster() {
  const one = await makeStudio();
  await makePayout(one.viewer, one.creatorId, { minor: 10_000n });
  const { agencyId, admin, adminId } = await makeRepresentation(one.viewer, one.creatorId, { streams: null });
  const email = `${adminId}@x.example`;
  await owner`update users set email = ${email} where id = ${adminId}`;
  const two = await makeStudio();
  await makePayout(two.viewer, two.creatorId, { minor: 25_000n });
  const limited = await makeStudio();
  await makePayout(limited.viewer, limited.creatorId, { minor: 99_900n });
  for (const [studio, streams] of [
    [two, null],
    [limited, ["rewards" as const]],
  ] as const)
    await represent(
      { owner: studio.viewer, creatorId: studio.creatorId, admin, agencyId, email },
      { streams: streams && [...streams] },
    );
  return { agencyId, admin, adminId, one, two, limited };
}

async function begin(agency: { agencyId: string; admin: Viewer }): Promise<string> {
  const id = randomUUID();
  await runs.begin(agency.admin, agency.agencyId, {
    id,
    month: "2026-01" as Month,
    attachments: ["pdf", "xlsx"],
  });
  return id;
}

async function fetched(admin: Viewer, agencyId: string, runId: string): Promise<Record<string, Uint8Array>> {
  const { body } = await zipOf(admin, agencyId, runId);
  return unzipSync(new Uint8Array(await new Response(body).arrayBuffer()));
}

describe("a run over a roster", () => {
  it("is begun once by a form that is sent twice at the same moment", async () => {
    const { agencyId, admin } = await makeRoster();
    const run = { id: randomUUID(), month: "2026-01" as Month, attachments: ["pdf" as const] };
    await Promise.all([1, 2, 3].map(() => runs.begin(admin, agencyId, run)));
    expect(await runs.list(admin, agencyId)).toMatchObject([{ id: run.id, creators: 3 }]);
  });

  it("makes each statement once though two work on it, and its total 100.00 + 250.00 = 350.00 is the ledger's", async () => {
    const agency = await makeRoster();
    const { admin, agencyId, adminId: startedBy } = agency;
    const runId = await begin(agency);
    await expect(zipOf(admin, agencyId, runId)).rejects.toMatchObject({ code: "conflict" });
    await Promise.all([1, 2].map(() => workOnRun(personOf, { agencyId, runId, startedBy })));
    expect(await runs.get(admin, agencyId, runId)).toMatchObject({ creators: 3, made: 3, refused: 1 });
    const parts = await runs.parts(admin, agencyId, runId);
    const lines = parts.flatMap(({ row }) => row?.lines ?? []);
    expect(rosterTotals(linesAfter(lines, []))).toMatchObject([
      { currency: "USD", booked: "35000", earned: "35000", commission: "0", net: "35000" },
    ]);
    const [ledger] = await owner`select sum(minor)::text as minor from totals
      where creator_id in (${agency.one.creatorId}, ${agency.two.creatorId}) and booked_month = '2026-01'`;
    expect(ledger?.minor).toBe("35000");

    const files = await fetched(admin, agencyId, runId);
    expect(Object.keys(files)).toHaveLength(1 + 2 * 2);
    const [workbook] = Object.entries(files).filter(([name]) => name.includes("roster"));
    const [roster, without, by] = workbookTables(openZip(sourceInMemory(workbook![1])), false);
    const text = (sheet: typeof roster) =>
      JSON.stringify([...(sheet?.table.rows ?? [])].map(({ cells }) => cells));
    expect(text(roster)).toContain('"Total","USD","350"');
    expect(text(without)).toContain("some streams only");
    expect(text(by)).toContain((await agencies.brand(admin, agencyId)).name);
    expect(files[Object.keys(files).find((name) => name.endsWith(".pdf"))!]!.subarray(0, 5)).toEqual(
      new TextEncoder().encode("%PDF-"),
    );
  });

  it("is nobody's but its starter's, and is not handed out once a creator in it shows his amounts no longer", async () => {
    const agency = await makeRoster();
    const { admin, agencyId, adminId: startedBy } = agency;
    const runId = await begin(agency);
    await workOnRun(personOf, { agencyId, runId, startedBy });
    const stranger = viewerOf(await makeUser());
    for (const viewer of [stranger, agency.one.viewer])
      await expect(zipOf(viewer, agencyId, runId)).rejects.toMatchObject({ code: "not_found" });
    const [representation] = await representations.list(agency.two.viewer, agency.two.creatorId);
    await representations.end(agency.two.viewer, representation!.id);
    await expect(zipOf(admin, agencyId, runId)).rejects.toMatchObject({
      code: "forbidden",
      message: "Mira Cooks shows you no amounts any more, and this run has them in it. Begin a new run.",
    });
  });

  it("says of one who left while it ran that there is no statement of his, and ends", async () => {
    const agency = await makeRoster();
    const { admin, agencyId, adminId: startedBy } = agency;
    const runId = await begin(agency);
    const [representation] = await representations.list(agency.two.viewer, agency.two.creatorId);
    await representations.end(agency.two.viewer, representation!.id);
    await workOnRun(personOf, { agencyId, runId, startedBy });
    const problems = (await runs.parts(admin, agencyId, runId)).flatMap(({ problem }) => problem ?? []);
    expect(problems.sort()).toEqual([
      "Is not on your roster any more.",
      "Shows you no amounts, or those of some streams only: ask the creator for all of them.",
    ]);
    expect(Object.keys(await fetched(admin, agencyId, runId))).toHaveLength(1 + 2);
  });
});

describe("the roster's workbook", () => {
  const line = {
    currency: "USD",
    booked: "10000",
    earned: "10000",
    ...{ projected: null, gap: null, received: null },
  };
  const usd = { ...line, outstanding: null };
  it("takes the commission off: 100.00 - 15.00 = 85.00; of two currencies it does not say what is left", () => {
    const owed = { currency: "USD", accruedMinor: 1_500n };
    expect(linesAfter([usd], [owed])).toMatchObject([{ commission: "1500", net: "8500" }]);
    expect(linesAfter([usd], [owed, { currency: "EUR", accruedMinor: 200n }])).toMatchObject([
      { currency: "USD", commission: "1500", net: null },
      { currency: "EUR", booked: null, commission: "200", net: null },
    ]);
  });
});
