/**
 * `npm run db:seed [-- E-MAIL]`: opens the sample studio for an account. Without an address it makes one to look
 * around with, and says how to sign in.
 */
import { randomBytes, randomUUID } from "node:crypto";
import * as accounts from "../../db/auth";
import { closePools } from "../../db/client";
import * as sample from "../../db/sample";
import { personViewer } from "../model/access";
import { installedBenchmarks } from "../server/benchmarks";
import { hashPassword } from "../server/passwords";

const [email] = process.argv.slice(2);
const userId = email ? await findUser(email) : await makeUser();
if (userId) {
  await sample.open(personViewer(userId), randomUUID(), installedBenchmarks());
  console.log("The sample studio is open.");
} else {
  console.error(`There is no account with the address ${email}: sign up first, or leave the address out.`);
  process.exitCode = 1;
}
await closePools();

async function findUser(address: string): Promise<string | null> {
  return (await accounts.findPassword(address.trim().toLowerCase()))?.userId ?? null;
}

async function makeUser(): Promise<string> {
  const id = randomUUID();
  const password = randomBytes(15).toString("base64url");
  const address = `sample-${id.slice(0, 8)}@permille.invalid`;
  await accounts.createAccount({
    id,
    email: address,
    name: "Sample",
    passwordHash: await hashPassword(password),
    locale: "en-US",
  });
  console.log(`Sign in as ${address} with the password ${password}`);
  return id;
}
