import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as uploads from "../../db/uploads";
import type { Viewer } from "../../lib/model/access";
import { isAtWork, type Upload } from "../../lib/upload";
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

/** What a call is made of; the method is the row's own. */
interface Call {
  params: Params;
  query?: string;
  body?: BodyInit;
}

interface Row {
  /** read: each member; write: owners and editors; agency: the admin of the creator's agency, and nobody of the creator. */
  for: "read" | "write" | "agency";
  prepare: (victim: FullStudio) => Promise<Call>;
  /** It writes, in the right hands. */
  writes?: true;
  /** No other site's page may send it with the visitor's cookies. */
  isOwn?: true;
  /** Calls of the wrong shape, by what is wrong with them. */
  wrong?: (good: Call) => [string, Partial<Call>][];
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
const UPLOAD = "creators/[creatorId]/imports/route.ts POST";
const UPLOADED = "creators/[creatorId]/imports/[uploadId]/route.ts";
const COMMIT = "creators/[creatorId]/imports/[uploadId]/commit/route.ts POST";

const ROWS: Record<string, Row> = {
  "agencies/[agencyId]/commission/route.ts GET": {
    for: "agency",
    prepare: async ({ agencyId }) => ({ params: { agencyId }, query: "?year=2026" }),
  },
  "creators/[creatorId]/closings/[closingId]/route.ts GET": {
    for: "read",
    prepare: async ({ creatorId, statementId }) => ({ params: { creatorId, closingId: statementId } }),
  },
  "creators/[creatorId]/deals/[dealId]/invoice/route.ts GET": {
    for: "read",
    prepare: async ({ creatorId, dealId }) => ({ params: { creatorId, dealId } }),
  },
  "creators/[creatorId]/months/[month]/route.ts GET": {
    for: "read",
    prepare: async ({ creatorId }) => ({ params: { creatorId, month: "2026-01" } }),
  },
  "creators/[creatorId]/ledger/route.ts GET": {
    for: "read",
    prepare: async ({ creatorId }) => ({ params: { creatorId } }),
  },
  "creators/[creatorId]/placements/route.ts GET": {
    for: "read",
    prepare: async ({ creatorId }) => ({ params: { creatorId } }),
  },
  "creators/[creatorId]/statements/[range]/route.ts GET": {
    for: "read",
    prepare: async ({ creatorId }) => ({
      params: { creatorId, range: "2026-01..2026-05" },
      query: "?format=csv",
    }),
  },
  "creators/[creatorId]/sends/[sendId]/[name]/route.ts GET": {
    for: "read",
    prepare: async ({ creatorId, sendId }) => ({ params: { creatorId, sendId, name: "a.json" } }),
  },
  "creators/[creatorId]/years/[year]/route.ts GET": {
    for: "read",
    prepare: async ({ creatorId }) => ({ params: { creatorId, year: "2026" } }),
  },
  [UPLOAD]: {
    for: "write",
    isOwn: true,
    writes: true,
    async prepare(victim) {
      await makeRoom(victim);
      return announced(victim, newFile());
    },
    wrong: wrongUploads,
  },
  [`${UPLOADED} GET`]: {
    for: "write",
    isOwn: true,
    prepare: async (victim) => ({ params: await uploaded(victim) }),
  },
  [`${UPLOADED} POST`]: {
    for: "write",
    isOwn: true,
    writes: true,
    prepare: async (victim) => ({
      params: await uploaded(victim),
      body: JSON.stringify({ channel: { id: victim.channelId, newOn: null }, mapping: MAPPING }),
    }),
    wrong: () =>
      wrongJson([
        ["a channel that is no id", { channel: { id: "x", newOn: null } }],
        ["a period that ends before it begins", { period: { from: "2026-02-01", to: "2026-01-01" } }],
        ["a mapping of no known shape", { mapping: { when: 3 } }],
        ["a currency that is none", { currency: "dollars" }],
        ["an overlap with another answer", { overlaps: { "payouts:ads": "both" } }],
      ]),
  },
  [`${UPLOADED} DELETE`]: {
    for: "write",
    isOwn: true,
    writes: true,
    prepare: async (victim) => ({ params: await uploaded(victim) }),
  },
  [COMMIT]: {
    for: "write",
    isOwn: true,
    writes: true,
    async prepare(victim) {
      const params = await uploaded(victim);
      const body = JSON.stringify({ channel: { id: victim.channelId, newOn: null }, mapping: MAPPING });
      const { preview } = await answerOf(victim, `${UPLOADED} POST`, { params, body });
      return {
        params,
        body: JSON.stringify({ hash: preview?.kind === "read" ? preview.hash : null, channelName: "" }),
      };
    },
    wrong: ({ body }) =>
      wrongJson([
        ["no hash", { channelName: "" }],
        ["a hash that is none", { hash: "x", channelName: "" }],
        ["a name of a thousand letters", { ...JSON.parse(String(body)), channelName: "x".repeat(1_000) }],
      ]),
  },
};

/** Tested where they run inside of Next, since next-auth asks it for the request itself; and those whose address is the key. */
const ELSEWHERE: Record<string, string> = {
  "agencies/[agencyId]/statements/[runId]/route.ts GET": "tests/app/sending.test.ts",
  "alerts/[token]/route.ts POST": "tests/app/mail-and-calendar.test.ts",
  "statements/[token]/route.ts POST": "tests/app/sending.test.ts",
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
  const hash = () => hashOfCreator(owner, victim.creatorId);

  it("gives nothing to whom it is not for, and changes nothing", async () => {
    const good = await row.prepare(victim);
    const before = await hash();
    const everyone: [string, Viewer | null, number][] = [
      ["anonymous", null, 401],
      ["stranger", viewerOf(await makeUser()), 404],
      ["former member", victim.former, 404],
      ["viewer", victim.looker, { read: 200, write: 403, agency: 404 }[row.for]],
    ];
    for (const [who, viewer, status] of everyone) {
      await comeAs(viewer);
      const response = await call(name, good);
      expect(response.status, who).toBe(status);
      if (status !== 200) expect((await response.text()).length, `${who}: one sentence`).toBeLessThan(200);
      expect(await hash(), who).toBe(before);
    }
    await comeAs(rightful(row));
    expect((await call(name, good)).status, "the same request in the right hands").toBe(200);
    if (row.writes) expect(await hash()).not.toBe(before);
    else expect(await hash()).toBe(before);
  });

  it("keeps its answers out of every cache", async () => {
    const good = await row.prepare(victim);
    await comeAs(rightful(row));
    const response = await call(name, good);
    expect(response.headers.get("cache-control")).toMatch(/no-store/);
  });

  it("finds nothing under an address that is none", async () => {
    const good = await row.prepare(victim);
    const before = await hash();
    await comeAs(row.for === "agency" ? victim.admin : victim.viewer);
    for (const field of Object.keys(good.params)) {
      for (const wrong of WRONG_IDS) {
        const response = await call(name, { ...good, params: { ...good.params, [field]: wrong } });
        expect(response.status, `${field} ${JSON.stringify(wrong.slice(0, 20))}`).toBe(404);
      }
    }
    expect(await hash()).toBe(before);
  });

  if (row.isOwn) {
    it("takes nothing that another site's page sends with the visitor's cookies", async () => {
      const good = await row.prepare(victim);
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
        const response = await call(name, good, headers);
        expect(response.status, JSON.stringify(headers)).toBe(403);
      }
      expect(await hash()).toBe(before);
    });
  }

