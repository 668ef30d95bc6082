import { NextRequest } from "next/server";
import { describe, expect, it, vi } from "vitest";
import { config, proxy } from "../../proxy";

function answerTo(url: string) {
  return proxy(new NextRequest(url));
}

describe("the headers of every page", () => {
  it("let no script run but the page's own: a nonce of its own in each of 10,000 answers, nothing inline", () => {
    const nonces = new Set<string>();
    for (let n = 0; n < 10_000; n++) {
      const policy = answerTo("http://localhost:3000/").headers.get("content-security-policy") ?? "";
      const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
      expect(scripts).not.toContain("unsafe");
      nonces.add(/'nonce-([^']+)'/.exec(scripts)?.[1] ?? "");
    }
    expect(nonces.size).toBe(10_000);
  });

  it("keep pages out of frames, types unguessed and paths from other sites", () => {
    const { headers } = answerTo("http://localhost:3000/");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("same-origin");
    expect(headers.get("strict-transport-security")).toBeNull();
  });

  it("demand https only where there is https", () => {
    vi.stubEnv("NEXTAUTH_URL", "https://permille.example");
    const { headers } = answerTo("https://permille.example/");
    expect(headers.get("strict-transport-security")).toContain("max-age=");
    expect(headers.get("content-security-policy")).toContain("upgrade-insecure-requests");
  });

  it("overwrite the path a client claims, so that signing in leads nowhere else", () => {
    const request = new NextRequest("http://localhost:3000/creators?a=1", {
      headers: { "x-permille-path": "//evil.example" },
    });
    expect(proxy(request).headers.get("x-middleware-request-x-permille-path")).toBe("/creators?a=1");
  });

  it("are set on pages and data, but uploads stream past", () => {
    const [pattern = ""] = config.matcher;
    const matches = (path: string) => new RegExp(`^${pattern}$`).test(path);
    expect(["/", "/creators/1", "/api/auth/session"].filter(matches)).toHaveLength(3);
    expect(
      [
        "/_next/static/a.js",
        "/api/creators/1/imports",
        "/api/creators/1/imports/preview",
        "/icon.svg",
      ].filter(matches),
    ).toEqual([]);
  });
});
