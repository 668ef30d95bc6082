import net from "node:net";
import { zipSync } from "fflate";
import type { Locator, Page } from "playwright/test";
import * as imports from "../db/imports";
import * as payouts from "../db/payouts";
import * as uploads from "../db/uploads";
import { CONTENT_HEADER, contentText, csvText } from "../tests/import/fixtures";
import { makeChannel } from "../tests/studio";
import { expect, recordRequests, rowsOf, test, visit } from "./fixtures";

type Chosen = Parameters<Locator["setInputFiles"]>[0];

const file = (name: string, content: string | Uint8Array) => ({
  name,
  mimeType: "application/octet-stream",
  buffer: Buffer.from(content as string),
});

async function choose(page: Page, files: Chosen): Promise<void> {
  await page.getByLabel("Files to import").setInputFiles(files);
}

const importNow = (page: Page) => page.getByRole("button", { name: "Import", exact: true });

/** A row per order, each with a day of its own among 1,000: 12.25 dollars each. */
function ordersText(rows: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const day = new Date(Date.UTC(2023, 0, 1 + (at % 1_000))).toISOString().slice(0, 10);
    return `${day},A-${at},affiliate,12.25,USD\n`;
  });
  return `date,order id,stream,amount,currency\n${lines.join("")}`;
}

const MONTHS = "month,views,adsense_usd\n2025-01,1000,10.00\n2025-02,2000,20.00\n";

test("a zip as YouTube hands it out is sent once, whatever is chosen afterwards, and imported from what is here", async ({
  page,
  owner,
}) => {
  await makeChannel(owner.viewer, owner.creatorId, { platform: "youtube", name: "Mira films" });
  const zip = zipSync({
    "Table data.csv": Buffer.from(contentText()),
    "Totals.csv": Buffer.from("Date,Views\n2024-01-01,5\n"),
  });
  await visit(page, owner.at("/imports"));
  const { posts } = recordRequests(page);
  await choose(page, file("Content 2024-01-01_2024-12-31 Mira films.zip", zip));
  await page.getByLabel("The new videos are").selectOption("short");
  await expect(page.getByText("1 payout, 4 entries of views and 4 videos")).toBeVisible();
  await importNow(page).click();
  await expect(page.getByText(/^Imported: /)).toBeVisible();
  expect(posts.filter((url) => url.includes("bytes="))).toHaveLength(1);
  expect((await imports.list(owner.viewer, owner.creatorId)).length).toBe(1);
  expect(await uploads.list(owner.viewer, owner.creatorId)).toEqual([]);
});

test("what a platform corrected later is shown as old → new, brought in, and taken back by undo", async ({
  page,
  owner,
}) => {
  await makeChannel(owner.viewer, owner.creatorId, { platform: "other", name: "Site" });
  await visit(page, owner.at("/imports"));
  await choose(page, file("site.csv", MONTHS));
  await importNow(page).click();
  await page.getByRole("button", { name: "Import another file" }).click();
  await choose(page, file("site again.csv", MONTHS.replace("20.00", "21.50")));
  const entries = page.getByRole("table", { name: "What happens to each entry" });
  await expect(entries.getByText("20.00 USD → 21.50 USD")).toBeVisible();
  await importNow(page).click();
  await expect(page.getByText(/^Imported: /)).toBeVisible();
  const minors = async () =>
    (await payouts.list(owner.viewer, owner.creatorId)).rows.map(({ minor }) => minor).sort();
  expect(await minors()).toEqual([1000n, 2150n]);
  await page.getByRole("button", { name: "Undo the import of site again.csv" }).first().click();
  await expect(page.getByText("Undone: everything is as it was before.").first()).toBeVisible();
  expect(await minors()).toEqual([1000n, 2000n]);
});

