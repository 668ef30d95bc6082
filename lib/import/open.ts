import { decode } from "./decode";
import { MAX_ZIP_ENTRIES } from "./limits";
import type { Table } from "./parse";
import {
  type Bytes,
  bytesOf,
  FileFault,
  type OnRead,
  refuseFile,
  type Source,
  sourceInMemory,
} from "./source";
import { tablesOfText } from "./tables";
import { isZip, openZip, wholeOf, type ZipEntry } from "./zip";

/** `file` is the name of the file, inside a zip that of the entry. */
export type FileTable = { file: string; table: Table };

const WORKBOOK = "[Content_Types].xml";

/**
 * All tables of a file: a text, a workbook, or a zip of them. Each was walked once, so that its structure is known
 * to be whole. Throws FileFault with the place and the remedy.
 */
export function openTables(source: Source, name: string, onRead?: OnRead): FileTable[] {
  if (!isZip(source)) return tablesIn(bytesOf(source, onRead ? { onRead } : {}), name);
  const entries = openZip(source, onRead);
  if (entries.some((entry) => entry.name === WORKBOOK)) return workbookTables(entries, name);
  if (entries.length > MAX_ZIP_ENTRIES)
    refuseFile(
      `The zip holds ${entries.length} files; at most ${MAX_ZIP_ENTRIES} are read. Bring one export at a time.`,
    );
  const tables = entries.filter(isTable).flatMap((entry) => tablesIn(entry.bytes, entry.name));
  return tables.length > 0
    ? tables
    : refuseFile("The zip holds no CSV file. Bring the zip that the platform's export gave.");
}

function isTable({ name }: ZipEntry): boolean {
  return /\.(csv|tsv|txt|xlsx)$/i.test(name) && !name.startsWith("__MACOSX/");
}

/** One damaged file makes the whole zip suspect. */
function tablesIn(bytes: Bytes, file: string): FileTable[] {
  try {
    if (/\.xlsx$/i.test(file) && bytes.size > 0) {
      const inner = sourceInMemory(wholeOf(bytes));
      if (isZip(inner)) return workbookTables(openZip(inner), file);
    }
    return tablesOfText(decode(bytes)).map((table) => ({ file, table }));
  } catch (error) {
    throw error instanceof FileFault ? new FileFault({ file, ...error.problem }) : error;
  }
}

function workbookTables(_entries: ZipEntry[], _file: string): FileTable[] {
  return refuseFile("This is an Excel workbook. Save its sheet as CSV (UTF-8) and bring that.");
}
