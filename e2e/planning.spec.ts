import { randomUUID } from "node:crypto";
import { request as anybody } from "playwright/test";
import { enqueue } from "../db/jobs";
import * as readings from "../db/readings";
import * as receipts from "../db/receipts";
import { makePayout, makeVideo } from "../tests/studio";
import { expect, formWith, linkMailedTo, test, visit } from "./fixtures";

/** The first and last day of the month that lies `n` months from this one, and its name. */
function monthFromNow(n: number) {
  const now = new Date();
  const first = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + n, 1));
  const last = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + n + 1, 0));
  const [fromDay, toDay] = [first, last].map((day) => day.toISOString().slice(0, 10)) as [string, string];
  return { month: fromDay.slice(0, 7), fromDay, toDay };
}

const receipt = (chainId: string, minor: bigint) => ({
  ...{
    id: randomUUID(),
    receivedOn: monthFromNow(-1).toDay,
    minor,
    currency: "USD",
    feeMinor: 0n,
    rate: null,
  },
  ...{ note: "", allocations: [{ chainId, minor }] },
});

test("a goal is set, stands on the overview in one line, is changed, and its removal is undone", async ({
  page,
  owner,
  channelId,
}) => {
  const last = monthFromNow(-1);
  await makePayout(owner.viewer, owner.creatorId, { channelId, ...last, minor: 40_000n });
  await visit(page, owner.at("/goals"));
  await expect(page.getByText("No goal yet")).toBeVisible();
  await page.getByLabel("To earn").fill("1,000.00");
  await page.getByLabel("First month").fill(last.month);
  await page.getByLabel("Last month").fill(monthFromNow(1).month);
  await page.getByRole("button", { name: "Save goal" }).click();
  await expect(page.getByText("$400.00 of $1,000.00")).toBeVisible();
  await expect(page.getByText("$600.00 to go: $300.00 in each of the 2 months left")).toBeVisible();

  await visit(page, owner.at());
  await expect(page.getByText(/Goal for .*: \$400\.00 of \$1,000\.00/)).toBeVisible();

  await page.getByRole("link", { name: /^Goal for/ }).click();
  await page.getByRole("link", { name: /^Change the goal/ }).click();
  await expect(page.getByRole("heading", { name: "Change the goal" })).toBeVisible();
  await page.getByLabel("To earn").fill("300");
  await page.getByRole("button", { name: "Save change" }).click();
  await expect(page.getByText("Reached", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: /^Remove the goal/ }).click();
  await expect(page.getByText("No goal yet")).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).last().click();
  await expect(page.getByText("Reached", { exact: true })).toBeVisible();
});

