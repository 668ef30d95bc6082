"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { CheckboxField } from "@/components/ui/checkbox";
import { Stat, StatRow } from "@/components/ui/stat";
import { Table } from "@/components/ui/table";
import { count } from "@/lib/format";
import type { OverlapChoice, Status } from "@/lib/import/plan";
import type { FoundTable } from "@/lib/import/read";
import type { Preview, PreviewOverlap, Remark } from "@/lib/import-preview";
import type { UploadChoices } from "@/lib/upload";

type Read = Extract<Preview, { kind: "read" }>;

type PreviewOfFileProps = {
  preview: Read;
  chosen: UploadChoices;
  /** each table of the file or zip, and what it is */
  tables: readonly FoundTable[];
  locale: string;
  /** A newer one is on its way. */
  isStale: boolean;
  onChoose: (more: Partial<UploadChoices>) => void;
};

/** What the import would do, before it is done: counts, sums to check, what overlaps, what is refused. */
export function PreviewOfFile({ preview, tables, locale, chosen, isStale, onChoose }: PreviewOfFileProps) {
  const { channel, counts, totals, overlaps, problems, refused, notices } = preview;
  return (
    <section aria-label="Preview" aria-busy={isStale} className="grid gap-6">
      {/* Without a channel there is nothing to compare with: no counts, not zeros. */}
      {channel && (
        <StatRow>
          <Stat label="New" value={count(counts.new, locale)} />
          <Stat label="Changed" value={count(counts.changed, locale)} note="old gives way to new" />
          <Stat
            label="Already here"
            value={count(counts.unchanged + counts.older, locale)}
            note="nothing to do"
          />
          <Stat label="Overlapping" value={count(counts.overlap, locale)} note="you decide" />
          <Stat
            label="Rows refused"
            value={count(refused, locale)}
            note={refused > 0 ? "listed below" : "none"}
          />
        </StatRow>
      )}
      {tables.length > 1 && <TablesOfFile tables={tables} locale={locale} />}
      {totals.length > 0 && (
        <Card title="Sums to check against the file" flush>
          <Table
            caption="Sums of the file"
            rows={totals}
            rowKey={({ label, unit }) => `${label} ${unit}`}
            columns={[
              {
                key: "label",
                header: "What",
                lead: true,
                cell: ({ label, unit }) => (unit ? `${label} (${unit})` : label),
              },
              {
                key: "entries",
                header: "Entries",
                numeric: true,
                cell: ({ entries }) => count(entries, locale),
              },
              { key: "file", header: "In the file", numeric: true, cell: ({ inFile }) => inFile },
              { key: "write", header: "To be imported", numeric: true, cell: ({ toWrite }) => toWrite },
            ]}
          />
        </Card>
      )}
      {overlaps.map((overlap) => (
        <OverlapQuestion
          key={overlap.key}
          overlap={overlap}
          onChoose={(choice) => onChoose({ overlaps: { ...chosen.overlaps, [overlap.key]: choice } })}
        />
      ))}
      <KeptOut preview={preview} onChoose={onChoose} />
      {problems.length > 0 && <Remarks title="Rows that are left out" remarks={problems} />}
      {notices.length > 0 && <Remarks title="Worth knowing" remarks={notices} />}
    </section>
  );
}

/** What stays out of the ledger unless the person says otherwise. */
function KeptOut({ preview, onChoose }: Pick<PreviewOfFileProps, "preview" | "onChoose">) {
  const { removed, repeats } = preview;
  const isAsked = removed.entries > 0 || repeats.mayKeep;
  if (!isAsked) return null;
  return (
    <Card title="Left out unless you say otherwise">
      <div className="grid gap-2">
        {removed.entries > 0 && (
          <CheckboxField
            name="bring-back"
            label={
              removed.entries === 1
                ? "Bring back 1 entry that was taken out by hand"
                : `Bring back ${removed.entries} entries that were taken out by hand`
            }
            checked={removed.bringBack}
            onChange={({ target }) => onChoose({ bringBack: target.checked })}
          />
        )}
        {repeats.mayKeep && (
          <CheckboxField
            name="keep-repeats"
            label={
              repeats.rows === 1
                ? "1 row repeats another to the letter: both are real"
                : `${repeats.rows} rows repeat another to the letter: each is real`
            }
            checked={repeats.isKept}
            onChange={({ target }) => onChoose({ keepRepeats: target.checked })}
          />
        )}
      </div>
    </Card>
  );
}

