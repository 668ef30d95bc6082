import { randomUUID } from "node:crypto";
import type { Page } from "playwright/test";
import * as payouts from "../db/payouts";
import { standing } from "../db/revisions";
import * as sample from "../db/sample";
import type { Viewer } from "../lib/model/access";
import { monthOf } from "../lib/model/month";
import { lastJudged } from "../lib/model/restated";
import { makeUser, viewerOf } from "../tests/factories";
import { expect, minorOf, numbersOf, rowsOf, signIn, test, visit } from "./fixtures";

const SCORES = "Frozen before the month: scores";

test("the accuracy of the sample studio adds up with its chart, and a correction restates it without changing the first score", async ({
  page,
  context,
}) => {
  const user = await makeUser();
  const viewer = viewerOf(user);
  const { creatorId } = await sample.open(viewer, randomUUID());
  await signIn(context, user.id);
  await visit(page, `/creators/${creatorId}/projections`);
  await page.getByRole("link", { name: "Accuracy" }).click();
  await expect(page.getByRole("heading", { name: "Accuracy" })).toBeVisible();

  // What the total says it hit is what its months say, one by one.
  const months = await numbersOf(page, /^All streams in total/);
  expect(months).toHaveLength(12);
  await expect(page.getByRole("figure", { name: /^All streams in total/ }).locator("canvas")).toBeVisible();
  const before = await scoresOf(page);
  const inside = months.filter(([, , place]) => place === "inside").length;
  expect(before["All streams in total"]?.[1]).toBe(`${inside} of 12`);
  expect(Object.keys(before).length).toBeGreaterThan(3);

  // Nothing is hidden: where a simple rule is better, it says so.
  await expect(page.getByText(/^\d+% worse$/).first()).toBeVisible();

  const beside = await rowsOf(page, "Public calculators beside this model");
  for (const column of [2, 3]) {
    const [together = 0n, ...parts] = beside.map((cells) => minorOf(cells[column] ?? ""));
    const sum = parts.reduce((all, part) => all + part, 0n);
    // Each part is rounded to the cent by itself.
    expect(Number(sum - together)).toBeLessThanOrEqual(parts.length);
    expect(Number(together - sum)).toBeLessThanOrEqual(parts.length);
  }
  await expect(page.getByText("both are the same for every stream and the total")).toBeVisible();

  // A payout of the last judged month turns out to be nine times as much.
  await correctLastJudged(viewer, creatorId);
  await page.reload();
  const after = await scoresOf(page);
  const changed = await rowsOf(page, "Scores as first made and as restated");
  const total = changed.find(([name]) => name === "All streams in total") ?? [];
  const [, first, restated, offFirst, offRestated] = total;
  expect([first, offFirst]).toEqual([
    before["All streams in total"]?.[1],
    before["All streams in total"]?.[3],
  ]);
  expect([restated, offRestated]).toEqual([
    after["All streams in total"]?.[1],
    after["All streams in total"]?.[3],
  ]);
  expect(offRestated).not.toBe(offFirst);
  expect(changed.length).toBeLessThan(Object.keys(after).length);

  // Another stream, and all months, by their addresses.
  await page.getByText("Another stream").click();
  await page.getByRole("link", { name: "Ads, YouTube, Long" }).click();
  await expect(page.getByRole("figure", { name: /^Ads, YouTube, Long/ })).toBeVisible();
  await page.getByRole("link", { name: "24 months" }).click();
  await expect(page.getByRole("link", { name: "24 months" })).toHaveAttribute("aria-current", "true");
  await expect.poll(async () => (await numbersOf(page, /^Ads, YouTube, Long/)).length).toBeGreaterThan(12);
});

test("an empty creator is told when a month is judged and what to do until then", async ({ page, owner }) => {
  await visit(page, owner.at("/projections/accuracy"));
  await expect(page.getByText("No month to judge yet")).toBeVisible();
  await page.getByRole("main").getByRole("link", { name: "Log a payout" }).click();
  await expect(page.getByRole("button", { name: "Save payout" })).toBeVisible();
});

/** By stream: 50, 80 and 95 % band, off as shown and at the real traffic, and the three rules. */
async function scoresOf(page: Page): Promise<Record<string, string[]>> {
  return Object.fromEntries((await rowsOf(page, SCORES)).map(([name = "", ...cells]) => [name, cells]));
}

async function correctLastJudged(viewer: Viewer, creatorId: string): Promise<void> {
  const { today } = await standing(viewer, creatorId);
  const filter = {
    month: lastJudged(monthOf(today)),
    stream: "ads",
    state: "final",
    kind: "earning",
  } as const;
  const [found] = (await payouts.list(viewer, creatorId, { filter, sort: "amount", descending: true })).rows;
  if (!found) throw new Error(`The sample has no final ads payout in ${filter.month}.`);
  const { id: replaces, channelId, format, stream, state, fromDay, toDay, minor, currency, note } = found;
  const body = { channelId, format, stream, state, fromDay, toDay, currency, note };
  await payouts.record(viewer, creatorId, {
    ...{ ...body, id: randomUUID(), replaces, kind: "earning", minor: minor * 9n },
  });
}
