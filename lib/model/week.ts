import { addDays, type Day, dayOf, daysBetween, type Month, monthOf } from "./month";

/** A week as ISO 8601 writes it, "2026-W03": Monday to Sunday, of the year that holds its Thursday. */
export type Week = string & { readonly __week: true };

/** Of the years in which something can have been earned online. */
const WEEK = /^((?:19|20)\d{2})-W(\d{2})$/;
/** A Monday. */
const FIRST = dayOf("1969-12-29");

/** The week of a day. */
export function weekOf(day: Day): Week {
  const thursday = addDays(mondayOf(day), 3);
  const newYear = dayOf(`${thursday.slice(0, 4)}-01-01`);
  const number = Math.floor(daysBetween(newYear, thursday) / 7) + 1;
  return `${thursday.slice(0, 4)}-W${String(number).padStart(2, "0")}` as Week;
}

/** True for "YYYY-Www" of a week that exists: only some years have a week 53. */
export function isWeek(text: string): text is Week {
  return WEEK.test(text) && weekOf(mondayAt(text)) === text;
}

/** The month that holds the week's Thursday, as its year holds it. */
export function monthOfWeek(week: Week): Month {
  return monthOf(addDays(mondayAt(week), 3));
}

/** Weeks counted from a fixed one, so that the difference of two is the number of weeks between them. */
export function weekIndex(week: Week): number {
  return daysBetween(FIRST, mondayAt(week)) / 7;
}

/** The Monday of "YYYY-Www": 4 January always lies in week 1. */
function mondayAt(text: string): Day {
  const [, year = "", number = ""] = WEEK.exec(text) ?? [];
  return addDays(mondayOf(dayOf(`${year}-01-04`)), 7 * (Number(number) - 1));
}

function mondayOf(day: Day): Day {
  const weekday = ((daysBetween(FIRST, day) % 7) + 7) % 7;
  return addDays(day, -weekday);
}
