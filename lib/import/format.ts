import type { Currency } from "../model/money";
import type { Day } from "../model/month";
import type { Format, Platform } from "../model/words";
import type { DayOrder } from "./dates";
import type { Need, Period, Problem, Sink, TwinsAnswer } from "./draft";
import type { Mapping } from "./mapping";
import type { DecimalMark } from "./numbers";
import type { Row, Table } from "./parse";

/** What the person who brings a file knows or chooses; answers to needs come back here. */
export type ReadOptions = {
  /** Stable key of the channel the file is for; part of every source key. */
  channelKey: string;
  /** Forces a file format by its id instead of recognising it. */
  fileFormat?: string;
  /** The creator's own day; no date without a year is later. */
  today: Day;
  /** The file is for the creator as a whole: videos and views, which belong to a channel, are left aside. */
  isOfCreator?: boolean;
  period?: Period;
  /** The day on which the file was exported. */
  asOf?: Day;
  /** Of a file of many creators or channels: the `value` of the one that is meant. */
  subject?: string;
  /** What one unit is worth, as a decimal in `currency`. */
  unitPrice?: string;
  dayOrder?: DayOrder;
  decimal?: DecimalMark;
  currency?: Currency;
  mapping?: Mapping;
  twins?: TwinsAnswer;
  /** Of the channel: entries of another platform are left aside. Null or absent: not chosen yet. */
  platform?: Platform | null;
  /** Of the videos whose format the file does not tell, unless `videoFormats` says otherwise for one. */
  videoFormat?: Format;
  videoFormats?: Record<string, Format>;
  /** Text that was read in a wrong encoding and saved again is put right. */
  repair?: boolean;
};

/** "creator": what the creator earned on no channel. */
export type NamedChannel = { platform: Platform; name: string } | "creator";

/**
 * What a table holds. Problems name what was refused, notices what is worth knowing about what was kept.
 * Nothing may be saved while a need is open.
 */
export type Reading =
  | {
      kind: "read";
      needs: Need[];
      problems: Problem[];
      notices: Problem[];
      mapping?: Mapping;
      /** The channel by the file's own account. */
      named?: NamedChannel;
    }
  | { kind: "not_useful"; message: string }
  | { kind: "refused"; problems: Problem[] };

/** One kind of file. A new kind is one more of these records in the list of detect.ts. */
export type FileFormat = {
  id: string;
  label: string;
  /** By content, never by the file's name. */
  detect(table: Table): boolean;
  /** Gives each draft to `out` as it goes; what it gave counts only when the outcome is "read" without a need. */
  read(table: Table, options: ReadOptions, out: Sink): Reading;
  /** Files of one zip whose formats share a family say the same again: only the first in order of preference is read. */
  family?: string;
  /** Where two files of a zip have this format, the one with a total row of its own is the table. */
  hasTotal?(table: Table): boolean;
};

/** Why a row does not match its header; null when it does. */
export function raggedProblem(table: Table, row: Row): Problem | null {
  const [expected, found] = [table.header.length, row.cells.length];
  const isPadded = row.cells.slice(expected).every((cell) => cell.trim() === "");
  if (found >= expected && isPadded) return null;
  return {
    line: row.line,
    message: `This row has ${found} cells where the header has ${expected}; mend the row or leave it out.`,
  };
}
