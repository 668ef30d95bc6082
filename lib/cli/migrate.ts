// `npm run db:migrate`: run.mjs has opened the database and brought it up to date; this says so, and applies
// what is new when a server of an older version had it open.
import { migrate } from "../../db/migrate";

const { DATABASE_URL, NEXTAUTH_SECRET } = process.env;
if (!DATABASE_URL || !NEXTAUTH_SECRET) throw new Error("Run it as npm run db:migrate.");
const { applied } = await migrate(DATABASE_URL, NEXTAUTH_SECRET);
console.log(applied === 0 ? "The database is up to date." : `${applied} migrations applied.`);
