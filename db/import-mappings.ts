/** What the columns of somebody's own table mean, as a person said it the last time a table with this header came. */
import { createHash } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { Viewer } from "../lib/model/access";
import { conn, transaction } from "./client";
import { importMappings } from "./schema";
import { demand, scope } from "./scope";

const MAX_KEY = 500;

/** What was said of a header, given as column names in their order; null when nothing was. */
export function find(
  viewer: Viewer,
  creatorId: string,
  header: readonly string[],
): Promise<Record<string, unknown> | null> {
  return transaction(viewer, async () => {
    const [row] = await conn()
      .select({ mapping: importMappings.mapping })
      .from(importMappings)
      .where(
        and(
          scope(viewer, importMappings.creatorId, "amounts"),
          eq(importMappings.creatorId, creatorId),
          eq(importMappings.header, keyOf(header)),
        ),
      );
    return row?.mapping ?? null;
  });
}

/** Remembers it; the newest holds. */
export function save(
  viewer: Viewer,
  creatorId: string,
  header: readonly string[],
  mapping: Record<string, unknown>,
): Promise<void> {
  return transaction(viewer, async () => {
    await demand(viewer, creatorId, "write");
    await conn()
      .insert(importMappings)
      .values({ creatorId, header: keyOf(header), mapping, recordedBy: creatorId })
      .onConflictDoUpdate({
        target: [importMappings.creatorId, importMappings.header],
        set: { mapping },
      });
  });
}

/** A table of another order is another table. A key of an index has room for a few long names only. */
function keyOf(header: readonly string[]): string {
  const names = JSON.stringify(header.map((name) => name.normalize("NFC").trim().toLowerCase()));
  return names.length <= MAX_KEY ? names : `sha256 ${createHash("sha256").update(names).digest("hex")}`;
}
