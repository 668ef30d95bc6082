import "server-only";
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { env } from "./env";

/** What a link may be good for. A link for one purpose is worthless for another. */
export type Purpose =
  | "reset"
  | "invitation"
  | "agency-invitation"
  | "representation"
  | "handover"
  | "sign-up"
  | "calendar"
  | "alerts-off"
  | "statements-off"
  | "share"
  | "share-opened";

export interface Link {
  id: string;
  /** SHA-256 of the secret part: what the database keeps */
  secretHash: Buffer;
}

const MAC_BYTES = 16;

/**
 * The secret of a link follows from its id and the server's secret (HMAC-SHA-256, 128 bits), so it can be
 * made again when the mail is written and need not rest anywhere. "ID.MAC" in base64url: short enough to stay
 * on one line of a mail.
 */
export function linkOf(purpose: Purpose, id: string): Link & { token: string } {
  const secret = mac(purpose, id);
  return { id, token: `${shortOf(id)}.${secret.toString("base64url")}`, secretHash: sha256(secret) };
}

/** The id of a link that this server made for this purpose, else null. The database knows if it is still good. */
export function readLink(purpose: Purpose, token: string): Link | null {
  const match = /^([\w-]{22})\.([\w-]{22})$/.exec(token);
  if (!match) return null;
  const id = longOf(match[1] ?? "");
  const { token: expected, secretHash } = linkOf(purpose, id);
  return isSame(expected, token) ? { id, secretHash } : null;
}

/**
 * The link of a creator's row: its secret follows from both ids, so that a row of the same id under another creator
 * has another one. "CREATOR.ID.MAC".
 */
export function creatorLinkOf(purpose: Purpose, creatorId: string, id: string): Link & { token: string } {
  const secret = mac(purpose, `${creatorId} ${id}`);
  const token = [shortOf(creatorId), shortOf(id), secret.toString("base64url")].join(".");
  return { id, token, secretHash: sha256(secret) };
}

/** The ids of a link that this server made for this purpose, else null. The database knows if it is still good. */
export function readCreatorLink(purpose: Purpose, token: string): (Link & { creatorId: string }) | null {
  const [creator = "", row = "", ...rest] = token.split(".");
  if (rest.length !== 1 || !SHORT.test(creator) || !SHORT.test(row)) return null;
  const [creatorId, id] = [longOf(creator), longOf(row)];
  const { token: expected, secretHash } = creatorLinkOf(purpose, creatorId, id);
  return isSame(expected, token) ? { id, creatorId, secretHash } : null;
}

/** A link that carries its own content, for those of whom nothing is kept yet. */
export function sealLink(purpose: Purpose, content: string, expiresAt: Date): string {
  const body = Buffer.from(JSON.stringify([content, expiresAt.getTime()])).toString("base64url");
  return `${body}.${mac(purpose, body).toString("base64url")}`;
}

/** The content of a link from `sealLink`; null when it is not ours, for another purpose, or has ended. */
export function openLink(purpose: Purpose, token: string, now: Date): string | null {
  const [body = "", signature = "", ...rest] = token.split(".");
  if (rest.length > 0 || !isSame(mac(purpose, body).toString("base64url"), signature)) return null;
  const [content, until] = JSON.parse(Buffer.from(body, "base64url").toString()) as [string, number];
  return now.getTime() < until ? content : null;
}

const SHORT = /^[\w-]{22}$/;

/** A UUID in 22 characters. */
function shortOf(id: string): string {
  return Buffer.from(id.replaceAll("-", ""), "hex").toString("base64url");
}

function longOf(short: string): string {
  const hex = Buffer.from(short, "base64url").toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function mac(purpose: Purpose, text: string): Buffer {
  return createHmac("sha256", env().NEXTAUTH_SECRET)
    .update(`permille:link:${purpose}:${text}`)
    .digest()
    .subarray(0, MAC_BYTES);
}

function sha256(secret: Buffer): Buffer {
  return createHash("sha256").update(secret).digest();
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
