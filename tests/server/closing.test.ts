import { createHash, randomUUID } from "node:crypto";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as months from "../../db/months";
import * as payouts from "../../db/payouts";
import * as rates from "../../db/rates";
import * as receipts from "../../db/receipts";
import { standing } from "../../db/revisions";
import { monthOf } from "../../lib/model/month";
import { parseStatement, statementJson } from "../../lib/report/statement";
import { statementChanges } from "../../lib/report/statement-changes";
import { changesBetween, closeMonth } from "../../lib/server/closing";
import { readReview } from "../../lib/server/review";
import { STATEMENT_FORMATS, statementFile } from "../../lib/server/statement-files";
import { tellStatement } from "../../lib/server/statements";
import { connectOwner, type Sql } from "../setup/catalogue";
import { makeStatementYear, type StatementYear } from "../statement-year";
import { makePayout, makeRepresentation, makeStudio, newPayout } from "../studio";

const march = monthOf("2025-03");
const MARCH = { from: march, to: march };

let owner: Sql;
let year: StatementYear;
beforeAll(async () => {
  owner = connectOwner();
  year = await makeStatementYear((viewer, creatorId, month) =>
    closeMonth(viewer, creatorId, { id: randomUUID(), month, seen: null }),
  );
});
afterAll(() => owner.end());

/** SHA-256 of the month's file in each format, as it is handed out. */
async function filesOf({ viewer, creatorId }: StatementYear): Promise<string[]> {
  const { statement, kept } = await tellStatement(viewer, creatorId, MARCH);
  const files = await Promise.all(
    STATEMENT_FORMATS.map((format) =>
      statementFile(statement, format, { locale: "en-US", paper: "a4", kept }),
    ),
  );
  return files.map(
    ({ name, bytes }) => `${name} ${sha256(name.endsWith(".xlsx") ? sheetsOf(bytes) : bytes)}`,
  );
}

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");

/** What is in a workbook; the archive around it says when it was packed. */
function sheetsOf(bytes: Uint8Array): string {
  return JSON.stringify(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, sha256(part)]));
}

describe("a closed month", () => {
  it("is handed out byte for byte in every format, whatever becomes of rates, names, channels and payouts", async () => {
    const { viewer, creatorId, channelId } = year;
    const { statement: open } = await tellStatement(viewer, creatorId, MARCH);
    await closeMonth(viewer, creatorId, { id: randomUUID(), month: march, seen: null });
    const { statement, closing } = await tellStatement(viewer, creatorId, MARCH);
    expect(statement).toEqual(open);
    expect(closing).toMatchObject({ revision: 1, isIntact: true });
    const before = await filesOf(year);
    const rewards = (await payouts.list(viewer, creatorId, { filter: { month: march, stream: "rewards" } }))
      .rows[0]!;

    await payouts.record(
      viewer,
      creatorId,
      newPayout({
        ...{ channelId, stream: "rewards", fromDay: "2025-03-01", toDay: "2025-03-31" },
        ...{ replaces: rewards.id, minor: rewards.minor + 100_000n },
      }),
    );
    await rates.record(viewer, creatorId, {
      ...{ id: randomUUID(), day: "2025-03-31", base: "EUR", quote: "USD", rate: "7.77", source: "Bank" },
    });
    await receipts.record(viewer, creatorId, {
      ...{ id: randomUUID(), receivedOn: "2025-03-30", minor: 5n, currency: "USD", feeMinor: 0n },
      ...{ rate: null, note: "", allocations: [{ chainId: rewards.chainId, minor: 5n }] },
    });
    await owner`update creators set name = 'Another', time_zone = 'Asia/Tokyo' where id = ${creatorId}`;
    await owner`update channels set name = 'Renamed', niche = 'music' where creator_id = ${creatorId}`;
    await owner`update videos set title = 'Renamed' where creator_id = ${creatorId}`;

    expect(await filesOf(year)).toEqual(before);
    const april = await tellStatement(viewer, creatorId, {
      from: monthOf("2025-04"),
      to: monthOf("2025-04"),
    });
    const earlier = april.statement.sections.find(({ id }) => id === "earlier");
    expect(JSON.stringify(earlier?.rows)).toContain('"2025-03"');
    expect(JSON.stringify(earlier?.rows)).toContain('"100000"');
  });

  it("is told from the kept bytes alone: figures that no ledger ever had are shown as they were kept", async () => {
    const { viewer, creatorId } = year;
    const june = monthOf("2025-06");
    const { statement } = await tellStatement(viewer, creatorId, { from: june, to: june });
    const data = JSON.stringify({ ...statement, creator: { ...statement.creator, name: "As it was then" } });
    await months.close(viewer, creatorId, { id: randomUUID(), month: june }, async () => ({
      data,
      codeVersion: "of another day",
    }));
    const told = await tellStatement(viewer, creatorId, { from: june, to: june });
    expect(told.statement).toEqual(parseStatement(data));
    const json = await statementFile(told.statement, "json", {
      locale: "en-US",
      paper: "a4",
      kept: told.kept,
    });
    // Not even the order of its keys is another.
    expect(Buffer.from(json.bytes).toString()).toBe(data);
  });

  it("shows an agency neither what others are paid nor the notes that its owner closed it with", async () => {
    const { viewer, creatorId } = await makeStudio();
    const month = monthOf("2026-01");
    const { statement } = await tellStatement(viewer, creatorId, { from: month, to: month });
    const [streams] = statement.sections;
    const secret = (id: "commission" | "notes") => ({ ...streams!, id, note: "another agency takes 15%" });
    const data = statementJson({ ...statement, sections: [streams!, secret("commission"), secret("notes")] });
    await months.close(viewer, creatorId, { id: randomUUID(), month }, async () => ({
      data,
      codeVersion: "1",
    }));
    const { admin } = await makeRepresentation(viewer, creatorId, { streams: null, notes: false });
    const told = await tellStatement(admin, creatorId, { from: month, to: month });
    expect(told.statement.sections.map(({ id }) => id)).toEqual([streams!.id]);
    expect(JSON.stringify(told)).not.toContain("15%");
    expect((await tellStatement(viewer, creatorId, { from: month, to: month })).kept).toBe(data);
  });

  it("that is closed again says what changed in money: rewards 100.00 to 90.00, gifts none to 5.00", async () => {
    const { viewer, creatorId, channelId } = await makeStudio();
    const id = await makePayout(viewer, creatorId, { channelId, minor: 10_000n });
    const month = monthOf("2026-01");
    await closeMonth(viewer, creatorId, { id: randomUUID(), month, seen: null });
    await months.reopen(viewer, creatorId, { id: randomUUID(), month, reason: "A correction" });
    await makePayout(viewer, creatorId, { channelId, minor: 9_000n, replaces: id });
    await makePayout(viewer, creatorId, { channelId, minor: 500n, stream: "gift" });
    await closeMonth(viewer, creatorId, { id: randomUUID(), month, seen: null });
    const { closings } = await months.history(viewer, creatorId, month);
    const changes = await changesBetween(viewer, creatorId, closings);
    const told = changes.get(closings[0]!.id)?.filter(({ label }) => label.endsWith("final")) ?? [];
    expect(told.map(({ label, before, after }) => [label.split(",")[0], before, after])).toEqual([
      ["Platform rewards", 10_000n, 9_000n],
      ["Gifts", null, 500n],
    ]);
    const [now] = await Promise.all(closings.map((each) => months.keptOf(viewer, creatorId, each.id)));
    const statement = parseStatement(now!.data);
    expect(statementChanges(statement, statement)).toEqual([]);
  });
});

