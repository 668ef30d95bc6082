import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Viewer } from "../../lib/model/access";
import { makeUser, viewerOf } from "../factories";
import { connectOwner, hashOfCreator, type Sql } from "../setup/catalogue";
import { type FullStudio, makeFullStudio } from "../studio";
import { comeAs } from "./come-as";

vi.mock("next/headers", async () => (await import("./browser")).nextHeaders);
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server.js"));

// Every route handler under app/api, called as anybody's program would call it, by people who must not.

const API = path.join(import.meta.dirname, "..", "..", "app", "api");
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

type Params = Record<string, string>;
type Handler = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

interface Row {
  /** read: each member; write: owners and editors. */
  for: "read" | "write";
  params: (victim: FullStudio) => Params;
  body?: (victim: FullStudio) => Promise<FormData>;
  /** It writes, in the right hands. */
  writes?: true;
}

let files = 0;
/** Each file says something new, so that there is always something to import. */
const newFile = () => `month,views,ads_usd\n2026-04,${1000 + ++files},12.34\n`;
const MAPPING = {
  when: { column: "month", grain: "month" },
  views: "views",
  amounts: { shape: "wide", columns: [{ column: "ads_usd", stream: "ads", currency: "USD" }] },
  state: "final",
  decimal: ".",
  dayOrder: null,
};

const ROWS: Record<string, Row> = {
  "creators/[creatorId]/ledger/route.ts GET": { for: "read", params: ({ creatorId }) => ({ creatorId }) },
  "creators/[creatorId]/deals/[dealId]/invoice/route.ts GET": {
    for: "read",
    params: ({ creatorId, dealId }) => ({ creatorId, dealId }),
  },
  "creators/[creatorId]/months/[month]/route.ts GET": {
    for: "read",
    params: ({ creatorId }) => ({ creatorId, month: "2026-01" }),
  },
  "creators/[creatorId]/placements/route.ts GET": { for: "read", params: ({ creatorId }) => ({ creatorId }) },
  "creators/[creatorId]/years/[year]/route.ts GET": {
    for: "read",
    params: ({ creatorId }) => ({ creatorId, year: "2026" }),
  },
  "creators/[creatorId]/imports/preview/route.ts POST": {
    for: "write",
    params: ({ creatorId }) => ({ creatorId }),
    body: async ({ channelId }) => upload(newFile(), channelId, null),
  },
  "creators/[creatorId]/imports/route.ts POST": {
    for: "write",
    params: ({ creatorId }) => ({ creatorId }),
    async body({ channelId, creatorId, editor }) {
      await comeAs(editor);
      const file = newFile();
      const preview = handlers.get("creators/[creatorId]/imports/preview/route.ts POST");
      const answer = await preview?.(post(upload(file, channelId, null)), contextOf({ creatorId }));
      const { hash } = (await answer?.json()) ?? {};
      return upload(file, channelId, { id: randomUUID(), hash, channelName: "" });
    },
    writes: true,
  },
};

/** Tested where they run inside of Next, since next-auth asks it for the request itself; and those whose address is the key. */
const ELSEWHERE: Record<string, string> = {
  "alerts/[token]/route.ts POST": "tests/app/mail-and-calendar.test.ts",
  "calendar/[creatorId]/[token]/route.ts GET": "tests/app/mail-and-calendar.test.ts",
  "auth/[...nextauth]/route.ts GET": "e2e/doors.spec.ts",
  "auth/[...nextauth]/route.ts POST": "e2e/doors.spec.ts",
};

const WRONG_IDS = [
  "",
  "x",
  "..",
  "../..",
  "null",
  "0",
  "%00",
  "\u0000",
  "{}",
  "' or 1=1 --",
  "9".repeat(10_000),
];

const handlers = await findHandlers();
let owner: Sql;
let victim: FullStudio;

beforeAll(async () => {
  owner = connectOwner();
  victim = await makeFullStudio();
});
afterAll(() => owner.end());

describe("route handlers", () => {
  it("are all in the matrix, and the matrix holds no other", () => {
    expect([...handlers.keys()].sort()).toEqual([...Object.keys(ROWS), ...Object.keys(ELSEWHERE)].sort());
  });
});

