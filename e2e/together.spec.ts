import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Browser, Page } from "playwright/test";
import * as payouts from "../db/payouts";
import * as representations from "../db/representations";
import { makeCreator, makeUser, type TestUser, viewerOf } from "../tests/factories";
import { makeAgency, makeChannel, makePayout, monthBack, represent } from "../tests/studio";
import { expect, type Owner, signIn, test, visit, watch } from "./fixtures";

/** An agency of another person, who is signed in on a page of his own, and represents the creators. */
async function makeAgencyPage(
  browser: Browser,
  baseURL: string | undefined,
  owners: readonly Pick<Owner, "viewer" | "creatorId">[],
) {
  const user = await makeUser({ name: "Ada Bell" });
  const admin = viewerOf(user);
  const agencyId = await makeAgency(admin);
  for (const { viewer, creatorId } of owners) {
    await represent(
      { owner: viewer, creatorId, admin, agencyId, email: user.email },
      { streams: null, notes: true, mayEdit: true },
    );
  }
  const context = await browser.newContext(baseURL ? { baseURL } : {});
  const complaints = watch(context, baseURL ?? "");
  await signIn(context, user.id);
  return { page: await context.newPage(), agencyId, admin, user, complaints };
}

/** The mails to somebody that say this, as they lie there by now. */
function mailsTo({ email }: TestUser, text: string): number {
  const folder = path.join(process.env.E2E_DATA ?? "", "mails");
  // The first mail makes the folder.
  if (!existsSync(folder)) return 0;
  const mails = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), "utf8"));
  return mails.filter((mail) => mail.includes(`To: ${email}`) && mail.includes(text)).length;
}

/** Two jobs, one after the other, are looked for once a second each. */
const SOON = { timeout: 15_000 };

const note = (page: Page, text: string) => page.getByRole("listitem").filter({ hasText: text });

test("a note is read by those whom it names, until the creator keeps her notes to herself", async ({
  page,
  owner,
  browser,
  baseURL,
}) => {
  const { viewer, creatorId } = owner;
  const agency = await makeAgencyPage(browser, baseURL, [owner]);
  const month = "/projections?month=2026-01";
  await visit(page, owner.at(month));
  await page.getByLabel("New note").fill("Between us: the fridge broke.");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(note(page, "the fridge broke")).toContainText("Only the creator's members");
  await page.getByLabel("New note").fill("Views dropped after the move.");
  await page.getByLabel("Who reads it").selectOption({ label: "North Talent and the creator's members" });
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(note(page, "after the move")).toContainText("North Talent and the creator's members");

  await visit(agency.page, owner.at(month));
  await expect(note(agency.page, "after the move")).toContainText("Mira Okafor");
  await expect(agency.page.getByText("the fridge broke")).toHaveCount(0);
  await agency.page.getByLabel("New note").fill("Talk to her about the lease.");
  await agency.page.getByRole("button", { name: "Save note" }).click();
  await expect(note(agency.page, "the lease")).toContainText("Only North Talent");
  await agency.page.getByText("Correct it").click();
  await agency.page.getByLabel("Say it anew").fill("Talk to her about the new lease.");
  await agency.page.getByRole("button", { name: "Save correction" }).click();
  await expect(note(agency.page, "the new lease")).toContainText("What it said before");

  await visit(page, owner.at("/notes"));
  await expect(note(page, "after the move")).toContainText("January 2026");
  await expect(page.getByText("lease")).toHaveCount(0);

  const [standing] = await representations.list(viewer, creatorId);
  const { id, version, streams, amounts, mayEdit, toDay } = standing!;
  await representations.rescope(viewer, creatorId, {
    ...{ id, version, streams, amounts, mayEdit, toDay, notes: false },
  });
  await visit(agency.page, owner.at("/notes"));
  await expect(note(agency.page, "the new lease")).toBeVisible();
  await expect(agency.page.getByText("after the move")).toHaveCount(0);
  expect(agency.complaints).toEqual([]);
});

test("a task is asked of a creator, who hears of it, sees it, and says that it is done", async ({
  page,
  owner,
  browser,
  baseURL,
}) => {
  const agency = await makeAgencyPage(browser, baseURL, [owner]);
  await visit(agency.page, `/agencies/${agency.agencyId}/tasks`);
  await agency.page.getByLabel("What is to be done").fill("Send the September statement");
  await agency.page.getByLabel("Whom you ask").selectOption({ label: "Mira Cooks" });
  await agency.page.getByLabel("Due").fill("2026-01-05");
  await agency.page.getByRole("button", { name: "Add task" }).click();
  const row = agency.page.getByRole("row").filter({ hasText: "Send the September statement" });
  await expect(row).toContainText("Overdue");
  await expect.poll(() => mailsTo(owner.user, "Mira Cooks: Send the September statement"), SOON).toBe(1);

  await visit(page, owner.at("/alerts"));
  const asked = page.getByRole("listitem").filter({ hasText: "Send the September statement" });
  await expect(asked).toContainText("Asked by Ada Bell, North Talent");
  await asked.getByRole("button", { name: "Mark as done" }).click();
  await expect(asked).toHaveCount(0);

  await visit(agency.page, `/agencies/${agency.agencyId}/tasks`);
  await expect(agency.page.getByRole("table", { name: "Tasks that are done" })).toContainText(
    "Done by Mira Okafor",
  );
  await visit(agency.page, `/agencies/${agency.agencyId}/tasks?view=overdue`);
  await expect(agency.page.getByText("Nothing is overdue")).toBeVisible();
  expect(agency.complaints).toEqual([]);
});

