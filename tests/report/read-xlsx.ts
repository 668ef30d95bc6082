import { strFromU8, unzipSync } from "fflate";
import readXlsxFile from "read-excel-file/node";

export type XlsxCell = string | number | boolean | Date | null;

/** A workbook as a reader sees it that shares no code with its writer. */
export interface ReadXlsx {
  /** rows of cells by sheet, the header first; trailing empty cells may be absent */
  sheets: Map<string, XlsxCell[][]>;
  /** the text of all parts of the workbook */
  xml: string;
}

export async function readXlsx(bytes: Buffer): Promise<ReadXlsx> {
  const sheets = new Map<string, XlsxCell[][]>();
  for (const { sheet, data } of await readXlsxFile(bytes, { trim: false }))
    sheets.set(sheet, data as XlsxCell[][]);
  const parts = unzipSync(bytes, { filter: ({ name }) => name.endsWith(".xml") });
  return {
    sheets,
    xml: Object.values(parts)
      .map((part) => strFromU8(part))
      .join("\n"),
  };
}
