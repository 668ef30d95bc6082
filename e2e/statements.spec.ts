import { readFileSync } from "node:fs";
import type { Statement } from "../lib/report/statement";
import { cellText } from "../lib/statement-text";
import { readPdf } from "../tests/report/read-pdf";
import { readXlsx } from "../tests/report/read-xlsx";
import { makeStatementYear, TITLES } from "../tests/statement-year";
import { makeRepresentation } from "../tests/studio";
import { expect, signIn, test, visit } from "./fixtures";

test("a statement says the same on the screen, in its PDF, workbook, CSV and JSON; what people typed stays text", async ({
  page,
  context,
}) => {
  const { user, creatorId } = await makeStatementYear();
  await signIn(context, user.id);
  await visit(page, `/creators/${creatorId}/statements`);
  await page.getByRole("link", { name: "All of 2025" }).click();
  await expect(page.getByRole("heading", { name: "Statement for 2025" })).toBeVisible();

  const download = async (name: string) => {
    await page.getByText("Download", { exact: true }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name, exact: true }).click(),
    ]);
    return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
  };

  const json = await download("JSON");
  expect(json.name).toBe("statement-mira-cooks-2025.json");
  const statement = JSON.parse(json.bytes.toString("utf8")) as Statement;
  const booked = statement.summary[0]!;
  const shown = cellText(booked.cell, booked.kind, "en-US");
  await expect(page.getByText(shown, { exact: true }).first()).toBeVisible();
  for (const section of statement.sections)
    await expect(page.getByRole("heading", { name: section.title, exact: true })).toBeVisible();
  const streams = page.getByRole("table", { name: "Earned by stream" });
  for (const row of statement.sections[0]!.totals)
    for (const { key, kind } of statement.sections[0]!.columns)
      if (row[key]) await expect(streams).toContainText(cellText(row[key], kind, "en-US"));
  for (const title of TITLES) await expect(page.getByText(title, { exact: true })).toBeVisible();

  const pdf = await readPdf((await download("PDF, Letter")).bytes);
  expect(pdf.pages[0]?.join("\n")).toContain(shown);
  expect(pdf.size.map(Math.round)).toEqual([612, 792]);
  const { sheets } = await readXlsx((await download("Excel workbook")).bytes);
  expect(sheets.get("Summary")?.find(([label]) => label === booked.label)?.[1]).toBe(
    Number((booked.cell as { minor: string }).minor) / 100,
  );
  const csv = (await download("CSV")).bytes.toString("utf8");
  expect(csv).toContain(`Summary,row,Booked,${Number((booked.cell as { minor: string }).minor) / 100},USD`);

  await page.getByLabel("Write numbers and dates as in").selectOption("de-DE");
  await page.getByRole("button", { name: "Show" }).click();
  await expect(
    page.getByText(cellText(booked.cell, booked.kind, "de-DE"), { exact: true }).first(),
  ).toBeVisible();
});

test("a range is opened by its months, and an agency that may see some streams only is told why there is none", async ({
  page,
  context,
}) => {
  const { user, viewer, creatorId } = await makeStatementYear();
  await signIn(context, user.id);
  await visit(page, `/creators/${creatorId}/statements`);
  await page.getByLabel("From", { exact: true }).fill("2025-02");
  await page.getByLabel("To", { exact: true }).fill("2025-05");
  await page.getByRole("button", { name: "Open" }).click();
  await expect(page.getByRole("heading", { name: "Statement for February 2025 to May 2025" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Adjustments to earlier months" })).toContainText("Jan 2025");

  const { adminId } = await makeRepresentation(viewer, creatorId);
  await context.clearCookies();
  await signIn(context, adminId);
  await visit(page, `/creators/${creatorId}/statements/2025`);
  await expect(page.getByText("this page is not part of that")).toBeVisible();
});
