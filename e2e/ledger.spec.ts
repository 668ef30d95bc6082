import { readFileSync } from "node:fs";
import type { Page } from "playwright/test";
import * as payouts from "../db/payouts";
import * as videos from "../db/videos";
import { makeChannel, makePayout, makeTraffic } from "../tests/studio";
import { alertOf, expect, formWith, numbersOf, recordRequests, rowsOf, test, visit } from "./fixtures";

/** Months before the one that runs, as the forms take them ("2026-10") and as the pages write them. */
function monthBefore(back: number): { month: string; name: string; short: string } {
  const day = new Date();
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() - back);
  const text = (month: "long" | "short") =>
    day.toLocaleDateString("en-US", { month, year: "numeric", timeZone: "UTC" });
  return { month: day.toISOString().slice(0, 7), name: text("long"), short: text("short") };
}

/** Counts what a hand does. */
class Hands {
  presses = 0;
  constructor(private readonly page: Page) {}
  async press(key: string, times = 1): Promise<void> {
    for (let i = 0; i < times; i++) await this.page.keyboard.press(key);
    this.presses += times;
  }
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
    this.presses += text.length;
  }
  /** Tab by Tab to a control, as one who sees the page goes. */
  async tabTo(name: string | RegExp): Promise<void> {
    const target = this.page.getByRole("main").getByLabel(name).first();
    for (let i = 0; i < 20; i++) {
      if (await target.evaluate((element) => element === document.activeElement)) return;
      await this.press("Tab");
    }
    throw new Error(`20 Tabs did not reach ${name}.`);
  }
}

test("a channel and a payout are logged by keyboard alone, in one POST, and the overview's table has it", async ({
  page,
  owner,
}) => {
  await visit(page, owner.at("/channels/new"));
  const hands = new Hands(page);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter"); // Skip to content
  await hands.tabTo("Platform");
  await hands.type("You");
  await hands.tabTo("Name");
  await hands.type("Mira Cooks");
  await hands.press("Enter");
  await expect(page.getByRole("table", { name: "Channels" })).toContainText("YouTube");

  const last = monthBefore(1);
  await makeTraffic(owner.viewer, owner.creatorId, {
    channelId: await channelOf(page),
    fromDay: `${last.month}-01`,
    toDay: lastDay(last.month),
    views: 100_000,
  });

  await visit(page, owner.at("/payouts/new"));
  await expect(page.getByLabel("Amount", { exact: true })).toBeFocused();
  const requests = recordRequests(page);
  const log = new Hands(page);
  await log.type("1,234.56");
  await log.tabTo("Channel");
  await log.type("Mira");
  await log.tabTo("Note");
  await log.press("Enter");
  await expect(page.getByText("Saved.")).toBeVisible();
  await expect(page.getByLabel("Amount", { exact: true })).toBeFocused();
  // Four presses a second is slow typing: 60 are 15 seconds.
  expect(log.presses).toBeLessThan(60);
  expect(requests.posts, "one POST").toHaveLength(1);
  expect(requests.reads, "and nothing is fetched after it").toEqual([]);

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Overview" }).click();
  await expect(page.getByText(`Earned in ${last.name}`)).toBeVisible();
  const rows = await numbersOf(page, /^eRPM/);
  // 1,234.56 / 100,000 × 1,000
  expect(rows.find(([month]) => month === last.short)?.[1]).toContain("$12.35");
});

async function channelOf(page: Page): Promise<string> {
  const href = await page.getByRole("link", { name: "Mira Cooks" }).last().getAttribute("href");
  return href?.split("/").at(-1) ?? "";
}

