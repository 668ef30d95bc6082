/** Many rows in one statement with one parameter: PostgreSQL unfolds JSON far faster than a list of values. */
import { getTableColumns, getTableName, type InferInsertModel, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";
import { conn } from "./client";

/**
 * Inserts rows that may be there already (a repeated id, a `replaces` that was taken) and answers the ids of
 * those that are new. All rows must have the same columns.
 */
export async function insertNew<Table extends PgTable>(
  table: Table,
  rows: readonly (InferInsertModel<Table> & { id: string })[],
): Promise<Set<string>> {
  const inserted = await insertRows(table, rows, sql` on conflict do nothing returning id`);
  return new Set(inserted.map((row) => (row as { id: string }).id));
}

/** Inserts rows; any conflict is an error. */
export async function insertAll<Table extends PgTable>(
  table: Table,
  rows: readonly InferInsertModel<Table>[],
): Promise<void> {
  await insertRows(table, rows, sql``);
}

async function insertRows(table: PgTable, rows: readonly object[], ending: ReturnType<typeof sql>) {
  const first = rows[0];
  if (!first) return [];
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => key in first);
  const names = sql.raw(columns.map(([, column]) => `"${column.name}"`).join(", "));
  const types = sql.raw(columns.map(([, column]) => `"${column.name}" ${column.getSQLType()}`).join(", "));
  const json = JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(
        columns.map(([key, column]) => [column.name, plain((row as Record<string, unknown>)[key])]),
      ),
    ),
  );
  return conn().execute(
    sql`insert into ${sql.identifier(getTableName(table))} (${names})
        select ${names} from json_to_recordset(${json}::json) as t(${types})${ending}`,
  );
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") return value.toString();
  if (Buffer.isBuffer(value)) return `\\x${value.toString("hex")}`;
  return value ?? null;
}