/** What is in a zip, or in a file of several tables. */
function TablesOfFile({ tables, locale }: Pick<PreviewOfFileProps, "tables" | "locale">) {
  return (
    <Card title={`${tables.length} tables were read`} flush>
      <Table
        caption="Tables of the file"
        rows={tables.map((table, index) => ({ ...table, key: String(index) }))}
        rowKey={({ key }) => key}
        columns={[
          {
            key: "file",
            header: "Table",
            lead: true,
            cell: ({ file, title }) => (
              <span className="wrap-anywhere">{title === null ? file : `${title} (${file})`}</span>
            ),
          },
          { key: "label", header: "What it is", cell: ({ label }) => label },
          { key: "rows", header: "Rows", numeric: true, cell: ({ rows }) => count(rows, locale) },
        ]}
      />
    </Card>
  );
}

const SHOWN_AT_FIRST = 20;

const STATUS: Record<Status, { label: string; tone: "accent" | "neutral" | "warn" }> = {
  new: { label: "New", tone: "accent" },
  changed: { label: "Changed", tone: "warn" },
  overlap: { label: "Overlaps", tone: "warn" },
  removed: { label: "Taken out by hand", tone: "warn" },
  refused: { label: "Refused", tone: "warn" },
  older: { label: "Older than what is here", tone: "neutral" },
  unchanged: { label: "Already here", tone: "neutral" },
};

/** Every entry of the file, what needs a look first. */
export function RowsOfFile({ preview, locale }: Pick<PreviewOfFileProps, "preview" | "locale">) {
  const { rows, moreRows } = preview;
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? rows : rows.slice(0, SHOWN_AT_FIRST);
  if (rows.length === 0) return null;
  const shownNext = rows.length - shown.length;
  const hidden = shownNext + moreRows;
  return (
    <Card title="Row by row" flush>
      <Table
        caption="What happens to each entry"
        rows={shown}
        rowKey={({ key }) => key}
        columns={[
          {
            key: "what",
            header: "Entry",
            lead: true,
            cell: ({ what }) => <span className="block max-w-96 truncate">{what}</span>,
          },
          { key: "when", header: "Period", cell: ({ when }) => when },
          { key: "figure", header: "Figure", numeric: true, cell: ({ figure }) => figure },
          {
            key: "status",
            header: "What happens",
            cell: ({ status, changes }) => (
              <>
                <Badge tone={STATUS[status].tone}>{STATUS[status].label}</Badge>
                {changes.map((change) => (
                  <span key={change} className="mt-0.5 block text-muted">
                    {change}
                  </span>
                ))}
              </>
            ),
          },
        ]}
      />
      {hidden > 0 && (
        <div className="flex flex-wrap items-center gap-3 border-t border-line px-4 py-3 text-sm text-muted">
          {isOpen ? (
            <span>and {count(moreRows, locale)} more, all counted above</span>
          ) : (
            <Button size="sm" onClick={() => setOpen(true)}>
              Show {count(shownNext, locale)} more
            </Button>
          )}
        </div>
      )}
    </Card>
  );
}

const CHOICE: Record<OverlapChoice, { label: string; hint: string }> = {
  keep: { label: "Keep what is here", hint: "The file's entries for these days are left out." },
  replace: { label: "Replace it by the file", hint: "What is here gives way; undo brings it back." },
  lines: {
    label: "Keep it, and add the amounts by video",
    hint: "The payout stays; the file tells what each video earned of it.",
  },
  add: { label: "Both are true", hint: "It is different money, so both count." },
};

function OverlapQuestion({
  overlap,
  onChoose,
}: {
  overlap: PreviewOverlap;
  onChoose: (choice: OverlapChoice) => void;
}) {
  return (
    <Card title="Some of this is here under another name">
      <fieldset>
        <legend className="mb-3 text-sm">{overlap.message}</legend>
        <div className="grid gap-2">
          {overlap.choices.map((choice) => (
            <label
              key={choice}
              className="flex items-start gap-2.5 rounded-md border border-line p-3 text-sm has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent"
            >
              <input
                type="radio"
                name={`overlap-${overlap.key}`}
                value={choice}
                checked={overlap.chosen === choice}
                onChange={() => onChoose(choice)}
                className="mt-0.5 size-4 shrink-0"
              />
              <span>
                <span className="font-medium">{CHOICE[choice].label}</span>
                <span className="block text-muted">{CHOICE[choice].hint}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
    </Card>
  );
}

/** Problems and notices, each with its place in the file. */
export function Remarks({ title, remarks }: { title: string; remarks: readonly Remark[] }) {
  return (
    <Card title={title} flush>
      <Table
        caption={title}
        rows={remarks.map((remark, index) => ({ ...remark, key: String(index) }))}
        rowKey={({ key }) => key}
        columns={[
          {
            key: "place",
            header: "Where",
            lead: true,
            cell: ({ place }) => <span className="wrap-anywhere">{place || "The whole file"}</span>,
          },
          {
            key: "message",
            header: "What",
            phone: "bare",
            cell: ({ message }) => <span className="block w-full text-start">{message}</span>,
          },
        ]}
      />
    </Card>
  );
}
