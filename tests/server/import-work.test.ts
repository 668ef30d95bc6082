import { createHash, randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import * as imports from "../../db/imports";
import * as payouts from "../../db/payouts";
import * as uploads from "../../db/uploads";
import type { Mapping } from "../../lib/import/mapping";
import type { Preview } from "../../lib/import-preview";
import { monthOf } from "../../lib/model/month";
import { receive } from "../../lib/server/import-upload";
import { discard, importNow, look, stateOf } from "../../lib/server/import-work";
import { isAtWork, type Upload, type UploadChoices } from "../../lib/upload";
import { csvText } from "../import/fixtures";
import { connectOwner, hashOfCreator, type Sql } from "../setup/catalogue";
import { makeChannel, makePayout, makeStudio, type Studio } from "../studio";

let owner: Sql;
let studio: Studio;
const temporary = mkdtempSync(path.join(tmpdir(), "permille-work-"));
beforeAll(() => {
  owner = connectOwner();
});
afterAll(async () => {
  await owner.end();
  rmSync(temporary, { recursive: true });
});
beforeEach(async () => {
  vi.stubEnv("TMPDIR", temporary);
  studio = await makeStudio();
});
afterEach(() => {
  // Whatever became of a file, no copy of it is left on the disk.
  expect(readdirSync(temporary).filter((name) => name.startsWith("permille-"))).toEqual([]);
});

const LOCALE = "en-US";
/** 12 months from January 2025: 1,000 + month views and 10.00 + month dollars each. */
const MONTHS = csvText([
  ["month", "views", "adsense_usd"],
  ...Array.from({ length: 12 }, (_, at) => {
    const month = String(at + 1).padStart(2, "0");
    return [`2025-${month}`, String(1_001 + at), `${11 + at}.00`];
  }),
]);
/** Days of many orders, each with a reference, so that nothing is held in memory. */
function manyRows(rows = 60_000): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const day = new Date(Date.UTC(2020, 0, 1 + (at % 1_800))).toISOString().slice(0, 10);
    return `${day},${at},affiliate,${(at % 900) + 1}.25,USD`;
  });
  return `date,order id,stream,amount,currency\n${lines.join("\n")}\n`;
}

async function bring(text: string, name = "months.csv"): Promise<string> {
  const id = randomUUID();
  const bytes = Buffer.from(text);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const about = { id, fileName: name, bytes: bytes.length, sha256 };
  await receive(studio.viewer, studio.creatorId, about, new Blob([bytes]).stream());
  return id;
}

const lookAt = (id: string, choices: UploadChoices = {}) =>
  look(studio.viewer, studio.creatorId, id, choices, LOCALE);
const here = (id: string) => stateOf(studio.viewer, studio.creatorId, id);
const commit = (id: string, hash: string | null) =>
  importNow(studio.viewer, studio.creatorId, id, { hash: hash ?? "", channelName: "Site", locale: LOCALE });

/** Work that outlasts its first answer is waited for. */
async function ended(upload: Upload): Promise<Upload> {
  let now = upload;
  await vi.waitFor(
    async () => {
      now = await here(upload.id);
      expect(isAtWork(now)).toBe(false);
    },
    { timeout: 30_000, interval: 50 },
  );
  return now;
}

function readOf({ preview }: Upload): Extract<Preview, { kind: "read" }> {
  if (preview?.kind !== "read") throw new Error(`No preview: ${JSON.stringify(preview)}`);
  return preview;
}

const gone = { code: "not_found" };

