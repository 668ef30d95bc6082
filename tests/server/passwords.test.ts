import { describe, expect, it } from "vitest";
import { commonPasswords } from "../../lib/server/common-passwords";
import { hashPassword, objectionTo, verifyPassword } from "../../lib/server/passwords";

const ABOUT = ["Mira Okafor", "mira.okafor@studio-okafor.com"];

describe("a new password", () => {
  it.each([
    ["four words", "glacier anvil tuesday moss"],
    ["exactly 15 characters", "k7 vL0q-ezR3:pd"],
    ["100 characters of many scripts", [..."ключ 鍵 κλειδί מפתח 🔑 ".repeat(9)].slice(0, 100).join("")],
    ["spaces at both ends", "  anvil glacier moss  "],
    ["its 256 characters", "anvil moss glacier tuesday ".repeat(10).slice(0, 256)],
    ["a random number", "839201746528390"],
    ["a name among other words", "mira keeps glaciers in jars"],
  ])("may be %s: only length and what everyone tries count", async (_why, password) => {
    expect(await objectionTo(password, ABOUT)).toBeNull();
  });

  it.each([
    ["14 characters", "k7 vL0q-ezR3:p", "at least 15"],
    ["257 characters", "anvil moss glacier tuesday ".repeat(10).slice(0, 257), "at most 256"],
    ["a common one with digits after it", "password1234567", "easy to guess"],
    ["a common one between signs", "!!!!Sunshine!!!!", "easy to guess"],
    ["a common one repeated", "dragondragondragon", "easy to guess"],
    ["one sign repeated", "aaaaaaaaaaaaaaaa", "easy to guess"],
    ["a short piece repeated", "abcdabcdabcdabcd", "easy to guess"],
    ["counting", "123456789012345", "easy to guess"],
    ["a row of the keyboard", "qwertyuiopasdfghjkl", "easy to guess"],
    ["the row backwards", "poiuytrewqlkjhgfdsa", "easy to guess"],
    ["the person's name and a year", "MiraOkafor20261", "easy to guess"],
    ["the address", "mira.okafor@studio-okafor.com", "easy to guess"],
    ["the app's name", "permille-permille-1", "easy to guess"],
  ])("is refused when it is %s", async (_why, password, sentence) => {
    expect(await objectionTo(password, ABOUT)).toContain(sentence);
  });

  it("is compared with at least 3,000 common ones (TRUST row 10)", async () => {
    expect((await commonPasswords()).size).toBeGreaterThan(3000);
  });
});

describe("a password's hash", () => {
  it("is argon2id with 19 MiB, t = 2, p = 1", async () => {
    expect(await hashPassword("glacier anvil tuesday moss")).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it("covers every character: nothing is cut, trimmed or folded", async () => {
    const long = `${"é".repeat(99)}a`;
    const hash = await hashPassword(long);
    expect(await verifyPassword(hash, long)).toBe(true);
    expect(await verifyPassword(hash, `${"é".repeat(99)}b`)).toBe(false);
    expect(await verifyPassword(await hashPassword(" spaces at the ends "), "spaces at the ends")).toBe(
      false,
    );
    expect(await verifyPassword(await hashPassword("Glacier anvil moss"), "glacier anvil moss")).toBe(false);
  });

  it("is the same for the same letters from another keyboard (composed or not)", async () => {
    const hash = await hashPassword("cafe\u0301 glacier anvil");
    expect(await verifyPassword(hash, "café glacier anvil")).toBe(true);
  });

  it("is looked for even when there is no account, so that time tells nothing", async () => {
    const hash = await hashPassword("glacier anvil tuesday moss");
    // The work done, not the time passed: a busy machine changes the one, not the other.
    const work = async (stored: string | null) => {
      const before = process.cpuUsage();
      for (let round = 0; round < 8; round++) expect(await verifyPassword(stored, "wrong")).toBe(false);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    await work(null);
    expect(await work(null)).toBeGreaterThan((await work(hash)) / 3);
  });

  it("of nobody accepts nothing, not even what the dummy was made of", async () => {
    expect(await verifyPassword(null, "nobody has this password")).toBe(false);
  });
});
