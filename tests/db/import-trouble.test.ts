import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as imports from "../../db/imports";
import { APP_ROLE } from "../../lib/cli/urls.mjs";
import { noDrafts } from "../../lib/import/draft";
import { payoutDraft } from "../import/drafts";
import { connectOwner, hashOfCreator, type Sql } from "../setup/catalogue";
import { bringOf } from "../staging";
import { makeStudio, type Studio } from "../studio";

// Whatever stops an import, nothing of it is left, and the next one goes through.

let owner: Sql;
let studio: Studio;
let before: string;

beforeAll(async () => {
  owner = connectOwner();
  studio = await makeStudio();
  before = await hashOfCreator(owner, studio.creatorId);
});
afterAll(() => owner.end());

/** 5,000 payouts: enough to arrive in several pieces. */
const drafts = {
  ...noDrafts(),
  payouts: Array.from({ length: 5_000 }, (_, index) =>
    payoutDraft("2024-01-01", BigInt(index), {
      platform: "tiktok",
      stream: "shop",
      sourceKey: `order:${index}`,
      line: index + 2,
    }),
  ),
};
const bring = (): imports.Bring =>
  bringOf(drafts, { channelId: studio.channelId, platform: "tiktok", fileSha256: "f", choices: {} });
const commit = (given: imports.Bring) =>
  imports.commit(
    studio.viewer,
    studio.creatorId,
    {
      id: randomUUID(),
      fileName: "f.csv",
      sha256: "f",
      format: "t",
      channelId: studio.channelId,
      options: {},
    },
    given,
    null,
  );
const isUntouched = async () => expect(await hashOfCreator(owner, studio.creatorId)).toBe(before);
const killApp = () => owner`
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and usename = ${APP_ROLE}`;

/** Calls `act` once, when the copying has begun. */
function onceUnderWay(act: () => void): Pick<imports.Bring, "onProgress"> {
  let isDone = false;
  return {
    onProgress(share) {
      if (isDone || share === 0) return;
      isDone = true;
      act();
    },
  };
}

it("a server that dies while the file is copied leaves nothing", async () => {
  const killed: Promise<unknown>[] = [];
  const given = { ...bring(), ...onceUnderWay(() => killed.push(killApp().execute())) };
  const outcome = await commit(given).catch((error: unknown) => error);
  await Promise.all(killed);
  expect(outcome).toMatchObject({ code: "unavailable" });
  await isUntouched();
});

it("a server that dies in the middle of writing leaves nothing", async () => {
  let outcome: Promise<unknown> | undefined;
  await owner.begin(async (sql) => {
    await sql`lock table payouts in share mode`;
    outcome = commit(bring()).catch((error: unknown) => error);
    for (let isWaiting = false; !isWaiting; ) {
      const [row] = await owner`
        select count(*)::int as waiting from pg_locks where relation = 'payouts'::regclass and not granted`;
      isWaiting = row?.waiting > 0;
    }
    await killApp();
  });
  expect(await outcome).toMatchObject({ code: "unavailable" });
  await isUntouched();
});

it("one that is called off while it is copied ends at once, with the caller's reason", async () => {
  const controller = new AbortController();
  const given = { ...bring(), signal: controller.signal, ...onceUnderWay(() => controller.abort()) };
  await expect(commit(given)).rejects.toMatchObject({ name: "AbortError" });
  await expect(imports.plan(studio.viewer, studio.creatorId, given)).rejects.toMatchObject({
    name: "AbortError",
  });
  await isUntouched();
});

it("drafts that are cut or no longer there are an error, and leave nothing", async () => {
  const given = bring();
  writeFileSync(given.staged, "payout\t2\tcut");
  await expect(commit(given)).rejects.toThrow(/missing data for column/);
  await expect(commit({ ...given, staged: `${given.staged}-gone` })).rejects.toThrow(
    /no longer where they were staged/,
  );
  await isUntouched();
});

it("after all that the file is imported, 50 times in a row and 20 times at once, and counts once", async () => {
  expect((await commit(bring())).payouts).toBe(5_000);
  const once = await hashOfCreator(owner, studio.creatorId);
  const given = bring();
  for (let time = 0; time < 50; time++) expect((await commit(given)).payouts).toBe(0);
  const atOnce = await Promise.all(Array.from({ length: 20 }, () => commit(given)));
  expect(atOnce.every(({ payouts }) => payouts === 0)).toBe(true);
  expect(await hashOfCreator(owner, studio.creatorId)).toBe(once);
}, 60_000);