describe("a file from its upload to its import", () => {
  it("12 months become 12 payouts of 198 dollars in all (11 + … + 22), and the file is gone", async () => {
    const id = await bring(MONTHS);
    const shown = await ended(await lookAt(id, { channel: { id: studio.channelId, newOn: null } }));
    expect(readOf(shown).counts).toMatchObject({ new: 24 });
    expect(await ended(await commit(id, readOf(shown).hash))).toMatchObject({ state: "imported" });
    const { total } = await payouts.list(studio.viewer, studio.creatorId);
    expect(total).toBe(12);
    const [sum] =
      await owner`select sum(minor)::text as sum from payouts where creator_id = ${studio.creatorId}`;
    expect(sum?.sum).toBe("19800");
    expect(await owner`select from upload_parts where upload_id = ${id}`).toHaveLength(0);
    expect(await uploads.list(studio.viewer, studio.creatorId)).toEqual([]);
    const [made] = await imports.list(studio.viewer, studio.creatorId);
    expect(made).toMatchObject({ id, fileName: "months.csv" });
  });

  it("whose own total is not what its rows sum to is named before one of its months is closed, until it is undone", async () => {
    const id = await bring(`${MONTHS.trimEnd()}\nTotal,13000,999.00\n`);
    const { hash } = readOf(
      await ended(await lookAt(id, { channel: { id: studio.channelId, newOn: null } })),
    );
    await ended(await commit(id, hash));
    const { viewer, creatorId } = studio;
    const named = (month: string) => imports.listDifferences(viewer, creatorId, monthOf(month));
    // 11 + … + 22 = 198.
    expect(await named("2025-03")).toContainEqual({
      fileName: "months.csv",
      message: expect.stringMatching(/^The file says 999\.00, its rows sum to 198\.00\. /),
    });
    expect(await named("2026-03")).toEqual([]);
    await imports.undo(viewer, creatorId, id);
    expect(await named("2025-03")).toEqual([]);
  });

  it("asked to import once more, it is the same import", async () => {
    const id = await bring(MONTHS);
    const { hash } = readOf(await ended(await lookAt(id)));
    await ended(await commit(id, hash));
    expect(await commit(id, hash)).toMatchObject({ state: "imported" });
    expect(await imports.list(studio.viewer, studio.creatorId)).toHaveLength(1);
  });

  it("what moved since the preview is refused; the newer preview is there at once and can be imported", async () => {
    const id = await bring(MONTHS);
    const before = readOf(await ended(await lookAt(id)));
    await makePayout(studio.viewer, studio.creatorId, {
      ...{ channelId: studio.channelId, stream: "ads", fromDay: "2025-03-01", toDay: "2025-03-31" },
    });
    const refused = await ended(await commit(id, before.hash));
    expect(refused).toMatchObject({
      state: "read",
      message: expect.stringMatching(/has changed since this preview/),
    });
    expect(await imports.list(studio.viewer, studio.creatorId)).toEqual([]);
    const after = readOf(refused);
    expect(after.hash).not.toBe(before.hash);
    expect(after.counts.overlap).toBe(1);
    expect(await ended(await commit(id, after.hash))).toMatchObject({ state: "imported" });
  });

  it("a file for a platform without a channel makes one with the name that was given", async () => {
    const { viewer, creatorId } = studio;
    await makeChannel(viewer, creatorId);
    const id = await bring(MONTHS);
    const choices: UploadChoices = { channel: { id, newOn: "other" } };
    const { hash } = readOf(await ended(await lookAt(id, choices)));
    await expect(
      importNow(viewer, creatorId, id, { hash: hash ?? "", channelName: "", locale: LOCALE }),
    ).rejects.toThrow(/Give the new channel a name/);
    await ended(await commit(id, hash));
    expect(await owner`select name from channels where id = ${id}`).toEqual([{ name: "Site" }]);
  });

  it("the choices stay with the file, and each look answers the newest of them", async () => {
    const id = await bring(MONTHS);
    await Promise.all(
      [
        lookAt(id, { currency: undefined }),
        lookAt(id, { twins: "first" }),
        lookAt(id, { twins: "last" }),
      ].map((each) => each.catch(() => null)),
    );
    const choices = { channel: { id: studio.channelId, newOn: null }, twins: "sum" as const };
    const last = await ended(await lookAt(id, choices));
    expect(last).toMatchObject({ state: "read", choices });
    expect((await here(id)).choices).toEqual(choices);
  });

  it("what cannot be read says so, and can be put aside", async () => {
    const id = await bring('a,b\n"open,1\n', "broken.csv");
    const shown = await ended(await lookAt(id));
    expect(shown).toMatchObject({ state: "read", preview: { kind: "refused" } });
    await discard(studio.viewer, studio.creatorId, id);
    await expect(here(id)).rejects.toMatchObject(gone);
  });
});

