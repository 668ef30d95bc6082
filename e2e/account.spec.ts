import { randomUUID } from "node:crypto";
import { makeMember, makeUser } from "../tests/factories";
import { makePayout } from "../tests/studio";
import { alertOf, expect, linkMailedTo, signIn, test, visit } from "./fixtures";

const PASSWORD = "glacier anvil tuesday moss";
const NEW_PASSWORD = "fern harbour anvil quartz";

test("a newcomer creates an account and a creator, and the empty overview says what to do", async ({
  page,
}) => {
  await visit(page, "/");
  await page.getByRole("link", { name: "Create one" }).click();
  await page.getByLabel("Your name").fill("Mira Okafor");
  await page.getByLabel("E-mail address").fill(`${randomUUID()}@example.com`);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create the account" }).click();

  await expect(page.getByText("Who earns?")).toBeVisible();
  await page.getByRole("link", { name: "Add yourself as a creator" }).click();
  await page.getByLabel("Name", { exact: true }).fill("Mira Cooks");
  await page.getByLabel("Reports in").selectOption("EUR");
  await page.getByRole("button", { name: "Create", exact: true }).click();

  await expect(page.getByText("Nothing logged yet")).toBeVisible();
  const main = page.getByRole("main");
  await expect(main.getByRole("link", { name: "Add the first channel" })).toBeVisible();
  await expect(main.getByRole("link", { name: "Import a file" })).toBeVisible();
  await main.getByRole("link", { name: "Log a payout" }).click();
  await expect(page.getByRole("heading", { name: "Log a payout" })).toBeVisible();
  await expect(page.getByLabel("Currency")).toHaveValue("EUR");
});

test("a wrong password is refused, the right one opens, and after signing out nothing is left to see", async ({
  page,
}) => {
  const email = `${randomUUID()}@example.com`;
  await visit(page, "/sign-up");
  await page.getByLabel("Your name").fill("Ines Duarte");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create the account" }).click();
  await expect(page.getByText("Who earns?")).toBeVisible();
  const cookies = await page.context().cookies();

  await page.getByText("Ines Duarte").first().click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out.")).toBeVisible();

  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill("not my password at all");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("The e-mail address or the password is not right.")).toBeVisible();
  await expect(page.getByLabel("E-mail address")).toHaveValue(email);

  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Who earns?")).toBeVisible();
  await page.getByText("Ines Duarte").first().click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByText("You are signed out.")).toBeVisible();
  await page.goBack();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await expect(page.getByText("Who earns?")).toBeHidden();

  // A copy of the cookie from before is worth nothing: the session itself has ended.
  await page.context().addCookies(cookies);
  await page.goto("/creators");
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
});

