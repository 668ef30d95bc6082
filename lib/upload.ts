import type { Need } from "./import/draft";
import type { ReadOptions } from "./import/format";
import type { Mapping } from "./import/mapping";
import type { FoundTable } from "./import/read";
import type { ImportChoices, Preview } from "./import-preview";
import type { UploadState } from "./model/words";

/** Columns of somebody's own table that stand in a mapping under their own name. */
export const NAMED_COLUMNS = [
  "video",
  "reference",
  "note",
  "views",
  "qualifiedViews",
  "engagedViews",
  "watchHours",
  "likes",
  "comments",
  "shares",
] as const satisfies readonly (keyof Mapping)[];
export type NamedColumn = (typeof NAMED_COLUMNS)[number];

/** What the person chose for a file; kept with it, and sent again when one of the choices changes. */
export type UploadChoices = Omit<ImportChoices, keyof Answers> &
  Answers & {
    /** Take the first guess of what the columns mean, not what was said of such a header before. */
    guess?: boolean;
  };

/** What a file holds and leaves open, as it was read; the preview says what would become of it. */
export type FileFacts = {
  needs: Need[];
  /** each table of the file or zip, and what it is */
  tables: FoundTable[];
  /** letters that were read wrongly once, in one example */
  mojibake: { line: number; broken: string; repaired: string } | null;
  /** The columns mean what was said when a table with this header was imported before. */
  isRemembered: boolean;
};

/** Answers to what a file leaves open. */
type Answers = Partial<Pick<ReadOptions, "asOf" | "subject" | "unitPrice" | "twins" | "repair">>;

/** A file on its way, as its page shows it. */
export type Upload = {
  id: string;
  fileName: string;
  bytes: number;
  /** "interrupted": the work on it stopped without an end. "imported": the file is gone, its import stands. */
  state: UploadState | "interrupted" | "imported";
  /** of the work under way, from 0 to 1 */
  share: number;
  choices: UploadChoices;
  /** The last look at it; it may be of older choices while a newer one is being made. */
  preview: Preview | null;
  facts: FileFacts | null;
  /** Why what was asked for last was not done. */
  message: string | null;
};

/** While work is under way, it is asked again and again how far it is. */
export function isAtWork({ state }: Pick<Upload, "state">): boolean {
  return state === "arriving" || state === "reading" || state === "importing";
}