function lastDay(month: string): string {
  const day = new Date(`${month}-01T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + 1, 0);
  return day.toISOString().slice(0, 10);
}

test("saving on the list puts the new row into the same answer: one POST, no further fetch", async ({
  page,
  owner,
  channelId,
}) => {
  await makePayout(owner.viewer, owner.creatorId, { channelId });
  await visit(page, owner.at("/payouts"));
  const table = page.getByRole("table", { name: "Payouts" });
  await expect(table).toContainText("$100.00");
  const requests = recordRequests(page);
  await page.getByLabel("Amount", { exact: true }).fill("55.55");
  await page.keyboard.press("Enter");
  await expect(table).toContainText("$55.55");
  expect(requests.posts).toHaveLength(1);
  expect(requests.reads).toEqual([]);
});

test("a correction shows what was before and after, and can be undone", async ({
  page,
  owner,
  channelId,
}) => {
  await makePayout(owner.viewer, owner.creatorId, { channelId });
  await visit(page, owner.at("/payouts"));
  await page.getByRole("table", { name: "Payouts" }).getByRole("link", { name: "Platform rewards" }).click();
  await page.getByText("Correct this payout").click();
  const form = formWith(page, "Save correction");
  await form.getByLabel("Amount", { exact: true }).fill("250.5");
  await page.getByRole("button", { name: "Save correction" }).click();
  await expect(page.getByText("Corrected.")).toBeVisible();

  const history = page.getByRole("listitem").filter({ hasText: /^Corrected by/ });
  await expect(history).toContainText("Amount: $100.00 → $250.50");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByText("Undone.")).toBeVisible();
  await visit(page, owner.at("/payouts"));
  await expect(page.getByRole("table", { name: "Payouts" })).toContainText("$100.00");
  await expect(page.getByRole("table", { name: "Payouts" })).not.toContainText("$250.50");
});

test("a refund is taken off its payout, and receipts that cover the rest make it paid", async ({
  page,
  owner,
  channelId,
}) => {
  const chainId = await makePayout(owner.viewer, owner.creatorId, { channelId });
  await visit(page, owner.at(`/payouts/${chainId}`));
  await page.getByText("Add a refund, fee or withheld tax").click();
  const form = formWith(page, "Save");
  await form.getByLabel("Kind").selectOption("refund");
  await form.getByLabel("Amount", { exact: true }).fill("20");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  const additions = page.getByRole("table", { name: "Entries that add to this payout" });
  await expect(additions).toContainText("$20.00");
  await expect(page.getByText("After refunds and fees").locator("..")).toContainText("$80.00");

  await visit(page, owner.at("/receipts/new"));
  const open = page.getByLabel(/^Pays of Platform rewards/);
  await page.getByLabel("Arrived", { exact: true }).fill("30");
  await expect(open).toHaveValue("30.00");
  await page.getByRole("button", { name: "Save receipt" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await visit(page, owner.at("/payouts"));
  await expect(page.getByRole("table", { name: "Payouts" })).toContainText("Part paid");

  await visit(page, owner.at("/receipts/new"));
  await page.getByLabel("Arrived", { exact: true }).fill("50");
  await expect(open).toHaveValue("50.00");
  await page.getByRole("button", { name: "Save receipt" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  await visit(page, owner.at("/payouts"));
  const earning = page.getByRole("row").filter({ hasText: "$100.00" });
  await expect(earning.getByText("Paid", { exact: true })).toBeVisible();
  await visit(page, owner.at());
  await expect(page.getByText("All logged payouts have arrived.")).toBeVisible();
});

test("views of a month are logged, and two readings of “views so far” make the views between them", async ({
  page,
  owner,
  channelId,
}) => {
  const last = monthBefore(1);
  await visit(page, owner.at("/traffic/new"));
  await page.getByLabel("Views", { exact: true }).fill("12,000");
  await page.getByRole("textbox", { name: "Month", exact: true }).fill(last.month);
  await page.getByRole("button", { name: "Save views" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  await visit(page, owner.at("/traffic/new?log=so-far"));
  await expect(page.getByLabel("Channel")).toHaveValue(channelId);
  const earlier = monthBefore(3).month;
  for (const [day, views] of [
    [`${earlier}-10`, "1,000"],
    [`${earlier}-20`, "1,700"],
  ] as const) {
    await page.getByLabel("Views so far").fill(views);
    await page.getByLabel("On", { exact: true }).fill(day);
    await page.getByRole("button", { name: "Save as of this day" }).click();
    await expect(page.getByLabel("Views so far")).toHaveValue("");
  }
  await visit(page, owner.at("/traffic"));
  const rows = await rowsOf(page, "Views by period");
  expect(rows.map((cells) => cells.at(-1)).sort()).toEqual(["12,000", "700"]);
});

test("the second of two tabs that edit a channel is shown what is there now, and can save then", async ({
  page,
  context,
  owner,
  channelId,
}) => {
  const second = await context.newPage();
  await visit(page, owner.at(`/channels/${channelId}`));
  await visit(second, owner.at(`/channels/${channelId}`));
  await page.getByLabel("Name", { exact: true }).fill("First");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  await second.getByLabel("Name", { exact: true }).fill("Second");
  await second.getByRole("button", { name: "Save", exact: true }).click();
  await expect(alertOf(second)).toContainText("was changed in the meantime");
  await expect(second.getByLabel("Name", { exact: true })).toHaveValue("First");
  await second.getByLabel("Name", { exact: true }).fill("Second after all");
  await second.getByRole("button", { name: "Save", exact: true }).click();
  await expect(second.getByText("Saved.")).toBeVisible();
  await visit(page, owner.at("/channels"));
  await expect(page.getByRole("table", { name: "Channels" })).toContainText("Second after all");
});

test("bad input keeps everything that was typed, names the field and takes the hand there", async ({
  page,
  owner,
  channelId,
}) => {
  await visit(page, owner.at("/payouts/new"));
  await page.getByLabel("Amount", { exact: true }).fill("12,34,5");
  await page.getByLabel("Stream").selectOption("gift");
  await page.getByLabel("Channel").selectOption(channelId);
  await page.getByLabel("Note").fill("From the live on Sunday");
  await page.getByRole("radio", { name: "Estimated" }).check();
  await page.getByRole("button", { name: "Save payout" }).click();

  const alert = alertOf(page);
  await expect(alert).toBeFocused();
  const amount = page.getByLabel("Amount", { exact: true });
  await expect(amount).toHaveValue("12,34,5");
  await expect(amount).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Stream")).toHaveValue("gift");
  await expect(page.getByLabel("Channel")).toHaveValue(channelId);
  await expect(page.getByLabel("Note")).toHaveValue("From the live on Sunday");
  await expect(page.getByRole("radio", { name: "Estimated" })).toBeChecked();
  await alert.getByRole("link").first().click();
  await expect(amount).toBeFocused();

  await amount.fill("12.34");
  await page.getByRole("button", { name: "Save payout" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  const { rows } = await payouts.list(owner.viewer, owner.creatorId);
  expect(rows).toMatchObject([{ minor: 1234n, stream: "gift", state: "estimated" }]);
});

test("the pasted link of a video fills in what it says: channel, id and, on TikTok, the day", async ({
  page,
  owner,
  channelId,
}) => {
  await makeChannel(owner.viewer, owner.creatorId, { platform: "youtube", name: "Mira films" });
  await visit(page, owner.at("/videos/new"));
  // The id begins with the second it was made in: 2023-11-11 00:48 UTC, still the 10th in New York.
  await page.getByLabel("Link").fill("https://www.tiktok.com/@mira/video/7300000000000000000?is_from=1");
  await expect(page.getByLabel("Channel")).toHaveValue(channelId);
  await expect(page.getByLabel("Published on")).toHaveValue("2023-11-10");
  await page.getByLabel("Title").fill("Five eggs");
  await page.getByRole("button", { name: "Save video" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();
  const { rows } = await videos.list(owner.viewer, owner.creatorId);
  expect(rows).toMatchObject([
    { title: "Five eggs", externalId: "7300000000000000000", publishedOn: "2023-11-10", channelId },
  ]);
});

test("the CSV of a month is one click and exact to the byte", async ({ page, owner, channelId }) => {
  const note = '=HYPERLINK("https://evil.example";"Zürich, é")';
  const id = await makePayout(owner.viewer, owner.creatorId, { channelId, note, minor: 123_456n });
  await makePayout(owner.viewer, owner.creatorId, { fromDay: "2026-02-01", toDay: "2026-02-28" });
  const { recordedAt } = await payouts.get(owner.viewer, owner.creatorId, id);
  await visit(page, owner.at("/payouts?month=2026-01"));
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: /CSV/ }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("payouts-2026-01.csv");
  expect(readFileSync(await file.path(), "utf8")).toBe(
    "\uFEFFMonth,Amount in month,Currency,Stream,Kind,State,Channel,Platform,Format,Earned from,Earned to,Amount in all,Received so far,Note,Payout,Recorded at (UTC)\r\n" +
      "2026-01,1234.56,USD,Platform rewards,Earning,Final,Mira cooks,TikTok,All formats,2026-01-01,2026-01-31,1234.56,0.00," +
      `"'=HYPERLINK(""https://evil.example"";""Zürich, é"")",${id},${recordedAt.toISOString()}\r\n`,
  );
});

test("two quick clicks on save make one row", async ({ page, owner, channelId }) => {
  await visit(page, owner.at("/payouts/new"));
  await page.getByLabel("Channel").selectOption(channelId);
  await page.getByLabel("Amount", { exact: true }).fill("9.99");
  await page.getByRole("button", { name: "Save payout" }).dblclick();
  await expect(page.getByText("Saved.")).toBeVisible();
  await visit(page, owner.at("/payouts"));
  expect(await rowsOf(page, "Payouts")).toHaveLength(1);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a payout is logged with one thumb, and no page is wider than the screen", async ({
    page,
    owner,
    channelId,
  }) => {
    await makePayout(owner.viewer, owner.creatorId, { channelId });
    await visit(page, owner.at());
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Log payout" }).tap();
    const amount = page.getByLabel("Amount", { exact: true });
    await expect(amount).toHaveAttribute("inputmode", "decimal");
    await amount.fill("42");
    await page.getByRole("button", { name: "Save payout" }).tap();
    await expect(page.getByText("Saved.")).toBeVisible();
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Payouts" }).tap();
    await expect(page.getByRole("table", { name: "Payouts" })).toContainText("$42.00");
    for (const place of ["", "/payouts", "/videos", "/traffic", "/receipts", "/channels", "/rates"]) {
      await visit(page, owner.at(place));
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width, place).toBeLessThanOrEqual(390);
    }
  });
});
