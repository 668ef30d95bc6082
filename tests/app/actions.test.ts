import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import * as imports from "../../db/imports";
import * as members from "../../db/members";
import * as payouts from "../../db/payouts";
import * as sample from "../../db/sample";
import * as videos from "../../db/videos";
import type { Viewer } from "../../lib/model/access";
import { IDLE } from "../../lib/model/action-state";
import { hashPassword } from "../../lib/server/passwords";
import { makeUser, viewerOf } from "../factories";
import { connectOwner, hashOfAgency, hashOfCreator, type Sql } from "../setup/catalogue";
import { type FullStudio, makeFullStudio, makeRepresentation, newPayout } from "../studio";
import { AGENCY_ROWS, colleagueOf } from "./agency-actions";
import { formOf } from "./browser";
import { CLOSING_ROWS } from "./closing-actions";
import { comeAs } from "./come-as";
import { COMMISSION_ROWS } from "./commission-actions";
import { type Action, findActions, isActionFile, ROOT, sourceFiles } from "./find-actions";
import { PLANNING_ROWS } from "./planning-actions";
import { SENDING_ROWS } from "./sending-actions";
import { TOGETHER_ROWS } from "./together-actions";

vi.mock("next/headers", async () => (await import("./browser")).nextHeaders);
// As a server function gets it; outside Next the name leads to the browser's.
vi.mock("next/navigation", () => import("next/dist/client/components/navigation.react-server.js"));
vi.mock("next/cache", () => ({ refresh: () => {} }));

// Every server action is a public endpoint. Here each one is called as a browser would call it, by people who
// must not: only cookie and headers are stubbed, everything behind them is real.

type Form = Record<string, string>;

interface Row {
  /**
   * Whom the action is for. write: owners and editors; manage: owners; member: whoever belongs to the creator;
   * agency: admins of the agency that represents him; author: who wrote it, the owner here; self: each signed-in
   * person, for what is his own; open: everybody.
   */
  for: "write" | "manage" | "member" | "agency" | "author" | "self" | "open";
  /** What its page would send, aimed at the victim's rows. */
  form: (victim: FullStudio) => Form | Promise<Form>;
  /** Fields in which anything may stand, since what makes no sense there is ignored. */
  ignored?: readonly string[];
  /** Fields no person sees: what is wrong in them is told for the whole form. */
  unnamed?: readonly string[];
  /** Managers of the agency may too. */
  alsoManagers?: true;
  /** The agency that asked may too. */
  agencyToo?: true;
  /** It answers with nothing but another page. */
  silent?: true;
}

const CREATORS = "(app)/(account)/creators/actions.ts";
const ACCOUNT = "(app)/(account)/settings/actions.ts";
const CREATOR = "(app)/creators/[creatorId]";
const SETTINGS = `${CREATOR}/settings/actions.ts`;
const PEOPLE = `${CREATOR}/settings/people/actions.ts`;
const PASSWORD = "correct horse battery staple";

const change = (entry: keyof FullStudio) => (victim: FullStudio) => ({
  creatorId: victim.creatorId,
  id: randomUUID(),
  entryId: String(victim[entry]),
});

const rule = ({ creatorId }: FullStudio): Form => ({
  creatorId,
  id: randomUUID(),
  fromDay: "2026-03-01",
  source: "The platform's page",
});

const video = (victim: FullStudio): Form => ({
  creatorId: victim.creatorId,
  id: randomUUID(),
  channelId: victim.channelId,
  url: "https://www.tiktok.com/@mira/video/7300000000000000000",
  externalId: "",
  title: "Six eggs",
  publishedOn: "2026-01-20",
  format: "short",
  niche: "",
  durationSeconds: "1:05",
});

