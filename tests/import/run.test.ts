import { describe, expect, test } from "vitest";
import { readNow } from "../../lib/import/read";
import { readFile } from "../../lib/import/run";
import { contentText, OPTIONS, utf8 } from "./fixtures";

describe("a file is read in a thread of its own", () => {
  test("with the same outcome as in this one, bigints and all", async () => {
    const bytes = utf8(contentText());
    expect(await readFile(bytes, "file.csv", OPTIONS)).toEqual(readNow(bytes, "file.csv", OPTIONS));
  });

  test("beyond the deadline it is given up, and the thread with it", async () => {
    const outcome = await readFile(utf8(contentText()), "slow.csv", OPTIONS, 1);
    expect(outcome).toEqual({
      kind: "refused",
      problems: [{ file: "slow.csv", message: expect.stringMatching(/too long to read/) }],
    });
  });

  test("too many bytes never reach a thread", async () => {
    const outcome = await readFile(new Uint8Array(20_000_001), "big.csv", OPTIONS);
    expect(outcome).toMatchObject({
      kind: "refused",
      problems: [{ message: expect.stringMatching(/more than 20 MB/) }],
    });
  });

  test("a defect of our own is no fault of the file: an unknown format rejects", async () => {
    await expect(
      readFile(utf8(contentText()), "file.csv", { ...OPTIONS, fileFormat: "no-such" }),
    ).rejects.toThrow(/not a file format/);
  });
});
