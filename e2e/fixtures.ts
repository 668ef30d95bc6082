import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { encode } from "next-auth/jwt";
import { type BrowserContext, test as base, expect, type Locator, type Page } from "playwright/test";
import * as accounts from "../db/auth";
import type { Viewer } from "../lib/model/access";
import { makeCreator, makeUser, type TestUser, viewerOf } from "../tests/factories";
import { makeChannel } from "../tests/studio";

export { expect };

/** A person with a creator of his own, made in the database; `page` is signed in as him. */
export interface Owner {
  user: TestUser;
  viewer: Viewer;
  creatorId: string;
  /** The creator's pages: `at("/payouts")`. */
  at: (place?: string) => string;
}

/** Kinds of trouble that a test may expect; whatever else the browser complains of fails it. */
export interface Watch {
  expect: (complaint: RegExp) => void;
}

interface Fixtures {
  watch: Watch;
  owner: Owner;
  /** The owner's only channel, on TikTok. */
  channelId: string;
}

export const test = base.extend<Fixtures>({
  watch: [
    async ({ context, baseURL }, use) => {
      const expected: RegExp[] = [];
      const complaints = watch(context, baseURL ?? "");
      await use({ expect: (complaint) => expected.push(complaint) });
      const left = complaints.filter((complaint) => !expected.some((pattern) => pattern.test(complaint)));
      expect(left, "what the browser complained of").toEqual([]);
    },
    { auto: true },
  ],
  owner: async ({ context }, use) => {
    const user = await makeUser();
    const viewer = viewerOf(user);
    const { id: creatorId } = await makeCreator(viewer);
    await signIn(context, user.id);
    await use({ user, viewer, creatorId, at: (place = "") => `/creators/${creatorId}${place}` });
  },
  channelId: async ({ owner }, use) => {
    await use(await makeChannel(owner.viewer, owner.creatorId));
  },
});

/** Console errors and warnings, exceptions, and requests to anywhere but the app. */
export function watch(context: BrowserContext, baseURL: string): string[] {
  const complaints: string[] = [];
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      complaints.push(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => complaints.push(`exception: ${error.error().stack}`));
  context.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`${baseURL}/`) && !/^(data|blob):/.test(url)) complaints.push(`request to ${url}`);
  });
  return complaints;
}

/** A session in the database and its cookie in the browser: for journeys that are not about signing in. */
export async function signIn(context: BrowserContext, userId: string): Promise<void> {
  const sid = randomUUID();
  const expiresAt = new Date(Date.now() + 3_600_000);
  await accounts.openSession({ id: sid, userId, userAgent: "Playwright", expiresAt });
  const secret = process.env.NEXTAUTH_SECRET ?? "";
  const value = await encode({ token: { sub: userId, sid }, secret, maxAge: 3600 });
  await context.addCookies([
    {
      name: "permille.session",
      value,
      url: process.env.E2E_BASE_URL ?? "",
      httpOnly: true,
      sameSite: "Lax",
    },
  ]);
}

/** A link in the newest mail to an address, once it has been written: the first, or the one under a label. */
export async function linkMailedTo(email: string, subject: string, label = ""): Promise<string> {
  let link = "";
  await expect
    .poll(() => {
      const mail = mails().findLast((text) => text.includes(`To: ${email}`) && text.includes(subject));
      const from = mail?.indexOf(label) ?? -1;
      link = /^http\S+$/m.exec(from < 0 ? "" : (mail?.slice(from) ?? ""))?.[0] ?? "";
      return link;
    }, `a mail to ${email}: ${subject}`)
    .not.toBe("");
  return link;
}

function mails(): string[] {
  const folder = path.join(process.env.E2E_DATA ?? "", "mails");
  try {
    return (
      readdirSync(folder)
        .sort()
        // Long lines are written in quoted-printable.
        .map((name) =>
          readFileSync(path.join(folder, name), "utf8").replaceAll("\r\n", "\n").replaceAll("=\n", ""),
        )
    );
  } catch {
    return [];
  }
}

/** Waits until the page's scripts listen: a key pressed before would only reach the bare form. */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const control = document.querySelector("form, button, a");
    return !control || Object.keys(control).some((key) => key.startsWith("__reactFiber"));
  });
}

export async function visit(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await ready(page);
}

/** What a form says when it is refused; the router's own announcer is an alert too. */
export function alertOf(page: Page): Locator {
  return page.locator("form").getByRole("alert");
}

/** The form that a button sends. */
export function formWith(page: Page, button: string): Locator {
  return page.locator("form").filter({ has: page.getByRole("button", { name: button, exact: true }) });
}

/** The rows of a table by its name, each as its cells' texts. */
export async function rowsOf(page: Page | Locator, name: string | RegExp): Promise<string[][]> {
  const rows = page.getByRole("table", { name }).locator("tbody tr");
  return rows.evaluateAll((found) =>
    found.map((row) => [...row.querySelectorAll("th, td")].map((cell) => (cell.textContent ?? "").trim())),
  );
}

/** The table behind a chart, opened. */
export async function numbersOf(page: Page, title: string | RegExp): Promise<string[][]> {
  const figure = page.getByRole("figure", { name: title });
  const table = figure.getByRole("table");
  await expect(async () => {
    if (!(await table.isVisible())) await figure.getByText("Show numbers as table").click();
    await expect(table).toBeVisible({ timeout: 1_000 });
  }).toPass();
  return rowsOf(figure, title);
}

/** Money as the pages write it, in minor units: "−$1,234.56" is -123456. */
export function minorOf(text: string): bigint {
  const digits = text.replace(/[^\d.]/g, "");
  const [whole = "0", cents = ""] = digits.split(".");
  const minor = BigInt(whole) * 100n + BigInt(cents.padEnd(2, "0") || "0");
  return /^\s*[-−(]/.test(text) ? -minor : minor;
}

/** The POSTs a page sends and the reads that follow them; what the router fetches ahead is none of them. */
export function recordRequests(page: Page): { posts: string[]; reads: string[] } {
  const seen: { posts: string[]; reads: string[] } = { posts: [], reads: [] };
  page.on("request", (request) => {
    const headers = request.headers();
    if (request.method() === "POST") seen.posts.push(request.url());
    else if (
      headers["next-router-prefetch"] === undefined &&
      ["fetch", "xhr", "document"].includes(request.resourceType())
    )
      seen.reads.push(request.url());
  });
  return seen;
}
