import "server-only";
import { z } from "zod";
import { AppError } from "../errors";
import type { Viewer } from "../model/access";
import { newPassword, personName } from "./account-input";
import { type Link, type Purpose, readLink } from "./secrets";
import { createAccount } from "./sign-up";
import { becomeViewer } from "./viewer";

/** What one who comes by a mailed link says of himself. */
export const NEWCOMER = z.object({ token: z.string(), name: personName, password: newPassword });

/** Throws AppError "not_found" for a link that is not ours or for another purpose. */
export function readGoodLink(purpose: Purpose, token: string): Link {
  const link = readLink(purpose, token);
  if (!link) throw notGood();
  return link;
}

/**
 * Makes the account of one whose address is proved by the link that was mailed to it, and signs him in. `invited`:
 * what the database knows of that link.
 */
export async function newcomer(
  invited: { email: string } | null,
  person: { name: string; password: string },
): Promise<Viewer> {
  if (!invited) throw notGood();
  const userId = await createAccount({ email: invited.email, ...person });
  if (!userId) throw new AppError("invalid", "You have an account already: reload the page and sign in.");
  return becomeViewer(userId);
}

function notGood(): AppError {
  return new AppError("not_found", "This invitation was used, withdrawn or has ended: ask for a new one.");
}
