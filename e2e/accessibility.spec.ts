import { createHash, createHmac, randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import path from "node:path";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright/test";
import * as agencyMembers from "../db/agency-members";
import * as accounts from "../db/auth";
import * as channels from "../db/channels";
import * as commissionTerms from "../db/commission-terms";
import * as deals from "../db/deals";
import * as handovers from "../db/handovers";
import * as lives from "../db/lives";
import * as members from "../db/members";
import * as payouts from "../db/payouts";
import * as placements from "../db/placements";
import * as receipts from "../db/receipts";
import * as representations from "../db/representations";
import * as sample from "../db/sample";
import * as shares from "../db/shares";
import * as traffic from "../db/traffic";
import * as videos from "../db/videos";
import type { Viewer } from "../lib/model/access";
import { currencyOf } from "../lib/model/money";
import { addMonths, dayOf, monthOf } from "../lib/model/month";
import { STATEMENT_VERSION, type Statement, statementJson } from "../lib/report/statement";
import { makeCreator, makeUser, viewerOf } from "../tests/factories";
import { makeAgency, makeTerms, newShare, newTerms, represent } from "../tests/studio";
import { expect, signIn, test, visit } from "./fixtures";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** Light or dark changes nothing but colours. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];
/** What another layout can break. */
const PHONE_RULES = [
  ...COLOUR_RULES,
  "target-size",
  "scrollable-region-focusable",
  "duplicate-id-aria",
  "label",
];
const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };

interface Place {
  /** One who is signed in would be sent on. */
  signedOut?: true;
  /** Tried on a phone too. */
  phone?: true;
  address: (studio: Studio) => string | Promise<string>;
}

/** A full studio: the sample, with all that the pages can show. */
interface Studio {
  viewer: Viewer;
  userId: string;
  at: (place: string) => string;
  creatorId: string;
  /** the viewer's own, which represents the sample */
  agencyId: string;
  representationId: string;
  /** the viewer's */
  email: string;
}

const AGENCY = "/(app)/agencies/[agencyId]";
const CREATOR = "/(app)/creators/[creatorId]";
const first = <Row>(list: { rows: readonly Row[] }): Row => {
  const [row] = list.rows;
  if (!row) throw new Error("The sample has nothing for this page.");
  return row;
};

/** Of the kinds of cells that there are. */
const SHARED: Statement = {
  version: STATEMENT_VERSION,
  creator: { id: randomUUID(), name: "Nora Fields", currency: "USD" },
  range: { from: "2025-12", to: "2025-12" },
  madeOn: "2026-01-05",
  caution: "No exchange rate is known for some amounts in EUR.",
  summary: [
    {
      key: "earned",
      section: "streams",
      label: "Earned",
      kind: "money",
      cell: { minor: "123456", currency: "USD" },
      note: "all of it final",
    },
  ],
  sections: [
    {
      ...{
        id: "streams",
        title: "Earned by stream",
        note: "In the currency it was earned in.",
        empty: "",
        picture: null,
      },
      columns: [
        { key: "stream", header: "Stream", kind: "text" },
        { key: "amount", header: "Amount", kind: "money" },
        { key: "day", header: "Day", kind: "day" },
      ],
      rows: [{ stream: "Ads", amount: { minor: "123456", currency: "USD" }, day: { notYet: true } }],
      totals: [{ stream: "Total", amount: { minor: "123456", currency: "USD" }, day: null }],
    },
  ],
  making: ["Amounts are sums of the ledger's entries."],
};

const lastMonth = () => addMonths(monthOf(new Date().toISOString().slice(0, 7)), -1);