describe.each(Object.entries(ROWS))("%s", (name, row) => {
  async function call(params: Params, body?: FormData, headers?: Record<string, string>): Promise<Response> {
    const handler = handlers.get(name);
    if (!handler) throw new Error("This route does not exist.");
    const request = body ? post(body, headers) : new Request("http://localhost:3000/", { headers });
    return handler(request, contextOf(params));
  }
  const hash = () => hashOfCreator(owner, victim.creatorId);

  it("gives nothing to whom it is not for, and changes nothing", async () => {
    const params = row.params(victim);
    const body = await row.body?.(victim);
    const before = await hash();
    const everyone: [string, Viewer | null, number][] = [
      ["anonymous", null, 401],
      ["stranger", viewerOf(await makeUser()), 404],
      ["former member", victim.former, 404],
      ["viewer", victim.looker, row.for === "write" ? 403 : 200],
    ];
    for (const [who, viewer, status] of everyone) {
      await comeAs(viewer);
      const response = await call(params, body);
      expect(response.status, who).toBe(status);
      if (status !== 200) expect((await response.text()).length, `${who}: one sentence`).toBeLessThan(200);
      expect(await hash(), who).toBe(before);
    }
    await comeAs(victim.editor);
    expect((await call(params, body)).status, "the same request of an editor").toBe(200);
    if (row.writes) expect(await hash()).not.toBe(before);
    else expect(await hash()).toBe(before);
  });

  it("keeps its answers out of every cache", async () => {
    const body = await row.body?.(victim);
    await comeAs(victim.editor);
    const response = await call(row.params(victim), body);
    expect(response.headers.get("cache-control")).toMatch(/no-store/);
  });

  it("finds nothing under an address that is none", async () => {
    const good = row.params(victim);
    const body = await row.body?.(victim);
    const before = await hash();
    await comeAs(victim.viewer);
    for (const field of Object.keys(good)) {
      for (const wrong of WRONG_IDS) {
        const response = await call({ ...good, [field]: wrong }, body);
        expect(response.status, `${field} ${JSON.stringify(wrong.slice(0, 20))}`).toBe(404);
      }
    }
    expect(await hash()).toBe(before);
  });

  if (row.body) {
    it("takes nothing that another site's page sends with the visitor's cookies", async () => {
      const body = await row.body?.(victim);
      const before = await hash();
      await comeAs(victim.viewer);
      const foreign: Record<string, string>[] = [
        { "sec-fetch-site": "cross-site", origin: "https://elsewhere.example" },
        { "sec-fetch-site": "same-site", origin: "http://localhost:9999" },
        { origin: "https://elsewhere.example" },
        { origin: "null" },
        { origin: "not an origin" },
      ];
      for (const headers of foreign) {
        const response = await call(row.params(victim), body, headers);
        expect(response.status, JSON.stringify(headers)).toBe(403);
      }
      expect(await hash()).toBe(before);
    });

    it("answers every wrong body with one sentence, and writes nothing", async () => {
      const before = await hash();
      const good = JSON.parse(String((await row.body?.(victim))?.get("about"))) as Record<string, unknown>;
      const file = new File([newFile()], "a.csv");
      await comeAs(victim.viewer);
      for (const [shape, make] of wrongBodies(good, file)) {
        const response = await call(row.params(victim), make());
        expect(response.status, shape).toBe(400);
        expect(await response.json(), shape).toEqual({ message: expect.stringMatching(/\.$/) });
      }
      expect(await hash()).toBe(before);
    });
  }
});

function upload(text: string, channelId: string, commit: object | null): FormData {
  const choices = { channel: { id: channelId, newOn: null }, mapping: MAPPING };
  return bodyOf(new File([text], "a.csv"), { bytes: text.length, sha256: null, choices, commit });
}

function bodyOf(file: unknown, about: unknown): FormData {
  const form = new FormData();
  if (file instanceof File) form.set("file", file);
  else if (file !== undefined) form.set("file", String(file));
  if (about !== undefined) form.set("about", typeof about === "string" ? about : JSON.stringify(about));
  return form;
}

function wrongBodies(good: Record<string, unknown>, file: File): [string, () => FormData][] {
  const abouts: [string, unknown][] = [
    ["nothing beside the file", undefined],
    ["no JSON", "{"],
    ["a number", "1"],
    ["null", "null"],
    ["a list", []],
    ["a text of 1 MB", "x".repeat(1_000_000)],
    ["10,000 lists in each other", "[".repeat(10_000) + "]".repeat(10_000)],
    ["no length", { ...good, bytes: undefined }],
    ["another length", { ...good, bytes: 1 }],
    ["a negative length", { ...good, bytes: -1 }],
    ["a length with decimals", { ...good, bytes: 1.5 }],
    ["a length as text", { ...good, bytes: "40" }],
    ["another file's hash", { ...good, sha256: "0".repeat(64) }],
    ["a hash that is none", { ...good, sha256: "x" }],
    ["choices that are a list", { ...good, choices: [] }],
    ["a channel that is no id", { ...good, choices: { channel: { id: "x", newOn: null } } }],
    [
      "a period that ends before it begins",
      { ...good, choices: { period: { from: "2026-02-01", to: "2026-01-01" } } },
    ],
    ["an import without an id", { ...good, commit: { hash: "0".repeat(64), channelName: "" } }],
    ["an import that is a text", { ...good, commit: "yes" }],
  ];
  return [
    ...abouts.map(([shape, about]): [string, () => FormData] => [shape, () => bodyOf(file, about)]),
    ["an empty form", () => new FormData()],
    ["a text where the file should be", () => bodyOf("month,views", good)],
  ];
}

function post(body: FormData, headers: Record<string, string> = {}): Request {
  return new Request("http://localhost:3000/", {
    method: "POST",
    body,
    headers: { host: "localhost:3000", ...headers },
  });
}

function contextOf(params: Params) {
  return { params: Promise.resolve(params) };
}

/** "folder/route.ts METHOD" → handler. */
async function findHandlers(): Promise<Map<string, Handler>> {
  const found = new Map<string, Handler>();
  const files = readdirSync(API, { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => path.basename(name) === "route.ts")) {
    const module = (await import(/* @vite-ignore */ path.join(API, file))) as Record<string, unknown>;
    for (const method of METHODS) {
      if (module[method]) found.set(`${file} ${method}`, module[method] as Handler);
    }
  }
  return found;
}
