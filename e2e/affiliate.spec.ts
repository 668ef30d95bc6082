import { readFileSync } from "node:fs";
import { makeTraffic, makeVideo } from "../tests/studio";
import { expect, formWith, rowsOf, test, visit } from "./fixtures";

test("a placement is logged, corrected, earns, is refunded, and shows the same in overview, table and CSV", async ({
  page,
  owner,
  channelId,
}) => {
  const month = new Date();
  month.setUTCDate(1);
  month.setUTCMonth(month.getUTCMonth() - 1);
  const name = month.toISOString().slice(0, 7);
  const period = { fromDay: `${name}-01`, toDay: `${name}-28` };
  const videoId = await makeVideo(owner.viewer, owner.creatorId, { channelId, title: "Pans compared" });
  await makeTraffic(owner.viewer, owner.creatorId, {
    channelId,
    videoId,
    format: "short",
    views: 42_500,
    ...period,
  });

  await visit(page, owner.at("/affiliate"));
  await page.getByLabel("Merchant").fill("Pan shp");
  await page.getByLabel("Offered rate, %").fill("12.5");
  await page.getByLabel("Video").selectOption("Pans compared");
  await page.getByRole("button", { name: "Save placement" }).click();
  const table = page.getByRole("table", { name: "Placements" });
  await table.getByRole("link", { name: "Pan shp" }).click();

  await page.getByText("Correct this placement").click();
  await page.getByLabel("Merchant").fill("Pan shop");
  await page.getByRole("button", { name: "Save correction" }).click();
  await expect(page.getByRole("heading", { name: "Pan shop" })).toBeVisible();

  const earning = formWith(page, "Save commission");
  await earning.getByLabel("Commission", { exact: true }).fill("100");
  await earning.getByLabel("From day").fill(period.fromDay);
  await earning.getByLabel("To day").fill(period.toDay);
  await earning.getByLabel("Clicks").fill("400");
  await earning.getByLabel("Orders").fill("20");
  await earning.getByLabel("Order value").fill("800");
  await page.getByRole("button", { name: "Save commission" }).click();
  const commissions = page.getByRole("table", { name: "Commissions" });
  await expect(commissions).toContainText("$100.00");

  await commissions.getByRole("link").first().click();
  await page.getByText("Add a refund, fee or withheld tax").click();
  const about = page.locator("form", { has: page.locator("#about-amount") });
  await about.locator("#about-amount").fill("15");
  await about.locator("#about-kind").selectOption("Refund");
  await about.getByRole("button", { name: /^Save/ }).click();
  await expect(page.getByRole("heading", { name: "Refunds, fees and the like" })).toBeVisible();

  await visit(page, owner.at("/affiliate"));
  const [row] = await rowsOf(page, "Placements");
  // 100.00 - 15.00 = 85.00; 85.00 / 42,500 × 1,000 = 2.00; 85.00 / 800.00 = 10.625 %, half to even 10.62 %.
  expect(row?.join(" ")).toMatch(/Pan shop.*Pans compared.*20.*400.*\$800\.00.*10\.62 %.*\$85\.00.*\$2\.00/);
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download CSV" }).click();
  const csv = readFileSync(await (await downloading).path(), "utf8");
  expect(csv.split("\r\n")[1]).toContain("USD,400,20,800.00,,85.00,15.00,10.62,42500,2.00");

  await visit(page, owner.at());
  await expect(page.getByRole("main")).toContainText("$85.00");
});
