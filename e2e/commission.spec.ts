import { makeUser, viewerOf } from "../tests/factories";
import { makeAgency, makePayout, makeReceipt, represent } from "../tests/studio";
import { expect, formWith, rowsOf, signIn, test, visit } from "./fixtures";

const year = new Date().getUTCFullYear();

test("commission through a refund: proposed, accepted, earned, due, paid, taken back; agency and creator see the same cents", async ({
  page,
  owner,
  browser,
}) => {
  const { viewer, creatorId, at } = owner;
  const user = await makeUser({ name: "Ana Ruiz" });
  const admin = viewerOf(user);
  const agencyId = await makeAgency(admin);
  await represent({ owner: viewer, creatorId, admin, agencyId, email: user.email }, { streams: null });
  const context = await browser.newContext();
  await signIn(context, user.id);
  const desk = await context.newPage();
  const commission = `/agencies/${agencyId}/commission`;

  // 20% for managers and 10% for the agency on 1,000.00 leave 700.00.
  await visit(desk, `${commission}/terms`);
  await desk.getByRole("link", { name: "Propose terms" }).click();
  await desk.getByLabel("Managers").check();
  await desk.getByLabel("Names").fill("Ana Ruiz");
  await desk.getByLabel("First day").fill(`${year}-01-01`);
  await expect(desk.getByText("$800.00 is left for the creator.")).toBeVisible();
  await desk.getByRole("button", { name: "Propose", exact: true }).click();
  await expect(desk.getByText("Waiting for an answer")).toHaveCount(1);
  await desk.getByLabel("What for").fill("agency");
  await desk.getByRole("radio", { name: "The agency" }).check();
  await desk.getByLabel("Percent", { exact: true }).fill("10");
  await desk.getByLabel("First day").fill(`${year}-01-01`);
  await desk.getByRole("button", { name: "Propose", exact: true }).click();
  await expect(desk.getByText("Waiting for an answer")).toHaveCount(2);

  await visit(page, at("/commission"));
  await page.getByRole("button", { name: "Accept the terms for management" }).click();
  await expect(page.getByText("Accepted: they count now.").first()).toBeVisible();
  await expect(page.getByText("$700.00 is left for the creator.")).toBeVisible();
  await page.getByRole("button", { name: "Accept the terms for agency" }).click();
  await expect(page.getByText("Waiting for your answer")).toHaveCount(0);

  // Logged as any payout is; half of it arrives, then the other half; then 400.00 are refunded.
  const days = { fromDay: `${year}-01-01`, toDay: `${year}-01-31` };
  const chainId = await makePayout(viewer, creatorId, { ...days, minor: 100_000n, stream: "sponsorship" });
  const half = { minor: 50_000n, allocations: [{ chainId, minor: 50_000n }] };
  await makeReceipt(viewer, creatorId, half);
  const shares = (place: typeof page) => rowsOf(place, `Who takes what of ${year} in USD`);
  await visit(page, at("/commission"));
  expect((await shares(page)).map((cells) => cells.at(-1))).toEqual([
    ...["$1,000.00", "-$100.00", "-$200.00", "$700.00"],
  ]);
  expect((await shares(page)).map((cells) => cells.at(-2))).toEqual(["", "$50.00", "$100.00", ""]);

  await makeReceipt(viewer, creatorId, half);
  await visit(desk, commission);
  const creators = () => rowsOf(desk, `Commission by creator in ${year}`);
  expect(await creators()).toEqual([["Mira Cooks", "$300.00", "$300.00", "$0.00", "$300.00"]]);
  await desk.getByRole("link", { name: "Payments" }).click();
  await desk.getByLabel("Amount", { exact: true }).fill("300");
  await desk.getByRole("button", { name: "Save payment" }).click();
  await expect(desk.getByRole("table", { name: "Payments" })).toContainText("$300.00");

  await visit(page, at(`/payouts/${chainId}`));
  await page.getByText("Add a refund, fee or withheld tax").click();
  const about = formWith(page, "Save");
  await about.getByLabel("Kind").selectOption("refund");
  await about.getByLabel("Amount", { exact: true }).fill("400");
  await about.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("table", { name: "Entries that add to this payout" })).toContainText("$400.00");
  await visit(page, at("/commission"));
  expect((await shares(page)).map((cells) => cells.at(-1))).toEqual([
    ...["$600.00", "-$60.00", "-$120.00", "$420.00"],
  ]);
  await visit(desk, commission);
  expect(await creators()).toEqual([["Mira Cooks", "$180.00", "$180.00", "$300.00", "-$120.00"]]);
  await visit(desk, `${commission}/ledger`);
  const changes = (place: typeof page) => rowsOf(place, "Changes of commission");
  const amounts = (rows: string[][]) => rows.map((cells) => cells.slice(-2).join(" "));
  expect(amounts(await changes(desk))).toEqual([
    ...["-$40.00 -$40.00", "-$80.00 -$80.00", "$0.00 +$50.00", "$0.00 +$100.00"],
    ...["$0.00 +$50.00", "$0.00 +$100.00", "+$100.00 $0.00", "+$200.00 $0.00"],
  ]);
  expect(amounts(await changes(page))).toEqual(amounts(await changes(desk)));
  await context.close();
});