/** Every page of the app, by its folder: a new page without an entry fails. */
const PLACES: Record<string, Place> = {
  "": { signedOut: true, address: () => "/" },
  "/(auth)/sign-in": { signedOut: true, phone: true, address: () => "/sign-in?notice=signed-out" },
  "/(auth)/sign-up": { signedOut: true, phone: true, address: () => "/sign-up" },
  "/(auth)/sign-up/[token]": { signedOut: true, address: () => `/sign-up/${sealed("new@example.com")}` },
  "/(auth)/forgot": { signedOut: true, address: () => "/forgot" },
  "/(auth)/reset/[token]": {
    signedOut: true,
    async address() {
      const { email } = await makeUser();
      const { id, token, secretHash } = linkOf("reset");
      await accounts.requestReset(email, { id, secretHash, minutes: 60 });
      return `/reset/${token}`;
    },
  },
  "/(auth)/invite/[token]": {
    signedOut: true,
    async address({ viewer, creatorId }) {
      const { id, token, secretHash } = linkOf("invitation");
      const expiresAt = new Date(Date.now() + 3_600_000);
      const email = `${id}@example.com`;
      await members.invite(viewer, { creatorId, id, email, role: "viewer", secretHash, expiresAt });
      return `/invite/${token}`;
    },
  },
  "/(auth)/invite/agency/[token]": {
    signedOut: true,
    async address({ viewer, agencyId }) {
      const { token, ...link } = linkOf("agency-invitation");
      const expiresAt = new Date(Date.now() + 3_600_000);
      const email = `${link.id}@example.com`;
      await agencyMembers.invite(viewer, { ...link, agencyId, email, role: "manager", expiresAt });
      return `/invite/agency/${token}`;
    },
  },
  "/(auth)/invite/representation/[token]": {
    phone: true,
    async address({ viewer, agencyId, email }) {
      const { token, ...link } = linkOf("representation");
      const expiresAt = new Date(Date.now() + 3_600_000);
      const scope = { streams: null, amounts: true, notes: false, mayEdit: false, toDay: null };
      await representations.askCreator(viewer, agencyId, { ...scope, ...link, email, expiresAt });
      return `/invite/representation/${token}`;
    },
  },
  "/(auth)/invite/handover/[token]": {
    phone: true,
    async address({ viewer, agencyId, email }) {
      const id = randomUUID();
      const run = { id, name: "Kenji Bakes", currency: currencyOf("JPY"), timeZone: "Asia/Tokyo" };
      await handovers.run(viewer, agencyId, { ...run, representationId: randomUUID() });
      const { token, ...link } = linkOf("handover");
      await handovers.offer(viewer, id, { ...link, email, expiresAt: new Date(Date.now() + 3_600_000) });
      return `/invite/handover/${token}`;
    },
  },
  "/(auth)/alerts/[token]": { signedOut: true, address: () => "/alerts/not.good" },
  "/(auth)/statements/[token]": { signedOut: true, address: () => "/statements/not.good" },
  "/(app)/(account)/agencies": { phone: true, address: () => "/agencies" },
  [`${AGENCY}/commission`]: { phone: true, address: ({ agencyId }) => `/agencies/${agencyId}/commission` },
  [`${AGENCY}/commission/ledger`]: {
    phone: true,
    address: ({ agencyId }) => `/agencies/${agencyId}/commission/ledger`,
  },
  [`${AGENCY}/commission/payments`]: {
    phone: true,
    address: ({ agencyId }) => `/agencies/${agencyId}/commission/payments`,
  },
  [`${AGENCY}/commission/terms`]: {
    phone: true,
    address: ({ agencyId, representationId }) =>
      `/agencies/${agencyId}/commission/terms?for=${representationId}`,
  },
  [`${AGENCY}/people`]: { phone: true, address: ({ agencyId }) => `/agencies/${agencyId}/people` },
  [`${AGENCY}/representations`]: {
    phone: true,
    address: ({ agencyId }) => `/agencies/${agencyId}/representations`,
  },
  [`${AGENCY}/settings`]: { phone: true, address: ({ agencyId }) => `/agencies/${agencyId}/settings` },
  [AGENCY]: { phone: true, address: ({ agencyId }) => `/agencies/${agencyId}` },
  [`${AGENCY}/tasks`]: { phone: true, address: ({ agencyId }) => `/agencies/${agencyId}/tasks` },
  [`${AGENCY}/imports`]: { phone: true, address: ({ agencyId }) => `/agencies/${agencyId}/imports` },
  [`${AGENCY}/selection`]: {
    phone: true,
    address: ({ agencyId }) => `/agencies/${agencyId}/selection?all=yes`,
  },
  [`${AGENCY}/statements`]: { phone: true, address: ({ agencyId }) => `/agencies/${agencyId}/statements` },
  [`${AGENCY}/compare`]: {
    phone: true,
    async address({ viewer, email, agencyId, creatorId }) {
      const { id } = await makeCreator(viewer, { name: "Beside" });
      await represent({ owner: viewer, creatorId: id, admin: viewer, agencyId, email }, { streams: null });
      return `/agencies/${agencyId}/compare?creators=${creatorId}.${id}`;
    },
  },
  "/(app)/(account)/creators": { phone: true, address: () => "/creators" },
  "/(app)/(account)/creators/new": { address: () => "/creators/new" },
  "/(app)/(account)/settings": { phone: true, address: () => "/settings" },
  [CREATOR]: { phone: true, address: ({ at }) => at("") },
  [`${CREATOR}/affiliate`]: { phone: true, address: ({ at }) => at("/affiliate") },
  [`${CREATOR}/affiliate/[placementId]`]: {
    phone: true,
    async address({ viewer, creatorId, at }) {
      return at(`/affiliate/${first({ rows: await placements.list(viewer, creatorId) }).id}`);
    },
  },
  [`${CREATOR}/channels`]: { phone: true, address: ({ at }) => at("/channels") },
  [`${CREATOR}/channels/new`]: { address: ({ at }) => at("/channels/new") },
  [`${CREATOR}/channels/[channelId]`]: {
    async address({ at, viewer, creatorId }) {
      return at(`/channels/${first({ rows: await channels.list(viewer, creatorId) }).id}`);
    },
  },
  [`${CREATOR}/deals`]: { phone: true, address: ({ at }) => at("/deals") },
  [`${CREATOR}/deals/new`]: { phone: true, address: ({ at }) => at("/deals/new") },
  [`${CREATOR}/deals/[dealId]`]: {
    phone: true,
    async address({ at, viewer, creatorId }) {
      return at(`/deals/${first(await deals.list(viewer, creatorId)).id}`);
    },
  },
  [`${CREATOR}/statements/schedules`]: { phone: true, address: ({ at }) => at("/statements/schedules") },
  [`${CREATOR}/alerts`]: { phone: true, address: ({ at }) => at("/alerts") },
  [`${CREATOR}/commission`]: { phone: true, address: ({ at }) => at("/commission") },
  [`${CREATOR}/calendar`]: { phone: true, address: ({ at }) => at("/calendar") },
  [`${CREATOR}/eligibility`]: { phone: true, address: ({ at }) => at("/eligibility") },
  [`${CREATOR}/notes`]: { phone: true, address: ({ at }) => at("/notes") },
  [`${CREATOR}/goals`]: { phone: true, address: ({ at }) => at("/goals") },
  [`${CREATOR}/events`]: { phone: true, address: ({ at }) => at("/events") },
  [`${CREATOR}/imports`]: { phone: true, address: ({ at }) => at("/imports") },
  [`${CREATOR}/lives`]: { phone: true, address: ({ at }) => at("/lives") },
  [`${CREATOR}/lives/[liveId]`]: {
    async address({ at, viewer, creatorId }) {
      return at(`/lives/${first(await lives.list(viewer, creatorId)).id}`);
    },
  },
  [`${CREATOR}/months`]: { phone: true, address: ({ at }) => at("/months") },
  [`${CREATOR}/months/[month]`]: { phone: true, address: ({ at }) => at(`/months/${lastMonth()}`) },
  [`${CREATOR}/shares/[range]`]: { phone: true, address: ({ at }) => at(`/shares/${lastMonth()}`) },
  "/shared/[token]": {
    signedOut: true,
    phone: true,
    async address({ viewer, creatorId }) {
      const id = randomUUID();
      const { token, secretHash } = linkOf("share", id, creatorId);
      await shares.create(viewer, creatorId, { ...newShare(), id, secretHash, data: statementJson(SHARED) });
      return `/shared/${token}`;
    },
  },
  [`${CREATOR}/payouts/months`]: { phone: true, address: ({ at }) => at("/payouts/months") },
  [`${CREATOR}/payouts/terms`]: { phone: true, address: ({ at }) => at("/payouts/terms") },
  [`${CREATOR}/statements`]: { phone: true, address: ({ at }) => at("/statements") },
  [`${CREATOR}/statements/[range]`]: { phone: true, address: ({ at }) => at("/statements/2026") },
  [`${CREATOR}/tax`]: { phone: true, address: ({ at }) => at("/tax") },
  [`${CREATOR}/payouts`]: { phone: true, address: ({ at }) => at("/payouts") },
  [`${CREATOR}/payouts/new`]: { phone: true, address: ({ at }) => at("/payouts/new") },
  [`${CREATOR}/payouts/[payoutId]`]: {
    phone: true,
    async address({ at, viewer, creatorId }) {
      return at(`/payouts/${first(await payouts.list(viewer, creatorId)).chainId}`);
    },
  },
  [`${CREATOR}/projections`]: { phone: true, address: ({ at }) => at("/projections") },
  [`${CREATOR}/projections/accuracy`]: { phone: true, address: ({ at }) => at("/projections/accuracy") },
  [`${CREATOR}/projections/explorer`]: {
    phone: true,
    address: ({ at }) => at("/projections/explorer?mix=500.300.200.0.0.0&niche=finance"),
  },
  [`${CREATOR}/projections/benchmarks`]: {
    phone: true,
    address: ({ at }) => at("/projections/benchmarks?part=published"),
  },
  [`${CREATOR}/rates`]: { phone: true, address: ({ at }) => at("/rates") },
  [`${CREATOR}/receipts`]: { address: ({ at }) => at("/receipts") },
  [`${CREATOR}/receipts/new`]: { phone: true, address: ({ at }) => at("/receipts/new") },
  [`${CREATOR}/receipts/[receiptId]`]: {
    async address({ at, viewer, creatorId }) {
      return at(`/receipts/${first(await receipts.list(viewer, creatorId)).id}`);
    },
  },
  [`${CREATOR}/settings`]: { phone: true, address: ({ at }) => at("/settings") },
  [`${CREATOR}/settings/people`]: { phone: true, address: ({ at }) => at("/settings/people") },
  [`${CREATOR}/traffic`]: { phone: true, address: ({ at }) => at("/traffic") },
  [`${CREATOR}/traffic/new`]: { phone: true, address: ({ at }) => at("/traffic/new") },
  [`${CREATOR}/traffic/[trafficId]`]: {
    async address({ at, viewer, creatorId }) {
      return at(`/traffic/${first(await traffic.list(viewer, creatorId)).id}`);
    },
  },
  [`${CREATOR}/videos`]: { phone: true, address: ({ at }) => at("/videos") },
  [`${CREATOR}/videos/new`]: { phone: true, address: ({ at }) => at("/videos/new") },
  [`${CREATOR}/videos/[videoId]`]: {
    async address({ at, viewer, creatorId }) {
      return at(`/videos/${first(await videos.list(viewer, creatorId)).id}`);
    },
  },
};