describe("what columns mean is remembered", () => {
  const ODD = csvText([
    ["Zeitraum", "Wert A", "Wert B"],
    ["2025-01", "5.00", "7"],
    ["2025-02", "6.00", "8"],
  ]);
  const MEANING: Mapping = {
    when: { column: "Zeitraum", grain: "month" },
    views: "Wert B",
    amounts: { shape: "wide", columns: [{ column: "Wert A", stream: "gift", currency: "USD" }] },
    state: "final",
    decimal: ".",
    dayOrder: null,
  };

  it("once it was imported, for the next table of these columns, and the guess is still there to take", async () => {
    const first = await bring(ODD);
    const shown = await ended(await lookAt(first, { mapping: MEANING }));
    expect(shown.facts?.isRemembered).toBe(false);
    await ended(await commit(first, readOf(shown).hash));

    const next = await bring(ODD.replace("2025-01", "2025-03").replace("2025-02", "2025-04"));
    const again = await ended(await lookAt(next));
    expect(again.facts?.isRemembered).toBe(true);
    expect(readOf(again).mapping).toMatchObject({ views: "Wert B", amounts: MEANING.amounts });
    expect(readOf(again).counts.new).toBe(4);
    const guessed = await ended(await lookAt(next, { guess: true }));
    expect(guessed.facts?.isRemembered).toBe(false);
    expect(readOf(guessed).mapping?.amounts).not.toEqual(MEANING.amounts);
  });

  it("not when it was only looked at", async () => {
    const id = await bring(ODD);
    await ended(await lookAt(id, { mapping: MEANING }));
    await discard(studio.viewer, studio.creatorId, id);
    expect((await ended(await lookAt(await bring(ODD)))).facts?.isRemembered).toBe(false);
  });
});

describe("work can be stopped, and can stop by itself, at any moment", () => {
  it("put aside while it is read: nothing is left, of the file or of the work", async () => {
    const before = await hashOfCreator(owner, studio.creatorId);
    const id = await bring(manyRows());
    const looking = lookAt(id).catch((error: unknown) => error);
    await discard(studio.viewer, studio.creatorId, id);
    await looking;
    await vi.waitFor(() => expect(uploads.find(studio.viewer, studio.creatorId, id)).resolves.toBeNull());
    expect(await hashOfCreator(owner, studio.creatorId)).toBe(before);
  });

  it("put aside while it is imported: either all of it is there or nothing, and the answer was the truth", async () => {
    for (const questions of [0, 5, 40, 120]) {
      studio = await makeStudio();
      const id = await bring(manyRows(5_000));
      const { hash } = readOf(await ended(await lookAt(id)));
      const importing = commit(id, hash).catch((error: unknown) => error);
      // Later and later in the work, however quick the machine is.
      for (let each = 0; each < questions; each++) await imports.list(studio.viewer, studio.creatorId);
      await discard(studio.viewer, studio.creatorId, id);
      await importing;
      const made = await imports.list(studio.viewer, studio.creatorId);
      const [{ count = 0 } = {}] = await owner`
        select count(*)::int from payouts where creator_id = ${studio.creatorId}`;
      expect([made.length, count]).toEqual(made.length === 1 ? [1, 5_000] : [0, 0]);
    }
  });

  it("a process that died while reading leaves a file that says it was interrupted, and can be read again", async () => {
    const id = await bring(MONTHS);
    await uploads.claim(studio.viewer, studio.creatorId, id, { state: "reading", choices: {} });
    expect((await here(id)).state).toBe("reading");
    await owner`update uploads set beat_at = now() - interval '1 minute' where id = ${id}`;
    expect((await here(id)).state).toBe("interrupted");
    expect(await ended(await lookAt(id))).toMatchObject({ state: "read" });
  });

  it("five looks at once wait for each other and all come to an end", async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, () => bring(MONTHS)));
    const looks = await Promise.all(ids.map((id) => lookAt(id)));
    for (const each of looks) expect(await ended(each)).toMatchObject({ state: "read" });
  });
});
