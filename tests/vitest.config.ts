import path from "node:path";
import { defineConfig } from "vitest/config";

const root = path.join(import.meta.dirname, "..");

export default defineConfig({
  root,
  resolve: {
    alias: [
      { find: /^@\//, replacement: `${root}/` },
      // Outside Next there is no client to protect a server module from.
      { find: /^server-only$/, replacement: path.join(root, "tests/setup/empty.ts") },
    ],
    conditions: ["react-server"],
  },
  ssr: { resolve: { conditions: ["react-server"] } },
  test: {
    environment: "node",
    maxWorkers: 2,
    // The machine's zone must not matter; a far one shows it when it does. And no test asks the network.
    env: { TZ: "Pacific/Kiritimati", ECB_URL: "no" },
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: {
          name: "pure",
          // Nothing pure is left changed by a test, so its modules need not be loaded anew for each file.
          isolate: false,
          include: [
            "tests/{model,import,report,lib,components}/**/*.test.{ts,tsx}",
            "tests/architecture*.test.ts",
          ],
          setupFiles: ["tests/setup/console.ts"],
          // Ten thousand cases of a property take seconds on a busy machine.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["tests/db/**/*.test.ts", "tests/access.test.ts", "tests/scopes.test.ts"],
          globalSetup: ["tests/setup/cluster.ts"],
          setupFiles: ["tests/setup/console.ts", "tests/setup/database.ts"],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "app",
          include: ["tests/{app,server}/**/*.test.{ts,tsx}"],
          globalSetup: ["tests/setup/cluster.ts"],
          setupFiles: ["tests/setup/console.ts", "tests/setup/database.ts"],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: "cli",
          include: ["tests/cli/**/*.test.ts"],
          setupFiles: ["tests/setup/console.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
