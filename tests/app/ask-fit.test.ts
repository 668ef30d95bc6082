import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { recordPayout } from "../../app/(app)/creators/[creatorId]/payouts/actions";
import * as payouts from "../../db/payouts";
import { type ActionState, IDLE } from "../../lib/model/action-state";
import { makeDeal, makePayout, makeStudio, type Studio } from "../studio";
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

/** 200.00 gross less 45 % and a claim of 14.00 is 96.00. */
const MADE = { "made-gross": "200", "made-platform": "45", "made-adjustment": "-14" };

async function send(amount: string, given: Record<string, string> = {}): Promise<ActionState<unknown>> {
  const form = {
    creatorId: studio.creatorId,
    id: randomUUID(),
    amount,
    currency: "USD",
    stream: "ads",
    channelId: studio.channelId,
    month: "2026-01",
    state: "final",
    ...given,
  };
  return recordPayout(IDLE, formOf(form));
}

const saved = async () => (await payouts.list(studio.viewer, studio.creatorId)).rows;
const answersOf = (state: ActionState<unknown>) =>
  state.status === "invalid"
    ? Object.fromEntries((state.answers ?? []).map(({ name, value }) => [name, value]))
    : {};

describe("a payout and what is said of its making", () => {
  it("that fit are saved together: 200 - 90 - 14 = 96.00", async () => {
    expect(await send("96", MADE)).toMatchObject({ status: "done" });
    expect(await saved()).toMatchObject([
      { minor: 9_600n, makings: { of: "share", grossMinor: "20000", platformPpm: 450_000 } },
    ]);
  });

  it("that do not are asked about, by how much, and each answer saves its own amount", async () => {
    const asked = await send("95", MADE);
    expect(asked).toMatchObject({
      status: "invalid",
      message: "What you say of its making gives $96.00, you typed $95.00: $1.00 more. Which is right?",
      values: { "made-gross": "200" },
    });
    expect(await saved()).toEqual([]);
    const { instead = "", sure = "" } = answersOf(asked);
    expect(await send("95", { ...MADE, sure })).toMatchObject({ status: "done" });
    expect(await send("95", { ...MADE, instead })).toMatchObject({ status: "done" });
    expect((await saved()).map(({ minor }) => minor).sort()).toEqual([9_500n, 9_600n]);
    expect(await send("94", { ...MADE, sure }), "an answer holds for its amount alone").toMatchObject({
      status: "invalid",
    });
  });

  it("a tax is asked about by its size: 15 % of 100.00 is 15.00, 14.00 was typed", async () => {
    const about = await makePayout(studio.viewer, studio.creatorId, { channelId: studio.channelId });
    const tax = {
      kind: "withheld",
      about,
      "made-taxable": "100",
      "made-rate": "15",
      "made-rule": "US, treaty",
    };
    const asked = await send("14", tax);
    expect(asked).toMatchObject({
      message: expect.stringMatching(/gives \$15\.00, you typed \$14\.00: \$1\.00 more/),
    });
    expect(await send("14", { ...tax, instead: answersOf(asked).instead ?? "" })).toMatchObject({
      status: "done",
    });
    expect((await saved()).map(({ minor }) => minor)).toContain(-1_500n);
  });

  it("is not asked about again by a correction that changes neither, nor by fields of another stream", async () => {
    const id = randomUUID();
    await send("95", { ...MADE, id, sure: "9500 USD as typed" });
    expect(await send("95", { ...MADE, replaces: id, note: "Right so" })).toMatchObject({ status: "done" });
    expect(await send("95", { stream: "gift", ...MADE, "made-units": "5" })).toMatchObject({
      status: "done",
    });
    expect((await saved()).find(({ stream }) => stream === "gift")?.makings).toMatchObject({
      of: "units",
      units: 5,
    });
  });

  it("a correction stays with what its payout was linked to", async () => {
    const id = randomUUID();
    const dealId = await makeDeal(studio.viewer, studio.creatorId);
    await makePayout(studio.viewer, studio.creatorId, {
      id,
      dealId,
      channelId: studio.channelId,
      stream: "sponsorship",
    });
    const shown = { stream: "sponsorship", dealId, estimated: "8", settledOn: "2026-02-10" };
    expect(await send("7", { ...shown, replaces: id })).toMatchObject({
      status: "done",
    });
    expect(await saved()).toMatchObject([
      { dealId, minor: 700n, estimatedMinor: 800n, settledOn: "2026-02-10" },
    ]);
  });
});
