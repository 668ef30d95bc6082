import { makeUser } from "../tests/factories";
import { expect, minorOf, numbersOf, rowsOf, signIn, test, visit } from "./fixtures";

const CHANGE = /^Why .* differs from \w+ \d{4}$/;

test("the sample studio opens with one click, explains itself in figures, and goes away with one click", async ({
  page,
  context,
}) => {
  await signIn(context, (await makeUser()).id);
  await visit(page, "/creators");
  await page.getByRole("button", { name: "Open the sample studio" }).click();
  await expect(page.getByText("This is the sample studio")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Overview" })).toBeVisible();

  // Each chart has its picture, a sentence and its numbers.
  for (const title of [/^eRPM/, /^RPM of/, /^Earnings by stream/]) {
    const figure = page.getByRole("figure", { name: title });
    await expect(figure.getByRole("img")).toBeVisible();
    await expect(figure.locator("canvas")).toBeVisible();
    expect((await numbersOf(page, title)).length).toBeGreaterThanOrEqual(12);
  }
  const projected = (await numbersOf(page, /^eRPM/)).filter(([, , cell]) => cell?.includes("$"));
  expect(projected.length).toBeGreaterThanOrEqual(10);

  const bridge = await rowsOf(page, /^Why .* differs from its projection/);
  const amounts = bridge.map((cells) => minorOf(cells.at(-1) ?? ""));
  const [first = 0n, ...rest] = amounts;
  const last = rest.pop() ?? 0n;
  expect(rest.length).toBeGreaterThanOrEqual(2);
  expect(rest.reduce((sum, cause) => sum + cause, first)).toBe(last);

  // The same month against the one before: the ad season is a cause too, and the parts add up again.
  await page.getByRole("link", { name: "The month before" }).click();
  await expect(page.getByRole("figure", { name: CHANGE })).toBeVisible();
  const change = await rowsOf(page, CHANGE);
  expect(change.map(([name]) => name)).toContain("Ad season");
  const steps = change.map((cells) => minorOf(cells.at(-1) ?? ""));
  expect(steps.slice(0, -1).reduce((sum, step) => sum + step, 0n)).toBe(steps.at(-1));

  await page.getByRole("link", { name: "Why these projections?" }).click();
  await expect(page.getByRole("heading", { name: "Projections", exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Remove it" }).click();
  await expect(page.getByText("Who earns?")).toBeVisible();
});
