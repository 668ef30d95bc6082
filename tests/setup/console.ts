import { afterEach, beforeEach } from "vitest";

// A warning nobody expected is a failure. A test that expects one replaces the method itself:
// `vi.spyOn(console, "error").mockImplementation(() => {})`.
const METHODS = ["error", "warn"] as const;
const original = { error: console.error, warn: console.warn };
let unexpected: string[] = [];

beforeEach(() => {
  unexpected = [];
  for (const method of METHODS) {
    console[method] = (...words: unknown[]) => {
      unexpected.push(
        `console.${method}: ${words.map((word) => (word instanceof Error ? word.stack : String(word))).join(" ")}`,
      );
    };
  }
});

afterEach(() => {
  for (const method of METHODS) console[method] = original[method];
  if (unexpected.length > 0) throw new Error(`Unexpected output:\n${unexpected.join("\n")}`);
});
