import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright/test";
import * as payouts from "../db/payouts";
import { makeTraffic } from "../tests/studio";
import { alertOf, expect, rowsOf, test, visit } from "./fixtures";

/** The month before the one that runs, "2026-10". */
function lastMonth(): string {
  const day = new Date();
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() - 1);
  return day.toISOString().slice(0, 7);
}

test("a published figure is found by its country, with its source, its grade and what all sites say", async ({
  page,
  owner,
}) => {
  await visit(page, owner.at("/projections/benchmarks"));
  await expect(page.getByRole("table", { name: "Versions of the starting rates" })).toContainText("In use");
  await page.getByRole("link", { name: "Published figures" }).click();
  await page.getByLabel("Search").fill("portugal tiktok");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/search=portugal/);
  const [row, ...others] = await rowsOf(page, "Published figures");
  expect(others).toEqual([]);
  expect(row?.join(" | ")).toMatch(
    /Creator Rewards.*Portugal.*€0\.14.*per 1,000 views.*phongnhaexplorer\.com.*Grade D/,
  );
  await expect(page.getByRole("link", { name: "phongnhaexplorer.com" })).toHaveAttribute(
    "href",
    "https://phongnhaexplorer.com/per/financas/quanto-e-que-o-tiktok-paga-em-portugal.html",
  );

  await page.getByLabel("Search").fill("");
  await page.getByLabel("Platform").selectOption({ label: "YouTube" });
  await page.getByLabel("What it measures").selectOption({ label: "RPM, paid to creators" });
  await page.getByLabel("Niche or subject").selectOption({ label: "Finance" });
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/about=Finance/);
  // Middles sqrt(10 x 26), sqrt(8 x 20), sqrt(5 x 15), all of grade D: their geometric mean is 12.1.
  await expect(page.getByRole("table", { name: "Published figures" })).toContainText("$12.10");
  await page.getByRole("link", { name: "Figure", exact: true }).click();
  await expect
    .poll(async () => (await rowsOf(page, "Published figures"))[0]?.join(" "))
    .toContain("$10.00 to $26.00");

  await page.getByLabel("Search").fill("no such thing");
  await page.keyboard.press("Enter");
  await expect(page.getByText("No figure matches")).toBeVisible();
});

test("a payout in cents is questioned: it can be saved anyway, as what was meant, or typed anew", async ({
  page,
  owner,
  channelId,
}) => {
  const month = lastMonth();
  await makeTraffic(owner.viewer, owner.creatorId, {
    channelId,
    fromDay: `${month}-01`,
    toDay: `${month}-28`,
    views: 1_000_000,
    qualifiedViews: 400_000,
  });
  await log(page, owner.at("/payouts/new"), channelId, "26400");
  await expect(alertOf(page)).toContainText("Is it really $26,400.00?");
  await expect(alertOf(page)).toContainText("cents typed as whole units");
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await expect(page.getByLabel("Amount", { exact: true }), "what was typed stays").toHaveValue("26400");

  // Enter in a field answers nothing: it is asked again.
  await page.getByLabel("Note").press("Enter");
  await expect(alertOf(page)).toContainText("Is it really $26,400.00?");
  expect((await payouts.list(owner.viewer, owner.creatorId)).total).toBe(0);

  // Another amount is not held up by what was asked about the first.
  await page.getByLabel("Amount", { exact: true }).fill("264");
  await page.getByRole("button", { name: "Save payout" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  await log(page, owner.at("/payouts/new"), channelId, "26500");
  await page.getByRole("button", { name: "Save $265.00 instead" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  await log(page, owner.at("/payouts/new"), channelId, "26600");
  await page.getByRole("button", { name: "Save $26,600.00 anyway" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  const { rows } = await payouts.list(owner.viewer, owner.creatorId);
  expect(rows.map(({ minor }) => minor).sort()).toEqual([26_400n, 26_500n, 2_660_000n].sort());
});

async function log(page: Page, address: string, channelId: string, amount: string): Promise<void> {
  await visit(page, address);
  await page.getByLabel("Amount", { exact: true }).fill(amount);
  await page.getByLabel("Stream").selectOption("rewards");
  await page.getByLabel("Channel").selectOption(channelId);
  await page.getByRole("button", { name: "Save payout" }).click();
}