  const { wrong } = row;
  if (wrong) {
    it("answers every wrong shape with one sentence, and writes nothing", async () => {
      const good = await row.prepare(victim);
      const before = await hash();
      await comeAs(victim.viewer);
      for (const [shape, different] of wrong(good)) {
        const response = await call(name, { ...good, ...different });
        expect(response.status, shape).toBe(400);
        expect(await response.json(), shape).toEqual({ message: expect.stringMatching(/\.$/) });
      }
      expect(await hash()).toBe(before);
    });
  }
});

function rightful(row: Row): Viewer {
  return row.for === "agency" ? victim.admin : victim.editor;
}

async function call(name: string, { params, query = "", body }: Call, headers: Record<string, string> = {}) {
  const handler = handlers.get(name);
  if (!handler) throw new Error("This route does not exist.");
  const request = new Request(`http://localhost:3000/${query}`, {
    method: name.split(" ")[1] ?? "GET",
    headers: { host: "localhost:3000", ...headers },
    ...(body === undefined ? {} : { body }),
  });
  return handler(request, { params: Promise.resolve(params) });
}

/** What an editor is answered; work that outlasts the answer is waited for. */
async function answerOf({ editor }: FullStudio, name: string, good: Call): Promise<Upload> {
  await comeAs(editor);
  let upload = (await (await call(name, good)).json()) as Upload;
  const params = { ...good.params, uploadId: upload.id };
  await vi.waitFor(
    async () => {
      upload = (await (await call(`${UPLOADED} GET`, { params })).json()) as Upload;
      expect(isAtWork(upload)).toBe(false);
    },
    { timeout: 15_000, interval: 50 },
  );
  return upload;
}

