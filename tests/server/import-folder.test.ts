import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { sweepFolders, withFolder } from "../../lib/server/import-folder";

let place = "";
beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), "permille-test-"));
  vi.stubEnv("TMPDIR", place);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(place, { recursive: true });
});

it("what a killed process left of a file is removed after hours; a file at work and other folders stay", async () => {
  const old = new Date(Date.now() - 7 * 3_600_000);
  for (const name of ["permille-import-old", "another-old"]) {
    mkdirSync(path.join(place, name));
    writeFileSync(path.join(place, name, "file"), "private");
    utimesSync(path.join(place, name), old, old);
  }
  await withFolder(async (folder) => {
    await sweepFolders();
    const names = [folder, path.join(place, "permille-import-old"), path.join(place, "another-old")];
    expect(names.map((name) => existsSync(name))).toEqual([true, false, true]);
  });
});
