import http, { type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { guardRequests } from "../../lib/server/headers";

// A server of Node's own: what it sees of a request is what Next would see.

let server: http.Server;
let seen: IncomingHttpHeaders = {};

beforeAll(async () => {
  guardRequests();
  // Once more, as Next's second bundle does: nothing may be set twice.
  guardRequests();
  server = http.createServer((request, response) => {
    seen = request.headers;
    response.end();
  });
  await new Promise<void>((done) => {
    server.listen(0, "127.0.0.1", done);
  });
});

afterAll(async () => {
  await new Promise((done) => server.close(done));
});

/** The answer's headers to a raw path, which no client has tidied up. */
function ask(path: string, headers: Record<string, string> = {}): Promise<IncomingHttpHeaders> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    http
      .get({ host: "127.0.0.1", port, path, headers, agent: false }, (answer) => {
        answer.resume();
        answer.on("end", () => resolve(answer.headers));
      })
      .on("error", reject);
  });
}

describe("the headers of every answer", () => {
  it("let no script run but the page's own: a nonce of its own in each answer, told to Next, nothing inline", async () => {
    const nonces = new Set<string>();
    for (let n = 0; n < 200; n++) {
      const policy = String((await ask("/"))["content-security-policy"]);
      const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
      expect(scripts).not.toContain("unsafe");
      expect(seen["content-security-policy"]).toBe(policy);
      nonces.add(/'nonce-([\w+/=]{20,})'/.exec(scripts)?.[1] ?? "");
    }
    expect(nonces.size).toBe(200);
  });

  it("keep pages out of frames, types unguessed and paths from other sites; uploads and data too", async () => {
    for (const path of ["/", "/api/creators/1/imports", "/creators/1?a=2"]) {
      const headers = await ask(path);
      expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("same-origin");
      // No https in this test's environment, so nothing demands it.
      expect(headers["strict-transport-security"]).toBeUndefined();
    }
  });

  it("are left out for files of the build, which are the same for everyone", async () => {
    for (const path of ["/_next/static/chunks/a.js", "/icon.svg?icon.1.svg", "/favicon.ico"])
      expect((await ask(path))["content-security-policy"]).toBeUndefined();
  });
});

describe("what a client claims", () => {
  it("its own path is overwritten, so that signing in leads nowhere else", async () => {
    await ask("/creators?_rsc=1x&a=1", { "x-permille-path": "//evil.example" });
    expect(seen["x-permille-path"]).toBe("/creators?a=1");
    await ask("/creators?_rsc=1x");
    expect(seen["x-permille-path"]).toBe("/creators");
  });

  it("forwarded addresses and hosts are thrown away where no proxy stands in front", async () => {
    await ask("/", {
      "x-forwarded-for": "1.2.3.4",
      "x-forwarded-host": "evil.example",
      forwarded: "for=1.2.3.4",
    });
    expect(Object.keys(seen).filter((name) => name.includes("forwarded"))).toEqual([]);
  });

  it("its body may take an hour, as a large file does on a slow line; its headers may not", async () => {
    await ask("/");
    expect(server.requestTimeout).toBe(3_600_000);
    expect(server.headersTimeout).toBeLessThanOrEqual(60_000);
  });

  it("a path that is none ends nothing", async () => {
    for (const path of ["//", "/%", "/?%E0%A4%A", "/\\", "/??&&_rsc="]) {
      await ask(path);
      expect(seen["x-permille-path"]).toMatch(/^\//);
    }
  });
});
