import { describe, expect, it } from "vitest";
import { localeFrom } from "../../lib/locale";
import { emailAddress, safePath, timeZone } from "../../lib/server/account-input";
import { addressIn } from "../../lib/server/address";
import { parse } from "../../lib/server/env";

describe("an e-mail address", () => {
  it("is normalised once: trimmed, lower case", () => {
    expect(emailAddress.parse("  Mira.Okafor@Example.COM ")).toBe("mira.okafor@example.com");
  });

  // CVE-2022-35924: a list of addresses must never pass as one.
  it.each([
    "a@example.com,b@example.com",
    "a@example.com;b@example.com",
    "a@example.com b@example.com",
    "Mira <a@example.com>",
    "a@example.com\r\nBcc: b@example.com",
    "<script>@example.com",
    "a@b@example.com",
    "a@localhost",
    "@example.com",
    "",
    `${"a".repeat(250)}@example.com`,
  ])("is refused when it is not exactly one: %j", (text) => {
    expect(emailAddress.safeParse(text).success).toBe(false);
  });
});

describe("where to go after signing in", () => {
  it("is a path of ours", () => {
    expect(safePath("/creators/1?month=2026-01#top")).toBe("/creators/1?month=2026-01#top");
  });

  it.each([
    undefined,
    "",
    "//evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "/\t/evil.example",
    "/\n/evil.example",
    "/a\\b",
    " //evil.example",
  ])("is the start page instead of %j", (path) => {
    expect(safePath(path)).toBe("/");
  });
});

describe("a time zone", () => {
  it("is a name, never an offset, which knows no summer time", () => {
    expect(timeZone.safeParse("Europe/Berlin").success).toBe(true);
    for (const bad of ["+01:00", "Mars/Olympus", "", "UTC; drop table", "../../etc/passwd"]) {
      expect(timeZone.safeParse(bad).success).toBe(false);
    }
  });
});

describe("a network address", () => {
  it("is the n-th from the end behind n proxies of one's own: what a client wrote before it counts nothing", () => {
    expect(addressIn("203.0.113.9", 0)).toBe("203.0.113.9");
    expect(addressIn("1.1.1.1, 203.0.113.9", 1)).toBe("203.0.113.9");
    expect(addressIn("1.1.1.1, 203.0.113.9, 10.0.0.2", 2)).toBe("203.0.113.9");
    expect(addressIn(null, 1)).toBe("unknown");
  });
});

describe("the environment", () => {
  const GOOD = { NEXTAUTH_URL: "http://localhost:3000", NEXTAUTH_SECRET: "0123456789abcdef0123456789abcdef" };

  it("tells a local install, where sign-up needs no mail, from a public one", () => {
    expect(parse(GOOD)).toMatchObject({ isLocal: true, isSecure: false, TRIES_PER_ACCOUNT: 10 });
    expect(parse({ ...GOOD, NEXTAUTH_URL: "https://permille.example" })).toMatchObject({
      isLocal: false,
      isSecure: true,
    });
    expect(parse({ ...GOOD, SMTP_URL: "smtp://localhost:25", SMTP_FROM: "a@b.example" }).isLocal).toBe(false);
  });

  it.each([
    [{ NEXTAUTH_SECRET: undefined }, "NEXTAUTH_SECRET is not set"],
    [{ NEXTAUTH_SECRET: "short" }, "at least 32 characters"],
    [{ NEXTAUTH_URL: "permille.example" }, "NEXTAUTH_URL must be the public address"],
    [{ SMTP_URL: "localhost:25" }, "SMTP_URL must begin with smtp://"],
    [{ SMTP_URL: "smtp://localhost" }, "SMTP_FROM is not set"],
    [{ TRIES_PER_ACCOUNT: "ten" }, "TRIES_PER_ACCOUNT must be a whole number"],
  ])("names the variable that is wrong: %j", (given, sentence) => {
    expect(() => parse({ ...GOOD, ...given })).toThrow(sentence);
  });
});

describe("the locale of a new account", () => {
  it("follows the browser's wishes, by region, then by language", () => {
    expect(localeFrom("de-DE,de;q=0.9,en;q=0.8")).toBe("de-DE");
    expect(localeFrom("es-AR,es;q=0.9")).toBe("es-ES");
    expect(localeFrom("xx,fr;q=0.5")).toBe("fr-FR");
    expect(localeFrom(null)).toBe("en-US");
  });
});