describe("before a month is closed", () => {
  it("it is asked about when anything was logged since the review was shown, and not when nothing was", async () => {
    const { viewer, creatorId, channelId } = await makeStudio();
    await makePayout(viewer, creatorId, { channelId });
    const month = monthOf("2026-01");
    const { key: seen } = await standing(viewer, creatorId);
    await makePayout(viewer, creatorId, { channelId, minor: 1n });
    const form = { id: randomUUID(), month };
    await expect(closeMonth(viewer, creatorId, { ...form, seen })).rejects.toMatchObject({
      code: "invalid",
      answers: [{ name: "anyway", value: "on", label: "Close it anyway" }],
    });
    const { key } = await standing(viewer, creatorId);
    await closeMonth(viewer, creatorId, { ...form, seen: key });
    // The same form once more has changed what was seen by itself.
    await closeMonth(viewer, creatorId, { ...form, seen: key });
    expect(await months.listClosings(viewer, creatorId)).toHaveLength(1);
  });

  it("the review names what is missing, without a rate, only estimated, and the open month between closed ones", async () => {
    const { viewer, creatorId, channelId } = await makeStudio();
    const pay = (month: string, given: Parameters<typeof makePayout>[2] = {}) =>
      makePayout(viewer, creatorId, { channelId, fromDay: `${month}-01`, toDay: `${month}-28`, ...given });
    for (const month of ["2026-01", "2026-02"]) await pay(month, { stream: "ads" });
    for (const month of ["2026-01", "2026-02", "2026-03"]) await pay(month, { state: "estimated" });
    await pay("2026-03", { stream: "gift", currency: "JPY", minor: 500n });
    await closeMonth(viewer, creatorId, { id: randomUUID(), month: monthOf("2026-01"), seen: null });
    const remarks = await readReview(viewer, await standing(viewer, creatorId), monthOf("2026-03"));
    expect(remarks).toMatchObject([
      { kind: "missing_stream", label: "Ads, TikTok in USD", months: 2 },
      { kind: "missing_rate", currency: "JPY", minor: 500n },
      { kind: "estimated_only", streams: [{ label: "Platform rewards, TikTok", currency: "USD" }] },
      { kind: "earlier_open", month: "2026-02" },
    ]);
  });
});
