import { createHash } from "node:crypto";
import type { Page } from "playwright/test";
import { addMonths, firstDay, lastDay, monthOf } from "../lib/model/month";
import { makePayout } from "../tests/studio";
import { expect, test, visit } from "./fixtures";

const running = monthOf(new Date().toISOString().slice(0, 7));
const last = addMonths(running, -1);
const period = { fromDay: firstDay(last), toDay: lastDay(last) };

const fileOf = (page: Page, address: string) => page.request.get(address).then((answer) => answer.body());

test("close, correct, look: the closed statement is the same bit by bit, the adjustment stands in the next; opened again with a reason, closed again with what changed", async ({
  page,
  owner,
  channelId,
}) => {
  const { viewer, creatorId } = owner;
  const chainId = await makePayout(viewer, creatorId, {
    channelId,
    ...period,
    minor: 120_000n,
    state: "estimated",
  });
  await visit(page, owner.at("/months"));
  await page.getByRole("table").getByRole("link").first().click();
  await expect(page.getByText("Platform rewards, TikTok is only estimated")).toBeVisible();

  // Somebody logs something while the review is being read: nothing is closed that nobody looked at.
  const other = await makePayout(viewer, creatorId, { channelId, ...period, minor: 777n });
  await page.getByRole("button", { name: /^Close / }).click();
  await expect(page.getByText("Something was logged or changed since this page was shown.")).toBeVisible();
  await page.getByRole("button", { name: "Close it anyway" }).click();
  await expect(page.getByText("This month is closed.")).toBeVisible();

  const address = `/api/creators/${creatorId}/statements/${last}?format=json`;
  const closed = await fileOf(page, address);
  const checksum = createHash("sha256").update(closed).digest("hex");
  await expect(page.getByText(checksum)).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth), "its checksum wraps").toBe(390);
  await page.setViewportSize({ width: 1280, height: 720 });

  await makePayout(viewer, creatorId, { channelId, ...period, minor: 110_000n, replaces: chainId });
  expect((await fileOf(page, address)).equals(closed)).toBe(true);
  const next = JSON.parse(
    String(await fileOf(page, `/api/creators/${creatorId}/statements/${running}?format=json`)),
  );
  const earlier = next.sections.find(({ id }: { id: string }) => id === "earlier");
  expect(JSON.stringify(earlier)).toContain(`"${last}"`);
  expect(JSON.stringify(earlier)).toContain('"-10000"');
  expect(other).not.toBe(chainId);

  await visit(page, owner.at(`/payouts/${chainId}`));
  await expect(page.getByText(/^-\$100\.00 of it is booked in/)).toBeVisible();

  await visit(page, owner.at(`/months/${last}`));
  await page.getByRole("button", { name: "Open it again" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Open it again" }).click();
  await expect(dialog.getByText("Say why the month is opened again").first()).toBeVisible();
  await dialog.getByLabel("Why").fill("The platform corrected January's figures");
  await dialog.getByRole("button", { name: "Open it again" }).click();
  await expect(page.getByText("“The platform corrected January's figures”")).toBeVisible();

  await makePayout(viewer, creatorId, { channelId, ...period, minor: 5_000n, stream: "gift" });
  await visit(page, owner.at(`/months/${last}`));
  await page.getByRole("button", { name: /^Close / }).click();
  await expect(page.getByText("Closed, revision 2")).toBeVisible();
  await expect(page.getByRole("list", { name: "What revision 2 changed" })).toContainText("$50.00");
  // The first closing is there as it was.
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "JSON of revision 1" }).click(),
  ]);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).equals(closed)).toBe(true);
});

test("a shared address: a passphrase, only what was chosen, files, opens counted, and nothing once it is revoked", async ({
  page,
  owner,
  channelId,
  browser,
  baseURL,
  watch,
}) => {
  await makePayout(owner.viewer, owner.creatorId, {
    channelId,
    ...period,
    minor: 123_456n,
    note: "secret note",
  });
  await visit(page, owner.at(`/shares/${last}`));
  for (const part of ["At a glance", "Earned by channel", "Earned by platform", "Payouts outstanding"])
    await page.getByLabel(part).uncheck();
  await page.getByRole("textbox", { name: /^For/ }).fill("My accountant");
  await page.getByLabel("Passphrase").fill("short");
  await page.getByRole("button", { name: "Make an address" }).click();
  await expect(page.getByText("Use at least 8 characters, or leave it blank.").first()).toBeVisible();
  await expect(page.getByLabel("Earned by channel")).not.toBeChecked();
  await page.getByLabel("Passphrase").fill("rhubarb and custard");
  await page.getByRole("button", { name: "Make an address" }).click();
  const shown = page.getByRole("textbox", { name: /^Address of .*, for My accountant$/ });
  const url = await shown.inputValue();

  const context = await browser.newContext({ ...(baseURL && { baseURL }) });
  const visitor = await context.newPage();
  const { pathname } = new URL(url);
  const answer = await visitor.goto(pathname);
  expect(answer?.headers()["referrer-policy"]).toBe("no-referrer");
  expect(answer?.headers()["x-robots-tag"]).toBe("noindex, nofollow");
  await expect(visitor.getByText("$1,234.56")).toHaveCount(0);
  await visitor.getByLabel("Passphrase").fill("rhubarb and mustard");
  await visitor.getByRole("button", { name: "Open the statement" }).click();
  await expect(visitor.getByText("This is not the passphrase.").first()).toBeVisible();
  await visitor.getByLabel("Passphrase").fill("rhubarb and custard");
  await visitor.getByRole("button", { name: "Open the statement" }).click();
  await expect(visitor.getByRole("heading", { name: "Earned by stream" })).toBeVisible();
  await expect(visitor.getByText("$1,234.56").first()).toBeVisible();
  const source = await (await visitor.request.get(pathname)).text();
  expect(source).not.toContain("Earned by channel");
  expect((await visitor.request.get(`${pathname}/file?format=pdf`)).headers()["content-type"]).toBe(
    "application/pdf",
  );

  await visit(page, owner.at(`/shares/${last}`));
  await expect(page.getByText(/Opened (once|2 times|3 times)/)).toBeVisible();
  await page.getByText(/^Shows \d+ parts$/).click();
  await expect(page.getByRole("list", { name: "Shared addresses" })).not.toContainText("Earned by channel");
  await expect(page.getByRole("button", { name: /^Copy the address of / })).toBeVisible();
  await page.getByRole("button", { name: /^Revoke / }).click();
  await expect(page.getByText(/^Revoked /)).toBeVisible();
  expect((await visitor.goto(pathname))?.status()).toBe(404);
  await expect(visitor.getByText("This address does not work")).toBeVisible();
  expect((await visitor.request.get(`${pathname}/file?format=pdf`)).status()).toBe(404);
  await context.close();
  watch.expect(/404/);
});
