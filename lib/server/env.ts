import "server-only";
import path from "node:path";
import { z } from "zod";

const count = (otherwise: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, "must be a whole number")
    .transform(Number)
    .default(otherwise);
const optional = z
  .string()
  .trim()
  .transform((text) => text || undefined)
  .optional();

const Schema = z.object({
  /** The public address. Under https:// cookies are Secure and named __Host-. */
  NEXTAUTH_URL: z.url({
    protocol: /^https?$/,
    error: "must be the public address, as in https://permille.example",
  }),
  NEXTAUTH_SECRET: z.string().min(32, "must have at least 32 characters, as from: openssl rand -base64 32"),
  /** smtp(s)://user:password@host:port; without it mails are written to files. */
  SMTP_URL: optional.refine(
    (text) => !text || /^smtps?:\/\//.test(text),
    "must begin with smtp:// or smtps://",
  ),
  SMTP_FROM: optional,
  /** Holds mails when there is no SMTP_URL. */
  PERMILLE_DATA: z.string().default(".data"),
  /** A JSON file with benchmark rows of this installation's own; docs/benchmarks.md describes it. */
  BENCHMARKS_FILE: optional,
  /** Where the ECB's files of reference rates lie; "no" asks nobody. */
  ECB_URL: z
    .union(
      [z.literal("no"), z.url({ protocol: /^https?$/ })],
      "must be an address that begins with https://, or no",
    )
    .default("https://www.ecb.europa.eu/stats/eurofxref/"),
  /** How many proxies of one's own stand before this server; 0 = nobody's X-Forwarded-* is believed. */
  TRUST_PROXY: count(0),
  /** Wrong passwords for one account from one address within 15 minutes, before waiting grows. */
  TRIES_PER_ACCOUNT: count(10),
  /** Tries from one address within an hour. */
  TRIES_PER_ADDRESS: count(100),
});

export type Env = z.output<typeof Schema> & {
  isSecure: boolean;
  /** Nobody but this machine is meant to come, and no mail can be sent: sign-up needs no mailed link. */
  isLocal: boolean;
  mailFolder: string;
};

let parsed: Env | undefined;

/** The environment, read and checked once. Throws one sentence that names the variable and the remedy. */
export function env(): Env {
  parsed ??= parse(process.env);
  return parsed;
}

/** For tests too: reads any record of variables. */
export function parse(variables: Readonly<Record<string, string | undefined>>): Env {
  const result = Schema.safeParse(variables);
  if (!result.success) {
    const sentences = result.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return variables[name] === undefined
        ? `${name} is not set: "npm start" sets it.`
        : `${name} ${issue.message}.`;
    });
    throw new Error(sentences.join(" "));
  }
  const { hostname, protocol } = new URL(result.data.NEXTAUTH_URL);
  if (result.data.SMTP_URL && !result.data.SMTP_FROM) {
    throw new Error(
      "SMTP_FROM is not set: it names the sender of mails, as in Permille <no-reply@permille.example>.",
    );
  }
  return {
    ...result.data,
    isSecure: protocol === "https:",
    isLocal: !result.data.SMTP_URL && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname),
    mailFolder: path.resolve(/*turbopackIgnore: true*/ result.data.PERMILLE_DATA, "mails"),
  };
}