test("rows pasted from a spreadsheet are a file like any other", async ({ page, owner }) => {
  await makeChannel(owner.viewer, owner.creatorId, { platform: "other", name: "Site" });
  await visit(page, owner.at("/imports"));
  await page.getByText("Or paste rows from a spreadsheet").click();
  await page.getByLabel("Rows with their header").fill(MONTHS.replaceAll(",", "\t"));
  await page.getByRole("button", { name: "Look at these rows" }).click();
  await expect(page.getByRole("heading", { name: "Pasted rows" })).toBeVisible();
  await expect(page.getByRole("table", { name: "Sums of the file" })).toBeVisible();
  expect((await rowsOf(page, "Sums of the file")).sort()).toEqual([
    ["Ads (USD)", "2", "$30.00", "$30.00"],
    ["Views", "2", "3,000", "3,000"],
  ]);
  await importNow(page).click();
  await expect(page.getByText(/^Imported: /)).toBeVisible();
});

test("the page can be left while a long file is read; it waits, and goes on from there", async ({
  page,
  owner,
}) => {
  await makeChannel(owner.viewer, owner.creatorId, { platform: "other", name: "Shop" });
  await visit(page, owner.at("/imports"));
  await choose(page, file("orders.csv", ordersText(120_000)));
  await page.getByRole("button", { name: "Leave for later" }).click();
  const waiting = page.getByRole("list", { name: "Files that wait" });
  await expect(waiting.getByText("orders.csv")).toBeVisible();
  await visit(page, owner.at());
  await visit(page, owner.at("/imports"));
  await expect(waiting.getByText("Ready to look at")).toBeVisible({ timeout: 40_000 });
  await page.getByRole("button", { name: "Continue with orders.csv" }).click();
  await expect(page.getByRole("table", { name: "Sums of the file" })).toBeVisible();
  // 120,000 × 12.25
  expect((await rowsOf(page, "Sums of the file"))[0]?.slice(1)).toEqual([
    "120,000",
    "$1,470,000.00",
    "$1,470,000.00",
  ]);
  await page.getByRole("button", { name: "Discard", exact: true }).click();
  await expect(page.getByText("orders.csv")).toBeHidden();
  expect(await uploads.list(owner.viewer, owner.creatorId)).toEqual([]);
});

test("cancelled in the middle of a long import, nothing of it is there", async ({ page, owner }) => {
  await makeChannel(owner.viewer, owner.creatorId, { platform: "other", name: "Shop" });
  await visit(page, owner.at("/imports"));
  await choose(page, file("orders.csv", ordersText(60_000)));
  await expect(page.getByRole("table", { name: "Sums of the file" })).toBeVisible({ timeout: 40_000 });
  await importNow(page).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByText("Drop your exports here")).toBeVisible();
  expect(await uploads.list(owner.viewer, owner.creatorId)).toEqual([]);
  expect(await imports.list(owner.viewer, owner.creatorId)).toEqual([]);
  expect((await payouts.list(owner.viewer, owner.creatorId)).total).toBe(0);
});

