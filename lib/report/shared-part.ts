import {
  STATEMENT_SECTION_LABEL,
  STATEMENT_SECTIONS,
  type Statement,
  type StatementSectionId,
  withSections,
} from "./statement";

/** What of a statement may be chosen when it is shared: its figures at a glance, and each of its sections. */
export const SHARED_PARTS = ["summary", ...STATEMENT_SECTIONS] as const;
export type SharedPart = (typeof SHARED_PARTS)[number];
export const SHARED_PART_LABEL: Readonly<Record<SharedPart, string>> = {
  summary: "At a glance",
  ...STATEMENT_SECTION_LABEL,
};

/** The statement with nothing but the chosen parts: no byte of the others is left in it. */
export function sharedPart(statement: Statement, parts: readonly SharedPart[]): Statement {
  const sections = parts.filter((part): part is StatementSectionId => part !== "summary");
  const part = withSections(statement, sections);
  return parts.includes("summary") ? part : { ...part, summary: [] };
}

/** What there is to choose from in a statement. */
export function partsOf({ summary, sections }: Statement): SharedPart[] {
  return [...(summary.length > 0 ? (["summary"] as const) : []), ...sections.map(({ id }) => id)];
}
