import { createHash, randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as uploads from "../../db/uploads";
import { receive, sweepUploads } from "../../lib/server/import-upload";
import { makeMember, operatorOf } from "../factories";
import { connectOwner, type Sql } from "../setup/catalogue";
import { makeStudio, type Studio } from "../studio";

const TEXT = Buffer.from("month,views\n2026-01,5\n");

let owner: Sql;
let studio: Studio;
beforeAll(async () => {
  owner = connectOwner();
});
afterAll(() => owner.end());

const hex = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

type Given = { id?: string; bytes?: number; sha256?: string | null; name?: string };

/** As a browser sends it: announced, then its bytes in chunks of odd sizes. */
function send(content: Uint8Array, given: Given = {}) {
  const { id = randomUUID(), bytes = content.length, sha256 = hex(content), name = "a.csv" } = given;
  const sent = receive(
    studio.viewer,
    studio.creatorId,
    { id, fileName: name, bytes, sha256 },
    streamOf(content),
  );
  return { id, sent };
}

function streamOf(content: Uint8Array, chunk = 70_001): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= content.length) return controller.close();
      controller.enqueue(content.subarray(at, at + chunk));
      at += chunk;
    },
  });
}

async function partsOf(id: string): Promise<number[]> {
  const rows = await owner<{ length: number }[]>`
    select length(bytes) as length from upload_parts where upload_id = ${id} order by part`;
  return rows.map(({ length }) => length);
}

async function stored(id: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let part = 0; ; part++) {
    const bytes = await uploads.readPart(studio.viewer, studio.creatorId, id, part);
    if (!bytes) return Buffer.concat(parts);
    parts.push(bytes);
  }
}

describe("an upload is believed only when it arrived whole", () => {
  beforeAll(async () => {
    studio = await makeStudio();
  });

  it("keeps 3.3 MB in pieces of about one, which together are the file to the byte", async () => {
    const content = randomBytes(3_300_000);
    const { id, sent } = send(content);
    await sent;
    const parts = await partsOf(id);
    expect(parts.length).toBe(4);
    expect(Math.max(...parts)).toBeLessThan(1_200_000);
    expect(hex(await stored(id))).toBe(hex(content));
    expect(await uploads.find(studio.viewer, studio.creatorId, id)).toMatchObject({
      state: "arrived",
      sha256: hex(content),
    });
    await uploads.drop(studio.viewer, studio.creatorId, id);
    expect(await partsOf(id)).toEqual([]);
  });

  it("a browser without SHA-256 (no https) is checked by length alone, and the hash is ours", async () => {
    const { id, sent } = send(TEXT, { sha256: null });
    await sent;
    expect((await uploads.find(studio.viewer, studio.creatorId, id))?.sha256).toBe(hex(TEXT));
    await uploads.drop(studio.viewer, studio.creatorId, id);
  });

  it.each([
    ["cut", TEXT.subarray(0, -3), { bytes: TEXT.length, sha256: hex(TEXT) }],
    ["cut, without a hash", TEXT.subarray(0, -3), { bytes: TEXT.length, sha256: null }],
    ["longer than announced", Buffer.concat([TEXT, TEXT]), { bytes: TEXT.length, sha256: null }],
    ["of the same length but changed", Buffer.from(String(TEXT).replace("5", "6")), { sha256: hex(TEXT) }],
  ])(
    "a file that is %s is refused with what to do, and nothing of it stays",
    async (_what, content, given) => {
      const { id, sent } = send(content, given);
      await expect(sent).rejects.toMatchObject({
        code: "invalid",
        message: expect.stringMatching(/did not arrive whole \(.+\)\. Try again/),
      });
      expect(await uploads.find(studio.viewer, studio.creatorId, id)).toBeNull();
      expect(await partsOf(id)).toEqual([]);
    },
  );

  it("an empty file and one beyond the limit are refused before a byte is taken", async () => {
    await expect(send(Buffer.alloc(0)).sent).rejects.toThrow(/is empty\. Export it again/);
    await expect(send(TEXT, { bytes: 200_000_001 }).sent).rejects.toThrow(/more than 200 MB/);
  });

  it("one whose sender went away half-way leaves nothing, and the same file can come again", async () => {
    const content = randomBytes(2_500_000);
    const id = randomUUID();
    const announced = { id, fileName: "a.csv", bytes: content.length, sha256: hex(content) };
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (sent >= 1_500_000) return controller.error(new Error("aborted"));
        controller.enqueue(content.subarray(sent, sent + 100_000));
        sent += 100_000;
      },
    });
    const broken = receive(studio.viewer, studio.creatorId, announced, body);
    await expect(broken).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/broken off/),
    });
    expect(await partsOf(id)).toEqual([]);
    await send(content, { id }).sent;
    expect(hex(await stored(id))).toBe(hex(content));
    await uploads.drop(studio.viewer, studio.creatorId, id);
  });

  it("the same file under the same id is the same upload; another one is refused", async () => {
    const { id, sent } = send(TEXT);
    await sent;
    await send(TEXT, { id }).sent;
    expect(await partsOf(id)).toEqual([TEXT.length]);
    const other = Buffer.from("month,views\n2026-01,6\n");
    await expect(send(other, { id }).sent).rejects.toMatchObject({ code: "conflict" });
    expect(String(await stored(id))).toBe(String(TEXT));
    await uploads.drop(studio.viewer, studio.creatorId, id);
  });
});