test("a lost password is set anew by the mailed link, which works once and ends every session", async ({
  page,
  browser,
  owner,
}) => {
  await visit(page, owner.at());
  const other = await (await browser.newContext()).newPage();
  await visit(other, "/sign-in");
  await other.getByRole("link", { name: "Forgot the password?" }).click();
  await expect(other.getByRole("heading", { name: "Set a new password" })).toBeVisible();
  await other.getByLabel("E-mail address").fill(owner.user.email);
  await other.getByRole("button", { name: "Send me a link" }).click();
  await expect(other.getByText("a mail with a link is on its way")).toBeVisible();

  const link = await linkMailedTo(owner.user.email, "Set a new password");
  await visit(other, link);
  await other.getByLabel("New password").fill("short");
  await other.getByRole("button", { name: "Set the password" }).click();
  await expect(alertOf(other).getByText("Use at least 15 characters")).toBeVisible();
  await other.getByLabel("New password").fill(NEW_PASSWORD);
  await other.getByRole("button", { name: "Set the password" }).click();
  await expect(other.getByText("Your new password is set")).toBeVisible();

  await page.goto(owner.at());
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.getByLabel("E-mail address").fill(owner.user.email);
  await page.getByLabel("Password").fill(NEW_PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(owner.at());

  await other.goto(link);
  await expect(other.getByRole("heading", { name: "This link is not good any more" })).toBeVisible();
  await other.context().close();
});

test("an invited viewer sees the creator but cannot write, by any door, and once removed finds nothing", async ({
  page,
  browser,
  owner,
  channelId,
  baseURL,
  watch,
}) => {
  await makePayout(owner.viewer, owner.creatorId, { channelId });
  const guest = await makeUser({ name: "Theo Lindqvist" });
  await visit(page, owner.at("/settings/people"));
  await page.getByLabel("E-mail address", { exact: true }).fill(guest.email);
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByText(`An invitation to ${guest.email} is on its way.`)).toBeVisible();

  const context = await browser.newContext({ ...(baseURL && { baseURL }) });
  await signIn(context, guest.id);
  const other = await context.newPage();
  await visit(other, await linkMailedTo(guest.email, "Invitation to Mira Cooks"));
  await other.getByRole("button", { name: /accept|join/i }).click();
  await expect(other).toHaveURL(owner.at());
  await expect(other.getByText("Earned in").first()).toBeVisible();

  for (const place of [
    "/payouts",
    "/payouts/new",
    "/videos",
    "/traffic",
    "/channels",
    "/receipts",
    "/rates",
  ]) {
    await other.goto(owner.at(place));
    await expect(other.getByText("You can look at this creator, but not change it.")).toBeVisible();
    await expect(other.getByRole("button", { name: /^(Save|Add|Log)/ }), place).toHaveCount(0);
  }

  // The form's own request, taken from the owner's page and sent by the viewer.
  await visit(page, owner.at("/payouts/new"));
  const sent = page.waitForRequest((request) => request.method() === "POST");
  await page.getByLabel("Amount", { exact: true }).fill("7.77");
  await page.getByRole("button", { name: "Save payout" }).click();
  const request = await sent;
  await expect(page.getByText("Saved.")).toBeVisible();
  const { cookie: _cookie, "content-length": _length, ...headers } = await request.allHeaders();
  const answer = await context.request.post(request.url(), {
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith(":"))),
    data: (request.postDataBuffer() ?? Buffer.from("")).toString("latin1").replaceAll("7.77", "6.66"),
  });
  expect(await answer.text()).toContain("You can look at this creator, but not change it");
  await visit(page, owner.at("/payouts"));
  await expect(page.getByRole("table", { name: "Payouts" })).toContainText("$7.77");
  await expect(page.getByRole("table", { name: "Payouts" })).not.toContainText("$6.66");

  await visit(page, owner.at("/settings/people"));
  await page.getByRole("button", { name: "Remove Theo Lindqvist" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("Nothing here is shown to this person any more.")).toBeVisible();
  const gone = await other.goto(owner.at("/payouts"));
  expect(gone?.status()).toBe(404);
  await expect(other.getByRole("heading", { name: "This page does not exist" })).toBeVisible();
  await context.close();
  watch.expect(/404/);
});

test("an owner agrees to pool and takes it back; one who only looks sees the state and no switch", async ({
  page,
  browser,
  owner,
  baseURL,
}) => {
  const { user } = await makeMember(owner.viewer, owner.creatorId, "viewer");
  await visit(page, owner.at("/settings"));
  const choice = page.getByLabel("Pool with other creators");
  await expect(choice).not.toBeChecked();
  await choice.check();
  await page.getByRole("button", { name: "Save the choice" }).click();
  await expect(page.getByText("Saved. Pooled from the next nightly run on.")).toBeVisible();
  await visit(page, owner.at("/settings"));
  await expect(choice).toBeChecked();

  const context = await browser.newContext({ ...(baseURL && { baseURL }) });
  await signIn(context, user.id);
  const other = await context.newPage();
  await visit(other, owner.at("/settings"));
  await expect(other.getByText("It is on. Only an owner can change this.")).toBeVisible();
  await expect(other.getByLabel("Pool with other creators")).toHaveCount(0);
  await context.close();

  await choice.uncheck();
  await page.getByRole("button", { name: "Save the choice" }).click();
  await expect(page.getByText("Saved. Nothing is pooled from the next nightly run on.")).toBeVisible();
});
