import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Locator, Page } from "playwright/test";
import * as imports from "../db/imports";
import * as payouts from "../db/payouts";
import * as totals from "../db/totals";
import { contentText, csvText, realData } from "../tests/import/fixtures";
import { makeChannel, makePayout, makeTraffic } from "../tests/studio";
import { expect, numbersOf, type Owner, rowsOf, test, visit } from "./fixtures";

/**
 * 38 months from December 2018: ads 37 × 247.25 + 0.11 = 9,148.36; affiliate, unknown in the first 16 months,
 * 21 × 205.27 + 205.33 = 4,516.00; views 37 × 80,593 + 80,589 = 3,062,530. A total and a rate beside them.
 */
function monthsText(): string {
  const rows = Array.from({ length: 38 }, (_, index) => {
    const month = `${2018 + Math.floor((index + 11) / 12)}-${String(((index + 11) % 12) + 1).padStart(2, "0")}`;
    const isLast = index === 37;
    const affiliate = index < 16 ? "" : isLast ? "205.33" : "205.27";
    return [month, isLast ? "80589.0" : "80593.0", isLast ? "0.11" : "247.25", affiliate, "999.99", "12.3"];
  });
  return csvText([
    ["month", "pageviews", "adsense_usd", "amazon_usd", "total_usd", "rpm_total_usd"],
    ...rows,
  ]);
}

const csv = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
type Chosen = Parameters<Locator["setInputFiles"]>[0];

async function choose(page: Page, files: Chosen): Promise<void> {
  await page.getByLabel("Files to import").setInputFiles(files);
}

const importNow = (page: Page) => page.getByRole("button", { name: "Import", exact: true });

const months: [string, () => Chosen][] = [["the synthetic twin", () => csv("site.csv", monthsText())]];
const real = realData("isitketo-monthly.csv");
if (real) months.push(["the real site", () => real]);

for (const [name, file] of months) {
  test(`38 months (${name}) reach the chart in two clicks, and go away in one`, async ({ page, owner }) => {
    const { viewer, creatorId } = owner;
    const channelId = await makeChannel(viewer, creatorId, { platform: "other", name: "Elsewhere" });
    await makePayout(viewer, creatorId, { channelId });
    await makeTraffic(viewer, creatorId, { channelId });
    const before = await hashOfAll(page, owner);

    await visit(page, owner.at("/imports"));
    await choose(page, file());
    await page.getByLabel("Channel").selectOption({ label: "A new channel…" });
    const sums = page.getByRole("table", { name: "Sums of the file" });
    await expect(sums).toBeVisible();
    expect((await rowsOf(page, "Sums of the file")).sort()).toEqual([
      ["Ads (USD)", expect.any(String), "$9,148.36", "$9,148.36"],
      ["Affiliate (USD)", expect.any(String), "$4,516.00", "$4,516.00"],
      ["Views", "38", "3,062,530", "3,062,530"],
    ]);
    await importNow(page).click();
    await expect(page.getByText(/^Imported: /)).toBeVisible();

    await page.getByRole("link", { name: "See the overview" }).click();
    await expect(page.getByRole("figure", { name: /^eRPM/ })).toBeVisible();
    await visit(page, owner.at("?months=all&rows=all"));
    const rows = await numbersOf(page, /^eRPM/);
    const actual = rows.filter(([, cell]) => cell?.includes("$"));
    // Those of the file that state an amount, and the one from before.
    expect(actual).toHaveLength(monthsWithMoney(file()) + 1);
    expect(actual.filter(([, , cell]) => cell?.includes("$")).length).toBeGreaterThan(30);

    await visit(page, owner.at("/imports"));
    await page.getByRole("button", { name: /^Undo the import of/ }).click();
    await expect(page.getByText("Undone", { exact: true })).toBeVisible();
    expect(await hashOfAll(page, owner)).toBe(before);
  });
}

function monthsWithMoney(file: Chosen): number {
  const text =
    typeof file === "string" ? readFileSync(file, "utf8") : String((file as { buffer: Buffer }).buffer);
  const [header = "", ...rows] = text.trim().split(/\r?\n/);
  const columns = ["adsense_usd", "amazon_usd"].map((name) => header.split(",").indexOf(name));
  return rows.filter((row) => columns.some((column) => row.split(",")[column])).length;
}

