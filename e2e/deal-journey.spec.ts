import { readFileSync } from "node:fs";
import { readPdf } from "../tests/report/read-pdf";
import { makeDeal, makeTraffic, makeVideo } from "../tests/studio";
import { alertOf, expect, formWith, rowsOf, test, visit } from "./fixtures";

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

test("a deal goes from pitch to paid: price, parts, deliverable, one step at a time, invoice as PDF, payment, undo", async ({
  page,
  owner,
  channelId,
}) => {
  const published = { title: "Pans compared", publishedOn: day(-3), channelId };
  const videoId = await makeVideo(owner.viewer, owner.creatorId, published);
  const seen = { channelId, videoId, format: "short", fromDay: day(-3), toDay: day(-1) } as const;
  await makeTraffic(owner.viewer, owner.creatorId, { ...seen, views: 80_000 });

  await visit(page, owner.at("/deals/new"));
  await page.getByLabel("Brand").fill("Lumo pans");
  // 80 thousand views × the middle of $5 and $15 = 80 × 8.66 = $693.
  await expect(page.getByText("Suggested: $693")).toBeVisible();
  await page.getByText("How it comes about").click();
  await expect(page.getByText(/wordontheblock\.com/)).toBeVisible();
  await page.getByLabel("Fee", { exact: true }).fill("1000");
  await page.getByLabel("State").selectOption("Pitched");
  await page.getByText("Deliverables", { exact: true }).first().click();
  await page.getByLabel("Deliverable 1").fill("One video, 60 seconds");
  await page.getByLabel("Due day of 1").fill(day(10));
  await page.getByLabel("Promised views").fill("50,000");
  await page.getByText("Parts of the fee, commission").click();
  await page.getByLabel("Usage rights", { exact: true }).fill("1200");
  await page.getByRole("button", { name: "Save deal" }).click();
  await expect(alertOf(page)).toContainText("The parts below are more than the whole fee");
  await page.getByLabel("Usage rights", { exact: true }).fill("250");
  await page.getByLabel("Usage rights: for how many days").fill("90");
  await page.getByRole("button", { name: "Save deal" }).click();
  await expect(page.getByText("Saved.")).toBeVisible();

  await visit(page, owner.at("/deals"));
  const pipeline = page.locator("section", { has: page.getByRole("heading", { name: "Pipeline" }) }).first();
  await expect(pipeline.getByRole("region", { name: "Pitched" })).toContainText("$1,000.00");
  await pipeline.getByRole("button", { name: "Mark agreed" }).click();
  await expect(page.getByText("Agreed.", { exact: true })).toBeVisible();
  await expect(pipeline.getByRole("region", { name: "Agreed" })).toContainText(
    "Deliver “One video, 60 seconds” by",
  );

  await pipeline.getByRole("link", { name: "Lumo pans" }).click();
  const change = formWith(page, "Save change");
  await change.getByLabel("Video of 1").selectOption("Pans compared");
  await change.getByLabel("Delivered day of 1").fill(day(-3));
  await page.getByRole("button", { name: "Save change" }).click();
  await expect(page.getByText("Updated.")).toBeVisible();
  await expect(page.getByText("$20.00 per 1,000 views = $1,000.00 / 50,000 × 1,000")).toBeVisible();
  await expect(page.getByText("$12.50 per 1,000 views = $1,000.00 / 80,000 × 1,000")).toBeVisible();
  await expect(page.getByText("160% of the promised views")).toBeVisible();
  expect((await rowsOf(page, "Parts of the fee")).map((cells) => cells.join(" "))).toEqual([
    "The content itself  $750.00",
    "Usage rights 90 days $250.00",
  ]);

  await page.getByRole("button", { name: "Mark delivered" }).click();
  await expect(page.getByText("Send the invoice")).toBeVisible();
  await page.getByRole("button", { name: "Invoice", exact: true }).click();
  await expect(page.getByText(/Due /).first()).toBeVisible();

  await page.getByText("Letterhead", { exact: true }).click();
  await page.locator("#letterhead-from").fill("Mira Cooks\nΑθήνα");
  await page.getByLabel("Pay to").fill("IBAN DE00 1234");
  await page.getByRole("button", { name: "Save letterhead" }).click();
  await expect(page.getByText("Saved: invoices from today on carry it.")).toBeVisible();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "PDF, A4" }).click();
  const file = await downloading;
  const number = `${new Date().getUTCFullYear()}-001`;
  expect(file.suggestedFilename()).toBe(`invoice-${number}.pdf`);
  const { pages, title } = await readPdf(readFileSync(await file.path()));
  const text = pages.flat().join("\n");
  expect(title).toBe(`Invoice ${number}`);
  for (const part of [
    "Mira Cooks",
    "Αθήνα",
    "Lumo pans",
    "One video, 60 seconds",
    "$750.00",
    "$250.00",
    "90 days",
  ])
    expect(text).toContain(part);
  expect(text).toContain("USD $1,000.00");
  expect(text).toContain("IBAN DE00 1234");

  const paying = formWith(page, "Record payment");
  await expect(paying.getByLabel("Arrived, USD")).toHaveValue("1000.00");
  await paying.getByLabel("Arrived, USD").fill("985");
  await paying.getByLabel("Kept by the bank, USD").fill("15");
  await paying.getByRole("button", { name: "Record payment" }).click();
  await expect(page.getByText("All of the fee has arrived.")).toBeVisible();
  await expect(page.getByRole("table", { name: "Payouts of this deal" })).toContainText("$1,000.00");

  const other = await page.context().newPage();
  await visit(other, owner.at("/payouts"));
  await expect(other.getByRole("table", { name: "Payouts" })).toContainText("Sponsorship");
  await visit(other, owner.at("/receipts"));
  await expect(other.getByRole("main")).toContainText("$985.00");
  // The newest toast stands last; the letterhead's may still be there.
  await expect(page.getByText("Paid.", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).last().click();
  await expect(page.getByText("Nothing has arrived yet: $1,000.00 is open.")).toBeVisible();
});

test("an invoice that is past its day is late, by name, sum and days", async ({ page, owner, channelId }) => {
  const late = { channelId, state: "invoiced", invoiceNumber: "2026-004", termsDays: 30 } as const;
  await makeDeal(owner.viewer, owner.creatorId, { ...late, invoicedOn: day(-37), brand: "Olivar oil" });
  await makeDeal(owner.viewer, owner.creatorId, { invoiceNumber: "2026-001", brand: "Lumo pans" });
  await visit(page, owner.at("/deals"));
  const group = page.getByRole("region", { name: "Late" });
  await expect(group).toContainText("Olivar oil");
  await expect(group).toContainText("7 days late");
  await expect(group).toContainText("$1,000.00");
  await expect(page.getByText("2026-002, 2026-003")).toBeVisible();
});
