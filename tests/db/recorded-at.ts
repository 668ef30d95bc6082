import postgres from "postgres";
import { postgresArguments } from "../../lib/cli/urls.mjs";
import { ownerUrl } from "../setup/database";

/** The database alone says when a row was recorded: only its owner, with the triggers off, can say otherwise. */
export async function recordedAll(creatorId: string, at: string): Promise<void> {
  const owner = postgres(...postgresArguments(ownerUrl, { max: 1, onnotice() {} }));
  try {
    await owner.begin(async (sql) => {
      for (const table of [
        "creators",
        "payouts",
        "traffic",
        "rates",
        "audience",
        "deals",
        "events",
        "readings",
        "rules",
        "facts",
      ]) {
        const column = table === "creators" ? "created_at" : "recorded_at";
        const key = table === "creators" ? "id" : "creator_id";
        await sql.unsafe(`alter table ${table} no force row level security`);
        await sql.unsafe(`alter table ${table} disable trigger user`);
        await sql.unsafe(`update ${table} set ${column} = $1 where ${key} = $2 and ${column} > $1`, [
          at,
          creatorId,
        ]);
        await sql.unsafe(`alter table ${table} enable trigger user`);
        await sql.unsafe(`alter table ${table} force row level security`);
      }
    });
  } finally {
    await owner.end();
  }
}