test("eligibility: what is missing, when it may be met, what a rule of one's own and one's country change, and why a video earns nothing", async ({
  page,
  owner,
  channelId,
}) => {
  const { viewer, creatorId } = owner;
  const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  for (const [back, followers] of [
    [80, 6_000],
    [60, 6_500],
    [40, 7_000],
    [20, 7_500],
    [1, 7_975],
  ] as const)
    await readings.record(viewer, creatorId, {
      id: randomUUID(),
      channelId,
      videoId: null,
      day: day(back),
      followers,
    });
  await makeVideo(viewer, creatorId, { channelId, title: "A quick egg", durationSeconds: 20 });
  await visit(page, owner.at("/eligibility"));
  const card = page
    .locator("section")
    .filter({ has: page.getByRole("heading", { name: "TikTok Creator Rewards" }) });
  await expect(card.getByText("7,975 of 10,000")).toBeVisible();
  await expect(card.getByText(/2,025 to go\. .*8 in 10 times between/)).toBeVisible();
  await expect(card.getByText("Not yet", { exact: true })).toBeVisible();
  await expect(page.getByRole("table", { name: "Videos that earn nothing" })).toContainText(
    "Shorter than the programme asks for.",
  );

  const rule = formWith(page, "Save rule");
  await rule.getByLabel("Programme").selectOption({ label: "TikTok Creator Rewards" });
  await rule.getByLabel("Only in these countries").fill("US, GB");
  await rule.getByLabel("Source").fill("A mail of the platform");
  await rule.getByLabel("Followers").first().fill("5,000");
  await rule.getByRole("button", { name: "Save rule" }).click();
  await expect(card.getByText("Open to you", { exact: true })).toBeVisible();
  await expect(card.getByText("Only in US, GB; yours is not known.")).toBeVisible();

  await page.getByLabel("Country", { exact: true }).fill("de");
  await page
    .locator("form")
    .filter({ has: page.getByLabel("Country", { exact: true }) })
    .getByRole("button")
    .click();
  await expect(card.getByText("Not open to you", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Remove Country DE" }).click();
  await expect(card.getByText("Open to you", { exact: true })).toBeVisible();
  await card.getByRole("button", { name: "Remove your rule of TikTok Creator Rewards" }).click();
  await expect(card.getByText("7,975 of 10,000")).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).last().click();
  await expect(card.getByText("7,975 of 5,000")).toBeVisible();
});

test("the payment calendar: late money first, what is to come by month, and an address for one's own calendar that can be revoked", async ({
  page,
  owner,
  channelId,
}) => {
  const { viewer, creatorId } = owner;
  const paid = await makePayout(viewer, creatorId, { channelId, ...monthFromNow(-4), minor: 50_000n });
  await receipts.record(viewer, creatorId, receipt(paid, 50_000n));
  await makePayout(viewer, creatorId, { channelId, ...monthFromNow(-3), minor: 30_000n });
  await makePayout(viewer, creatorId, { channelId, ...monthFromNow(0), minor: 12_345n });
  await visit(page, owner.at("/calendar"));
  const late = page.getByRole("list", { name: "Late payments" });
  await expect(late).toContainText("$300.00");
  await expect(late).toContainText(/days late/);
  await expect(page.getByRole("list", { name: /^Payments of/ })).toContainText("$123.45");
  await expect(page.getByRole("table", { name: "Expected and received" })).toContainText("$500.00");
  await expect(page.getByRole("table", { name: "Rules about payment" })).toContainText("YouTube, by AdSense");

  await page.getByPlaceholder("My phone").fill("My phone");
  await page.getByLabel("With amounts").check();
  await page.getByRole("button", { name: "Make an address" }).click();
  const address = page.getByLabel("Address of My phone");
  await expect(address).toBeVisible();
  const url = await address.inputValue();
  // Whoever has the address, without a cookie.
  const stranger = await anybody.newContext();
  const answer = await stranger.get(url);
  expect(answer.status()).toBe(200);
  expect(answer.headers()["content-type"]).toContain("text/calendar");
  const text = (await answer.text()).replaceAll("\r\n ", "");
  expect(text).toContain("TikTok platform rewards paid\\, $123.45");
  expect(text).toContain("Late: TikTok platform rewards paid\\, $300.00");
  await page.getByRole("button", { name: "Revoke My phone" }).click();
  await expect(address).toHaveCount(0);
  expect((await stranger.get(url)).status()).toBe(404);
  await stranger.dispose();

  const rule = formWith(page, "Save rule");
  await rule.getByLabel("Payments of").selectOption({ label: "TikTok Creator Rewards" });
  await rule.getByLabel("For money earned from").fill(monthFromNow(-6).fromDay);
  await rule.getByLabel("Paid", { exact: true }).selectOption({ label: "When I ask for it" });
  await rule.getByLabel("Source").fill("The new terms");
  await rule.getByRole("button", { name: "Save rule" }).click();
  await expect(page.getByRole("list", { name: "Payments without a day" })).toContainText("$300.00");
  await page.getByRole("button", { name: "Remove the rule of TikTok Creator Rewards" }).click();
  await expect(late).toContainText("$300.00");
});

test("an alert rings the bell once, is mailed once with a link that switches its kind off, and is marked as seen", async ({
  page,
  owner,
  channelId,
}) => {
  const { viewer, creatorId, user } = owner;
  const paid = await makePayout(viewer, creatorId, { channelId, ...monthFromNow(-4), minor: 50_000n });
  await receipts.record(viewer, creatorId, receipt(paid, 50_000n));
  await makePayout(viewer, creatorId, { channelId, ...monthFromNow(-3), minor: 30_000n });
  await enqueue("alerts", { creatorId });
  const off = await linkMailedTo(user.email, "has not arrived", "No more mails of this kind");

  await visit(page, owner.at());
  await page.getByRole("link", { name: "Alerts, 1 new" }).first().click();
  await expect(page.getByRole("link", { name: "Platform rewards, TikTok has not arrived" })).toBeVisible();
  await page.getByRole("button", { name: "Mark all as seen" }).click();
  await expect(page.getByRole("link", { name: "Alerts", exact: true }).first()).toBeVisible();

  await visit(page, off);
  await page.getByRole("button", { name: "Switch these mails off" }).click();
  await expect(page.getByText("Switched off. You get no more mails of this kind.")).toBeVisible();
  await visit(page, owner.at("/alerts"));
  const choice = page.getByRole("group", { name: "A payout is late" });
  await expect(choice.getByLabel("By mail")).not.toBeChecked();
  await expect(choice.getByLabel("In the app")).toBeChecked();
  await choice.getByLabel("In the app").uncheck();
  await page.getByRole("button", { name: "Save choice" }).click();
  await expect(page.getByText("Nothing needs you")).toBeVisible();
});
