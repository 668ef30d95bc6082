import { expect, test } from "vitest";
import { refuseNode } from "../../lib/cli/node-version.mjs";
import { placeOfUrl, postgresArguments, rolePassword, roleUrl, socketUrl } from "../../lib/cli/urls.mjs";

test("a Node that is too old is told what is needed and what it is", () => {
  for (const version of ["8.17.0", "18.20.4", "20.18.3"]) {
    expect(refuseNode(version)).toBe(
      `Permille needs Node 20.19 or newer and this is Node ${version}: install Node 22 or 24 from nodejs.org and run the command again.`,
    );
  }
  for (const version of ["20.19.0", "20.20.2", "22.0.0", "24.3.1"]) expect(refuseNode(version)).toBeNull();
});

test("a role's password follows from the secret alone, and differs between roles", () => {
  expect(rolePassword("permille_app", "s")).toBe(rolePassword("permille_app", "s"));
  expect(rolePassword("permille_app", "s")).not.toBe(rolePassword("permille_auth", "s"));
  expect(rolePassword("permille_app", "s")).toMatch(/^[\w-]{43}$/);
});

test("a role's URL keeps server, socket and database of the owner's", () => {
  const owner = socketUrl({
    role: "permille",
    password: "p w/?",
    database: "permille",
    socketFolder: "/a b/socket",
  });
  const app = new URL(roleUrl(owner, "permille_app", "s"));
  expect(app.username).toBe("permille_app");
  expect(app.pathname).toBe("/permille");
  expect(app.searchParams.get("host")).toBe("/a b/socket");
  expect(roleUrl("postgresql://o:x@db.example:6000/x?sslmode=require", "permille_app", "s")).toMatch(
    /^postgresql:\/\/permille_app:[\w-]{43}@db\.example:6000\/x\?sslmode=require$/,
  );
});

test("postgres.js gets a socket as a path, and a TCP URL as it is", () => {
  const [url, options] = postgresArguments(
    "postgres://u:p@localhost/d?host=/run/x&port=6000&sslmode=disable",
    { max: 1 },
  );
  expect(url).toBe("postgres://u:p@localhost/d?sslmode=disable");
  expect(options).toEqual({ max: 1, path: "/run/x/.s.PGSQL.6000" });
  expect(postgresArguments("postgres://u:p@h:1/d")).toEqual(["postgres://u:p@h:1/d", {}]);
});

test("where a database is can be said without its password", () => {
  expect(placeOfUrl("postgres://u:secret@h:1/d")).toBe("h:1");
  expect(placeOfUrl("postgres://u:secret@localhost/d?host=/run/x")).toBe("/run/x");
});
