import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { recordPayout } from "../../app/(app)/creators/[creatorId]/payouts/actions";
import * as payouts from "../../db/payouts";
import { type ActionState, IDLE } from "../../lib/model/action-state";
import { makePayout, makeStudio, makeTraffic, type Studio } from "../studio";
import { formOf } from "./browser";
import { comeAs } from "./come-as";

vi.mock("next/headers", async () => (await import("./browser")).nextHeaders);
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server.js"));
vi.mock("next/cache", () => ({ refresh: () => {} }));

let studio: Studio;
beforeEach(async () => {
  studio = await makeStudio();
  await comeAs(studio.viewer);
});

/** A TikTok month with 400,000 qualified views: $240 is ordinary, $24,000 is that in cents. */
function views(given: Partial<Parameters<typeof makeTraffic>[2]> = {}): Promise<string> {
  return makeTraffic(studio.viewer, studio.creatorId, {
    channelId: studio.channelId,
    views: 1_000_000,
    qualifiedViews: 400_000,
    ...given,
  });
}

async function send(amount: string, given: Record<string, string> = {}): Promise<ActionState<unknown>> {
  const form = {
    creatorId: studio.creatorId,
    id: randomUUID(),
    amount,
    currency: "USD",
    stream: "rewards",
    channelId: studio.channelId,
    format: "all",
    month: "2026-01",
    state: "final",
    kind: "earning",
    ...given,
  };
  return recordPayout(IDLE, formOf(form));
}

const answersOf = (state: ActionState<unknown>) =>
  state.status === "invalid" ? (state.answers ?? []).map(({ name, value }) => [name, value]) : [];
const saved = async () =>
  (await payouts.list(studio.viewer, studio.creatorId)).rows.map(({ minor }) => minor);

describe("a payout in another unit", () => {
  it("is asked about before it is saved, with what was typed and both answers", async () => {
    await views();
    const asked = await send("24000", { note: "October" });
    expect(asked).toMatchObject({
      status: "invalid",
      message: expect.stringContaining("Is it really $24,000.00? That is $60.00 per 1,000 qualified views"),
      values: { amount: "24000", note: "October" },
    });
    expect(answersOf(asked)).toEqual([
      ["instead", "24000 for 2400000 USD"],
      ["sure", "2400000 USD"],
    ]);
    expect(await saved()).toEqual([]);
  });

  it("is saved by either answer, but an answer about another amount is none", async () => {
    await views();
    expect(await send("24000", { sure: "2400000 USD" })).toMatchObject({ status: "done" });
    expect(await send("24001", { instead: "24001 for 2400100 USD" })).toMatchObject({ status: "done" });
    expect((await saved()).sort()).toEqual([24_001n, 2_400_000n].sort());
    for (const wrong of [
      { sure: "2400000 USD" },
      { sure: "2500000 EUR" },
      { sure: "yes" },
      { instead: "24000 for 2400000 USD" },
      { instead: "-5 for 2500000 USD" },
      { instead: "24000" },
    ] as Record<string, string>[])
      expect(await send("25000", wrong), JSON.stringify(wrong)).toMatchObject({
        status: "invalid",
        message: expect.stringContaining("Is it really $25,000.00?"),
      });
  });

  it("is not looked for where it is ordinary, on no channel, in a month without views, or no earning", async () => {
    expect(await send("24000")).toMatchObject({ status: "done" });
    await views();
    for (const [amount, given] of [
      ["240", {}],
      ["24000", { channelId: "" }],
      ["24000", { stream: "sponsorship" }],
      ["24000", { kind: "adjustment" }],
      ["24000", { month: "2026-02" }],
    ] as [string, Record<string, string>][])
      expect(await send(amount, given), JSON.stringify(given)).toMatchObject({ status: "done" });
  });

  it("counts the days: $240 for one day of 31 is too much, and three days of views stand for a month", async () => {
    await views();
    // 400,000 / 31 = 12,903 qualified views: 240 / 12.9 = 18.6 per 1,000, above 0.60 x 5.8 x 4 = 14.0
    expect(await send("240", { fromDay: "2026-01-07", toDay: "2026-01-07" })).toMatchObject({
      status: "invalid",
    });
    await views({ fromDay: "2026-03-01", toDay: "2026-03-03", views: 100_000, qualifiedViews: 39_000 });
    // 39,000 / 3 x 31 = 403,000
    expect(await send("240", { month: "2026-03" })).toMatchObject({ status: "done" });
  });

  it("is measured by her own last months once there are three of them", async () => {
    for (const month of ["2025-10", "2025-11", "2025-12"]) {
      const period = { fromDay: `${month}-01`, toDay: `${month}-30` };
      await views(period);
      await makePayout(studio.viewer, studio.creatorId, {
        ...period,
        channelId: studio.channelId,
        stream: "rewards",
        minor: 800_000n,
      });
    }
    await views();
    expect(await send("8000")).toMatchObject({ status: "done" });
    expect(await send("800000")).toMatchObject({
      status: "invalid",
      message: expect.stringContaining("your last months lie around"),
    });
  });

  it("is not asked about again when a correction keeps its amount", async () => {
    await views();
    const id = randomUUID();
    await send("24000", { id, sure: "2400000 USD" });
    expect(await send("24000", { replaces: id, note: "It is right" })).toMatchObject({ status: "done" });
    const [entry] = (await payouts.list(studio.viewer, studio.creatorId)).rows;
    expect(await send("25000", { replaces: entry?.id ?? "" })).toMatchObject({ status: "invalid" });
  });

  it("of a period that nobody can mean is left to the ledger to refuse", async () => {
    for (const given of [
      { month: "0001-01" },
      { fromDay: "0001-01-01", toDay: "9999-12-31" },
      { fromDay: "2020-01-01", toDay: "2024-12-31" },
    ] as Record<string, string>[]) {
      const state = await send("24000", given);
      expect(state.status === "invalid" ? state.message : "", JSON.stringify(given)).not.toMatch(
        /really|error/i,
      );
    }
  });
});