/** A wire to the server that remembers every byte which the browser sends. */
async function tapWire(): Promise<{ url: string; sent: () => string; close: () => void }> {
  const target = new URL(process.env.E2E_BASE_URL ?? "");
  const chunks: Buffer[] = [];
  const sockets = new Set<net.Socket>();
  const wire = net.createServer((browser) => {
    const server = net.connect(Number(target.port), target.hostname);
    for (const socket of [browser, server]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        browser.destroy();
        server.destroy();
      });
    }
    browser.on("data", (chunk) => chunks.push(chunk));
    browser.pipe(server).pipe(browser);
  });
  await new Promise<void>((done) => wire.listen(0, "localhost", done));
  return {
    url: `http://localhost:${(wire.address() as net.AddressInfo).port}`,
    sent: () => Buffer.concat(chunks).toString("latin1"),
    close() {
      wire.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

test("of a TikTok data download not one byte but the list of videos leaves the browser", async ({
  page,
  owner,
  watch,
}) => {
  // The same server, reached by the wire.
  watch.expect(/^request to http:\/\/localhost/);
  const wire = await tapWire();
  const SECRETS = ["meet me at nine", "Baker Street 221", "+49 170 0000000"];
  const download = {
    "Direct Message": { ChatHistory: { "Chat with b:": [{ Content: SECRETS[0] }] } },
    Profile: { Address: SECRETS[1], Phone: SECRETS[2] },
    Post: {
      Posts: {
        VideoList: [
          {
            Date: "2026-01-03 10:00:00",
            Link: "https://www.tiktok.com/@mira/video/7591000000000000001",
            Likes: "12",
            Title: "Five eggs",
            WhoCanView: "only friends of mine",
          },
        ],
      },
    },
  };
  await makeChannel(owner.viewer, owner.creatorId, { platform: "tiktok", name: "Mira cooks" });
  await visit(page, wire.url + owner.at("/imports"));
  const json = JSON.stringify(download);
  const zip = zipSync({ "user_data_tiktok.json": Buffer.from(json) });
  for (const chosen of [file("user_data_tiktok.json", json), file("TikTok_Data.zip", zip)]) {
    await choose(page, chosen);
    await expect(page.getByText("Only the list of your videos was sent.")).toBeVisible();
    await expect(
      page.getByRole("table", { name: "What happens to each entry" }).getByText("Five eggs"),
    ).toBeVisible();
    await page.getByRole("button", { name: "Discard", exact: true }).click();
  }
  const uploaded = () => wire.sent().split("bytes=").length - 1;
  expect(uploaded()).toBe(2);

  // Nothing at all is sent of one that lists no videos.
  await choose(page, file("user_data_tiktok.json", JSON.stringify({ ...download, Post: {} })));
  await expect(page.getByText("This file lists no videos of yours")).toBeVisible();
  expect(uploaded()).toBe(2);

  const sent = wire.sent();
  expect(sent).toContain("Five eggs");
  for (const secret of [...SECRETS, "only friends of mine", "Direct Message", "user_data", "TikTok_Data"])
    expect(sent).not.toContain(secret);
  wire.close();
});

test("what the columns mean is said once", async ({ page, owner }) => {
  await makeChannel(owner.viewer, owner.creatorId, { platform: "other", name: "Site" });
  const table = csvText([
    ["Zeitraum", "Wert A", "Wert B"],
    ["2025-01", "5.00", "7"],
  ]);
  await visit(page, owner.at("/imports"));
  await choose(page, file("a.csv", table));
  await page.getByLabel("Meaning of Zeitraum").selectOption({ label: "Month" });
  await page.getByLabel("Meaning of Wert B").selectOption({ label: "Views" });
  await expect(page.getByRole("paragraph").filter({ hasText: /^1 entry of views$/ })).toBeVisible();
  await importNow(page).click();
  await expect(page.getByText(/^Imported: /)).toBeVisible();
  await page.getByRole("button", { name: "Import another file" }).click();
  await choose(page, file("b.csv", table.replace("2025-01", "2025-02")));
  await expect(
    page.getByText("As you said when a table with these columns was imported before."),
  ).toBeVisible();
  await expect(page.getByRole("paragraph").filter({ hasText: /^1 entry of views$/ })).toBeVisible();
  await page.getByRole("button", { name: "Use the guess instead" }).click();
  await expect(page.getByText("As you said when a table with these columns")).toBeHidden();
});

test("a file that is cut on its way is refused before anything is read", async ({ page, owner, watch }) => {
  watch.expect(/400/);
  await visit(page, owner.at("/imports"));
  await page.route(/bytes=/, (route) => {
    const body = route.request().postDataBuffer();
    return route.continue({ postData: body?.subarray(0, -5) ?? "" });
  });
  await choose(page, file("months.csv", MONTHS));
  await expect(page.getByText(/did not arrive whole/)).toBeVisible();
  expect(await uploads.list(owner.viewer, owner.creatorId)).toEqual([]);
  await page.unroute(/bytes=/);
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("table", { name: "Sums of the file" })).toBeVisible();
});

test("a table too wide to be one is refused without harm", async ({ page, owner }) => {
  await visit(page, owner.at("/imports"));
  await choose(page, file("wide.csv", `${CONTENT_HEADER.join(",")}${",x".repeat(600)}\n1\n`));
  await expect(page.getByText("This file could not be read. Nothing was saved.")).toBeVisible();
  await page.getByRole("button", { name: "Choose another file" }).click();
  await expect(page.getByText("Drop your exports here")).toBeVisible();
});