test("many are tagged, reminded once a click, and asked for the months that they miss", async ({
  owner,
  channelId,
  browser,
  baseURL,
}) => {
  const second = await makeUser({ name: "Bo Lind" });
  const other = viewerOf(second);
  const { id: otherId } = await makeCreator(other, { name: "Bo Plays" });
  const agency = await makeAgencyPage(browser, baseURL, [owner, { viewer: other, creatorId: otherId }]);
  for (const back of [4, 3, 1])
    await makePayout(owner.viewer, owner.creatorId, { channelId, ...monthBack(back) });

  const { page } = agency;
  await visit(page, `/agencies/${agency.agencyId}/selection`);
  await page.getByLabel("New tag").fill("Food");
  await page.getByRole("button", { name: "Add tag" }).click();
  await expect(page.getByRole("button", { name: "Remove the tag Food" })).toBeVisible();
  await page.getByLabel("Mira Cooks").check();
  await page.getByLabel("Bo Plays").check();
  await page.getByRole("button", { name: "Go on with the chosen" }).click();
  await expect(page.getByText("2 of 2 creators chosen.")).toBeVisible();
  await page.getByRole("button", { name: "Tag", exact: true }).click();
  await expect(page.getByText("Tagged 2 creators.")).toBeVisible();

  await page.getByLabel("Mail", { exact: true }).fill("Please log October.");
  const send = page.getByRole("button", { name: "Send to 2 creators" });
  await send.dblclick();
  await expect(page.getByText("2 of 2 mailed.")).toBeVisible();
  await expect.poll(() => mailsTo(owner.user, "Please log October."), SOON).toBe(1);
  await expect.poll(() => mailsTo(second, "Please log October."), SOON).toBe(1);

  await page.getByRole("button", { name: "Ask for what is missing" }).click();
  await expect(page.getByText("1 of 2 asked.")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "1 of 2 asked." })).toContainText(
    "Bo Plays: Nothing is missing of what is shown to you.",
  );
  await page.getByRole("button", { name: "Ask for what is missing" }).click();
  await expect(page.getByText("0 of 2 asked.")).toBeVisible();
  await expect(page.getByText("Is asked for these months already.")).toBeVisible();
  expect(mailsTo(owner.user, "Please log October."), "nobody twice").toBe(1);
  expect(agency.complaints).toEqual([]);
});

test("one file for three creators: two are found by name, one is made, each part is imported and undone by itself", async ({
  page,
  owner,
  channelId,
  browser,
  baseURL,
}) => {
  const second = await makeUser({ name: "Bo Lind" });
  const other = viewerOf(second);
  const { id: otherId } = await makeCreator(other, { name: "Bo Plays" });
  await makeChannel(other, otherId, { name: "Bo", handle: "@bo" });
  const agency = await makeAgencyPage(browser, baseURL, [owner, { viewer: other, creatorId: otherId }]);
  const text = [
    "creator,channel,month,views,stream,amount,currency",
    "Mira Cooks,@mira,2026-01,1000,ads,10.00,USD",
    "bo plays,@bo,2026-01,2000,ads,20.00,USD",
    "Cleo Sings,@cleo,2026-01,3000,ads,30.00,USD",
    "Mira Cooks,@mira,2026-02,1000,ads,11.00,USD",
  ].join("\n");
  const roster = agency.page;
  await visit(roster, `/agencies/${agency.agencyId}/imports`);
  await roster
    .getByLabel("File with a column of creators")
    .setInputFiles({ name: "roster.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await expect(roster.getByText("Not known yet: 1 of 3 names.")).toBeVisible();
  await expect(roster.getByLabel('Whom "bo plays" means')).toHaveValue(otherId);
  await roster.getByLabel('Whom "Cleo Sings" means').selectOption({ label: "New: run by North Talent" });
  await roster.getByRole("button", { name: "Look at each part" }).click();
  const parts = roster.getByRole("list", { name: "Parts of the file" }).getByRole("listitem");
  await expect(parts).toHaveCount(3);
  await roster.getByRole("button", { name: "Import all 3 that are ready" }).click();
  await expect(parts.getByText("Imported", { exact: true })).toHaveCount(3, SOON);

  await visit(page, owner.at(`/channels/${channelId}`));
  await visit(page, owner.at("/payouts"));
  await expect(page.getByRole("row").filter({ hasText: "$11.00" })).toHaveCount(1);
  await expect(page.getByText("$20.00")).toHaveCount(0);
  await visit(page, owner.at("/imports"));
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(page.getByText(/Undone/).first()).toBeVisible();
  const counted = await payouts.list(other, otherId);
  expect(
    counted.rows.map(({ minor }) => minor),
    "another's undo leaves it",
  ).toEqual([2_000n]);
  expect(agency.complaints).toEqual([]);
});
