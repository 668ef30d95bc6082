/**
 * `npm run totals [-- --rebuild]`: compares the sums that the database keeps of every creator's ledger with the
 * ledger, names each difference and exits with 1 when there is one. With --rebuild it makes the sums of such a
 * creator anew, and exits with 1 only when a difference is left.
 */
import { closePools } from "../../db/client";
import { listCreatorsForOperator } from "../../db/jobs";
import * as totals from "../../db/totals";
import { operatorViewer } from "../model/access";

const [option, ...more] = process.argv.slice(2);
if ((option !== undefined && option !== "--rebuild") || more.length > 0) {
  console.error("npm run totals [-- --rebuild]");
  process.exit(2);
}

const creators = await listCreatorsForOperator();
let [found, left] = [0, 0];
for (const { creatorId } of creators) {
  const viewer = operatorViewer(creatorId, "totals");
  const differences = await totals.check(viewer, creatorId);
  for (const difference of differences) console.log(`${creatorId} ${lineOf(difference)}`);
  found += differences.length;
  if (differences.length > 0 && option) {
    await totals.rebuild(viewer, creatorId);
    left += (await totals.check(viewer, creatorId)).length;
  } else left += differences.length;
}
await closePools();

const compared = `${creators.length} ${creators.length === 1 ? "creator" : "creators"} compared`;
const differences = `${found} ${found === 1 ? "difference" : "differences"}`;
if (found === 0) console.log(`${compared}: all kept sums are what the ledger says.`);
else if (left === 0) console.log(`${compared}: ${differences}, all mended.`);
else {
  console.log(
    option
      ? `${compared}: ${differences}, ${left} left after mending.`
      : `${compared}: ${differences}. Mend them with npm run totals -- --rebuild.`,
  );
  process.exitCode = 1;
}

/** What the cell is called, and its two sides. */
function lineOf(difference: totals.Difference): string {
  if (difference.what === "traffic_months") {
    const { month, channelId, format, keptViews, loggedViews } = difference;
    return `traffic of ${month}, channel ${channelId}, ${format}: views kept ${side(keptViews)}, logged ${side(loggedViews)}`;
  }
  const { earnedMonth, currency, keptMinor, postedMinor } = difference;
  const sides = `kept ${side(keptMinor)}, the ledger says ${side(postedMinor)} (minor units of ${currency})`;
  if (difference.what === "rollups") return `all of ${earnedMonth}: ${sides}`;
  const { bookedMonth, channelId, format, stream, state } = difference;
  return `${stream} of ${earnedMonth}, booked ${bookedMonth}, channel ${channelId ?? "none"}, ${format}, ${state}: ${sides}`;
}

function side(value: bigint | number | null): string {
  return value === null ? "nothing" : String(value);
}
