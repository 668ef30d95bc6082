import { readdirSync } from "node:fs";
import path from "node:path";
import postgres from "postgres";
import * as looks from "../db/looks";
import * as representations from "../db/representations";
import { postgresArguments } from "../lib/cli/urls.mjs";
import { leaksIn, makeScoped, PERSONAS, type Scoped } from "../tests/scopes";
import { makePayout, makeRepresentation } from "../tests/studio";
import { expect, signIn, test, visit } from "./fixtures";

const APP = path.join(import.meta.dirname, "..", "app");

/** Who asks at every address; the others ask at some, for tests/scopes.test.ts asks for them whatever pages are made of. */
const EVERYWHERE = [
  "an admin, everything but notes, to edit",
  "a manager, ads alone",
  "an admin without amounts",
];

/** Every page and every file of a creator, by its folder; a new part of an address without a value fails. */
function addressesOf({ studio }: Scoped): string[] {
  const values: Readonly<Record<string, readonly string[]>> = {
    creatorId: [studio.creatorId],
    channelId: [studio.channelId],
    closingId: [studio.statementId],
    dealId: [studio.dealId],
    liveId: [studio.liveId],
    month: ["2026-01"],
    name: ["a.json"],
    payoutId: [studio.chainId],
    placementId: [studio.placementId],
    // With what its file is asked in; a page takes no notice.
    range: ["2026-01?format=json"],
    receiptId: [studio.receiptId],
    sendId: [studio.sendId],
    trafficId: [studio.trafficId],
    uploadId: [studio.uploadId],
    videoId: [studio.videoId],
    year: ["2026"],
  };
  const filled = (folder: string) =>
    folder.replace(/\[(\w+)\]/g, (_, name: string) => {
      const [value] = values[name] ?? [];
      if (!value) throw new Error(`No value for ${name} of ${folder}.`);
      return value;
    });
  const found = (root: string, file: string) =>
    readdirSync(path.join(APP, root), { recursive: true, encoding: "utf8" })
      .filter((name) => path.basename(name) === file)
      .map((name) => filled(path.join(root, path.dirname(name)).replaceAll(path.sep, "/")));
  const pages = found("(app)/creators/[creatorId]", "page.tsx").map((place) => place.replace("(app)", ""));
  const files = found("api/creators/[creatorId]", "route.ts").map((place) => `/${place}`);
  return [...pages, ...files];
}

test.describe("what a creator keeps from an agency's person is in no byte of any page or file", () => {
  let scoped: Scoped;

  test.beforeAll(async () => {
    const url = process.env.E2E_DATABASE_URL ?? "";
    const database = postgres(...postgresArguments(url, { max: 1, onnotice() {} }));
    scoped = await makeScoped(database);
    await database.end();
  });

  for (const [at, [name, { hides, gone }]] of Object.entries(PERSONAS).entries()) {
    test(name, async ({ context }) => {
      await signIn(context, scoped.people[name]?.userId ?? "");
      const each = gone ? 8 : EVERYWHERE.includes(name) ? 1 : 4;
      const addresses = addressesOf(scoped);
      expect(addresses.length).toBeGreaterThan(40);
      const left = addresses.filter((_, index) => (index + at) % each === 0);
      const wrong: string[] = [];
      let told = 0;
      const ask = async () => {
        for (let address = left.pop(); address; address = left.pop()) {
          const response = await context.request.get(address, { maxRedirects: 0 });
          const text = await response.text();
          const place = address.replace(scoped.studio.creatorId, "…");
          if (leaksIn(text, ["others"]).length > 0) told++;
          if (response.status() >= 500 || (gone && ![404, 405].includes(response.status())))
            wrong.push(`${place} answers ${response.status()}`);
          wrong.push(...leaksIn(text, hides).map((hidden) => `${place} tells ${hidden}`));
        }
      };
      // Two at a time, as there are processors.
      await Promise.all([ask(), ask()]);
      expect(wrong).toEqual([]);
      if (each === 1 && !hides.includes("others"))
        expect(told, "what others are kept from stands on these pages").toBeGreaterThan(20);
    });
  }
});

test("an agency's manager looks at what is shared, marked as the creator's, and loses it with the next request", async ({
  page,
  browser,
  baseURL,
  owner,
  channelId,
  watch,
}) => {
  const payout = { channelId, fromDay: "2026-09-01", toDay: "2026-09-30" };
  await makePayout(owner.viewer, owner.creatorId, { ...payout, stream: "rewards", minor: 12_300n });
  await makePayout(owner.viewer, owner.creatorId, { ...payout, stream: "gift", minor: 45_600n });
  const shared = await makeRepresentation(owner.viewer, owner.creatorId, { streams: null, notes: true });
  const context = await browser.newContext({ ...(baseURL && { baseURL }) });
  await signIn(context, shared.adminId);
  const theirs = await context.newPage();

  await visit(theirs, owner.at("/payouts"));
  await expect(theirs.getByText("shared with North Talent: all streams, read-only")).toBeVisible();
  await expect(theirs.getByText("$456.00")).toBeVisible();
  await expect(theirs.getByRole("link", { name: "Settings" })).toHaveCount(0);
  await expect(theirs.getByRole("button", { name: "Save payout" })).toHaveCount(0);

  const { representationId: id } = shared;
  const narrow = { amounts: true, notes: true, mayEdit: false, toDay: null };
  await representations.rescope(owner.viewer, owner.creatorId, {
    ...{ ...narrow, streams: ["rewards"], id, version: 2 },
  });
  // The page is still open: its links ask again.
  await theirs.getByRole("link", { name: "Deals" }).first().click();
  await expect(theirs.getByText("Not shared with you")).toBeVisible();
  await expect(
    theirs.getByText("shares platform rewards with North Talent; this page is not part of that."),
  ).toBeVisible();
  await visit(theirs, owner.at("/payouts"));
  await expect(theirs.getByText("$123.00")).toBeVisible();
  await expect(theirs.getByText("$456.00")).toHaveCount(0);
  await expect(theirs.getByRole("link", { name: "Deals" })).toHaveCount(0);
  await visit(theirs, owner.at());
  await expect(theirs.getByText("Platform rewards only")).toBeVisible();

  await representations.end(owner.viewer, id);
  watch.expect(/404/);
  await theirs.getByRole("link", { name: "Videos" }).first().click();
  await expect(theirs.getByText("This page does not exist")).toBeVisible();
  const [seen] = await looks.list(owner.viewer, owner.creatorId);
  expect(seen).toMatchObject({ userId: shared.adminId, agencyName: "North Talent", days: 1 });
  await context.close();
  await visit(page, owner.at("/payouts"));
  await expect(page.getByText("shared with")).toHaveCount(0);
});