/** Only a few files may wait at a time. */
async function makeRoom({ viewer, creatorId }: FullStudio): Promise<void> {
  for (const { id } of await uploads.list(viewer, creatorId)) await uploads.drop(viewer, creatorId, id);
}

/** A file that was brought and looked at. */
async function uploaded(victim: FullStudio): Promise<Params> {
  await makeRoom(victim);
  const { id } = await answerOf(victim, UPLOAD, announced(victim, newFile()));
  return { creatorId: victim.creatorId, uploadId: id };
}

function announced({ creatorId }: FullStudio, text: string, more: Record<string, string> = {}): Call {
  const about = { id: randomUUID(), name: "a.csv", bytes: String(Buffer.byteLength(text)), ...more };
  return { params: { creatorId }, query: `?${new URLSearchParams(about)}`, body: text };
}

function wrongUploads(good: Call): [string, Partial<Call>][] {
  const said = Object.fromEntries(new URLSearchParams(good.query));
  const without = (name: string) => Object.fromEntries(Object.entries(said).filter(([key]) => key !== name));
  const queries: [string, Record<string, string>][] = [
    ["nothing said of the file", {}],
    ["no id", without("id")],
    ["an id that is none", { ...said, id: "x" }],
    ["no name", without("name")],
    ["a name of 1 MB", { ...said, name: "x".repeat(1_000_000) }],
    ["no length", without("bytes")],
    ["another length", { ...said, bytes: "1" }],
    ["a longer one", { ...said, bytes: "1000" }],
    ["a negative length", { ...said, bytes: "-1" }],
    ["a length with decimals", { ...said, bytes: "1.5" }],
    ["a length of words", { ...said, bytes: "many" }],
    ["an empty file", { ...said, bytes: "0" }],
    ["a file beyond the limit", { ...said, bytes: "200000001" }],
    ["another file's hash", { ...said, sha256: "0".repeat(64) }],
    ["a hash that is none", { ...said, sha256: "x" }],
  ];
  return [
    ...queries.map(([shape, query]): [string, Partial<Call>] => [
      shape,
      { query: `?${new URLSearchParams(query)}` },
    ]),
    ["no body", { body: "" }],
  ];
}

function wrongJson(own: [string, unknown][]): [string, Partial<Call>][] {
  const bodies: [string, string][] = [
    ["nothing", ""],
    ["no JSON", "{"],
    ["a number", "1"],
    ["null", "null"],
    ["a list", "[]"],
    ["a text of 2 MB", JSON.stringify("x".repeat(2_000_000))],
    ["10,000 lists in each other", "[".repeat(10_000) + "]".repeat(10_000)],
    ...own.map(([shape, body]): [string, string] => [shape, JSON.stringify(body)]),
  ];
  return bodies.map(([shape, body]) => [shape, { body }]);
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
