import type { FileFormat } from "./format";
import { GENERIC } from "./generic";
import { LEDGER } from "./ledger";
import type { Table } from "./parse";
import { YOUTUBE_CONTENT } from "./youtube-content";
import { YOUTUBE_DATE } from "./youtube-date";
import { YOUTUBE_OTHER } from "./youtube-other";

/** In order of preference: the first that recognises a table reads it; the last one takes any. */
export const FILE_FORMATS: readonly FileFormat[] = [
  LEDGER,
  YOUTUBE_CONTENT,
  YOUTUBE_DATE,
  YOUTUBE_OTHER,
  GENERIC,
];

/** The format of a table by its content, or the one asked for by id. Throws RangeError on an unknown id. */
export function detectFormat(table: Table, id?: string): FileFormat {
  const found = FILE_FORMATS.find((format) => (id === undefined ? format.detect(table) : format.id === id));
  if (!found)
    throw new RangeError(
      `"${id}" is not a file format; use one of ${FILE_FORMATS.map((f) => f.id).join(", ")}.`,
    );
  return found;
}
