import { readFileSync } from "node:fs";
import type { Page } from "playwright/test";
import { makePayout, makeTraffic } from "../tests/studio";
import { expect, formWith, rowsOf, test, visit } from "./fixtures";

// Each stream in its own terms: logged, corrected, refunded, and then in the month, the year and the file.

/** A month before the one that runs, as forms and addresses take it and as the pages write it. */
function monthBefore(back: number): { month: string; from: string; to: string; name: string } {
  const first = new Date();
  first.setUTCDate(1);
  first.setUTCMonth(first.getUTCMonth() - back);
  const last = new Date(first);
  last.setUTCMonth(last.getUTCMonth() + 1, 0);
  return {
    month: first.toISOString().slice(0, 7),
    from: first.toISOString().slice(0, 10),
    to: last.toISOString().slice(0, 10),
    name: first.toLocaleDateString("en-US", { month: "long", year: "numeric", timeZone: "UTC" }),
  };
}
const LAST = monthBefore(1);

/** Opens what is folded away and fills the fields, by their labels, in the form that a button sends. */
async function log(page: Page, button: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const form = formWith(page, button);
  const more = form.locator("details").first();
  if ((await more.getAttribute("open")) === null) await more.locator("summary").click();
  for (const [label, value] of Object.entries(fields)) {
    const field = form.getByLabel(label, { exact: label !== "Price of one" }).first();
    if ((await field.evaluate((element) => element.tagName)) === "SELECT")
      await field.selectOption({ label: value });
    else await field.fill(value);
  }
}

const save = async (page: Page, button: string, said = "Saved.") => {
  await formWith(page, button).getByRole("button", { name: button, exact: true }).click();
  await expect(page.getByText(said, { exact: true }).last()).toBeVisible();
};

async function openNewest(page: Page, at: string, stream: string): Promise<void> {
  await visit(page, at);
  await page.getByRole("table", { name: "Payouts" }).getByRole("link", { name: stream, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(stream);
}

async function download(page: Page, link: RegExp): Promise<string[][]> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: link }).click(),
  ]);
  return readFileSync(await file.path(), "utf8")
    .trim()
    .split("\r\n")
    .map((line) => line.split(","));
}

const monthPage = (owner: { at: (place: string) => string }) =>
  owner.at(`/payouts/months?month=${LAST.month}`);

test("ads: what does not fit is asked about, tax follows its rule, and month, year and file agree to the cent", async ({
  page,
  owner,
  channelId,
}) => {
  await makeTraffic(owner.viewer, owner.creatorId, {
    ...{ channelId, fromDay: LAST.from, toDay: LAST.to, views: 70_000, qualifiedViews: 30_000 },
  });
  await visit(page, owner.at("/tax"));
  await fillRule(page, {
    "Country of the tax": "US",
    "Tax form": "Form given, with a treaty",
    From: "2020-01-01",
  });
  await save(page, "Save rule");

  await visit(page, owner.at("/payouts/new"));
  await log(page, "Save payout", {
    Amount: "95",
    Stream: "Ads",
    Channel: "Mira cooks · TikTok",
    "Earned in": LAST.month,
    Gross: "200",
    "Platform keeps (%)": "45",
    Adjustments: "-14",
    "Taxable at its source": "10",
  });
  await formWith(page, "Save payout").getByRole("button", { name: "Save payout" }).click();
  await expect(page.getByText("gives $96.00, you typed $95.00: $1.00 more")).toBeVisible();
  await page.getByRole("button", { name: "Save $96.00 instead" }).click();
  await expect(page.getByText("Saved.", { exact: true }).last()).toBeVisible();

  await openNewest(page, owner.at("/payouts"), "Ads");
  await page.getByText("Add a refund, fee or withheld tax").click();
  await expect(page.getByText(/withholds 15% of \$10\.00: \$1\.50\./)).toBeVisible();
  await save(page, "Save");
  await expect(page.getByRole("table", { name: "From gross to net" })).toContainText("Net");
  expect(await rowsOf(page, "From gross to net")).toEqual([
    ["Gross", "$200.00"],
    ["Platform keeps45%", "-$90.00"],
    ["Adjustments", "-$14.00"],
    ["Credited", "$96.00"],
    ["Tax withheld", "-$1.50"],
    ["Net", "$94.50"],
  ]);

  await visit(page, monthPage(owner));
  const [ads] = await rowsOf(page, "Streams from gross to net");
  expect(ads).toEqual(["Ads USD", ...["$200.00", "-$90.0045%", "-$14.00", "$96.00", "-$1.50", "$94.50"]]);
  // The net of the month: 94.50 over 70,000 views is 1.35, over 30,000 qualified views 3.15. Never averaged.
  const [rates] = await rowsOf(page, "Money per 1,000, by name");
  expect(rates).toEqual(["Ads, TikTok USD", "$94.50", "$1.35", "$3.15"]);

  await visit(page, owner.at(`/tax?year=${LAST.month.slice(0, 4)}`));
  const [year] = await rowsOf(page, "The year by stream and currency");
  expect(year).toEqual([
    "Ads USD",
    ...["$96.00", "$0.00", "$0.00", "-$1.50", "$0.00", "$94.50", "$0.00", "$94.50"],
  ]);
  const [header = [], line = []] = await download(page, /^CSV of /);
  expect(Object.fromEntries(header.map((name, index) => [name, line[index]]))).toMatchObject({
    ...{ Stream: "Ads", "Tax withheld": "-1.50", Net: "94.50", "Net in USD": "94.50" },
  });
});

