import type { Page } from "playwright/test";
import { makePayout, makeTraffic } from "../tests/studio";
import { alertOf, expect, formWith, numbersOf, recordRequests, rowsOf, test, visit } from "./fixtures";

/** A month from the one that runs, as addresses take it and as the pages write it. */
function monthFromNow(ahead: number): { month: string; name: string; short: string } {
  const day = new Date();
  day.setUTCDate(1);
  day.setUTCMonth(day.getUTCMonth() + ahead);
  const text = (month: "long" | "short") =>
    day.toLocaleDateString("en-US", { month, year: "numeric", timeZone: "UTC" });
  return { month: day.toISOString().slice(0, 7), name: text("long"), short: text("short") };
}

/** Tab by Tab to a control, as one who sees the page goes. */
async function tabTo(page: Page, name: string): Promise<void> {
  const target = page.getByRole("main").getByLabel(name).first();
  for (let i = 0; i < 20; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`20 Tabs did not reach ${name}.`);
}

const sponsorship = (page: Page) => page.getByRole("main").getByText(/^Sponsorship.*: \$/);

test("a deal is logged by keyboard in one POST, is booked in its month's projection, and undo takes it out", async ({
  page,
  owner,
  channelId,
}) => {
  const next = monthFromNow(1);
  await makePayout(owner.viewer, owner.creatorId, { channelId });
  await visit(page, owner.at("/deals/new"));
  await expect(page.getByLabel("Brand")).toBeFocused();
  const requests = recordRequests(page);
  await page.keyboard.type("Lumo pans");
  await tabTo(page, "Fee");
  await page.keyboard.type("1,200.50");
  await tabTo(page, "Channel");
  await page.keyboard.type("Mira");
  await tabTo(page, "Note");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved.")).toBeVisible();
  expect(requests.posts, "one POST").toHaveLength(1);
  expect(requests.reads, "and nothing is fetched after it").toEqual([]);

  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Deals" }).click();
  await expect(page.getByRole("table", { name: "Deals" })).toContainText("Lumo pans");
  const [row] = await rowsOf(page, "Deals");
  expect(row?.join(" ")).toMatch(/Lumo pans.*Mira cooks · TikTok.*Agreed.*\$1,200\.50/);
  await page.getByRole("link", { name: next.name }).click();
  await expect(page.getByText(`${next.name} has not begun`)).toBeVisible();
  await expect(sponsorship(page)).toHaveText("Sponsorship, TikTok: $1,200.50");
  await expect(page.getByText("Booked", { exact: true }).first()).toBeVisible();

  await visit(page, owner.at("/deals"));
  await page.getByRole("table", { name: "Deals" }).getByRole("link", { name: "Lumo pans" }).click();
  await page.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("This deal was taken back.")).toBeVisible();
  const projection = await page.context().newPage();
  await visit(projection, owner.at(`/projections?month=${next.month}`));
  await expect(sponsorship(projection)).toHaveCount(0);

  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(page.getByText("Undone.")).toBeVisible();
  await visit(projection, owner.at(`/projections?month=${next.month}`));
  await expect(sponsorship(projection)).toHaveText("Sponsorship, TikTok: $1,200.50");
});

test("a deal moves on in one place: its history shows what became of what, and a paid one is booked no more", async ({
  page,
  owner,
  channelId,
}) => {
  await makePayout(owner.viewer, owner.creatorId, { channelId });
  await visit(page, owner.at("/deals"));
  const table = page.getByRole("table", { name: "Deals" });
  await page.getByLabel("Brand").fill("Olivar oil");
  await page.getByLabel("Fee", { exact: true }).fill("900");
  await page.getByRole("button", { name: "Save deal" }).click();
  await expect(table).toContainText("Olivar oil");
  await expect(page.getByText("Booked ahead")).toBeVisible();

  await table.getByRole("link", { name: "Olivar oil" }).click();
  await formWith(page, "Save change").getByLabel("State").selectOption("Paid");
  await page.getByRole("button", { name: "Save change" }).click();
  await expect(page.getByText("Updated.")).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: /^Changed by/ })).toContainText(
    "State: Agreed → Paid",
  );
  await visit(page, owner.at("/deals?state=paid"));
  await expect(table).toContainText("Olivar oil");
  await expect(page.getByText("Booked ahead")).toHaveCount(0);
  await visit(page, owner.at("/deals?search=nobody"));
  await expect(page.getByText("No deal matches")).toBeVisible();
});

test("what is wrong with a deal stands at its field, and nothing that was typed is lost", async ({
  page,
  owner,
}) => {
  await visit(page, owner.at("/deals/new"));
  await page.getByLabel("Brand").fill("Lumo pans");
  await page.getByLabel("Fee", { exact: true }).fill("1,2,3");
  await page.getByRole("button", { name: "Save deal" }).click();
  await expect(alertOf(page)).toBeVisible();
  await expect(page.getByLabel("Fee", { exact: true })).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel("Brand")).toHaveValue("Lumo pans");
});

test("an event is named in the overview's table, and taken back from the list with an undo", async ({
  page,
  owner,
  channelId,
}) => {
  const last = monthFromNow(-1);
  const period = { fromDay: `${last.month}-01`, toDay: `${last.month}-28` };
  await makePayout(owner.viewer, owner.creatorId, { channelId, ...period });
  await makeTraffic(owner.viewer, owner.creatorId, { channelId, views: 50_000, ...period });

  await visit(page, owner.at("/projections"));
  await page.getByRole("main").getByRole("link", { name: "Events" }).click();
  await page.getByLabel("What happened").fill("Joined the rewards programme");
  await page.getByLabel("From").fill(`${last.month}-05`);
  await page.getByLabel("Kind").selectOption("Joined a programme");
  await page.getByLabel("In projections").selectOption("Begun anew");
  await page.getByRole("button", { name: "Save event" }).click();
  const table = page.getByRole("table", { name: "Events" });
  await expect(table).toContainText("Joined the rewards programme");

  await visit(page, owner.at());
  const rows = await numbersOf(page, /^eRPM/);
  expect(rows.find(([month]) => month === last.short)?.at(-1)).toBe("Joined the rewards programme");

  await visit(page, owner.at("/events"));
  await page.getByRole("button", { name: "Remove Joined the rewards programme" }).click();
  await expect(page.getByText("No event yet")).toBeVisible();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  await expect(table).toContainText("Joined the rewards programme");
});
