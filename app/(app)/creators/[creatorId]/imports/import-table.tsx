import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import type { Import, ImportCounts } from "@/db/imports";
import { count, instant } from "@/lib/format";
import { FILE_FORMATS } from "@/lib/import/detect";
import { UndoImport } from "./undo-import";

type ImportTableProps = {
  creatorId: string;
  rows: readonly Import[];
  nameOf: (userId: string) => string;
  locale: string;
  timeZone: string;
  mayWrite: boolean;
  empty: ReactNode;
};

export function ImportTable({
  creatorId,
  rows,
  nameOf,
  locale,
  timeZone,
  mayWrite,
  empty,
}: ImportTableProps) {
  return (
    <Table
      caption="Imports, newest first"
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: "file",
          header: "File",
          lead: true,
          cell: ({ fileName, format }) => (
            <span className="block">
              <span className="block wrap-anywhere">{fileName}</span>
              <span className="block text-xs font-normal text-muted">{labelOf(format)}</span>
            </span>
          ),
        },
        { key: "channel", header: "Channel", cell: ({ channelName }) => channelName ?? "No channel" },
        { key: "what", header: "Brought", cell: ({ counts }) => broughtText(counts, locale) },
        {
          key: "when",
          header: "When and who",
          cell: ({ recordedAt, recordedBy }) => (
            <span className="block">
              {instant(recordedAt, locale, timeZone)}
              <span className="block text-xs text-muted">{nameOf(recordedBy)}</span>
            </span>
          ),
        },
        {
          key: "undo",
          header: "Undo",
          hideHeader: true,
          phone: "bare",
          cell: ({ id, fileName, undoneAt, undoneBy }) =>
            undoneAt ? (
              <span className="text-sm text-muted">
                <Badge>Undone</Badge> {instant(undoneAt, locale, timeZone)}
                {undoneBy ? `, ${nameOf(undoneBy)}` : ""}
              </span>
            ) : mayWrite ? (
              <UndoImport creatorId={creatorId} importId={id} fileName={fileName} />
            ) : null,
        },
      ]}
    />
  );
}

function labelOf(format: string): string {
  return FILE_FORMATS.find(({ id }) => id === format)?.label ?? format;
}

function broughtText(counts: Partial<ImportCounts>, locale: string): string {
  const parts = BROUGHT.flatMap(([what, one, many]) => {
    const number = counts[what] ?? 0;
    return number > 0 ? [`${count(number, locale)} ${number === 1 ? one : many}`] : [];
  });
  return parts.join(", ") || "Nothing new";
}

const BROUGHT = [
  ["payouts", "payout", "payouts"],
  ["traffic", "entry of views", "entries of views"],
  ["readings", "reading", "readings"],
  ["audiences", "month of audience", "months of audience"],
  ["videos", "video", "videos"],
] as const;
