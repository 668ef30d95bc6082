import type { Browser } from "playwright/test";
import * as agencies from "../db/agencies";
import { makeUser, type TestUser, viewerOf } from "../tests/factories";
import { makeAgency, makePayout } from "../tests/studio";
import { alertOf, expect, linkMailedTo, signIn, test, visit } from "./fixtures";

test.use({ locale: "en-US" });

/** A page of another person's browser. */
async function pageOf(browser: Browser, baseURL: string | undefined, user: TestUser) {
  const context = await browser.newContext({ ...(baseURL && { baseURL }) });
  await signIn(context, user.id);
  return context.newPage();
}

test("an agency is made, asks by a pasted list, is accepted, sees the creator, is narrowed, sees no amounts, is ended", async ({
  page,
  browser,
  owner,
  channelId,
  baseURL,
  watch,
}) => {
  watch.expect(/404/);
  await makePayout(owner.viewer, owner.creatorId, { channelId, minor: 777_700n });
  const manager = await makeUser({ name: "Theo Lindqvist" });
  const desk = await pageOf(browser, baseURL, manager);
  await visit(desk, "/agencies");
  await desk.getByLabel("Name").fill("North Talent");
  await desk.getByRole("button", { name: "Create the agency" }).click();
  await expect(desk.getByRole("heading", { name: "Roster" })).toBeVisible();
  await desk.getByRole("link", { name: "Ask a creator" }).click();
  await desk.getByLabel("E-mail addresses").fill(`${owner.user.email}, not an address`);
  await desk.getByRole("button", { name: "Ask by mail" }).click();
  const lines = desk.getByRole("table", { name: "What became of each line" });
  await expect(lines.getByRole("row", { name: owner.user.email })).toContainText("Asked");
  await expect(lines.getByRole("row", { name: "not an address" }).last()).toContainText("Not an address");

  await visit(page, await linkMailedTo(owner.user.email, "North Talent asks to represent you"));
  await expect(page.getByText("Yes: payouts, totals and projections")).toBeVisible();
  await page.getByText("Show less, or something else").click();
  await page.getByLabel("Chosen streams").check();
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  await expect(alertOf(page)).toContainText("Choose at least one stream below, or no amounts.");
  await page.getByLabel("Platform rewards").check();
  await page.getByRole("button", { name: "Accept", exact: true }).click();
  await expect(page).toHaveURL(owner.at());

  await visit(desk, owner.at("/payouts"));
  await expect(desk.getByText("$7,777.00").first()).toBeVisible();

  await visit(page, owner.at("/settings/people"));
  const agency = page.locator("section").filter({ has: page.getByRole("heading", { name: "North Talent" }) });
  await expect(agency.getByText(manager.email)).toBeVisible();
  await expect(agency.getByRole("definition").filter({ hasText: /^Platform rewards$/ })).toBeVisible();
  await expect(page.getByRole("table", { name: "Who looked at amounts" })).toContainText("Theo Lindqvist");
  await agency.getByText("Change what North Talent sees").click();
  await agency.getByLabel("No amounts").check();
  await agency.getByRole("button", { name: "Save what it sees" }).click();
  await expect(page.getByText("The agency sees this much from its next click on.")).toBeVisible();
  await expect(agency.getByText("No: channels, videos and views")).toBeVisible();

  await desk.goto(owner.at("/payouts"));
  await expect(desk.getByRole("main")).not.toContainText("7,777");
  await desk.goto(owner.at("/channels"));
  await expect(desk.getByRole("main")).toContainText("Mira cooks");

  await agency.getByRole("button", { name: "End what North Talent sees" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End it now" }).click();
  await expect(page.getByText("The agency sees nothing of this creator any more.")).toBeVisible();
  expect((await desk.goto(owner.at("/channels")))?.status()).toBe(404);
  await visit(desk, "/agencies");
  await desk.getByRole("link", { name: "North Talent" }).last().click();
  await expect(desk.getByText("No creator yet")).toBeVisible();
  await desk.context().close();
});

test("an agency's person joins by mail without an account, is put into a team, and is gone once removed", async ({
  page,
  browser,
  owner,
  baseURL,
}) => {
  const agencyId = await makeAgency(owner.viewer);
  const email = `${agencyId}@example.com`;
  await visit(page, `/agencies/${agencyId}/people`);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByText(`An invitation to ${email} is on its way.`)).toBeVisible();
  await page.getByLabel("New team").fill("Food");
  await page.getByRole("button", { name: "Make the team" }).click();
  await expect(page.getByRole("heading", { name: "Food" })).toBeVisible();

  const context = await browser.newContext({ ...(baseURL && { baseURL }) });
  const guest = await context.newPage();
  await visit(guest, await linkMailedTo(email, "Invitation to North Talent"));
  await guest.getByLabel("Your name").fill("Ines Duarte");
  await guest.getByLabel("Password").fill("glacier anvil tuesday moss");
  await guest.getByRole("button", { name: "Create the account and accept" }).click();
  await expect(guest.getByRole("heading", { name: "Roster" })).toBeVisible();

  await visit(page, `/agencies/${agencyId}/people`);
  await page.getByRole("button", { name: "Put the person into Food" }).click();
  await expect(page.getByRole("button", { name: "Take Ines Duarte out of Food" })).toBeVisible();
  await page.getByRole("button", { name: "Remove Ines Duarte" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("Nothing of the agency is shown to this person any more.")).toBeVisible();
  await guest.goto("/agencies");
  await expect(guest.getByRole("main").getByText("North Talent")).toHaveCount(0);
  await context.close();
});

test("a creator without an account is run by the agency and handed over: the person owns what was logged, the agency still sees it", async ({
  page,
  browser,
  owner,
  baseURL,
}) => {
  const agencyId = await makeAgency(owner.viewer);
  await visit(page, `/agencies/${agencyId}/representations`);
  await page.getByLabel("Name").fill("Kenji Bakes");
  await page.getByRole("button", { name: "Create and run" }).click();
  await expect(page.getByText("Nothing logged yet")).toBeVisible();
  const creatorId = new URL(page.url()).pathname.split("/")[2] ?? "";
  await makePayout(owner.viewer, creatorId, { minor: 123_400n });
  const person = await makeUser({ name: "Kenji Sato" });
  await visit(page, `/creators/${creatorId}/settings/people`);
  await page.getByLabel("E-mail address of the person it is about").fill(person.email);
  await page.getByRole("button", { name: "Offer to hand over" }).click();
  await expect(page.getByText(`A mail to ${person.email} is on its way.`)).toBeVisible();

  const other = await pageOf(browser, baseURL, person);
  await visit(other, await linkMailedTo(person.email, "Kenji Bakes on Permille is yours"));
  await other.getByRole("button", { name: "Take over" }).click();
  await expect(other).toHaveURL(`/creators/${creatorId}`);
  await visit(other, `/creators/${creatorId}/settings/people`);
  const members = other.getByRole("table", { name: "Members" });
  await expect(members.getByRole("row")).toHaveCount(2);
  await expect(members).toContainText("Kenji Sato");
  await expect(other.getByRole("heading", { name: "North Talent" })).toBeVisible();

  await visit(page, `/creators/${creatorId}/payouts`);
  await expect(page.getByRole("table", { name: "Payouts" })).toContainText("$1,234.00");
  await other.context().close();
});

test("the look of reports: an SVG and a faint accent are refused in words, a PNG is kept and shown", async ({
  page,
  owner,
}) => {
  const agencyId = await makeAgency(owner.viewer);
  await visit(page, `/agencies/${agencyId}/settings`);
  const file = page.getByLabel("Logo");
  await file.setInputFiles({
    ...{ name: "logo.png", mimeType: "image/png", buffer: Buffer.from("<svg xmlns='x'><script/></svg>") },
  });
  await page.getByRole("button", { name: "Save the look" }).click();
  await expect(page.getByText("An SVG can carry scripts, so it is not taken.").first()).toBeVisible();
  await page.getByLabel("Accent colour").fill("#ffee00");
  await file.setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: PNG });
  await page.getByRole("button", { name: "Save the look" }).click();
  await expect(page.getByText("On this paper the contrast is 1.2; text needs 4.5.").first()).toBeVisible();
  await expect(page.getByLabel("Accent colour")).toHaveValue("#ffee00");
  await page.getByLabel("Accent colour").fill("#7a1f5c");
  await page.getByRole("button", { name: "Save the look" }).click();
  await expect(page.getByText("Reports look like this from now on.")).toBeVisible();
  expect(await agencies.brand(viewerOf(owner.user), agencyId)).toEqual({
    ...{ name: "North Talent", logo: { bytes: PNG, type: "image/png" }, accent: "#7a1f5c", paper: null },
  });
  const answer = await page.request.get(`/api/agencies/${agencyId}/logo`);
  expect(answer.headers()).toMatchObject({
    ...{ "content-type": "image/png", "x-content-type-options": "nosniff" },
  });
});

/** One red dot. */
const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  "base64",
);
