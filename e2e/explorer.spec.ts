import { randomUUID } from "node:crypto";
import * as sample from "../db/sample";
import { makeMember, makeUser, viewerOf } from "../tests/factories";
import { expect, minorOf, numbersOf, recordRequests, signIn, test, visit } from "./fixtures";

let creatorId: string;
let userId: string;

test.beforeAll(async () => {
  ({ id: userId } = await makeUser());
  ({ creatorId } = await sample.open(viewerOf({ id: userId }), randomUUID()));
});

test("a slider moved by keyboard changes the figure at once; the copied link shows the same figure elsewhere", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(context, userId);
  await visit(page, `/creators/${creatorId}/projections/explorer`);
  const figure = page.getByRole("status", { name: "Projected" });
  const before = await figure.innerText();
  const views = page.getByRole("slider", { name: "Views a month, slider" });
  await views.focus();
  const requests = recordRequests(page);
  await page.keyboard.press("ArrowRight");
  await expect(figure).not.toHaveText(before);
  expect(minorOf((await figure.innerText()).split("\n")[0] ?? "")).toBeGreaterThan(
    minorOf(before.split("\n")[0] ?? ""),
  );
  const typed = page.getByRole("textbox", { name: "Views a month" });
  await typed.fill("1,234,500");
  await page.getByRole("combobox", { name: "Niche" }).selectOption("Finance");
  await page.getByText("Where the audience is").click();
  const share = page.getByRole("textbox", { name: "UK, Germany, Netherlands, Nordics" });
  await share.fill("40");
  const after = await figure.innerText();
  const shares = await page
    .getByRole("textbox", { name: /US, Canada|UK, Germany|France|Latin|South and|Elsewhere/ })
    .all();
  const sum = (await Promise.all(shares.map((each) => each.inputValue()))).reduce(
    (all, text) => all + Number(text) * 10,
    0,
  );
  expect([shares.length, Math.round(sum)]).toEqual([6, 1000]);
  await expect(page).toHaveURL(/views=1234500/);
  expect(requests, "the browser works it out alone").toEqual({ posts: [], reads: [] });

  await page.getByRole("button", { name: "Copy link" }).click();
  await expect(page.getByText("Link copied.")).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await context.newPage();
  await visit(other, link);
  expect(await other.getByRole("status", { name: "Projected" }).innerText()).toBe(after);
  await expect(other.getByRole("textbox", { name: "Views a month" })).toHaveValue("1,234,500");
  await expect(other.getByRole("combobox", { name: "Niche" })).toHaveValue("finance");
  expect((await numbersOf(other, "Money by views")).length).toBe(11);

  await other.getByRole("button", { name: "Start over" }).click();
  await expect(other.getByRole("status", { name: "Projected" })).toHaveText(before.replace("\n", ""));
  await expect(other).toHaveURL(/explorer$/);
});

test("what cannot be is refused beside its field and stays as typed; a price stands with its arithmetic", async ({
  page,
  context,
}) => {
  await signIn(context, userId);
  await visit(page, `/creators/${creatorId}/projections/explorer`);
  const views = page.getByRole("textbox", { name: "Views a month" });
  for (const [text, why] of [
    ["-5", "cannot be negative"],
    ["1000000000000000", "check for extra digits"],
    ["Infinity", "is not a number"],
  ] as const) {
    await views.fill(text);
    await expect(views).toHaveAccessibleDescription(new RegExp(why));
    await expect(views).toHaveValue(text);
    await expect(page.getByRole("status", { name: "Projected" })).toContainText("Correct the marked field");
  }
  await views.fill("0");
  await expect(page.getByRole("status", { name: "Projected" })).toContainText("no RPM");
  await page.getByRole("button", { name: "Reset Views a month" }).click();

  const price = page.getByRole("table", { name: "How the price comes about" });
  const total = price.locator("tfoot td");
  const middle = minorOf(await total.nth(1).innerText());
  await page.getByRole("checkbox", { name: "Exclusivity in the category" }).check();
  await expect(price.getByRole("row", { name: /starscout.ai/ })).toBeVisible();
  expect(minorOf(await total.nth(1).innerText())).toBeGreaterThan(middle);
  await page.getByRole("textbox", { name: "Fee offered for a deal" }).fill("1");
  await expect(page.getByText("is below the range")).toBeVisible();
});

test("one who may only look explores too, and one without payouts begins from a benchmark", async ({
  page,
  context,
  owner,
}) => {
  await visit(page, owner.at("/projections/explorer"));
  await expect(page.getByText("Benchmark, no payouts yet")).toBeVisible();
  await expect(page.getByText("No channel yet")).toBeVisible();
  await page.getByRole("textbox", { name: "Views a month" }).fill("100000");
  await expect(page.getByRole("status", { name: "Projected" })).toContainText("RPM");

  const { user: looker } = await makeMember(viewerOf({ id: userId }), creatorId, "viewer");
  await context.clearCookies();
  await signIn(context, looker.id);
  await visit(page, `/creators/${creatorId}/projections/explorer`);
  await expect(page.getByRole("status", { name: "Projected" })).toContainText("80% band");
});
