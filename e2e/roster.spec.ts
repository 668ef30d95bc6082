import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import * as tags from "../db/tags";
import { addMonths, firstDay, lastDay, monthOf } from "../lib/model/month";
import { makeCreator, makeUser, viewerOf } from "../tests/factories";
import { makeAgency, makeChannel, makePayout, monthBack, represent } from "../tests/studio";
import { expect, signIn, test, visit } from "./fixtures";

test("a manager's morning: the sums, sorted, searched, kept as a view, taken away, compared", async ({
  page,
  context,
}) => {
  const user = await makeUser();
  const admin = viewerOf(user);
  const agencyId = await makeAgency(admin);
  const month = addMonths(monthOf(new Date().toISOString().slice(0, 10)), -1);
  const creators = [
    { name: "Ana", minor: 30_000n, scope: { streams: null } },
    { name: "Bo", minor: 90_000n, scope: { streams: null } },
    { name: "Cy", minor: 11_111n, scope: { streams: null, amounts: false } },
  ];
  for (const { name, minor, scope } of creators) {
    const owner = viewerOf(await makeUser());
    const { id: creatorId } = await makeCreator(owner, { name });
    const channelId = await makeChannel(owner, creatorId, { name: `${name} cooks` });
    for (const [back, share] of [
      [1, 2n],
      [0, 1n],
    ] as const) {
      const at = addMonths(month, -back);
      await makePayout(owner, creatorId, {
        channelId,
        minor: minor / share,
        fromDay: firstDay(at),
        toDay: lastDay(at),
      });
    }
    await represent({ owner, creatorId, admin, agencyId, email: user.email }, scope);
  }
  await signIn(context, user.id);
  await visit(page, `/agencies/${agencyId}`);

  const whole = page.getByRole("region", { name: "The whole roster" });
  await expect(whole).toContainText("$1,200.00");
  await expect(whole).toContainText("3 creators, of them 1 without amounts.");
  const table = page.getByRole("table", { name: "Creators" });
  const names = table.getByRole("rowheader");
  await expect(names).toHaveText([/^Ana/, /^Bo/, /^CyAmounts not shared/]);
  await expect(table).not.toContainText("111.11");

  await table.getByRole("link", { name: "Earned" }).click();
  await expect(page).toHaveURL(/sort=earned&order=descending/);
  await expect(names).toHaveText([/^Bo/, /^Ana/, /^Cy/]);

  const search = page.getByRole("searchbox", { name: "Search creators" });
  await search.fill("ana coo");
  await expect(names).toHaveText([/^Ana/]);
  await expect(page).toHaveURL(/q=ana\+coo/);
  await search.fill("");
  await expect(names).toHaveCount(3);

  await page.getByText("More filters and columns").click();
  await page.getByRole("checkbox", { name: "Overdue" }).uncheck();
  await page.getByRole("button", { name: "Show" }).click();
  await expect(page).toHaveURL(/columns=/);
  await expect(table.getByRole("columnheader", { name: "Overdue" })).toHaveCount(0);

  await page.getByText("Keep this view").click();
  await page.getByRole("textbox", { name: "Name of the view" }).fill("By money");
  await page.getByRole("button", { name: "Keep", exact: true }).click();
  const views = page.getByRole("navigation", { name: "Views" });
  await expect(views.getByRole("link", { name: "By money" })).toHaveAttribute("aria-current", "true");
  await views.getByRole("link", { name: "Everybody" }).click();
  await expect(names).toHaveText([/^Ana/, /^Bo/, /^Cy/]);
  await views.getByRole("link", { name: "By money" }).click();
  await expect(names).toHaveText([/^Bo/, /^Ana/, /^Cy/]);

  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download CSV" }).click(),
  ]);
  const lines = readFileSync(await file.path(), "utf8")
    .trim()
    .split("\r\n");
  expect(
    lines.map((line) =>
      line
        .split(",")
        .slice(0, 2)
        .concat(line.split(",")[5] ?? ""),
    ),
  ).toEqual([
    [expect.stringContaining("Creator"), "Shares", "Earned"],
    ["Bo", "All", "900.00"],
    ["Ana", "All", "300.00"],
    ["Cy", "Amounts not shared", ""],
  ]);

  await page.getByRole("checkbox", { name: "Choose Ana" }).check();
  await page.getByRole("checkbox", { name: "Choose Bo" }).check();
  await page.getByRole("button", { name: "Compare" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Compare creators" })).toBeVisible();
  await expect(page.getByRole("figure")).toContainText("from $900.00 (Bo) to $300.00 (Ana).");
  await page.getByText("Show numbers as table").click();
  await expect(page.getByRole("row").last()).toContainText("$300.00");
  await page.getByRole("link", { name: "eRPM" }).click();
  await expect(page).toHaveURL(/figure=rpm/);
});

