import { readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import path from "node:path";
import { describe, expect, it } from "vitest";

// The shape of the house: who may import whom, and what stands only where. Each rule answers the files that
// break it; an exception is listed beside its rule with a reason.

const ROOT = path.join(import.meta.dirname, "..");
const CODE = /\.(ts|tsx|mjs)$/;
const FOLDERS = ["app", "components", "lib", "db"] as const;

interface Source {
  /** from the root, with slashes */
  file: string;
  text: string;
  imports: Import[];
}

interface Import {
  /** a file of this project without its ending ("lib/model/money"), or the name of a package ("react") */
  to: string;
  isPackage: boolean;
}

const sources: Source[] = [...FOLDERS.flatMap((folder) => listCode(folder)), ...listCode(".", false)].map(
  (file) => {
    const text = readFileSync(path.join(ROOT, file), "utf8");
    return { file, text, imports: importsOf(file, text) };
  },
);
const testFiles = ["tests", "e2e"].flatMap((folder) => listCode(folder));

/** The code files of a folder and, unless told, of those below it. */
function listCode(folder: string, recursive = true): string[] {
  return readdirSync(path.join(ROOT, folder), { recursive, encoding: "utf8" })
    .map((file) => path.posix.join(folder, file.split(path.sep).join("/")))
    .filter((file) => CODE.test(file) && file !== "next-env.d.ts")
    .sort();
}

function importsOf(file: string, text: string): Import[] {
  const found = text.matchAll(/(?<!["'])\b(?:from|import)\s*\(?\s*["']([^"'\n]+)["']/g);
  return [...found].map(([, name = ""]) => {
    if (name.startsWith("@/")) return { to: withoutEnding(name.slice(2)), isPackage: false };
    if (name.startsWith("."))
      return { to: withoutEnding(path.posix.join(path.posix.dirname(file), name)), isPackage: false };
    const parts = name.replace(/^node:/, "").split("/");
    const packageName = name.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? "");
    return { to: packageName, isPackage: true };
  });
}

function withoutEnding(file: string): string {
  return file.replace(CODE, "");
}

const inFolder = (folder: string) => (file: string) => file === folder || file.startsWith(`${folder}/`);

/** "file → import" for each import of the files that the rule refuses. */
function broken(of: (file: string) => boolean, isAllowed: (to: Import, file: string) => boolean): string[] {
  return sources
    .filter(({ file }) => of(file))
    .flatMap(({ file, imports }) =>
      imports.filter((each) => !isAllowed(each, file)).map((each) => `${file} → ${each.to}`),
    );
}

const filesWith = (pattern: RegExp, within: (file: string) => boolean = () => true) =>
  sources.filter(({ file, text }) => within(file) && pattern.test(text)).map(({ file }) => file);

const toOneOf =
  (...folders: string[]) =>
  ({ to, isPackage }: Import) =>
    isPackage || folders.some((folder) => inFolder(folder)(to));

const isServer = (name: string) => inFolder("lib/server")(name);
const isCli = (name: string) => inFolder("lib/cli")(name);

describe("who may import whom", () => {
  it("the whole project is looked at", () => {
    expect(sources.length).toBeGreaterThan(150);
    expect(
      sources.flatMap(({ imports }) => imports).filter(({ isPackage }) => !isPackage).length,
    ).toBeGreaterThan(500);
  });

  it("lib/model imports nothing but itself, not even a package", () => {
    expect(broken(inFolder("lib/model"), ({ to }) => inFolder("lib/model")(to))).toEqual([]);
  });

  it("the published figures, large as they are, are read by pages on the server alone", () => {
    const isPublished = inFolder("lib/model/published");
    const readers = sources.filter(
      ({ file, imports }) => !isPublished(file) && imports.some(({ to }) => isPublished(to)),
    );
    expect(readers.length).toBeGreaterThan(0);
    expect(readers.filter(({ file }) => !inFolder("app")(file)).map(({ file }) => file)).toEqual([]);
    expect(readers.filter(({ text }) => /^["']use client["']/m.test(text)).map(({ file }) => file)).toEqual(
      [],
    );
  });

  it("lib/import and lib/report import themselves, lib/model and packages, and know no database, page or React", () => {
    const packages = [
      "bidi-js",
      "csv-parse",
      "csv-stringify",
      "fflate",
      "pdfkit",
      "tsx",
      "write-excel-file",
      ...builtinModules,
    ];
    for (const folder of ["lib/import", "lib/report"]) {
      expect(
        broken(inFolder(folder), (each) =>
          each.isPackage ? packages.includes(each.to) : toOneOf(folder, "lib/model")(each),
        ),
      ).toEqual([]);
    }
  });

  it("db imports itself, lib/model and the errors it throws; what migrates knows the roles' passwords", () => {
    // What an import stages and what it would do are lib/import's words.
    const staging = ["lib/import/draft", "lib/import/plan", "lib/import/staged"];
    const alsoFor: Record<string, string[]> = {
      "db/migrate.ts": ["lib/cli/urls"],
      "db/imports.ts": staging,
      "db/import-plan.ts": staging,
      "db/import-stage.ts": staging,
      "db/import-summary.ts": staging,
      "db/import-write.ts": staging,
    };
    expect(
      broken(inFolder("db"), (each, file) =>
        toOneOf("db", "lib/model", "lib/errors", ...(alsoFor[file] ?? []))(each),
      ),
    ).toEqual([]);
  });

  it("lib/server imports db and lib, never a page or a component", () => {
    expect(broken(isServer, (each) => toOneOf("db", "lib")(each) && !isCli(each.to))).toEqual([]);
  });

  it("what lies in lib itself may run in a browser: it imports lib, but neither lib/server, lib/cli nor db", () => {
    const isShared = (file: string) => /^lib\/[^/]+$/.test(file);
    expect(broken(isShared, (each) => toOneOf("lib")(each) && !isServer(each.to) && !isCli(each.to))).toEqual(
      [],
    );
  });

  it("components import components and lib, never lib/server, lib/cli, db or a page", () => {
    const isAllowed = (each: Import) =>
      toOneOf("components", "lib")(each) &&
      !isServer(each.to) &&
      !isCli(each.to) &&
      each.to !== "server-only";
    expect(broken(inFolder("components"), isAllowed)).toEqual([]);
  });

  it("a page's folder imports its own files and those above it, never another noun's", () => {
    const isOwn = (to: string, file: string) => inFolder(path.posix.dirname(to))(path.posix.dirname(file));
    expect(
      broken(
        inFolder("app"),
        ({ to, isPackage }, file) => isPackage || !inFolder("app")(to) || isOwn(to, file),
      ),
    ).toEqual([]);
  });

  it("nothing but pages imports pages, and pages import no command", () => {
    expect(
      broken(
        (file) => !inFolder("app")(file),
        ({ to, isPackage }) => isPackage || !inFolder("app")(to),
      ),
    ).toEqual([]);
    expect(broken(inFolder("app"), ({ to }) => !isCli(to))).toEqual([]);
  });
});

describe("what stands only where", () => {
  it("Drizzle and the driver are known to db alone, and to the commands that look at the database from outside", () => {
    const tools = [
      // They compare what the app says with what is in the tables, with SQL of their own.
      ...listCode("lib/cli/prove"),
      "lib/cli/bench.ts",
      "lib/cli/bench-import.ts",
      "lib/cli/bench-ledger.ts",
      "lib/cli/bench-roster.ts",
      "lib/cli/bench-roster-data.ts",
      // They start the embedded server, make its database and say whether one answers.
      "lib/cli/database.mjs",
      "lib/cli/embedded.mjs",
    ];
    const isDriver = ({ to }: Import) => /^(drizzle-orm|drizzle-kit|postgres|pg)$/.test(to);
    const users = sources.filter(({ imports }) => imports.some(isDriver)).map(({ file }) => file);
    const allowed = (file: string) => inFolder("db")(file) || tools.includes(file);
    expect(users.filter((file) => !allowed(file))).toEqual([]);
  });

  it("only the door makes a viewer: who is signed in, the jobs, the commands, the tests' factories", () => {
    const makers = filesWith(/\b(personViewer|operatorViewer)\b/).filter((file) => !isCli(file));
    const allowed = ["lib/model/access.ts", "lib/server/jobs.ts", "lib/server/viewer.ts"];
    expect(makers.filter((file) => !allowed.includes(file))).toEqual([]);
    const inTests = testFiles.filter((file) =>
      /\b(personViewer|operatorViewer)\(/.test(readFileSync(path.join(ROOT, file), "utf8")),
    );
    expect(inTests.sort()).toEqual(["tests/factories.ts", "tests/model/access.test.ts"]);
  });

  it("a server action stands in a file of actions, where each export is one", () => {
    // Signing out is wanted in every frame.
    const isActions = (file: string) => /(^|[/-])actions\.ts$/.test(file) || file === "app/sign-out.ts";
    const marked = filesWith(/^\s*["']use server["']/m);
    expect(marked.filter((file) => !inFolder("app")(file) || !isActions(file))).toEqual([]);
    expect(
      sources.map(({ file }) => file).filter((file) => isActions(file) && !marked.includes(file)),
    ).toEqual([]);
  });

  it("every file of lib/server says that it is for the server alone", () => {
    const silent = sources.filter(
      ({ file, imports }) => isServer(file) && !imports.some(({ to }) => to === "server-only"),
    );
    expect(silent.map(({ file }) => file)).toEqual([]);
  });

  it("the environment is read in one place of each part", () => {
    const allowed = [
      "db/client.ts",
      "db/migrate.ts",
      // Which of Next's two runtimes this is.
      "instrumentation.ts",
      // Whether a worker may be given TypeScript.
      "lib/import/run.ts",
      "lib/server/env.ts",
      // Which of Next's two modes this is.
      "lib/server/headers.ts",
      "lib/server/press.ts",
    ];
    expect(filesWith(/\bprocess\.env\b/).filter((file) => !isCli(file) && !allowed.includes(file))).toEqual(
      [],
    );
  });
});

describe("how a file looks", () => {
  it("the top level holds the folders of the house and what a tool demands there", () => {
    const house = ["app", "components", "db", "docs", "drizzle", "e2e", "lib", "tests"];
    const files = [
      "LICENSE",
      "README.md",
      "next.config.mjs",
      "package-lock.json",
      "package.json",
      "tsconfig.json",
    ];
    // Next looks for it beside app/.
    const hooks = ["instrumentation.ts"];
    // Made by tools, kept out of the history.
    const made = [
      "next-env.d.ts",
      "node_modules",
      "playwright-report",
      "test-results",
      "tsconfig.tsbuildinfo",
    ];
    const known = [...house, ...files, ...hooks, ...made];
    const there = readdirSync(ROOT).filter((name) => !name.startsWith("."));
    expect(there.filter((name) => !known.includes(name))).toEqual([]);
  });

  it("exports by name, but where Next or a tool demands a default", () => {
    const demanded =
      /^(app\/.*\b(page|layout|error|global-error|not-found|loading|template|default|icon|opengraph-image)\.tsx|next\.config\.mjs|db\/drizzle\.config\.ts)$/;
    expect(filesWith(/^export default\b|\bas default\b/m).filter((file) => !demanded.test(file))).toEqual([]);
  });

  it("re-exports nothing: a name is imported from where it is made", () => {
    // A route handler must export what the library makes.
    expect(filesWith(/^export (type )?(\*|\{[^}]*\}) from\b/m)).toEqual([]);
    expect(sources.map(({ file }) => file).filter((file) => /(^|\/)index\.(ts|tsx|mjs)$/.test(file))).toEqual(
      [],
    );
  });

  it("is named after what is in it: kebab-case, and no utils, helpers or misc", () => {
    const names = sources.map(({ file }) => file);
    const isVague = (file: string) =>
      /(^|\/)(utils?|helpers?|misc|common|shared|types)\.(ts|tsx|mjs)$/.test(file);
    const isPlain = (file: string) => /^[a-z0-9]+([-.][a-z0-9]+)*$/.test(path.posix.basename(file));
    expect(names.filter((file) => isVague(file) || !isPlain(file))).toEqual([]);
  });

  it("has at most 700 lines; the tables stand together", () => {
    const long = [...sources.map(({ file }) => file), ...testFiles].filter(
      (file) =>
        file !== "db/schema.ts" && readFileSync(path.join(ROOT, file), "utf8").split("\n").length > 701,
    );
    expect(long).toEqual([]);
  });

  it("leaves nothing for later and silences no tool without a reason", () => {
    const marks = /\b(TODO|FIXME|XXX|HACK)\b|@ts-(ignore|nocheck)|biome-ignore-all/;
    expect(filesWith(marks)).toEqual([]);
  });
});
