import { decode } from "./decode";
import { MAX_WORKBOOK_BYTES, MAX_ZIP_ENTRIES } from "./limits";
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
import { DATA_DOWNLOAD_MESSAGE } from "./tiktok-download";
import { isWorkbook, refuseTooLarge, workbookTables } from "./xlsx";
import { isZip, openZip, wholeOf, type ZipEntry } from "./zip";

/** `file` is the name of the file, inside a zip that of the entry. */
export type FileTable = { file: string; table: Table };

/**
 * All tables of a file: a text, a workbook, or a zip of them. Each was walked once, so that its structure is known
 * to be whole. Throws FileFault with the place and the remedy.
 */
export function openTables(
  source: Source,
  name: string,
  { repair = false, onRead }: { repair?: boolean; onRead?: OnRead } = {},
): FileTable[] {
  refuseOtherKinds(source);
  if (!isZip(source)) return tablesIn(bytesOf(source, onRead ? { onRead } : {}), name, repair);
  const entries = openZip(source, onRead);
  if (isWorkbook(entries)) return sheetsIn(entries, name, repair);
  if (entries.length > MAX_ZIP_ENTRIES)
    refuseFile(
      `The zip holds ${entries.length} files; at most ${MAX_ZIP_ENTRIES} are read. Bring one export at a time.`,
    );
  const tables = entries.filter(isTable).flatMap((entry) => tablesIn(entry.bytes, entry.name, repair));
  if (tables.length === 0 && entries.some(({ name }) => /\.json$/i.test(name)))
    refuseFile(DATA_DOWNLOAD_MESSAGE);
  return tables.length > 0
    ? tables
    : refuseFile("The zip holds no CSV file. Bring the zip that the platform's export gave.");
}

/** What else people bring, by the first bytes of such files. */
const OTHER_KINDS: readonly (readonly [readonly number[], string])[] = [
  [
    [0xd0, 0xcf, 0x11, 0xe0],
    "This is a workbook of old Excel (.xls). Save it as .xlsx or CSV, and bring that.",
  ],
  [
    [0x25, 0x50, 0x44, 0x46],
    "This is a PDF, which holds no table to read. Bring the CSV or Excel file of the export.",
  ],
  [[0x89, 0x50, 0x4e, 0x47], "This is a picture. Bring the CSV or Excel file of the export instead."],
  [[0xff, 0xd8, 0xff], "This is a picture. Bring the CSV or Excel file of the export instead."],
];

function refuseOtherKinds(source: Source): void {
  const head = new Uint8Array(4);
  source.readAt(0, head);
  for (const [bytes, message] of OTHER_KINDS)
    if (bytes.every((byte, index) => head[index] === byte)) refuseFile(message);
}

function isTable({ name }: ZipEntry): boolean {
  return /\.(csv|tsv|txt|xlsx)$/i.test(name) && !name.startsWith("__MACOSX/");
}

/** One damaged file makes the whole zip suspect. */
function tablesIn(bytes: Bytes, file: string, repair: boolean): FileTable[] {
  try {
    if (/\.xlsx$/i.test(file) && bytes.size > 0) {
      if (bytes.size > MAX_WORKBOOK_BYTES) refuseTooLarge();
      const inner = sourceInMemory(wholeOf(bytes));
      if (isZip(inner)) return sheetsIn(openZip(inner), file, repair);
    }
    return tablesOfText(decode(bytes), repair).map((table) => ({ file, table }));
  } catch (error) {
    throw error instanceof FileFault ? new FileFault({ file, ...error.problem }) : error;
  }
}

/** A sheet is named beside its file where there are several. */
function sheetsIn(entries: ZipEntry[], file: string, repair: boolean): FileTable[] {
  const tables = workbookTables(entries, repair);
  const isAlone = new Set(tables.map(({ sheet }) => sheet)).size === 1;
  return tables.map(({ sheet, table }) => ({ file: isAlone ? file : `${file}, sheet ${sheet}`, table }));
}
