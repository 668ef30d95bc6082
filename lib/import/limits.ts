/** What a file may weigh before it is refused; a real export stays far below each of these. */
export const MAX_FILE_BYTES = 200_000_000;
export const MAX_COLUMNS = 500;
export const MAX_LINE_CHARACTERS = 1_000_000;
export const MAX_ROWS = 2_000_000;
/** As many rows are held at once by the formats that need all of them together. */
export const MAX_HELD_ROWS = 100_000;
/** A table whose text is at most this long is kept; a longer one is read from its file at every walk. */
export const MAX_KEPT_BYTES = 4_000_000;
export const MAX_ZIP_ENTRIES = 20;
export const MAX_ZIP_BYTES = 200_000_000;
/** Deflate packs runs of one byte 1,032 : 1; tables of real figures stay below 50 : 1. */
export const MAX_ZIP_RATIO = 200;
/** A workbook spends thirty to fifty characters of markup on each cell. */
export const MAX_WORKBOOK_BYTES = 50_000_000;
export const MAX_WORKBOOK_CELLS = 1_000_000;
export const MAX_WORKBOOK_ENTRIES = 200;
/** As many tables of one file or zip are read. */
export const MAX_TABLES = 50;
/** With how much memory one file may be read. */
export const READ_MEMORY_MB = 256;
/** Rows live briefly; with room to die in, a million of them take a third less time. */
export const READ_YOUNG_MEMORY_MB = 64;
/** Beyond this many, problems are counted instead of listed. */
export const MAX_LISTED_PROBLEMS = 200;

/** How long a file of so many bytes may be read: 20 s, and one more for each MB. */
export function readDeadlineMs(bytes: number): number {
  return 20_000 + Math.ceil(bytes / 1_000_000) * 1_000;
}
