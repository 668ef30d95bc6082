import "server-only";

let list: Promise<ReadonlySet<string>> | undefined;

/** Some 49,000 passwords that are tried first, in lower case. Loaded when the first password is chosen. */
export function commonPasswords(): Promise<ReadonlySet<string>> {
  list ??= import("@zxcvbn-ts/language-common").then(
    ({ dictionary }) => new Set(dictionary["passwords-common"]),
  );
  return list;
}