let studio: Studio;

test.beforeAll(async () => {
  const { id: userId, email } = await makeUser();
  const viewer = viewerOf({ id: userId });
  const { creatorId } = await sample.open(viewer, randomUUID());
  await makeCreator(viewer);
  const agencyId = await makeAgency(viewer);
  const who = { owner: viewer, creatorId, admin: viewer, agencyId };
  const representationId = await represent({ ...who, email });
  await makeTerms({ ...who, representationId }, { fromDay: dayOf("2020-01-01") });
  await commissionTerms.propose(viewer, agencyId, newTerms({ representationId, claim: "lawyer" }));
  const at = (place: string) => `/creators/${creatorId}${place}`;
  studio = { viewer, userId, creatorId, agencyId, representationId, email, at };
});

test.describe.configure({ mode: "parallel" });
test.use({ viewport: DESKTOP, contextOptions: { reducedMotion: "reduce" } });

test("every page of the app is visited here", () => {
  const app = path.join(import.meta.dirname, "..", "app");
  const pages = readdirSync(app, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "page.tsx")
    .map((file) => path.dirname(`/${file}`).replace(/^\/$/, ""));
  expect(Object.keys(PLACES).sort()).toEqual(pages.sort());
});

for (const [folder, { address, signedOut = false, phone = false }] of Object.entries(PLACES)) {
  test(`axe finds nothing on ${folder || "/"}, in light and dark${phone ? ", at a desk and on a phone" : ""}`, async ({
    page,
    context,
  }) => {
    if (!signedOut) await signIn(context, studio.userId);
    await page.emulateMedia({ colorScheme: "light" });
    await visit(page, await address(studio));
    await openEverything(page);
    await expectNothing(page, "light");
    await page.emulateMedia({ colorScheme: "dark" });
    // A phone's page has the colours of the desk's.
    if (!phone) return await expectNothing(page, "dark", COLOUR_RULES);
    await page.setViewportSize(PHONE);
    await expectNothing(page, "dark, phone", PHONE_RULES);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, "the page is no wider than the phone").toBeLessThanOrEqual(PHONE.width);
  });
}