test("gifts: a session and its diamonds, the cut from one's own figures, a correction and its undo", async ({
  page,
  owner,
  channelId,
}) => {
  expect(channelId).not.toBe("");
  await visit(page, owner.at("/lives"));
  const session = formWith(page, "Save session");
  await session.getByLabel("Channel").selectOption({ label: "Mira cooks · TikTok" });
  await session.getByLabel("Day").fill(LAST.from);
  await session.getByLabel("Hours").fill("2.5");
  await session.getByLabel("Diamonds").fill("2500");
  await save(page, "Save session");

  await visit(page, owner.at("/payouts/new"));
  await log(page, "Save payout", {
    ...{ Amount: "12.50", Stream: "Gifts", "Earned in": LAST.month, Diamonds: "2500" },
    "Price of one": "0.02",
  });
  await expect(page.getByText("convention, not official")).toBeVisible();
  await save(page, "Save payout");

  await visit(page, owner.at("/lives"));
  // 12.50 in 2.5 hours is 5.00 an hour; for 2,500 diamonds 0.0050 each.
  const [month] = await rowsOf(page, "LIVE by month");
  expect(month?.slice(1)).toEqual(["1", "2.5", "2,500", "$12.50", "$5.00", "0.0050 USD"]);
  await visit(page, monthPage(owner));
  // Viewers paid 2,500 x 0.02 = 50.00, 12.50 arrived: the cut is 75 %.
  const [units] = await rowsOf(page, "Units by month");
  expect(units?.slice(1)).toEqual(["Gifts", "2,500", "$50.00", "$12.50", "75%"]);

  await visit(page, owner.at("/lives"));
  await page.getByRole("table", { name: "LIVE sessions" }).getByRole("link").first().click();
  await formWith(page, "Save correction").getByLabel("Hours").fill("5:00:00");
  await save(page, "Save correction", "Corrected.");
  await visit(page, owner.at("/lives"));
  expect((await rowsOf(page, "LIVE by month"))[0]?.slice(2)).toEqual([
    "5",
    "2,500",
    "$12.50",
    "$2.50",
    "0.0050 USD",
  ]);
  await page.getByRole("table", { name: "LIVE sessions" }).getByRole("link").first().click();
  await page.getByRole("button", { name: "Undo last change" }).click();
  await expect(page.getByText("Undone.", { exact: true })).toBeVisible();
  await visit(page, owner.at("/lives"));
  expect((await rowsOf(page, "LIVE by month"))[0]?.[5]).toBe("$5.00");
});