const ROWS: Record<string, Row> = {
  [`${CREATORS} createCreator`]: {
    for: "self",
    form: ({ creatorId }) => ({ id: creatorId, name: "Mine now", currency: "EUR", timeZone: "Europe/Paris" }),
  },
  [`${CREATORS} openSample`]: { for: "self", form: ({ creatorId }) => ({ id: creatorId }) },

  // Each has views of his own, and only while he belongs to the agency: tests/db/roster.test.ts.
  "(app)/agencies/[agencyId]/roster-actions.ts saveView": {
    for: "self",
    form: ({ agencyId }) => ({ agencyId, id: randomUUID(), name: "Gaps", query: "?sort=gap" }),
    ignored: ["query"],
    unnamed: ["agencyId", "id"],
  },
  "(app)/agencies/[agencyId]/roster-actions.ts removeView": {
    for: "self",
    form: ({ agencyId }) => ({ agencyId, id: randomUUID() }),
    unnamed: ["agencyId", "id"],
  },

  [`${ACCOUNT} updateProfile`]: {
    for: "self",
    form: () => ({ name: "Another", locale: "de-DE", version: "1" }),
  },
  [`${ACCOUNT} changePassword`]: {
    for: "self",
    form: () => ({ currentPassword: PASSWORD, newPassword: PASSWORD }),
  },
  [`${ACCOUNT} closeSession`]: {
    for: "self",
    form: async ({ user }) => ({ id: await sessionOf(user.id) }),
  },
  [`${ACCOUNT} closeOtherSessions`]: { for: "self", form: () => ({}) },

  [`${CREATOR}/channels/actions.ts recordChannel`]: {
    for: "write",
    form: ({ creatorId }) => ({
      creatorId,
      id: randomUUID(),
      platform: "youtube",
      name: "Second",
      handle: "@second",
      niche: "food",
    }),
  },
  [`${CREATOR}/channels/actions.ts updateChannel`]: {
    for: "write",
    form: ({ creatorId, channelId }) => ({
      creatorId,
      id: channelId,
      version: "1",
      name: "Renamed",
      handle: "",
      niche: "music",
      isArchived: "on",
    }),
    ignored: ["isArchived"],
  },
  [`${CREATOR}/channels/actions.ts recordAudience`]: {
    for: "write",
    form: ({ creatorId, channelId }) => ({
      creatorId,
      id: randomUUID(),
      channelId,
      month: "2026-01",
      us_ca_au: "40",
    }),
  },

  ...AGENCY_ROWS,
  ...COMMISSION_ROWS,
  ...CLOSING_ROWS,
  ...PLANNING_ROWS,
  ...TOGETHER_ROWS,
  ...SENDING_ROWS,

  [`${CREATOR}/imports/actions.ts undoImport`]: {
    for: "write",
    async form({ viewer, creatorId }) {
      const [made] = await imports.list(viewer, creatorId);
      return { creatorId, id: made?.id ?? "" };
    },
  },

  [`${CREATOR}/reading-actions.ts recordReading`]: {
    for: "write",
    form: ({ creatorId, channelId, videoId }) => ({
      creatorId,
      id: randomUUID(),
      channelId,
      videoId,
      day: "2026-02-10",
      views: "1,200",
      likes: "7",
      comments: "",
      shares: "",
      followers: "",
    }),
  },
  [`${CREATOR}/reading-actions.ts removeReading`]: { for: "write", form: change("readingId") },

  [`${CREATOR}/payouts/actions.ts recordPayout`]: {
    for: "write",
    form: ({ creatorId, channelId, videoId }) => ({
      creatorId,
      id: randomUUID(),
      replaces: "",
      amount: "12.34",
      currency: "USD",
      stream: "rewards",
      channelId,
      format: "all",
      month: "2026-01",
      fromDay: "",
      toDay: "",
      state: "final",
      kind: "earning",
      about: "",
      note: "A note",
      estimated: "12.50",
      settledOn: "2026-02-10",
      "made-gross": "20.00",
      "made-platform": "40",
      "made-adjustment": "0.34",
      "made-per": "qualified_views",
      "made-count": "30000",
      "made-taxable": "1.00",
      "line-0-videoId": videoId,
      "line-0-amount": "1.00",
    }),
  },
  [`${CREATOR}/payouts/actions.ts removePayout`]: { for: "write", form: change("payoutId") },
  [`${CREATOR}/payouts/actions.ts undoPayout`]: { for: "write", form: change("payoutId") },

  [`${CREATOR}/payouts/terms/actions.ts recordShare`]: {
    for: "write",
    form: (victim) => ({ ...rule(victim), stream: "gift", platform: "50" }),
  },
  [`${CREATOR}/payouts/terms/actions.ts recordProductRate`]: {
    for: "write",
    form: (victim) => ({ ...rule(victim), product: "Pan", rate: "15", adsRate: "8", lockDays: "30" }),
  },
  [`${CREATOR}/payouts/terms/actions.ts recordConvention`]: {
    for: "write",
    form: (victim) => ({ ...rule(victim), coins: "2", diamonds: "200", currency: "USD" }),
  },
  [`${CREATOR}/rule-actions.ts removeRule`]: { for: "write", form: change("ruleId") },
  [`${CREATOR}/rule-actions.ts undoRule`]: { for: "write", form: change("ruleId") },
  [`${CREATOR}/tax/actions.ts recordWithholding`]: {
    for: "write",
    form: (victim) => ({ ...rule(victim), country: "US", form: "treaty", rate: "15" }),
  },
  [`${CREATOR}/lives/actions.ts recordLive`]: {
    for: "write",
    form: ({ creatorId, channelId, videoId }) => ({
      creatorId,
      id: randomUUID(),
      replaces: "",
      channelId,
      videoId,
      day: "2026-01-20",
      seconds: "2.5",
      units: "2500",
      viewers: "120",
      note: "",
    }),
  },
  [`${CREATOR}/lives/actions.ts removeLive`]: { for: "write", form: change("liveId") },
  [`${CREATOR}/lives/actions.ts undoLive`]: { for: "write", form: change("liveId") },

  [`${CREATOR}/rates/actions.ts recordRate`]: {
    for: "write",
    form: ({ creatorId }) => ({
      creatorId,
      id: randomUUID(),
      day: "2026-02-27",
      base: "EUR",
      quote: "USD",
      rate: "1.0853",
      source: "My bank",
    }),
  },

  [`${CREATOR}/rates/actions.ts bringRates`]: {
    for: "write",
    async form({ viewer, creatorId }) {
      await payouts.record(viewer, creatorId, newPayout({ currency: "EUR" }));
      return { creatorId, file: Buffer.from("Date,USD,\n2026-01-30,1.05,\n").toString("base64") };
    },
  },

  [`${CREATOR}/receipts/actions.ts recordReceipt`]: {
    for: "write",
    form: async ({ creatorId, payoutId, viewer }) => ({
      creatorId,
      id: randomUUID(),
      replaces: "",
      receivedOn: "2026-02-25",
      amount: "10.00",
      currency: "USD",
      fee: "0.50",
      rate: "",
      note: "",
      "pay-0-chainId": (await payouts.get(viewer, creatorId, payoutId)).chainId,
      "pay-0-currency": "USD",
      "pay-0-amount": "10.00",
    }),
    // Told beside the amount, which a person sees.
    unnamed: ["pay-0-chainId", "pay-0-currency"],
  },
  [`${CREATOR}/receipts/actions.ts removeReceipt`]: { for: "write", form: change("receiptId") },
  [`${CREATOR}/receipts/actions.ts undoReceipt`]: { for: "write", form: change("receiptId") },

  [`${CREATOR}/sample-actions.ts removeSample`]: {
    for: "manage",
    silent: true,
    async form({ viewer, looker }) {
      const { creatorId } = await sample.open(viewer, randomUUID());
      await share(viewer, creatorId, looker);
      return { creatorId };
    },
  },

  [`${SETTINGS} updateCreator`]: {
    for: "manage",
    form: ({ creatorId }) => ({
      creatorId,
      name: "Renamed",
      currency: "EUR",
      timeZone: "Europe/Paris",
      version: "1",
    }),
  },
  [`${SETTINGS} setPools`]: {
    for: "manage",
    form: ({ creatorId }) => ({ creatorId, pools: "on", version: "1" }),
    ignored: ["pools"],
  },
  [`${PEOPLE} invite`]: {
    for: "manage",
    form: ({ creatorId }) => ({ creatorId, id: randomUUID(), email: "new@example.com", role: "owner" }),
  },
  [`${PEOPLE} resendInvitation`]: {
    for: "manage",
    form: ({ creatorId, invitationId }) => ({ creatorId, id: invitationId }),
  },
  [`${PEOPLE} revokeInvitation`]: {
    for: "manage",
    form: ({ creatorId, invitationId }) => ({ creatorId, id: invitationId }),
  },
  [`${PEOPLE} changeRole`]: {
    for: "manage",
    form: ({ creatorId, looker }) => ({ creatorId, userId: idOf(looker), role: "owner", version: "1" }),
  },
  [`${PEOPLE} removeMember`]: {
    for: "manage",
    form: ({ creatorId, editor }) => ({ creatorId, userId: idOf(editor), version: "1" }),
  },
  [`${PEOPLE} leave`]: { for: "member", form: ({ creatorId }) => ({ creatorId }) },

  [`${CREATOR}/traffic/actions.ts recordTraffic`]: {
    for: "write",
    form: ({ creatorId, channelId }) => ({
      creatorId,
      id: randomUUID(),
      replaces: "",
      channelId,
      videoId: "",
      format: "all",
      span: "month",
      month: "2026-03",
      day: "",
      fromDay: "",
      toDay: "",
      views: "12,000",
      qualifiedViews: "6000",
      engagedViews: "",
      adImpressions: "",
      watchSeconds: "12.5",
      finishPpm: "42.5",
      likes: "",
      comments: "",
      shares: "",
    }),
  },
  [`${CREATOR}/traffic/actions.ts removeTraffic`]: { for: "write", form: change("trafficId") },
  [`${CREATOR}/traffic/actions.ts undoTraffic`]: { for: "write", form: change("trafficId") },

  [`${CREATOR}/videos/actions.ts recordVideo`]: { for: "write", form: video },
  [`${CREATOR}/videos/actions.ts updateVideo`]: {
    for: "write",
    form: (victim) => ({ ...video(victim), id: victim.videoId, version: "1" }),
  },
  [`${CREATOR}/videos/actions.ts removeVideo`]: {
    for: "write",
    async form({ viewer, creatorId, channelId }) {
      const id = await plainVideo(viewer, creatorId, channelId);
      return { creatorId, id, version: "1" };
    },
  },
  [`${CREATOR}/videos/actions.ts restoreVideo`]: {
    for: "write",
    async form({ viewer, creatorId, channelId }) {
      const id = await plainVideo(viewer, creatorId, channelId);
      await videos.remove(viewer, creatorId, { id, version: 1 });
      return { creatorId, id };
    },
  },
  [`${CREATOR}/videos/actions.ts undoVideo`]: {
    for: "write",
    async form({ viewer, creatorId, channelId }) {
      return { creatorId, entryId: await plainVideo(viewer, creatorId, channelId) };
    },
  },

  "(auth)/forgot/actions.ts forgot": { for: "open", form: ({ user }) => ({ email: user.email }) },
  "(auth)/invite/[token]/actions.ts acceptInvitation": {
    for: "self",
    form: () => ({ token: "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA" }),
    unnamed: ["token"],
  },
  "(auth)/invite/[token]/actions.ts joinByInvitation": {
    for: "open",
    form: () => ({
      token: "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA",
      name: "Nobody",
      password: PASSWORD,
    }),
    unnamed: ["token"],
  },
  "(auth)/reset/[token]/actions.ts reset": {
    for: "open",
    form: () => ({ token: "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA", password: PASSWORD }),
    unnamed: ["token"],
  },
  "(auth)/sign-in/actions.ts signInAction": {
    for: "open",
    form: ({ user }) => ({ email: user.email, password: "not the password", callbackUrl: "/" }),
    ignored: ["callbackUrl"],
  },
  "(auth)/sign-up/actions.ts signUp": {
    for: "open",
    form: ({ user }) => ({ email: user.email, name: "Thief", password: PASSWORD, callbackUrl: "/" }),
    ignored: ["callbackUrl"],
  },
  "(auth)/sign-up/actions.ts requestSignUp": { for: "open", form: ({ user }) => ({ email: user.email }) },
  "(auth)/sign-up/actions.ts finishSignUp": {
    for: "open",
    form: () => ({ token: "abc.def", name: "Thief", password: PASSWORD }),
    unnamed: ["token"],
  },
  "sign-out.ts signOutAction": { for: "open", silent: true, form: () => ({ callbackUrl: "/" }) },
};