test("axe finds nothing on a form that was refused, on an empty overview and on the page that does not exist", async ({
  page,
  owner,
  watch,
}) => {
  await visit(page, owner.at());
  await expectNothing(page, "empty overview");
  await visit(page, owner.at("/payouts/new"));
  await page.getByRole("button", { name: "Save payout" }).click();
  await expect(page.locator("form").getByRole("alert")).toBeVisible();
  await expectNothing(page, "refused form");
  watch.expect(/404/);
  await page.goto("/no-such-page");
  await expectNothing(page, "not found");
});

test("nothing on the overview moves while its charts load", async ({ page, context }) => {
  await signIn(context, studio.userId);
  await page.addInitScript(() => {
    const shifts: string[] = [];
    Object.assign(window, { shifts });
    type Shift = PerformanceEntry & { value: number; sources: { node: Node | null }[] };
    new PerformanceObserver((list) => {
      for (const { value, sources } of list.getEntries() as Shift[])
        shifts.push(
          `${value} by ${sources.map(({ node }) => (node as Element | null)?.outerHTML?.slice(0, 200) ?? node?.textContent)}`,
        );
    }).observe({ type: "layout-shift", buffered: true });
  });
  for (const size of [DESKTOP, PHONE]) {
    await page.setViewportSize(size);
    await visit(page, studio.at(""));
    for (const figure of await page
      .getByRole("figure")
      .filter({ has: page.getByRole("img") })
      .all()) {
      await figure.scrollIntoViewIfNeeded();
      await expect(figure.locator("canvas")).toBeVisible();
    }
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([]);
  }
});

