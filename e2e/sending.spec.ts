import { readFileSync } from "node:fs";
import { unzipSync } from "fflate";
import { request as anybody } from "playwright/test";
import { makeUser, viewerOf } from "../tests/factories";
import { makeAgency, makePayout, represent } from "../tests/studio";
import { alertOf, expect, linkMailedTo, signIn, test, visit } from "./fixtures";

const lastMonth = () => {
  const now = new Date();
  const [first, last] = [-1, 0].map((n) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + n, n === 0 ? 0 : 1))
      .toISOString()
      .slice(0, 10),
  ) as [string, string];
  return { fromDay: first, toDay: last };
};

test("a schedule is set up, sent now, and unsubscribed from by the one who got it: then nobody is left", async ({
  page,
  owner,
  channelId,
  browser,
  baseURL,
}) => {
  await makePayout(owner.viewer, owner.creatorId, { channelId, ...lastMonth(), minor: 40_000n });
  await visit(page, owner.at("/statements"));
  await page.getByRole("link", { name: "Send by mail" }).click();
  await page.getByLabel("When").selectOption("month-5");
  await page.getByLabel("Excel workbook").check();
  await page.getByRole("button", { name: "Save schedule" }).click();
  await expect(page.getByRole("heading", { name: "Every month on day 5 at 08:00" })).toBeVisible();
  await expect(page.getByText(/^Next on .* PDF, Excel workbook attached\.$/)).toBeVisible();

  const email = `${owner.creatorId.slice(0, 8)}@books.example`;
  await page.getByLabel("E-mail address").fill("not an address");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(alertOf(page)).toContainText("Type one e-mail address");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("list", { name: "Recipients" })).toContainText(email);
  await page.getByRole("button", { name: "Send now" }).click();
  await expect(page.getByText("One mail is on its way.")).toBeVisible();

  const link = await linkMailedTo(email, "statement of", "No more statements");
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("table", { name: "What was sent" })).toContainText("Sent", { timeout: 500 });
  }).toPass();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: /^statement-mira-cooks-.*\.pdf$/ }).click(),
  ]);
  expect(
    readFileSync(await download.path())
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");

  // In a browser that is nobody's: looking changes nothing, pressing does.
  const stranger = await browser.newContext();
  const theirs = await stranger.newPage();
  await visit(theirs, link);
  await expect(theirs.getByRole("heading", { name: "No more statements of Mira Cooks?" })).toBeVisible();
  await theirs.getByRole("button", { name: "Unsubscribe" }).click();
  await expect(theirs.getByRole("heading", { name: "You are unsubscribed" })).toBeVisible();
  await stranger.close();
  const program = await anybody.newContext({ baseURL: baseURL ?? "" });
  expect((await program.post(link.replace("/statements/", "/api/statements/"))).status()).toBe(200);
  await program.dispose();

  await page.reload();
  await expect(page.getByText("Unsubscribed", { exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Send now" })).toBeHidden();
  await page.getByRole("button", { name: `Take ${email} off the list` }).click();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText(`${email} unsubscribed from these mails.`)).toBeVisible();
});

test("an agency makes the statements of its roster in one run, and takes them home as a zip", async ({
  page,
  context,
  owner,
  channelId,
}) => {
  await makePayout(owner.viewer, owner.creatorId, { channelId, ...lastMonth(), minor: 40_000n });
  const user = await makeUser();
  const admin = viewerOf(user);
  const agencyId = await makeAgency(admin);
  const who = { owner: owner.viewer, creatorId: owner.creatorId, admin, agencyId, email: user.email };
  await represent(who, { streams: null });
  await context.clearCookies();
  await signIn(context, user.id);
  await visit(page, `/agencies/${agencyId}/statements`);
  await expect(page.getByText("No run yet")).toBeVisible();
  await page.getByRole("button", { name: "Make the statements" }).click();
  await expect(page.getByText("It has begun. You may leave this page.")).toBeVisible();
  const [download] = await Promise.all([
    page.waitForEvent("download", { timeout: 20_000 }),
    page.getByRole("link", { name: /^Download the zip/ }).click({ timeout: 20_000 }),
  ]);
  const names = Object.keys(unzipSync(readFileSync(await download.path())));
  const month = lastMonth().fromDay.slice(0, 7);
  expect(names).toEqual([
    `0000-roster-${month}.xlsx`,
    `0001-statement-mira-cooks-${month}.pdf`,
    `0001-statement-mira-cooks-${month}.xlsx`,
  ]);
});

test("an admin has a roster's statements made every month for chosen people, changes that, and ends it", async ({
  page,
  context,
}) => {
  const user = await makeUser();
  const agencyId = await makeAgency(viewerOf(user));
  await context.clearCookies();
  await signIn(context, user.id);
  await visit(page, `/agencies/${agencyId}/statements`);
  const me = page.getByLabel(`${user.name} (${user.email})`);
  await expect(me).toBeChecked();
  await me.uncheck();
  await page.getByRole("button", { name: "Save schedule" }).click();
  await expect(alertOf(page)).toContainText("Choose at least one person.");
  await me.check();
  await page.getByLabel("Every month on day").selectOption("7");
  await page.getByRole("button", { name: "Save schedule" }).click();
  await expect(page.getByRole("heading", { name: "Every month on day 7 at 08:00" })).toBeVisible();
  await expect(page.getByText(new RegExp(`^Next on .*To ${user.name}\\.$`))).toBeVisible();

  await page.getByRole("link", { name: "Change", exact: true }).click();
  // The form of a new schedule has an hour too, until this one has come.
  await expect(page.getByRole("button", { name: "Save change" })).toBeVisible();
  await page.getByLabel("Hour").selectOption("18");
  await page.getByRole("button", { name: "Save change" }).click();
  await expect(page.getByRole("heading", { name: "Every month on day 7 at 18:00" })).toBeVisible();
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("heading", { name: "Make them every month by themselves" })).toBeVisible();
});
