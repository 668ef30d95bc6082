/** What a file may weigh before it is refused; a real export stays far below each of these. */
export const MAX_FILE_BYTES = 20_000_000;
export const MAX_COLUMNS = 500;
export const MAX_LINE_CHARACTERS = 1_000_000;
export const MAX_ROWS = 200_000;
export const MAX_ZIP_ENTRIES = 20;
export const MAX_ZIP_BYTES = 50_000_000;
/** How long and with how much memory one file may be read. */
export const READ_DEADLINE_MS = 20_000;
export const READ_MEMORY_MB = 200;
/** Beyond this many, problems are counted instead of listed. */
export const MAX_LISTED_PROBLEMS = 200;
