import "server-only";
import { createHash } from "node:crypto";
import type { NewFile } from "@/db/statement-sends";
import type { Viewer } from "../model/access";
import type { Month } from "../model/month";
import type { StatementFormat } from "../model/statement";
import type { Brand } from "../report/brand";
import type { PaperSize } from "../report/paper";
import { type Statement, type StatementSectionId, withSections } from "../report/statement";
import { cellText } from "../statement-text";

import { BYTE_ORDER_MARK } from "./download";
import { printFiles } from "./press";
import { tellStatement } from "./statements";

/** What is asked for: of one month, which files with which parts, written how. */
export interface AttachmentChoice {
  month: Month;
  attachments: readonly StatementFormat[];
  /** null: all of them */
  sections: readonly string[] | null;
  locale: string;
  /** whose paper it is on */
  brand?: Brand | null;
}

/**
 * The statement of a month as the files that were chosen, and its summary in sentences; of a closed month the one that
 * was kept. Errors as `tellStatement`.
 */
export async function makeAttachments(
  viewer: Viewer,
  creatorId: string,
  choice: AttachmentChoice,
): Promise<{ statement: Statement; summary: string[]; files: NewFile[] }> {
  const { month, sections, locale, brand = null } = choice;
  const { statement: whole } = await tellStatement(viewer, creatorId, { from: month, to: month });
  const statement = sections ? withSections(whole, sections as StatementSectionId[]) : whole;
  const printed = await printFiles(statement, choice.attachments, { locale, paper: paperOf(locale), brand });
  const files = printed.map(({ name, type, bytes }) => {
    const marked = type.startsWith("text/csv")
      ? Buffer.concat([Buffer.from(BYTE_ORDER_MARK), bytes])
      : Buffer.from(bytes.buffer);
    const sha256 = createHash("sha256").update(marked).digest("hex");
    return { name, mediaType: type, sha256, bytes: marked };
  });
  return { statement, summary: summaryOf(statement, locale), files };
}

/** Where offices have Letter in their printers. */
const LETTER = /-(US|CA|MX|PH|CO|CL|VE)$/;

function paperOf(locale: string): PaperSize {
  return LETTER.test(locale) ? "letter" : "a4";
}

function summaryOf({ summary, caution }: Statement, locale: string): string[] {
  const lines = summary.map(({ label, cell, kind, note }) => {
    const text = cell === null ? "not known" : cellText(cell, kind, locale);
    return `${label}: ${text}${note ? ` (${note.replace(/\.$/, "")})` : ""}`;
  });
  return caution ? [caution, ...lines] : lines;
}
