import { randomBytes, randomUUID } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { linkOf, openLink, readLink, sealLink } from "../../lib/server/secrets";

const NOW = new Date("2026-11-23T12:00:00Z");
const LATER = new Date("2026-11-24T12:00:00Z");

describe("links", () => {
  it("are made again from the id alone, so that no queue and no table holds their secret", () => {
    const id = randomUUID();
    const link = linkOf("reset", id);
    expect(linkOf("reset", id)).toEqual(link);
    expect(readLink("reset", link.token)).toEqual({ id, secretHash: link.secretHash });
    expect(link.secretHash.toString("base64url")).not.toContain(link.token.split(".")[1]);
  });

  it("are worthless for another purpose, changed, guessed or made with another secret: 0 of 500 accepted", async () => {
    const id = randomUUID();
    const { token } = linkOf("invitation", id);
    const [head = "", tail = ""] = token.split(".");
    const forged = [
      token,
      head,
      `${head}.`,
      `${head}.${tail.slice(1)}`,
      `${head}.${tail}x`,
      `${head}.${tail}.${tail}`,
      token.replace(".", ""),
      "",
      ...Array.from({ length: 250 }, () => `${head}.${randomBytes(16).toString("base64url")}`),
    ];
    vi.resetModules();
    vi.stubEnv("NEXTAUTH_SECRET", "another secret of at least 32 characters");
    const other = await import("../../lib/server/secrets");
    for (let n = forged.length; n < 500; n++) forged.push(other.linkOf("reset", id).token);
    expect(forged.filter((text) => readLink("reset", text) !== null)).toEqual([]);
  });

  it("that carry their content end in time, and cannot be rewritten", () => {
    const token = sealLink("sign-up", "mira@example.com", LATER);
    expect(openLink("sign-up", token, NOW)).toBe("mira@example.com");
    expect(openLink("sign-up", token, LATER)).toBeNull();
    expect(openLink("reset", token, NOW)).toBeNull();
    const body = Buffer.from(JSON.stringify(["eve@example.com", LATER.getTime()])).toString("base64url");
    expect(openLink("sign-up", `${body}.${token.split(".")[1]}`, NOW)).toBeNull();
    for (const broken of ["", ".", "a.b", "a.b.c", `${token}.x`]) {
      expect(openLink("sign-up", broken, NOW)).toBeNull();
    }
  });
});
