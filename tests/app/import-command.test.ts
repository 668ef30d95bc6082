import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import * as audit from "../../db/audit";
import { OPERATOR_ID } from "../../db/client";
import * as imports from "../../db/imports";
import * as payouts from "../../db/payouts";
import { makeCreator } from "../factories";
import { contentText, csvText } from "../import/fixtures";
import { connectOwner, hashOfCreator, type Sql } from "../setup/catalogue";
import { makeChannel, makeStudio, type Studio } from "../studio";

// `npm run import`, as run.mjs starts it, on this file's own database.

const ROOT = path.join(import.meta.dirname, "..", "..");
const folder = mkdtempSync(path.join(tmpdir(), "permille-command-"));
let owner: Sql;
let studio: Studio;
let name: string;
beforeAll(() => {
  owner = connectOwner();
});
afterAll(async () => {
  await owner.end();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  const { viewer, user } = await makeStudio();
  name = `Studio ${randomUUID()}`;
  const { id: creatorId } = await makeCreator(viewer, { name });
  studio = {
    user,
    viewer,
    creatorId,
    channelId: await makeChannel(viewer, creatorId, { platform: "other", name: "Site" }),
  };
});

const MONTHS = csvText([
  ["month", "views", "adsense_usd"],
  ["2025-01", "1000", "10.00"],
  ["2025-02", "2000", "20.00"],
]);

function file(called: string, content: string): string {
  const place = path.join(folder, called);
  writeFileSync(place, content);
  return called;
}

interface Run {
  code: number | null;
  out: string;
  errors: string;
}

function run(...args: string[]): Promise<Run> {
  const command = [
    "--conditions=react-server",
    "--import",
    "tsx",
    path.join(ROOT, "lib/cli/import.ts"),
    ...args,
  ];
  const child = spawn(process.execPath, command, { cwd: ROOT, env: { ...process.env, INIT_CWD: folder } });
  let [out, errors] = ["", ""];
  child.stdout.on("data", (text) => {
    out += text;
  });
  child.stderr.on("data", (text) => {
    errors += text;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, out, errors }));
  });
}

const payoutCount = async () => (await payouts.list(studio.viewer, studio.creatorId)).total;

describe("npm run import", () => {
  it("shows what would happen, does it, and the second time finds nothing to do", async () => {
    const months = file("months.csv", MONTHS);
    const before = await hashOfCreator(owner, studio.creatorId);
    const dry = await run(months, "--creator", name, "--dry-run");
    expect(dry).toMatchObject({ code: 0, errors: "" });
    expect(dry.out).toMatch(/Ads \(USD\): \$30\.00 in 2 entries, \$30\.00 to be imported/);
    expect(dry.out).toMatch(/Would import: 2 payouts and 2 entries of views\./);
    expect(await hashOfCreator(owner, studio.creatorId)).toBe(before);

    const done = await run(months, "--creator", name.toUpperCase(), "--channel", "site");
    expect(done).toMatchObject({ code: 0, errors: "" });
    expect(done.out).toMatch(/Imported: 2 payouts and 2 entries of views\./);
    expect(await payoutCount()).toBe(2);
    const [made] = await imports.list(studio.viewer, studio.creatorId);
    expect(made).toMatchObject({ fileName: "months.csv", recordedBy: OPERATOR_ID });
    const acts = await audit.list(studio.viewer, studio.creatorId);
    expect(acts.find(({ action }) => action === "import.made")?.actor).toBe(OPERATOR_ID);

    const again = await run(months, "--creator", studio.creatorId);
    expect(again).toMatchObject({ code: 0, out: expect.stringMatching(/All of this is here already/) });
    expect(await payoutCount()).toBe(2);
  });

  it("says which option answers what the file leaves open, and takes the answer", async () => {
    const content = file("Table data.csv", contentText());
    const open = await run(content, "--creator", name, "--json");
    expect(open.code).toBe(1);
    const { imported, preview } = JSON.parse(open.out);
    expect(imported).toBeNull();
    expect(preview).toMatchObject({
      kind: "read",
      asks: expect.arrayContaining([expect.objectContaining({ what: "period" })]),
    });
    const text = await run(content, "--creator", name);
    expect(text.out).toMatch(/--period FIRST\.\.LAST/);
    expect(text.out).toMatch(/--video-format short, long or live/);
    expect(text.out).toMatch(/--new-channel NAME --platform PLATFORM/);
    const answers = ["--period", "2024-01-01..2024-12-31", "--video-format", "long"];
    const channel = ["--new-channel", "Mira films", "--platform", "youtube"];
    const done = await run(content, "--creator", name, ...answers, ...channel, "--json");
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out).imported).toMatch(/^[0-9a-f-]{36}$/);
    expect(await payoutCount()).toBe(1);
  });

  it("of a data download reads on only the list of videos", async () => {
    await makeChannel(studio.viewer, studio.creatorId, { platform: "tiktok", name: "Mira cooks" });
    const video = {
      Date: "2026-01-03 10:00:00",
      Link: "https://www.tiktok.com/@mira/video/7591000000000000001",
      Likes: "1",
      Title: "Five eggs",
    };
    const json = { "Direct Message": { x: "meet me at nine" }, Post: { Posts: { VideoList: [video] } } };
    const done = await run(file("user_data_tiktok.json", JSON.stringify(json)), "--creator", name);
    expect(done).toMatchObject({ code: 0, errors: "", out: expect.stringMatching(/Imported: 1 video\./) });
    expect(done.out).not.toMatch(/nine/);
    const [made] = await imports.list(studio.viewer, studio.creatorId);
    expect(made).toMatchObject({ fileName: "TikTok video list", format: "tiktok-download" });
  });

  it("a name that several creators have is answered with their ids, an unknown one with the names there are", async () => {
    const { id } = await makeCreator(studio.viewer, { name });
    const both = await run(file("months.csv", MONTHS), "--creator", name);
    expect(both.code).toBe(1);
    expect(both.errors).toContain(id);
    expect(both.errors).toContain(studio.creatorId);
    const none = await run("months.csv", "--creator", "Nobody of this name");
    expect(none).toMatchObject({ code: 1, errors: expect.stringContaining(name) });
    const channel = await run("months.csv", "--creator", studio.creatorId, "--channel", "No such channel");
    expect(channel).toMatchObject({ code: 1, errors: expect.stringContaining(studio.channelId) });
  });

  it("what cannot be read ends with 1 and its place; a wrong command with 2 and how it is used", async () => {
    const broken = await run(file("broken.csv", 'a,b\n"open,1\n'), "--creator", name);
    expect(broken).toMatchObject({
      code: 1,
      out: expect.stringMatching(/could not be read.*\n {2}.*quote mark/),
    });
    for (const args of [
      [],
      ["months.csv"],
      ["months.csv", "more.csv", "--creator", name],
      ["months.csv", "--creator", name, "--colour", "red"],
      ["months.csv", "--creator", name, "--period", "2024"],
      ["months.csv", "--creator", name, "--period", "2024-02-01..2024-01-01"],
      ["months.csv", "--creator", name, "--twins", "both"],
      ["not there.csv", "--creator", name],
    ]) {
      const wrong = await run(...args);
      expect(wrong.code, args.join(" ")).toBe(2);
      expect(wrong.errors, args.join(" ")).toMatch(/npm run import -- FILE --creator NAME/);
      expect(wrong.errors, args.join(" ")).not.toMatch(/ {4}at /);
    }
  });
});
