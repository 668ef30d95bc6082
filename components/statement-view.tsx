import type { Statement, StatementColumn, StatementRow, StatementSection } from "@/lib/report/statement";
import { cellText } from "@/lib/statement-text";
import { Notice } from "./ui/notice";
import { Stat } from "./ui/stat";
import { type Column, Table } from "./ui/table";

/** A statement as it stands, read top to bottom: at a glance, its sections, how the figures are made. */
export function StatementView({ statement, locale }: { statement: Statement; locale: string }) {
  const { caution, summary, sections, making } = statement;
  return (
    <div className="grid gap-8">
      {caution && <Notice tone="warn">{caution}</Notice>}
      {summary.length > 0 && (
        <dl className="grid gap-px overflow-hidden rounded-lg border border-line bg-line *:bg-surface sm:grid-cols-2 lg:grid-cols-3">
          {summary.map(({ label, kind, cell, note }) => (
            <Stat key={label} label={label} value={cellText(cell, kind, locale)} note={note} />
          ))}
        </dl>
      )}
      {sections.map((section) => (
        <SectionView key={section.id} section={section} locale={locale} />
      ))}
      <section>
        <h2 className="text-lg">How the figures are made</h2>
        <ul className="mt-2 grid max-w-prose list-disc gap-1 ps-5 text-sm text-muted">
          {making.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
    </div>
  );
}

const NUMERIC: ReadonlySet<string> = new Set(["money", "rate", "count", "decimal", "percent"]);

type Line = { id: string; row: StatementRow; isTotal: boolean };

function SectionView({ section, locale }: { section: StatementSection; locale: string }) {
  const { title, note, columns, rows, totals, empty } = section;
  const lines: Line[] = [
    ...rows.map((row, index) => ({ id: `row ${index}`, row, isTotal: false })),
    ...totals.map((row, index) => ({ id: `total ${index}`, row, isTotal: true })),
  ];
  return (
    <section className="min-w-0">
      <h2 className="text-lg">{title}</h2>
      {note && <p className="max-w-prose text-sm text-muted">{note}</p>}
      {rows.length === 0 ? (
        <p className="mt-2 text-sm">{empty}</p>
      ) : (
        <div className="mt-2 min-w-0 rounded-lg border border-line">
          <Table
            caption={title}
            rows={lines}
            rowKey={({ id }) => id}
            rowClassName={({ isTotal }) => (isTotal ? "font-semibold" : undefined)}
            wide="desk"
            columns={columns.map((column, index) => shown(column, index === 0, locale))}
          />
        </div>
      )}
    </section>
  );
}

function shown({ key, header, kind }: StatementColumn, lead: boolean, locale: string): Column<Line> {
  return {
    key,
    header,
    lead,
    numeric: NUMERIC.has(kind),
    cell: ({ row }) => {
      const cell = row[key] ?? null;
      const isNumber = NUMERIC.has(kind);
      return <span className={isNumber ? "figures" : "wrap-anywhere"}>{cellText(cell, kind, locale)}</span>;
    },
  };
}
