import { type Zippable, zipSync } from "fflate";
import { utf8 } from "./fixtures";

/** A cell as it stands in a sheet: text is shared, a number plain; `xml` is written as it is. */
export type WorkbookCell = string | number | null | { xml: string };
export type WorkbookSheet = {
  name: string;
  rows: readonly (readonly WorkbookCell[])[];
  state?: "hidden";
};

/** Number formats by style: 0 general, 1 a day, 2 a day and time of one's own, 3 a duration, 4 money. */
const STYLES = `<styleSheet><numFmts count="3"><numFmt numFmtId="164" formatCode="dd/mm/yyyy\\ hh:mm:ss"/><numFmt numFmtId="165" formatCode="[h]:mm:ss"/><numFmt numFmtId="166" formatCode="#,##0.00\\ [$€-407];[Red]\\-#,##0.00"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>`;

/** A workbook as a spreadsheet saves it. */
export function workbook(
  sheets: readonly WorkbookSheet[],
  { is1904 = false, more = {} }: { is1904?: boolean; more?: Zippable } = {},
): Uint8Array {
  const shared: string[] = [];
  const files: Zippable = {
    "[Content_Types].xml": utf8("<Types/>"),
    "xl/workbook.xml": utf8(
      `<?xml version="1.0"?><workbook xmlns:r="x"><workbookPr${is1904 ? ' date1904="1"' : ""}/><sheets>${sheets.map(({ name, state }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}"${state ? ` state="${state}"` : ""} r:id="rId${index + 1}"/>`).join("")}</sheets></workbook>`,
    ),
    "xl/_rels/workbook.xml.rels": utf8(
      `<Relationships>${sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Target="worksheets/sheet${index + 1}.xml"/>`).join("")}</Relationships>`,
    ),
    "xl/styles.xml": utf8(STYLES),
  };
  sheets.forEach(({ rows }, index) => {
    const lines = rows.map(
      (cells, row) =>
        `<row r="${row + 1}">${cells.map((cell, at) => cellXml(cell, `${letters(at)}${row + 1}`, shared)).join("")}</row>`,
    );
    files[`xl/worksheets/sheet${index + 1}.xml`] = utf8(
      `<worksheet><sheetData>${lines.join("")}</sheetData></worksheet>`,
    );
  });
  files["xl/sharedStrings.xml"] = utf8(
    `<sst>${shared.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join("")}</sst>`,
  );
  return zipSync({ ...files, ...more });
}

function cellXml(cell: WorkbookCell, place: string, shared: string[]): string {
  if (cell === null) return "";
  if (typeof cell === "number") return `<c r="${place}"><v>${cell}</v></c>`;
  if (typeof cell === "object") return cell.xml.replace("<c", `<c r="${place}"`);
  const known = shared.indexOf(cell);
  const at = known < 0 ? shared.push(cell) - 1 : known;
  return `<c r="${place}" t="s"><v>${at}</v></c>`;
}

function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${letters(Math.floor(index / 26) - 1)}${last}`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