test("shop: a product's rate falls and those who promote it keep the old one; a refund cuts the commission", async ({
  page,
  owner,
}) => {
  const today = new Date(Date.now() - 36 * 3_600_000).toISOString().slice(0, 10);
  await visit(page, owner.at("/payouts/terms"));
  for (const [from, rate] of [
    ["2020-01-01", "15"],
    [today, "12"],
  ] as const) {
    const form = formWith(page, "Save commission");
    if (!(await form.isVisible())) await page.getByText("A product’s commission").click();
    await form.getByLabel("Product").fill("Cast iron pan");
    await form.getByLabel("Commission (%)", { exact: true }).fill(rate);
    await form.getByLabel("Commission by ads (%)").fill("8");
    await form.getByLabel("From").fill(from);
    await save(page, "Save commission");
    await visit(page, owner.at("/payouts/terms"));
  }
  const [pan] = await rowsOf(page, "Commission of today's orders");
  expect(pan?.[1]).toBe("12%");
  expect(pan?.[2]).toMatch(/^15%to /);
  expect(pan?.[3]).toBe("8%");

  await visit(page, owner.at("/payouts/new"));
  await log(page, "Save payout", {
    ...{ Amount: "150", Stream: "Shop", "Earned in": LAST.month, Orders: "40", "Order value": "1000" },
    "Commission (%)": "15",
  });
  await save(page, "Save payout");
  await openNewest(page, owner.at("/payouts"), "Shop");
  await page.getByText("Add a refund, fee or withheld tax").click();
  const about = formWith(page, "Save");
  await about.getByLabel("Amount", { exact: true }).fill("15");
  await about.getByLabel("Kind").selectOption({ label: "Refund" });
  await save(page, "Save");
  await visit(page, monthPage(owner));
  const [shop] = await rowsOf(page, "Streams from gross to net");
  expect(shop?.slice(3)).toEqual(["$150.00", "-$15.00", "$135.00"]);
  await visit(page, owner.at(`/?month=${LAST.month}`));
  await expect(page.getByRole("main")).toContainText("$135.00");
});

/** What each is logged and corrected with: the amount that its making gives, and after a refund of 1.00 its net. */
const OTHERS = [
  {
    ...{ stream: "Platform rewards", net: "$18.00", left: "18.00" },
    first: { Amount: "20", "Paid by": "Qualified views", "How many of them": "30000" },
    second: { Amount: "19", "How many of them": "28000" },
  },
  {
    ...{ stream: "Affiliate", net: "$39.00", left: "39.00" },
    // (500 - 50) x 10 % = 45, then (500 - 100) x 10 % = 40
    first: {
      ...{ Amount: "45", Clicks: "900", Orders: "12", "Order value": "500", "Refunded of it": "50" },
      "Commission (%)": "10",
    },
    second: { Amount: "40", "Refunded of it": "100" },
  },
  {
    ...{ stream: "Super likes", net: "$137.60", left: "137.60" },
    // 100 x 0.99 x 70 % = 69.30, then 200 x 0.99 x 70 % = 138.60
    first: { Amount: "69.30", "Super likes": "100", "Price of one": "0.99", "Platform keeps (%)": "30" },
    second: { Amount: "138.60", "Super likes": "200" },
  },
  {
    ...{ stream: "Subscriptions", net: "$29.00", left: "29.00" },
    // 10 x 5.00 x 50 % = 25, then 12 x 5.00 x 50 % = 30
    first: { Amount: "25", Subscribers: "10", "Price of one": "5", "Platform keeps (%)": "50" },
    second: { Amount: "30", Subscribers: "12" },
  },
  {
    ...{ stream: "Gifts", net: "$29.00", left: "29.00" },
    // 5,000 x 0.02 x 25 % = 25, then 6,000 x 0.02 x 25 % = 30
    first: { Amount: "25", Diamonds: "5000", "Price of one": "0.02", "Platform keeps (%)": "75" },
    second: { Amount: "30", Diamonds: "6000" },
  },
  {
    ...{ stream: "Sponsorship", net: "$749.00", left: "749.00" },
    first: { Amount: "800" },
    second: { Amount: "750" },
  },
  { ...{ stream: "Other", net: "$34.00", left: "34.00" }, first: { Amount: "40" }, second: { Amount: "35" } },
] as const;

