import path from "node:path";
import { closePools } from "../../db/client";
import * as creators from "../../db/creators";
import { listCreatorsForOperator } from "../../db/jobs";
import { AppError } from "../errors";
import { operatorViewer } from "../model/access";

/** What the commands of the operator share: how they end, and whom they mean. */

/** The command was wrong. Without a sentence, its usage is all there is to say. */
export class UsageError extends Error {}

/** What is told on standard error, with exit code 1. */
export class Refused extends Error {}

/** Runs a command to its exit code: 2 where it was called wrongly, 1 where it was refused, in words either way. */
export async function runCommand(usage: string, work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(error.message === "" ? usage : `${error.message}\n\n${usage}`);
      process.exitCode = 2;
    } else if (error instanceof Refused || error instanceof AppError) {
      console.error(error.message);
      process.exitCode = 1;
    } else throw error;
  } finally {
    await closePools();
  }
}

/** The id of the creator of that id or name, for a reason that is audited. Throws Refused, naming those there are. */
export async function findCreator(wanted: string, reason: string): Promise<string> {
  const all = await listCreatorsForOperator();
  if (all.some(({ creatorId }) => creatorId === wanted)) return wanted;
  const named = await Promise.all(
    all.map(({ creatorId }) => creators.get(operatorViewer(creatorId, reason), creatorId)),
  );
  const found = named.filter(({ name }) => isSameName(name, wanted));
  const [only] = found;
  if (!only) throw new Refused(`There is no creator “${wanted}”. ${listed("Those there are:", named)}`);
  if (found.length > 1)
    throw new Refused(
      `${found.length} creators are called “${wanted}”. ${listed("Give one by its id:", found)}`,
    );
  return only.id;
}

export function isSameName(name: string, wanted: string): boolean {
  return name.trim().toLowerCase() === wanted.trim().toLowerCase();
}

export function listed(
  lead: string,
  rows: readonly { id: string; name: string; platform?: string }[],
): string {
  if (rows.length === 0) return "There is none yet.";
  return [
    lead,
    ...rows.map(({ id, name, platform }) => `  ${id}  ${name}${platform ? ` (${platform})` : ""}`),
  ].join("\n");
}

/** npm runs a command in the checkout, and tells where its user stands. */
export function fromWhereOneStands(file: string): string {
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), file);
}