/** What a hostile client can put where a form is expected. */
const WRONG_SHAPES: readonly (readonly [string, () => unknown])[] = [
  ["nothing", () => undefined],
  ["null", () => null],
  ["0", () => 0],
  ["a negative number", () => -1],
  ["not a number", () => Number.NaN],
  ["a bigint", () => 10n ** 30n],
  ["true", () => true],
  ["an empty text", () => ""],
  ["a text of 1 MB", () => "x".repeat(1_000_000)],
  ["an empty object", () => ({})],
  ["an object with a prototype of its own", () => ({ __proto__: { creatorId: randomUUID() } })],
  ["an object with the fields nested", () => ({ creatorId: { $ne: null }, id: { $gt: "" } })],
  ["an empty list", () => []],
  ["a list of lists", () => [[["creatorId", "id"]]]],
  ["a Map", () => new Map([["creatorId", randomUUID()]])],
  ["a Set", () => new Set(["creatorId"])],
  ["a Date", () => new Date(0)],
  ["a File", () => new File(["x"], "x.csv")],
  ["a Promise", () => Promise.resolve(new FormData())],
  ["URL parameters", () => new URLSearchParams({ creatorId: randomUUID() })],
  ["an empty form", () => new FormData()],
  [
    "a form of files",
    () => filled(["creatorId", "id", "email", "token", "name"], () => new File(["x"], "x")),
  ],
  ["a form with hostile names", () => filled(["__proto__", "constructor", "toString"], () => randomUUID())],
  [
    "a form of texts of 1 MB",
    () => filled(["creatorId", "id", "email", "name"], () => "x".repeat(1_000_000)),
  ],
];

