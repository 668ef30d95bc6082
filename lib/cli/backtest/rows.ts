import type { Problem } from "../../import/draft";
import type { RegionShares } from "../../model/benchmarks";
import type { Currency } from "../../model/money";
import { type Day, type Month, monthOf, monthsBetween } from "../../model/month";
import { monthOfWeek, type Week, weekIndex, weekOf } from "../../model/week";
import type { Format, Platform, Stream } from "../../model/words";

export const UNITS = ["month", "week", "video"] as const;
export type Unit = (typeof UNITS)[number];

/** Platforms whose files may leave it open which one they are of. */
export const BACKTEST_PLATFORMS = ["youtube", "tiktok", "other"] as const;

export type ReadSettings = {
  /** Undefined: months, but videos where the file is a table of videos. */
  readonly unit?: Unit;
  /** Undefined: YouTube where there is watch time, else other. Plays no part where the file tells it. */
  readonly platform?: Platform;
};

/** Where a row stands. Periods of one label are one period. */
export type Place = {
  /** 2026-01, 2026-W03, or whatever names a video. */
  readonly label: string;
  /** Counted in units from a fixed one; null for videos. */
  readonly at: number | null;
  /** Whose ad season holds; null when unknown. */
  readonly month: Month | null;
  /** Set when the file tells single days of a month or week. */
  readonly day: Day | null;
};

export type Amount = {
  /** The column, or the stream in words. */
  readonly name: string;
  readonly stream: Stream;
  readonly currency: Currency;
  /** null is unknown, which is not zero. */
  readonly minor: bigint | null;
};

/** One row of a file: the traffic of a place and what it earned, by stream. */
export type FileRow = Place & {
  /** The physical line, or the first of those it comes from. */
  readonly line: number;
  readonly platform: Platform;
  readonly format: Format | "all";
  readonly views: number | null;
  readonly watchSeconds: number | null;
  readonly regions: RegionShares | null;
  readonly amounts: readonly Amount[];
};

export type FileRows = {
  readonly unit: Unit;
  /** What was taken for what, in words. */
  readonly kind: string;
  readonly rows: readonly FileRow[];
  /** Worth knowing about what was read. */
  readonly notes: readonly string[];
};

/** Thrown for what is wrong with a file or a command: one sentence that says where and what to do. */
export class Unreadable extends Error {}

/** Throws Unreadable for a problem; `more` others are counted. */
export function refuse({ file, line, column, message }: Problem, more = 0): never {
  const places = [
    ...(file ? [`"${file}"`] : []),
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column === undefined ? [] : [`column "${column}"`]),
  ];
  const where = places.length > 0 ? `${places.join(", ")}: ` : "";
  throw new Unreadable(`${where}${message}${more > 0 ? ` (and ${more} more such problems)` : ""}`);
}

export function monthPlace(month: Month, day: Day | null): Place {
  return { label: month, at: monthsBetween(monthOf("2000-01"), month), month, day };
}

export function weekPlace(week: Week, day: Day | null): Place {
  return { label: week, at: weekIndex(week), month: monthOfWeek(week), day };
}

/** A day as a part of a month or week. */
export function dayPlace(day: Day, unit: Unit): Place {
  return unit === "week" ? weekPlace(weekOf(day), day) : monthPlace(monthOf(day), day);
}

/** The stream of money that a file does not name: what the platform itself pays. */
export function ownStreamOf(platform: Platform): Stream {
  return platform === "tiktok" ? "rewards" : "ads";
}
