import type { CellKind, Statement, StatementRow, StatementSection } from "@/lib/report/statement";
import { pictureOf } from "@/lib/report/statement-picture";
import { cellText } from "@/lib/statement-text";
import { StatementBars } from "./charts/statement-bars";
import { Card } from "./ui/card";
import { Notice } from "./ui/notice";
import { type Column, Table } from "./ui/table";

type StatementViewProps = { statement: Statement; locale: string };

const NUMBERS: ReadonlySet<CellKind> = new Set(["money", "rate", "count", "decimal", "percent"]);

/** A statement on the screen, and on paper where the browser prints it: the same cells as in every file of it. */
export function StatementView({ statement, locale }: StatementViewProps) {
  const { caution, summary, sections, making } = statement;
  return (
    <div className="grid gap-6 print:gap-4">
      {caution && <Notice>{caution}</Notice>}
      {/* A shared part of a statement may be without it. */}
      <section aria-label="Summary" hidden={summary.length === 0}>
        <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-surface lg:grid-cols-4">
          {summary.map(({ label, cell, kind, note }) => (
            <div
              key={`${label} ${JSON.stringify(cell)}`}
              className="min-w-0 px-5 py-4 max-md:px-4 max-md:py-3"
            >
              <dt className="text-sm text-muted">{label}</dt>
              <dd className="mt-1">
                <span className="figures block text-xl font-semibold tracking-tight">
                  {cellText(cell, kind, locale)}
                </span>
                {note && <span className="mt-0.5 block text-sm text-muted">{note}</span>}
              </dd>
            </div>
          ))}
        </dl>
      </section>
      {sections.map((section) => (
        <SectionCard key={section.id} section={section} locale={locale} />
      ))}
      <Card title="How the figures are made">
        <ul className="grid max-w-prose gap-2 text-sm">
          {making.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

type Line = { row: StatementRow; isTotal: boolean; key: string };

function SectionCard({ section, locale }: { section: StatementSection; locale: string }) {
  const { title, note, columns, rows, totals, empty } = section;
  if (rows.length === 0)
    return (
      <Card title={title}>
        <p className="text-sm text-muted">{empty}</p>
      </Card>
    );
  const lines: Line[] = [
    ...rows.map((row, index) => ({ row, isTotal: false, key: `row ${index}` })),
    ...totals.map((row, index) => ({ row, isTotal: true, key: `total ${index}` })),
  ];
  // A column that is blank throughout takes room from the others.
  const shown = columns.filter(({ key }) => lines.some(({ row }) => (row[key] ?? null) !== null));
  const picture = pictureOf(section);
  const labelKind = columns.find(({ key }) => key === section.picture?.label)?.kind ?? "text";
  return (
    <Card title={title} note={note} flush className="print:break-inside-avoid">
      {picture && (
        <StatementBars
          name={title}
          picture={picture}
          labelOf={({ label }) => cellText(label, labelKind, locale)}
        />
      )}
      <Table
        caption={title}
        rows={lines}
        rowKey={({ key }) => key}
        rowClassName={({ isTotal }) => (isTotal ? "*:font-semibold" : undefined)}
        wide
        columns={shown.map(
          ({ key, header, kind }, index): Column<Line> => ({
            key,
            header,
            lead: index === 0,
            numeric: NUMBERS.has(kind),
            cell: ({ row }) => {
              const cell = row[key];
              return cell === undefined ? "" : cellText(cell, kind, locale);
            },
          }),
        )}
      />
    </Card>
  );
}
