import "server-only";
import { createHash } from "node:crypto";
import type { NewFile } from "@/db/statement-sends";
import { money, percent } from "../format";
import type { Viewer } from "../model/access";
import type { Currency } from "../model/money";
import type { Month } from "../model/month";
import type { Attachment } from "../model/sending";
import {
  isMoney,
  isNotYet,
  type Statement,
  type StatementFigure,
  type StatementSectionId,
  statementJson,
  withSections,
} from "../report/statement";
import { readStatement } from "./statements";

/** What is asked for: of one month, which files with which parts, written how. */
export interface FileChoice {
  month: Month;
  attachments: readonly Attachment[];
  /** null: all of them */
  sections: readonly string[] | null;
  locale: string;
}

/** The statement of a month as files, and its summary in sentences for a mail. Errors as `readStatement`. */
export async function makeStatementFiles(
  viewer: Viewer,
  creatorId: string,
  choice: FileChoice,
): Promise<{ summary: string[]; files: NewFile[] }> {
  const { month, sections } = choice;
  const whole = await readStatement(viewer, creatorId, { from: month, to: month });
  const statement = sections ? withSections(whole, sections as StatementSectionId[]) : whole;
  return { summary: summaryOf(statement, choice.locale), files: await filesOf(statement, choice) };
}

/** A statement as the files that were chosen, named after its creator's month. */
export async function filesOf(
  statement: Statement,
  { month, attachments, locale }: Pick<FileChoice, "month" | "attachments" | "locale">,
): Promise<NewFile[]> {
  const files: NewFile[] = [];
  for (const attachment of attachments) {
    const { mediaType, write } = WRITERS[attachment];
    const bytes = await write(statement, locale);
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    files.push({ name: `statement-${month}.${attachment}`, mediaType, sha256, bytes });
  }
  return files;
}

type Writer = { mediaType: string; write: (statement: Statement, locale: string) => Promise<Buffer> };

const WRITERS: Readonly<Record<Attachment, Writer>> = {
  json: {
    mediaType: "application/json",
    write: async (statement) => Buffer.from(`${statementJson(statement)}\n`),
  },
};

function summaryOf({ summary, caution }: Statement, locale: string): string[] {
  const lines = summary.map((figure) => {
    const note = figure.note ? ` (${figure.note})` : "";
    return `${figure.label}: ${textOf(figure, locale)}${note}.`;
  });
  return caution ? [caution, ...lines] : lines;
}

function textOf({ cell, kind }: StatementFigure, locale: string): string {
  if (cell === null) return "not known";
  if (isNotYet(cell)) return "not yet";
  if (isMoney(cell)) return money(BigInt(cell.minor), cell.currency as Currency, locale);
  if (typeof cell !== "string") return `${cell.per1000} ${cell.currency}`;
  return kind === "percent" ? percent(Number(cell), locale) : cell;
}
