import path from "node:path";
import { gzipSync } from "node:zlib";
import { build, minify } from "vite";
import { expect, it } from "vitest";

// The explorer works out the model in the browser; a phone must not wait for tables that the page sends as data.

const ROOT = path.join(import.meta.dirname, "../..");
const ENTRY = path.join(ROOT, "app/(app)/creators/[creatorId]/projections/explorer/explorer.tsx");
const MODEL = `${path.join(ROOT, "lib/model")}${path.sep}`;
const MOST_BYTES = 6 * 1024;

it("what the explorer takes from the model is under 6 kB, minified and gzipped, and brings no package along", async () => {
  const built = await build({
    configFile: false,
    root: ROOT,
    logLevel: "silent",
    resolve: { alias: [{ find: /^@\//, replacement: `${ROOT}/` }] },
    build: {
      write: false,
      minify: false,
      rolldownOptions: {
        input: ENTRY,
        external: (id) => !/^[./\0]|^@\//.test(id),
        preserveEntrySignatures: "strict",
        output: { format: "es" },
      },
    },
  });
  const [chunk] = "output" in built ? built.output : [];
  if (chunk?.type !== "chunk") throw new Error("Nothing was built.");
  const modules = Object.entries(chunk.modules).filter(([id]) => id.startsWith(MODEL));
  expect(modules.map(([id]) => id.slice(MODEL.length))).toContain("scenario.ts");
  expect(modules.map(([id]) => id.slice(MODEL.length))).not.toContain("benchmarks.ts");
  const code = modules.map(([, { code: text }]) => text ?? "").join("\n");
  expect(code).not.toMatch(/^import /m);
  const small = await minify("model.js", code, { module: true, compress: { unused: false } });
  expect(small.errors).toEqual([]);
  const bytes = gzipSync(small.code, { level: 9 }).length;

  expect(bytes).toBeGreaterThan(1024);
  expect(bytes).toBeLessThan(MOST_BYTES);
});
