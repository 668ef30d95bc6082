import "server-only";
import { randomUUID } from "node:crypto";
import { headers } from "next/headers";
import * as accounts from "@/db/auth";
import { AppError } from "../errors";
import { localeFrom } from "../locale";
import { hashPassword, objectionTo } from "./passwords";

/**
 * Makes an account for an address that is proved (by a mailed link) or needs no proof (a local install).
 * Resolves to its id; null when the address has one already, after the same work. Throws AppError "invalid"
 * when the password is too short or easy to guess.
 */
export async function createAccount(person: {
  email: string;
  name: string;
  password: string;
}): Promise<string | null> {
  const { email, name, password } = person;
  await refuseEasy(password, [name, email]);
  const id = randomUUID();
  const isNew = await accounts.createAccount({
    id,
    email,
    name,
    passwordHash: await hashPassword(password),
    locale: localeFrom((await headers()).get("accept-language")),
  });
  return isNew ? id : null;
}

/** Throws AppError "invalid" for a new password that is too short or easy to guess. `field`: its input's name. */
export async function refuseEasy(
  password: string,
  about: readonly string[],
  field = "password",
): Promise<void> {
  const objection = await objectionTo(password, about);
  if (objection) throw new AppError("invalid", "Please look at the marked fields.", { [field]: objection });
}
