import "server-only";
import { cookies } from "next/headers";
import * as shares from "@/db/shares";
import { AppError } from "../errors";
import type { Viewer } from "../model/access";
import type { Month } from "../model/month";
import { rangeText } from "../model/statement";
import { type SharedPart, sharedPart } from "../report/shared-part";
import { parseStatement, type Statement, statementJson } from "../report/statement";
import { claimAttempt } from "./auth";
import { tellStatement } from "./closing";
import { env } from "./env";
import { hashPassword, verifyPassword } from "./passwords";
import { creatorLinkOf, openLink, readCreatorLink, sealLink } from "./secrets";
import { sharedViewer } from "./viewer";

/** So long a passphrase that was typed opens the address in that browser. */
const OPENED_MS = 12 * 3_600_000;

export type ShareChoice = {
  readonly id: string;
  readonly label: string;
  readonly range: { readonly from: Month; readonly to: Month };
  readonly parts: readonly SharedPart[];
  readonly days: number;
  /** null: the address alone opens it */
  readonly passphrase: string | null;
};

/**
 * Makes an address that shows the chosen parts of a statement as it is now: of a closed month the kept one. What
 * changes later does not change what it shows. Errors: those of tellStatement and shares.create.
 */
export async function shareStatement(viewer: Viewer, creatorId: string, choice: ShareChoice): Promise<void> {
  const { id, label, range, parts, days, passphrase } = choice;
  const { statement, closing } = await tellStatement(viewer, creatorId, range);
  await shares.create(viewer, creatorId, {
    ...{ id, label, days, range: rangeText(range), sections: parts },
    data: statementJson(sharedPart(statement, parts)),
    statementId: closing?.id ?? null,
    secretHash: creatorLinkOf("share", creatorId, id).secretHash,
    passphraseHash: passphrase === null ? null : await hashPassword(passphrase),
  });
}

/** A working address: what it shows once it is open, and whether it is. */
export type SharedStatement = {
  readonly creatorId: string;
  readonly shared: shares.Shared;
  readonly isOpen: boolean;
};

/** What an address shows, for a visitor without an account; null: wrong, expired and revoked are one and the same. */
export async function findShared(token: string): Promise<SharedStatement | null> {
  const link = readCreatorLink("share", token);
  const shared = link && (await shares.find(sharedViewer(link.creatorId), link.creatorId, link));
  if (!link || !shared) return null;
  const seal = (await cookies()).get(COOKIE)?.value;
  const isOpen =
    shared.passphraseHash === null ||
    (seal !== undefined && openLink("share-opened", seal, new Date()) === sealed(link));
  return { creatorId: link.creatorId, shared, isOpen };
}

/** The statement of an address that is open, counted as looked at. */
export async function openShared({ creatorId, shared }: SharedStatement): Promise<Statement> {
  await shares.countOpen(sharedViewer(creatorId), creatorId, shared.id);
  return parseStatement(shared.data);
}

/**
 * Opens an address in this browser with its passphrase. Tries are counted by address and network address. Errors:
 * not_found, limit, invalid.
 */
export async function unlockShared(token: string, passphrase: string): Promise<void> {
  const found = await findShared(token);
  if (!found)
    throw new AppError("not_found", "This address works no more. Ask whoever sent it to you for a new one.");
  const { creatorId, shared } = found;
  const attempt = await claimAttempt(`share ${shared.id}`);
  if (!(await verifyPassword(shared.passphraseHash, passphrase)))
    throw new AppError("invalid", "Please look at the marked fields.", {
      password: "This is not the passphrase. Ask whoever sent you the address.",
    });
  await attempt.forgive();
  const until = new Date(Date.now() + OPENED_MS);
  (await cookies()).set({
    name: COOKIE,
    value: sealLink("share-opened", sealed({ creatorId, id: shared.id }), until),
    path: `/shared/${token}`,
    expires: until,
    httpOnly: true,
    sameSite: "lax",
    secure: env().isSecure,
  });
}

const COOKIE = "permille.shared";

function sealed({ creatorId, id }: { creatorId: string; id: string }): string {
  return `${creatorId} ${id}`;
}
