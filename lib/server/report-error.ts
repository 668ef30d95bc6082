import "server-only";
import { randomUUID } from "node:crypto";

/** Logs an unexpected error under a short id and returns the sentence that a person may see. */
export function report(error: unknown): string {
  const id = randomUUID().slice(0, 8);
  console.error(`[${id}]`, describe(error));
  return `Something went wrong on our side (reference ${id}). Nothing was saved; what you typed is still here.`;
}

/** Never the parameters of a query: they hold amounts and names. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `\ncaused by ${error.cause.stack ?? error.cause.message}` : "";
  const isQuery = error.message.startsWith("Failed query:");
  return `${isQuery ? "A query failed." : (error.stack ?? error.message)}${cause}`;
}