/** What is folded is part of the page too. */
async function openEverything(page: Page): Promise<void> {
  await page.locator("main details").evaluateAll((found) => {
    for (const details of found) (details as HTMLDetailsElement).open = true;
  });
}

async function expectNothing(page: Page, look: string, rules?: string[]): Promise<void> {
  // What passed need not be listed, and no rule that is asked reads the style sheets themselves.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ["violations"], preload: false });
  const { violations } = await (rules ? axe.withRules(rules) : axe.withTags(STANDARDS)).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
  );
  expect(found, look).toEqual([]);
}

// The links of mails as lib/server/secrets.ts makes them, which only the server can import.

function mac(purpose: string, text: string): Buffer {
  const key = process.env.NEXTAUTH_SECRET ?? "";
  return createHmac("sha256", key).update(`permille:link:${purpose}:${text}`).digest().subarray(0, 16);
}

function linkOf(
  purpose: string,
  id: string = randomUUID(),
  creatorId: string | null = null,
): { id: string; token: string; secretHash: Buffer } {
  const ids = creatorId === null ? [id] : [creatorId, id];
  const secret = mac(purpose, ids.join(" "));
  const shorts = ids.map((each) => Buffer.from(each.replaceAll("-", ""), "hex").toString("base64url"));
  const token = [...shorts, secret.toString("base64url")].join(".");
  return { id, token, secretHash: createHash("sha256").update(secret).digest() };
}

function sealed(email: string): string {
  const body = Buffer.from(JSON.stringify([email, Date.now() + 3_600_000])).toString("base64url");
  return `${body}.${mac("sign-up", body).toString("base64url")}`;
}
