/** What cannot be is refused before it is learned: one such month would poison every later one. */
import type { Prior } from "./benchmarks";
import { isMonth, type Month } from "./month";
import type { HistoryRow, Traffic } from "./projection";
import { MAX_COUNT } from "./rpm";

/** A month may sum many entries. */
const MAX_VIEWS = 100 * MAX_COUNT;
const MAX_WATCH_SECONDS = 1000 * MAX_VIEWS;

/** Throws RangeError unless the text is a month. */
export function checkMonth(month: Month, place: string): void {
  if (!isMonth(month)) throw new RangeError(`${place} is "${month}"; write a month as YYYY-MM.`);
}

/** Throws RangeError on a row that cannot be, by month and with the remedy. */
export function checkRow(row: HistoryRow): void {
  checkMonth(row.month, "The month of a row");
  checkTraffic(row, row.month);
  if (row.minor !== null && Math.abs(Number(row.minor)) > 2 ** 63)
    throw new RangeError(`${row.month} has an amount of ${row.minor} minor units; check for extra digits.`);
}

/** Throws RangeError on counts and shares that cannot be, by place and with the remedy. */
export function checkTraffic(
  { views, paidViews, watchSeconds, regions, niches }: Traffic,
  place: string,
): void {
  checkCount(views, MAX_VIEWS, "views", place);
  checkCount(paidViews, MAX_VIEWS, "paid views", place);
  checkCount(watchSeconds, MAX_WATCH_SECONDS, "seconds of watch time", place);
  if (regions) checkShares(Object.values(regions), place);
  if (niches) checkShares(Object.values(niches), place);
}

function checkShares(shares: readonly number[], place: string): void {
  for (const share of shares)
    if (!(share >= 0 && Number.isFinite(share)))
      throw new RangeError(`${place} has a share of ${share} in its audience; shares are 0 or more.`);
}

function checkCount(count: number | null | undefined, max: number, name: string, place: string): void {
  if (count === null || count === undefined || (count >= 0 && count <= max)) return;
  const remedy = count > max ? "check for extra digits" : "write 0 or more, or nothing when it is unknown";
  throw new RangeError(`${place} has ${count} ${name}; ${remedy}.`);
}

/** Throws RangeError on a rate or spread that is not above 0 and finite. */
export function checkPrior(prior: Prior): void {
  if (!(prior.rate > 0 && Number.isFinite(prior.rate) && prior.tau > 0 && Number.isFinite(prior.tau)))
    throw new RangeError(
      `The benchmark "${prior.programme}" has a rate of ${prior.rate} and a spread of ${prior.tau}; both are above 0 and finite.`,
    );
}