describe("what waits is limited, and goes by itself", () => {
  it("five files and 400 MB a creator: more is refused with what to do, until one is put aside", async () => {
    studio = await makeStudio();
    const ids: string[] = [];
    for (let each = 0; each < 5; each++) {
      const { id, sent } = send(TEXT);
      await sent;
      ids.push(id);
    }
    await expect(send(TEXT).sent).rejects.toMatchObject({
      code: "limit",
      message: expect.stringMatching(/At most 5 files and 400 MB/),
    });
    await uploads.drop(studio.viewer, studio.creatorId, ids[0] ?? "");
    await send(TEXT).sent;

    studio = await makeStudio();
    const large = { fileName: "large.csv", bytes: 199_000_000, sha256: null };
    for (let each = 0; each < 2; each++)
      await uploads.begin(studio.viewer, studio.creatorId, { id: randomUUID(), ...large });
    await expect(
      uploads.begin(studio.viewer, studio.creatorId, { id: randomUUID(), ...large }),
    ).rejects.toMatchObject({ code: "limit" });
  });

  it("a file in which nothing can be imported takes nobody's place: it gives way to the next", async () => {
    studio = await makeStudio();
    const { viewer, creatorId } = studio;
    const files = ["refused", "not_useful", "read", "read", "read"].map((kind) => ({ kind, ...send(TEXT) }));
    await Promise.all(files.map(({ sent }) => sent));
    for (const { id, kind } of files) {
      const run = await uploads.claim(viewer, creatorId, id, { state: "reading", choices: {} });
      const result = { preview: { kind } };
      await uploads.settle(viewer, creatorId, { id, run }, { state: "read", choices: {}, result });
    }
    const useless = async () =>
      (await uploads.list(viewer, creatorId)).map(({ isUseless }) => isUseless).filter(Boolean).length;
    expect(await useless()).toBe(2);
    await send(TEXT).sent;
    expect(await useless()).toBe(0);
    expect(await uploads.list(viewer, creatorId)).toHaveLength(4);
  });

  it("a week later the nightly job has dropped it; one of yesterday waits on", async () => {
    studio = await makeStudio();
    const [old, fresh] = [send(TEXT), send(TEXT)];
    await Promise.all([old.sent, fresh.sent]);
    await owner`update uploads set recorded_at = now() - interval '8 days', beat_at = now() - interval '8 days' where id = ${old.id}`;
    await owner`update uploads set recorded_at = now() - interval '1 day', beat_at = now() - interval '1 day' where id = ${fresh.id}`;
    await sweepUploads(operatorOf);
    const left = await uploads.list(studio.viewer, studio.creatorId);
    expect(left.map(({ id }) => id)).toEqual([fresh.id]);
    expect(await partsOf(old.id)).toEqual([]);
  });
});

describe("work on a file has one owner at a time", () => {
  it("whoever looks again takes over: the earlier look hears at its next beat that nobody waits for it", async () => {
    studio = await makeStudio();
    const { viewer, creatorId } = studio;
    const { id, sent } = send(TEXT);
    await sent;
    const first = { id, run: await uploads.claim(viewer, creatorId, id, { state: "reading", choices: {} }) };
    expect(await uploads.beat(viewer, creatorId, first, 0.5)).toBe(true);
    const second = { id, run: await uploads.claim(viewer, creatorId, id, { state: "reading", choices: {} }) };
    expect(await uploads.beat(viewer, creatorId, first, 0.6)).toBe(false);
    expect(await uploads.beat(viewer, creatorId, second, 0.1)).toBe(true);
    const end = { state: "read" as const, choices: {}, result: { said: "by the first" } };
    expect(await uploads.settle(viewer, creatorId, first, end)).toBe(false);
    expect((await uploads.find(viewer, creatorId, id))?.result).toBeNull();
  });

  it("nobody touches a file while it is imported, unless that stopped: then it says so and can begin again", async () => {
    studio = await makeStudio();
    const { viewer, creatorId } = studio;
    const { id, sent } = send(TEXT);
    await sent;
    await uploads.claim(viewer, creatorId, id, { state: "importing", choices: {} });
    const again = () => uploads.claim(viewer, creatorId, id, { state: "reading", choices: {} });
    await expect(again()).rejects.toMatchObject({ code: "conflict" });
    await owner`update uploads set beat_at = now() - interval '1 minute' where id = ${id}`;
    expect(await uploads.find(viewer, creatorId, id)).toMatchObject({
      state: "importing",
      isInterrupted: true,
    });
    await again();
    expect(await uploads.find(viewer, creatorId, id)).toMatchObject({
      state: "reading",
      isInterrupted: false,
    });
  });

  it("an import that was put aside meanwhile cannot end: its transaction is refused", async () => {
    studio = await makeStudio();
    const { viewer, creatorId } = studio;
    const { id, sent } = send(TEXT);
    await sent;
    const run = await uploads.claim(viewer, creatorId, id, { state: "importing", choices: {} });
    await uploads.drop(viewer, creatorId, id);
    await expect(uploads.finish(viewer, creatorId, { id, run })).rejects.toMatchObject({ code: "not_found" });
  });

  it("a second editor goes on with what the first one brought", async () => {
    studio = await makeStudio();
    const { viewer: editor } = await makeMember(studio.viewer, studio.creatorId, "editor");
    const { id, sent } = send(TEXT);
    await sent;
    await uploads.claim(editor, studio.creatorId, id, { state: "reading", choices: { decimal: "." } });
    expect((await uploads.find(studio.viewer, studio.creatorId, id))?.choices).toEqual({ decimal: "." });
  });
});