const actions = await findActions();
let owner: Sql;

let passwordHash: string;
/** For what writes nothing: one victim serves all. */
let shared: FullStudio;

beforeAll(async () => {
  owner = connectOwner();
  passwordHash = await hashPassword("nobody here knows it");
  shared = await makeVictim();
});
afterAll(() => owner.end());

describe("server actions", () => {
  it("are all in the matrix, and the matrix holds no other: a new action without a row would be untested", () => {
    expect([...actions.keys()].sort()).toEqual(Object.keys(ROWS).sort());
  });

  it("stand in files of their own, so that none is overlooked", () => {
    for (const file of sourceFiles(["app", "components", "lib"])) {
      const text = readFileSync(path.join(ROOT, file), "utf8");
      if (!isActionFile(text)) expect(text, file).not.toMatch(/["']use server["']/);
    }
  });
});

describe.each(Object.entries(ROWS))("%s", (name, row) => {
  const call = (form: unknown) => outcomeOf(actions.get(name), form);

  it("changes nothing of the victim for whom it is not", async () => {
    const victim = await makeVictim();
    const form = await row.form(victim);
    const creatorId = form.creatorId ?? victim.creatorId;
    const strangers = await strangersTo(victim, row);
    const before = await hashOf(victim, creatorId);
    for (const [who, viewer] of strangers) {
      await comeAs(viewer);
      const outcome = await call(formOf(form));
      if (row.for !== "open") expect(outcome, who).toMatchObject(refusalOf(who, row));
      expect(await hashOf(victim, creatorId), who).toBe(before);
    }
    if (row.for === "open" || row.for === "self") return;

    // The very same form is good in the right hands, so it was the person that was refused.
    const { viewer, editor, looker, admin } = victim;
    await comeAs({ write: editor, manage: viewer, member: looker, agency: admin, author: viewer }[row.for]);
    const outcome = await call(formOf(form));
    expect(outcome).toMatchObject({ is: expect.stringMatching(/^(done|redirect)$/) });
    expect(await hashOf(victim, creatorId)).not.toBe(before);
  });

  it("answers every wrong shape with a name and a sentence, and writes nothing", async () => {
    const victim = shared;
    const fields = Object.keys(await row.form(victim));
    if (fields.length === 0) return;
    const before = await hashOf(victim, victim.creatorId);
    for (const [shape, make] of WRONG_SHAPES) {
      await comeAs(victim.viewer);
      const outcome = await call(make());
      if (row.silent) expect(outcome.is, shape).toMatch(/^(nothing|redirect)$/);
      else {
        expect(outcome, shape).toMatchObject({ is: "invalid" });
        expect(Object.keys(outcome.fields ?? {}).length, shape).toBeGreaterThan(0);
      }
    }
    expect(await hashOf(victim, victim.creatorId)).toBe(before);
  });

  it("names the one field that holds a megabyte", async () => {
    if (row.silent) return;
    const victim = shared;
    const form = await row.form(victim);
    await comeAs(victim.viewer);
    const before = await hashOf(victim, form.creatorId ?? victim.creatorId);
    for (const field of Object.keys(form).filter((field) => !row.ignored?.includes(field))) {
      for (const sign of ["x", "9", "\u0000"]) {
        const outcome = await call(formOf({ ...form, [field]: sign.repeat(1_000_000) }));
        expect(outcome, `${field} of ${sign}`).toMatchObject({ is: "invalid" });
        if (!row.unnamed?.includes(field)) expect(Object.keys(outcome.fields ?? {}), sign).toContain(field);
      }
    }
    expect(await hashOf(victim, form.creatorId ?? victim.creatorId)).toBe(before);
  });
});

async function makeVictim(): Promise<FullStudio> {
  const victim = await makeFullStudio();
  const people = [victim.viewer, victim.editor, victim.looker, victim.former].map(idOf);
  await owner`update users set password_hash = ${passwordHash} where id in ${owner(people)}`;
  return victim;
}

type Outcome =
  | { is: "done" | "nothing"; message?: string; fields?: undefined }
  | { is: "invalid"; message: string; fields: Readonly<Record<string, string>> }
  | { is: "redirect"; to: string; fields?: undefined };

/** What a browser would see. Anything else that is thrown is a failure of the action. */
async function outcomeOf(action: Action | undefined, form: unknown): Promise<Outcome> {
  if (!action) throw new Error("This action does not exist.");
  try {
    const state = await (action.length === 1 ? action(form, undefined) : action(IDLE, form));
    if (state === undefined) return { is: "nothing" };
    if (state.status === "invalid") return { is: "invalid", message: state.message, fields: state.fields };
    return { is: "done", message: state.status === "done" ? state.message : "" };
  } catch (error) {
    const digest = String((error as { digest?: unknown }).digest);
    if (!digest.startsWith("NEXT_REDIRECT")) throw error;
    return { is: "redirect", to: digest.split(";")[2] ?? "" };
  }
}

async function strangersTo(victim: FullStudio, row: Row): Promise<[string, Viewer | null][]> {
  const everyone: [string, Viewer | null][] = [
    ["anonymous", null],
    ["stranger", viewerOf(await makeUser({ passwordHash }))],
    ["former member", victim.former],
    ["viewer", victim.looker],
    ["editor", victim.editor],
  ];
  if (row.for === "agency") {
    const colleague: [string, Viewer][] = row.alsoManagers
      ? []
      : [["manager", viewerOf({ id: await colleagueOf(victim) })]];
    return [...everyone, ["owner", victim.viewer], ...colleague];
  }
  const count = { open: 4, self: 4, member: 3, write: 4, manage: 5, author: 5 }[row.for];
  const strangers = everyone.slice(0, count);
  if (row.for === "write" && !row.agencyToo) strangers.push(["agency, one stream", victim.admin]);
  if (row.for === "manage") {
    const { viewer, creatorId } = victim;
    const whole = { streams: null, notes: true, mayEdit: true };
    strangers.push(["agency, to edit", (await makeRepresentation(viewer, creatorId, whole)).admin]);
  }
  return strangers;
}

/** Who is not signed in is sent to do so; to one who sees nothing, it does not exist; the others may look. */
function refusalOf(who: string, row: Row): object {
  if (who === "anonymous") return { is: "redirect", to: expect.stringMatching(/^\/sign-in\?callbackUrl=/) };
  if (row.silent) return { is: "nothing" };
  if (row.for === "self") return {};
  return { is: "invalid", message: expect.stringMatching(new RegExp(sentenceFor(who, row))), fields: {} };
}

/** Those who see a part are told what they lack; the others that there is nothing. */
function sentenceFor(who: string, row: Row): string {
  const refused = "You can look at this creator, but not change it|Only an owner of this creator can do this";
  const unseen = "does not exist, or it is not shared";
  // An agency sees a part, and nothing of what lies outside of that.
  if (who.startsWith("agency")) return `${refused}|${unseen}|Ask an owner for all|are not shared with you`;
  if (who === "manager") return `Only an admin of this agency|${unseen}`;
  const isShown = row.for !== "agency" && row.for !== "author";
  const mayLook = isShown && (who === "viewer" || who === "editor");
  return mayLook ? refused : unseen;
}

/** Every row of the creator in every tenant table, of his agency in its tables, and the victim's account. */
async function hashOf({ user, agencyId }: FullStudio, creatorId: string): Promise<string> {
  const [account] = await owner<{ hash: string }[]>`
    select md5(u::text) || coalesce((
      select string_agg(md5(s.id::text || s.expires_at::text), ' ' order by s.id)
      from sessions s where s.user_id = u.id and s.user_agent <> 'comeAs'), '') as hash
    from users u where id = ${user.id}`;
  return [
    await hashOfCreator(owner, creatorId),
    await hashOfAgency(owner, agencyId),
    `user ${account?.hash}`,
  ].join("\n");
}

/** A session of the victim's own browser. */
async function sessionOf(userId: string): Promise<string> {
  const id = randomUUID();
  await owner`insert into sessions (id, user_id, user_agent, expires_at)
    values (${id}, ${userId}, 'the browser of the victim', now() + interval '1 hour')`;
  return id;
}

async function share(viewer: Viewer, creatorId: string, looker: Viewer): Promise<void> {
  const [{ email } = { email: "" }] = await owner<{ email: string }[]>`
    select email from users where id = ${idOf(looker)}`;
  const link = { id: randomUUID(), secretHash: Buffer.from(randomUUID()) };
  const expiresAt = new Date(Date.now() + 3_600_000);
  await members.invite(viewer, { creatorId, email, role: "viewer", expiresAt, ...link });
  await members.accept(looker, link);
}

/** A video without figures, which may be removed. */
async function plainVideo(viewer: Viewer, creatorId: string, channelId: string): Promise<string> {
  const { id } = await videos.record(viewer, creatorId, {
    id: randomUUID(),
    channelId,
    externalId: null,
    url: "",
    title: "Seven eggs",
    publishedOn: null,
    format: "short",
    niche: null,
    durationSeconds: null,
  });
  return id;
}

function idOf(viewer: Viewer): string {
  if (viewer.kind !== "person") throw new Error("Only a person has an id.");
  return viewer.userId;
}

function filled(names: readonly string[], value: () => string | File): FormData {
  const data = new FormData();
  for (const name of names) data.append(name, value());
  return data;
}
