import path from "node:path";
import { defineConfig } from "playwright/test";
import { findChromium } from "../lib/cli/chromium.mjs";

const executablePath = findChromium() ?? undefined;

export default defineConfig({
  testDir: ".",
  outputDir: path.join(import.meta.dirname, "..", "test-results"),
  // setup.ts serves the built app on a database of its own and names its address in E2E_BASE_URL.
  globalSetup: "./setup.ts",
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    baseURL: process.env.E2E_BASE_URL,
    browserName: "chromium",
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath,
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
