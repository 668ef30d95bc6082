import "server-only";
import { randomUUID } from "node:crypto";
import { cookies, headers } from "next/headers";
import type { NextAuthOptions } from "next-auth";
import { decode, encode } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import * as accounts from "@/db/auth";
import { AppError } from "../errors";
import { emailAddress } from "./account-input";
import { clientAddress } from "./address";
import { env } from "./env";
import { verifyPassword } from "./passwords";

const SESSION_DAYS = 30;
const SESSION_SECONDS = SESSION_DAYS * 24 * 3600;

/** What the token holds: who, and which session. It is worth nothing without that session's row. */
const Token = z.object({ sub: z.uuid(), sid: z.uuid() });
export type SessionToken = z.output<typeof Token>;

/**
 * next-auth's own endpoints (/api/auth/…) for what speaks its protocol. The pages use the functions below:
 * they answer a plain form in one round trip and count the same tries.
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    useSecureCookies: env().isSecure,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    cookies: { sessionToken: sessionCookie() },
    providers: [
      CredentialsProvider({
        name: "Permille",
        credentials: { email: { type: "email" }, password: { type: "password" } },
        async authorize(credentials) {
          const input = Credentials.safeParse(credentials);
          if (!input.success) return null;
          const { sub, sid } = await openSession(input.data);
          return { id: sub, sid };
        },
      }),
    ],
    callbacks: {
      async jwt({ token, user }) {
        const fresh = Token.safeParse({ sub: user?.id, sid: (user as { sid?: unknown } | undefined)?.sid });
        if (fresh.success) return fresh.data;
        const kept = Token.parse(token);
        if (!(await accounts.findSession(kept.sid, kept.sub))) throw new Error("This session has ended.");
        return kept;
      },
      session: ({ session }) => ({ ...session, user: {} }),
    },
    events: {
      async signOut({ token }) {
        const parsed = Token.safeParse(token);
        if (parsed.success) await accounts.endSession(parsed.data.sid);
      },
    },
    // Refused sign-ins and ended sessions are no errors of ours; the rest is told without its data.
    logger: { error: (code) => console.error(`Sign-in: ${code}.`), warn: () => {}, debug: () => {} },
  };
}

const Credentials = z.object({ email: emailAddress, password: z.string().max(1024) });

/** Plain names on http://localhost; https gets __Host-, which no neighbouring host can set. */
export function sessionCookie() {
  const secure = env().isSecure;
  return {
    name: secure ? "__Host-permille.session" : "permille.session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure } as const,
  };
}

/** Reads the session's token; null for one that is missing, foreign, expired or not a session's. */
export async function readSessionToken(): Promise<SessionToken | null> {
  const raw = (await cookies()).get(sessionCookie().name)?.value;
  if (!raw) return null;
  const known = opened.get(raw);
  if (known) return known;
  try {
    const token = Token.parse(await decode({ token: raw, secret: env().NEXTAUTH_SECRET }));
    if (opened.size >= OPENED) opened.clear();
    opened.set(raw, token);
    return token;
  } catch {
    return null;
  }
}

/**
 * Cookies that were decrypted lately: doing it again costs more than asking the database. What a token is worth
 * is the database's to say, each time: its session ends there, and no later than the token.
 */
const opened = new Map<string, SessionToken>();
const OPENED = 1_000;

/**
 * Signs in: verifies, opens a session, sets its cookie. One sentence for a wrong password, an unknown address
 * and a closed account, after the same work. Throws AppError "invalid" or "limit".
 */
export async function signIn(credentials: { email: string; password: string }): Promise<void> {
  await setCookie(await openSession(credentials));
}

/** Opens a session for one who has just proved who he is in another way (a new account). */
export async function signInAs(userId: string): Promise<void> {
  await setCookie(await beginSession(userId));
}

/** Ends the session of this browser at once. */
export async function signOut(): Promise<void> {
  const token = await readSessionToken();
  if (token) await accounts.endSession(token.sid);
  (await cookies()).delete({ ...sessionCookie().options, name: sessionCookie().name });
}

async function openSession({ email, password }: { email: string; password: string }): Promise<SessionToken> {
  const attempt = await claimAttempt(email);
  const account = await accounts.findPassword(email);
  if (!(await verifyPassword(account?.passwordHash ?? null, password)) || !account) {
    throw new AppError("invalid", "The e-mail address or the password is not right.");
  }
  await attempt.forgive();
  return beginSession(account.userId);
}

/**
 * Counts an attempt at an account's password, from this network address, before it is known whether it will
 * fail. Counted per account and address together, so that no stranger can lock anybody out, and per address.
 */
export async function claimAttempt(account: string): Promise<{ forgive: () => Promise<void> }> {
  const address = await clientAddress();
  const { TRIES_PER_ACCOUNT, TRIES_PER_ADDRESS } = env();
  const key = `password:${account}:${address}`;
  const claimed = await accounts.claimTry([
    { key, limit: TRIES_PER_ACCOUNT, windowSeconds: 15 * 60, growing: true },
    { key: `address:${address}`, limit: TRIES_PER_ADDRESS, windowSeconds: 3600 },
  ]);
  if (!claimed.ok) throw tooMany(claimed.retryAt);
  return { forgive: () => accounts.forgive(claimed.ids, key) };
}

/**
 * Counts something costly (a mail) about `subject`. What anyone may ask for is counted per network address, so
 * that no stranger can use up somebody else's share; what an account asks for, per account.
 */
export async function claimRequest(request: {
  what: string;
  subject: string;
  by: "anyone" | "account";
  perHour: number;
}): Promise<void> {
  const { what, subject, by, perHour } = request;
  const address = await clientAddress();
  const key = by === "anyone" ? `${what}:${subject}:${address}` : `${what}:${subject}`;
  const claimed = await accounts.claimTry([
    { key, limit: perHour, windowSeconds: 3600 },
    { key: `address:${address}`, limit: env().TRIES_PER_ADDRESS, windowSeconds: 3600 },
  ]);
  if (!claimed.ok) throw tooMany(claimed.retryAt);
}

function tooMany(retryAt: Date): AppError {
  const seconds = Math.max(1, Math.ceil((retryAt.getTime() - Date.now()) / 1000));
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  return new AppError("limit", `That was too many tries. Try again in ${wait}.`);
}

async function beginSession(userId: string): Promise<SessionToken> {
  const sid = randomUUID();
  await accounts.openSession({
    id: sid,
    userId,
    userAgent: ((await headers()).get("user-agent") ?? "").slice(0, 300),
    expiresAt: new Date(Date.now() + SESSION_SECONDS * 1000),
  });
  return { sub: userId, sid };
}

async function setCookie(token: SessionToken): Promise<void> {
  const { name, options } = sessionCookie();
  const value = await encode({ token, secret: env().NEXTAUTH_SECRET, maxAge: SESSION_SECONDS });
  (await cookies()).set({ ...options, name, value, maxAge: SESSION_SECONDS });
}