test("from the boxes of the roster: compared, and back; tagged and reminded; then found by the tag", async ({
  page,
  context,
}) => {
  const user = await makeUser();
  const admin = viewerOf(user);
  const agencyId = await makeAgency(admin);
  await tags.add(admin, agencyId, { id: randomUUID(), name: "Needs a call", colour: "warn" });
  for (const [name, minor] of [
    ["Ana", 20_000n],
    ["Bo", 50_000n],
    ["Cy", 10_000n],
  ] as const) {
    const owner = viewerOf(await makeUser({ name }));
    const { id: creatorId } = await makeCreator(owner, { name });
    const channelId = await makeChannel(owner, creatorId);
    await makePayout(owner, creatorId, { channelId, minor, ...monthBack(1) });
    await represent({ owner, creatorId, admin, agencyId, email: user.email }, { streams: null });
  }
  await signIn(context, user.id);
  await visit(page, `/agencies/${agencyId}`);
  const choose = (name: string) => page.getByRole("checkbox", { name: `Choose ${name}` });
  const [compare, remind] = ["Compare", "Remind or tag"].map((name) => page.getByRole("button", { name }));
  await expect(remind!).toBeDisabled();
  await choose("Ana").check();
  await expect(compare!, "one is nothing to compare").toBeDisabled();
  await expect(remind!).toBeEnabled();
  await choose("Cy").check();
  await expect(page.getByText("2 chosen")).toBeVisible();
  await compare!.click();
  await expect(page.getByRole("figure")).toContainText("from $200.00 (Ana) to $100.00 (Cy).");
  await expect(page.getByRole("figure")).not.toContainText("Bo");
  await page.getByRole("navigation", { name: "Breadcrumbs" }).getByRole("link", { name: "Roster" }).click();

  await choose("Ana").check();
  await choose("Bo").check();
  await remind!.click();
  await expect(page.getByText("2 of 3 creators chosen.")).toBeVisible();
  await page.getByRole("button", { name: "Tag", exact: true }).click();
  await expect(page.getByText("Tagged 2 creators.")).toBeVisible();
  await page.getByLabel("Mail", { exact: true }).fill("Please log October.");
  await page.getByRole("button", { name: "Send to 2 creators" }).dblclick();
  await expect(page.getByText("2 of 2 mailed.")).toBeVisible();

  await visit(page, `/agencies/${agencyId}`);
  await page.getByText("More filters and columns").click();
  await page.getByLabel("Tag", { exact: true }).selectOption({ label: "Needs a call" });
  await page.getByRole("checkbox", { name: "Tags" }).check();
  await page.getByRole("button", { name: "Show" }).click();
  const table = page.getByRole("table", { name: "Creators" });
  await expect(table.getByRole("rowheader")).toHaveText([/^Ana/, /^Bo/]);
  await expect(table.getByText("Needs a call")).toHaveCount(2);
  await expect(table.getByRole("row").last()).toContainText("$700.00");
});
