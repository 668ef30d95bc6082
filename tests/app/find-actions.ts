import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ActionState } from "../../lib/model/action-state";

export const ROOT = path.join(import.meta.dirname, "..", "..");

/** A form's action, or one that takes its form alone. */
export type Action = (previous: unknown, form: unknown) => Promise<ActionState | undefined>;

export function sourceFiles(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => path.join(folder, file)),
  );
}

/** The directive is the file's first statement: comments may stand before it. */
export function isActionFile(text: string): boolean {
  return /^(\s|\/\/.*|\/\*[\s\S]*?\*\/)*["']use server["']/.test(text);
}

/** "file export" → the exported function, of every file of server actions. */
export async function findActions(): Promise<Map<string, Action>> {
  const found = new Map<string, Action>();
  for (const file of sourceFiles(["app", "components", "lib"])) {
    if (!isActionFile(readFileSync(path.join(ROOT, file), "utf8"))) continue;
    const module = (await import(/* @vite-ignore */ path.join(ROOT, file))) as Record<string, unknown>;
    for (const [name, value] of Object.entries(module)) {
      if (typeof value === "function") found.set(`${file.replace(/^app\//, "")} ${name}`, value as Action);
    }
  }
  return found;
}
