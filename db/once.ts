/**
 * Once is once: the browser makes a row's id before the first submit. The same id with the same body answers
 * the same; with another body it is refused.
 */
import { createHash } from "node:crypto";
import { type SQL, sql } from "drizzle-orm";
import { AppError } from "../lib/errors";

/** SHA-256 over the values in a fixed order; `undefined` counts as `null`. */
export function bodyHash(body: Readonly<Record<string, unknown>>): Buffer {
  const canonical = JSON.stringify(body, (_key, value) =>
    typeof value === "bigint"
      ? value.toString()
      : value && typeof value === "object" && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : (value ?? null),
  );
  return createHash("sha256").update(canonical).digest();
}

/** The same for rows that a query writes by the thousand: of the values in their order. */
export function rowHash(values: SQL): SQL {
  return sql`sha256(convert_to(row(${values})::text, 'UTF8'))`;
}

/** Compares a repeat with what is there. */
export function sameBody(stored: Buffer, sent: Buffer): void {
  if (!stored.equals(sent)) {
    throw new AppError(
      "conflict",
      "This form was already saved with other values. Reload the page to see them, then change them there.",
    );
  }
}
