import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import * as accounts from "../../db/auth";
import type { Viewer } from "../../lib/model/access";
import { newBrowser, use } from "./browser";

const COOKIE = "permille.session";

/** From here on requests come from this person's browser, in a session of its own; null: from nobody's. */
export async function comeAs(viewer: Viewer | null): Promise<void> {
  const browser = use(newBrowser());
  if (viewer === null) return;
  if (viewer.kind !== "person") throw new Error("Only a person has a browser.");
  const sid = randomUUID();
  const expiresAt = new Date(Date.now() + 3_600_000);
  await accounts.openSession({ id: sid, userId: viewer.userId, userAgent: "comeAs", expiresAt });
  const token = { sub: viewer.userId, sid };
  const secret = process.env.NEXTAUTH_SECRET ?? "";
  browser.cookies.set(COOKIE, await encode({ token, secret, maxAge: 3600 }));
}