/** What a person sees of his money and views, and every figure that is summed. */
async function hashOfAll(page: Page, { viewer, creatorId, at }: Owner): Promise<string> {
  const seen: unknown[] = [];
  for (const place of ["?months=all&rows=all", "/payouts", "/traffic"]) {
    await visit(page, at(place));
    const text = await page.getByRole("main").evaluate((main) => {
      const words = main.cloneNode(true) as HTMLElement;
      // The new channel stays to be chosen: a person may have begun to use it. A chart's picture gives way to its
      // canvas whenever that has loaded; its sentences stay.
      for (const part of words.querySelectorAll("select, svg, canvas, script")) part.remove();
      return (words.textContent ?? "").replace(/\s+/g, " ");
    });
    seen.push(text);
  }
  const read = await totals.byMonth(viewer, creatorId);
  const text = JSON.stringify([seen, read], (_key, value) =>
    typeof value === "bigint" ? `${value}` : value,
  );
  return createHash("sha256").update(text).digest("hex");
}

test("a table of videos asks what it does not know, and the same file again brings nothing", async ({
  page,
  owner,
}) => {
  await makeChannel(owner.viewer, owner.creatorId, { platform: "youtube", name: "Mira films" });
  await visit(page, owner.at("/imports"));
  await choose(page, csv("Table data.csv", contentText()));
  await expect(page.getByLabel("Channel")).toHaveValue(/./);
  await expect(page.getByText("Give its first and last day")).toBeVisible();
  await page.getByLabel("First day of the export").fill("2024-01-01");
  await page.getByLabel("Last day of the export").fill("2024-12-31");
  await page.getByLabel("The new videos are").selectOption("long");
  await expect(page.getByText("1 payout, 4 entries of views and 4 videos")).toBeVisible();
  await importNow(page).press("Enter");
  await expect(page.getByText(/^Imported: /)).toBeVisible();

  await page.getByRole("button", { name: "Import another file" }).click();
  await choose(page, csv("Table data.csv", contentText()));
  await page.getByLabel("First day of the export").fill("2024-01-01");
  await page.getByLabel("Last day of the export").fill("2024-12-31");
  await expect(page.getByText("All of this is here already")).toBeVisible();
  await page.getByRole("button", { name: "Discard", exact: true }).click();
  await expect(page.getByText("Drop your exports here")).toBeVisible();
});

test("what moved since the preview is refused and shown again; nothing is imported blindly", async ({
  page,
  owner,
}) => {
  const channelId = await makeChannel(owner.viewer, owner.creatorId, { platform: "other", name: "Site" });
  await visit(page, owner.at("/imports"));
  await choose(page, csv("site.csv", monthsText()));
  await expect(page.getByRole("table", { name: "Sums of the file" })).toBeVisible();
  await payouts.record(owner.viewer, owner.creatorId, {
    id: crypto.randomUUID(),
    channelId,
    format: "all",
    stream: "ads",
    kind: "earning",
    state: "final",
    fromDay: "2020-01-01",
    toDay: "2020-01-31",
    minor: 100n,
    currency: "USD",
    note: "",
  });
  await importNow(page).click();
  await expect(page.getByText("What is here has changed since this preview")).toBeVisible();
  await expect(page.getByText("Some of this is here under another name")).toBeVisible();
  expect((await payouts.list(owner.viewer, owner.creatorId)).total).toBe(1);
});

test("an export without money or videos gets one helpful sentence, and a file that is none an honest one", async ({
  page,
  owner,
}) => {
  const devices = csvText([
    ["Device type", "Views", "Watch time (hours)", "Average view duration"],
    ["Total", "300", "9.5", "0:01:54"],
    ["Mobile phone", "200", "6.5", "0:01:57"],
    ["TV", "100", "3.0", "0:01:48"],
  ]);
  await visit(page, owner.at("/imports"));
  await choose(page, [csv("Table data.csv", devices), csv("broken.csv", 'a,b\n"open,1\n')]);
  await expect(page.getByText("There is nothing to import in this file.")).toBeVisible();
  await expect(page.getByText(/take the tab Content or Date in Advanced mode/)).toBeVisible();
  await page.getByRole("button", { name: "Skip this file" }).click();
  await expect(page.getByText("This file could not be read. Nothing was saved.")).toBeVisible();
  await page.getByRole("button", { name: "Choose another file" }).click();
  await expect(page.getByText("Nothing imported yet")).toBeVisible();
});

const geography = realData("youtube-studio-geography-en");
if (geography) {
  test("a real chart by country is named for what it is, in one sentence, and nothing is written", async ({
    page,
    owner,
    channelId,
  }) => {
    await makePayout(owner.viewer, owner.creatorId, { channelId });
    const before = await hashOfAll(page, owner);
    await visit(page, owner.at("/imports"));
    await choose(page, path.join(geography, "Chart data.csv"));
    await expect(page.getByText("There is nothing to import in this file.")).toBeVisible();
    await expect(importNow(page)).toBeHidden();
    expect(await hashOfAll(page, owner)).toBe(before);
    expect(await imports.list(owner.viewer, owner.creatorId)).toEqual([]);
  });
}
