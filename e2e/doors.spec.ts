import postgres from "postgres";
import { postgresArguments } from "../lib/cli/urls.mjs";
import { makeUser } from "../tests/factories";
import { makePayout } from "../tests/studio";
import { expect, signIn, test, visit } from "./fixtures";

test("a stranger finds the page that does not exist, as for an address that never was", async ({
  page,
  browser,
  owner,
  channelId,
  baseURL,
  watch,
}) => {
  const payoutId = await makePayout(owner.viewer, owner.creatorId, { channelId });
  await visit(page, owner.at(`/payouts/${payoutId}`));
  const context = await browser.newContext({ ...(baseURL && { baseURL }) });
  await signIn(context, (await makeUser()).id);
  const stranger = await context.newPage();
  const texts: string[] = [];
  for (const address of [
    owner.at(),
    owner.at("/payouts"),
    owner.at(`/payouts/${payoutId}`),
    owner.at("/settings"),
    `/creators/${crypto.randomUUID()}`,
    "/creators/nobody",
    "/no-such-page",
  ]) {
    const response = await stranger.goto(address);
    expect(response?.status(), address).toBe(404);
    texts.push(await stranger.locator("body").innerText());
  }
  expect(texts[0]).toContain("This page does not exist");
  expect([...new Set(texts)], "one and the same page").toEqual([texts[0]]);
  await context.close();
  watch.expect(/404/);
});

test("one who is not signed in is asked to, and then comes where he wanted to go", async ({
  page,
  baseURL,
}) => {
  await page.goto("/creators/new");
  await expect(page).toHaveURL(`${baseURL}/sign-in?callbackUrl=${encodeURIComponent("/creators/new")}`);
});

test("next-auth's own endpoints tell a stranger nothing and take no form without their token", async ({
  request,
  owner,
}) => {
  expect(await (await request.get("/api/auth/session")).json()).toEqual({});
  const forged = await request.post("/api/auth/callback/credentials", {
    form: { email: owner.user.email, password: "x", csrfToken: "forged", json: "true" },
    maxRedirects: 0,
  });
  expect(forged.headers()["set-cookie"] ?? "").not.toContain("permille.session=ey");
  const signOut = await request.post("/api/auth/signout", { form: { csrfToken: "forged" }, maxRedirects: 0 });
  expect(signOut.ok() || signOut.status() === 302).toBe(true);
});

test("an error nobody foresaw has its own page, says that nothing is lost, and can be tried again", async ({
  page,
  owner,
  watch,
}) => {
  watch.expect(/^(error|exception): /);
  const database = postgres(...postgresArguments(process.env.E2E_DATABASE_URL ?? "", { max: 1 }));
  // No form lets this in: the database cannot count days in a zone it does not know.
  const zone = (name: string) =>
    database`update creators set time_zone = ${name} where id = ${owner.creatorId}`;
  await zone("Nowhere/Atlantis");
  try {
    await page.goto(owner.at("/receipts"));
    await expect(page.getByRole("heading", { name: "Something went wrong here" })).toBeVisible();
    await expect(page.getByText("What you saved before is safe.")).toBeVisible();
  } finally {
    await zone("America/New_York");
    await database.end();
  }
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Receipts", exact: true })).toBeVisible();
});

test("every page brings its headers: no frame, no sniffing, a policy with a nonce", async ({ request }) => {
  const headers = (await request.get("/sign-in")).headers();
  expect(headers["content-security-policy"]).toMatch(/script-src 'self' 'nonce-[\w+/=]+' 'strict-dynamic'/);
  expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("same-origin");
});
