import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Drafts } from "../../lib/import/draft";
import { MAX_FILE_BYTES } from "../../lib/import/limits";
import { readNow } from "../../lib/import/read";
import { readFile } from "../../lib/import/run";
import { STAGED_COLUMNS, stagingSink } from "../../lib/import/staged";
import { contentText, OPTIONS, utf8 } from "./fixtures";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "permille-read-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const staged = () => path.join(folder, "staged");
const isStaged = () => {
  try {
    return readFileSync(staged(), "utf8");
  } catch {
    return null;
  }
};

function brought(content: string | Uint8Array, name = "file.csv") {
  const place = path.join(folder, "upload");
  writeFileSync(place, content);
  return { path: place, name };
}

/** A table of `rows` rows of somebody's own, of a month each. */
function longTable(rows: number): string {
  return `month,stream,amount_usd,note\n${Array.from({ length: rows }, (_, row) => `20${10 + (row % 10)}-0${1 + (row % 9)},ads,${row % 100}.25,row ${row}`).join("\n")}\n`;
}

describe("a file is read in a thread of its own, from disk to disk", () => {
  test("with the same outcome as in this one, and its drafts as lines of COPY text", async () => {
    const outcome = await readFile(brought(contentText()), OPTIONS, staged());
    const { drafts, ...same } = readNow(utf8(contentText()), "file.csv", OPTIONS) as never as {
      drafts: Drafts;
    };
    expect(outcome).toEqual(same);
    let lines = "";
    const sink = stagingSink((more) => {
      lines += more;
    });
    for (const video of drafts.videos) sink.video(video);
    for (const traffic of drafts.traffic) sink.traffic(traffic);
    for (const payout of drafts.payouts) sink.payout(payout);
    expect(isStaged()?.split("\n").sort()).toEqual(lines.split("\n").sort());
    const [first = ""] = lines.split("\n");
    expect(first.split("\t")).toHaveLength(Object.keys(STAGED_COLUMNS).length);
  });

  test("progress goes from 0 towards 1 and never back", async () => {
    const shares: number[] = [];
    await readFile(brought(longTable(60_000)), OPTIONS, staged(), {
      onProgress: (share) => shares.push(share),
    });
    expect(shares.length).toBeGreaterThan(5);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  test("beyond the deadline it is given up, the thread with it, and nothing stays on disk", async () => {
    const outcome = await readFile(brought(longTable(60_000), "slow.csv"), OPTIONS, staged(), {
      deadlineMs: 1,
    });
    expect(outcome).toEqual({
      kind: "refused",
      problems: [{ file: "slow.csv", message: expect.stringMatching(/too long to read/) }],
    });
    expect(isStaged()).toBeNull();
  });

  test("broken off by whoever asked, it rejects with their reason and leaves nothing on disk", async () => {
    const stop = new AbortController();
    const reading = readFile(brought(longTable(60_000)), OPTIONS, staged(), {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error("left the page")),
    });
    await expect(reading).rejects.toThrow("left the page");
    expect(isStaged()).toBeNull();
  });

  test("too many bytes never reach a thread", async () => {
    const outcome = await readFile(brought(new Uint8Array(MAX_FILE_BYTES + 1), "big.csv"), OPTIONS, staged());
    expect(outcome).toMatchObject({
      kind: "refused",
      problems: [{ message: expect.stringMatching(/more than 200 MB/) }],
    });
  });

  test("a refused file leaves nothing on disk", async () => {
    expect(await readFile(brought('a,b\n1,"'), OPTIONS, staged())).toMatchObject({ kind: "refused" });
    expect(isStaged()).toBeNull();
  });

  test("a defect of our own is no fault of the file: an unknown format rejects", async () => {
    await expect(
      readFile(brought(contentText()), { ...OPTIONS, fileFormat: "no-such" }, staged()),
    ).rejects.toThrow(/not a file format/);
    expect(isStaged()).toBeNull();
  });
});