for (const { stream, net, left, first, second } of OTHERS) {
  test(`${stream}: logged, corrected and refunded, ${net} is left in the month, on the overview and in the file, and it is projected`, async ({
    page,
    owner,
  }) => {
    await visit(page, owner.at("/payouts/new"));
    await log(page, "Save payout", { Stream: stream, "Earned in": LAST.month, ...first });
    await save(page, "Save payout");
    await openNewest(page, owner.at("/payouts"), stream);
    await page.getByText("Correct this payout").click();
    await log(page, "Save correction", second);
    await save(page, "Save correction", "Corrected.");
    await page.getByText("Add a refund, fee or withheld tax").click();
    const about = formWith(page, "Save");
    await about.getByLabel("Amount", { exact: true }).fill("1");
    await about.getByLabel("Kind").selectOption({ label: "Refund" });
    await save(page, "Save");

    await visit(page, monthPage(owner));
    const [row] = await rowsOf(page, "Streams from gross to net");
    expect([row?.[0], row?.at(-1)]).toEqual([`${stream} USD`, net]);
    await visit(page, owner.at(`/?month=${LAST.month}`));
    await expect(page.getByRole("main")).toContainText(net);
    await visit(page, owner.at(`/tax?year=${LAST.month.slice(0, 4)}`));
    const [header = [], line = []] = await download(page, /^CSV of /);
    expect([line[header.indexOf("Stream")], line[header.indexOf("Net")]]).toEqual([stream, left]);
    await visit(page, owner.at("/projections"));
    await expect(page.getByRole("main")).toContainText(stream);
  });
}

test("a month whose views came without their money is said on the overview, and why to look", async ({
  page,
  owner,
  channelId,
}) => {
  for (const back of [1, 2, 3, 4, 5, 6]) {
    const { from: fromDay, to: toDay } = monthBefore(back);
    await makeTraffic(owner.viewer, owner.creatorId, { channelId, fromDay, toDay, views: 100_000 });
    await makePayout(owner.viewer, owner.creatorId, {
      ...{ channelId, fromDay, toDay, stream: "ads", minor: back === 1 ? 1_000n : 5_000n },
    });
  }
  await visit(page, owner.at(`/?month=${LAST.month}`));
  await expect(page.getByText(`The views of ${LAST.name} came, their money did not`)).toBeVisible();
  await expect(page.getByText("20% of what 1,000 views usually earn, about $40.00 missing")).toBeVisible();
});

test("the ECB's file gives a euro payout its rate, and a person's own of that day stands before it", async ({
  page,
  owner,
}) => {
  await makePayout(owner.viewer, owner.creatorId, {
    ...{ currency: "EUR", minor: 10_000n, fromDay: LAST.from, toDay: LAST.to },
  });
  await visit(page, owner.at("/rates"));
  await page.getByLabel("File of the ECB").setInputFiles({
    ...{ name: "eurofxref.csv", mimeType: "text/csv" },
    buffer: Buffer.from(`Date,USD,\n${LAST.to},1.05,\n`),
  });
  await page.getByRole("button", { name: "Bring rates" }).click();
  await expect(page.getByText("1 rate added.")).toBeVisible();
  await visit(page, owner.at(`/tax?year=${LAST.month.slice(0, 4)}`));
  expect((await rowsOf(page, "The year by stream and currency"))[0]?.at(-1)).toBe("$105.00");
  expect((await rowsOf(page, "Exchange rates used"))[0]?.slice(1)).toContain("1 EUR = 1.05 USD");

  await visit(page, owner.at("/rates"));
  const form = formWith(page, "Save rate");
  await form.getByLabel("1 unit of").selectOption("EUR");
  await form.getByLabel("Is worth").fill("1.10");
  await form.getByLabel("Of", { exact: true }).selectOption("USD");
  await form.getByLabel("On").fill(LAST.to);
  await form.getByLabel("Source").fill("My bank");
  await form.getByRole("button", { name: "Save rate" }).click();
  await expect(page.getByText("Saved: 1 EUR = 1.10 USD.")).toBeVisible();
  await visit(page, owner.at(`/tax?year=${LAST.month.slice(0, 4)}`));
  expect((await rowsOf(page, "The year by stream and currency"))[0]?.at(-1)).toBe("$110.00");
});

async function fillRule(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  const form = formWith(page, "Save rule");
  for (const [label, value] of Object.entries(fields)) {
    const field = form.getByLabel(label, { exact: true });
    if ((await field.evaluate((element) => element.tagName)) === "SELECT")
      await field.selectOption({ label: value });
    else await field.fill(value);
  }
}
