import { randomUUID } from "node:crypto";
import * as creators from "../db/creators";
import { currencyOf } from "../lib/model/money";
import { ledgerFile, linesOf } from "../tests/ledger-file";
import { makeChannel, makePayout, makeTraffic, makeVideo } from "../tests/studio";
import { expect, type Owner, test, visit } from "./fixtures";

async function everything({ viewer }: Owner, creatorId: string): Promise<string[]> {
  const lines = linesOf(await ledgerFile(viewer, creatorId));
  return lines.map(({ reference: _, ...line }) => JSON.stringify(line)).sort();
}

test("everything of a creator is one file, and brought to another creator it makes the same ledger", async ({
  page,
  owner,
}) => {
  const { viewer, creatorId } = owner;
  const channelId = await makeChannel(viewer, creatorId, { platform: "tiktok", name: "Ana cooks" });
  const videoId = await makeVideo(viewer, creatorId, { channelId, title: "=Soup, and 'more'" });
  await makePayout(viewer, creatorId, {
    channelId,
    lines: [{ videoId, minor: 70n }],
    note: "'first\nsecond",
  });
  await makeTraffic(viewer, creatorId, { channelId });

  await visit(page, owner.at("/imports"));
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download everything" }).click(),
  ]);
  const file = await download.path();

  const other = randomUUID();
  await creators.create(viewer, {
    id: other,
    name: "Ana again",
    currency: currencyOf("USD"),
    timeZone: "Europe/Berlin",
  });
  await visit(page, `/creators/${other}/imports`);
  await page.getByLabel("Files to import").setInputFiles(file);
  await expect(page.getByLabel("Name of the new channel")).toHaveValue("Ana cooks");
  await page.getByRole("button", { name: "Import", exact: true }).click();
  await expect(page.getByText(/^Imported: /)).toBeVisible();
  expect(await everything(owner, other)).toEqual(await everything(owner, creatorId));

  await page.getByRole("button", { name: "Import another file" }).click();
  await page.getByLabel("Files to import").setInputFiles(file);
  await expect(page.getByText("All of this is here already")).toBeVisible();
});
