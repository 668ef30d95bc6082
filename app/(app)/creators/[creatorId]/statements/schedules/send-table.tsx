import { Badge } from "@/components/ui/badge";
import { type Column, Table } from "@/components/ui/table";
import type { KeptFile, Mail, Send } from "@/db/statement-sends";
import { instant, monthName } from "@/lib/format";
import { paths } from "@/lib/paths";
import { KIND_LABEL, MAIL_LABEL } from "./schedule-words";

type SendTableProps = {
  creatorId: string;
  timeZone: string;
  locale: string;
  sends: readonly Send[];
  files: readonly KeptFile[];
};

/** Every send with what became of each of its mails, and the files as they went out. */
export function SendTable({ creatorId, timeZone, locale, sends, files }: SendTableProps) {
  const columns: readonly Column<Send>[] = [
    { key: "month", header: "Statement", lead: true, cell: ({ month }) => monthName(month, locale) },
    { key: "kind", header: "Why", cell: ({ kind }) => KIND_LABEL[kind] },
    { key: "at", header: "Begun", cell: ({ recordedAt }) => instant(recordedAt, locale, timeZone) },
    {
      key: "mails",
      header: "To",
      cell: ({ mails }) =>
        mails.length === 0 ? (
          <span className="text-muted">Nobody was on the list</span>
        ) : (
          <ul className="grid gap-1.5">
            {mails.map((mail) => (
              <li key={mail.id}>
                <MailLine mail={mail} locale={locale} timeZone={timeZone} />
              </li>
            ))}
          </ul>
        ),
    },
    {
      key: "files",
      header: "Files",
      cell: ({ id }) => (
        <ul className="grid gap-1.5">
          {files
            .filter(({ sendId }) => sendId === id)
            .map(({ name, sha256 }) => (
              <li key={name}>
                <a className="link" href={paths.sentFile(creatorId, id, name)} download>
                  {name}
                </a>
                <span className="block font-mono text-xs text-muted" title={sha256}>
                  SHA-256 {sha256.slice(0, 12)}…
                </span>
              </li>
            ))}
        </ul>
      ),
    },
  ];
  return <Table caption="What was sent" columns={columns} rows={sends} rowKey={({ id }) => id} wide="desk" />;
}

const TONE = {
  waiting: "neutral",
  handed: "neutral",
  sent: "good",
  failed: "bad",
  skipped: "neutral",
} as const;

function MailLine({ mail, locale, timeZone }: { mail: Mail; locale: string; timeZone: string }) {
  const isInDoubt = mail.doubts > 0 && mail.state !== "sent";
  return (
    <>
      <span className="wrap-anywhere">{mail.email}</span>{" "}
      <Badge tone={isInDoubt ? "warn" : TONE[mail.state]}>
        {isInDoubt ? "In doubt" : MAIL_LABEL[mail.state]}
      </Badge>
      <span className="block text-xs text-muted wrap-anywhere">{detailOf(mail, locale, timeZone)}</span>
    </>
  );
}

function detailOf({ state, doubts, tries, endedAt, tryAt, reply }: Mail, locale: string, timeZone: string) {
  const next = `Next try ${instant(tryAt, locale, timeZone)}`;
  const mayHave = "The mail server may have it: its answer was lost.";
  switch (state) {
    case "sent":
      return doubts === 0
        ? instant(endedAt, locale, timeZone)
        : `${instant(endedAt, locale, timeZone)}. An answer was lost before, so it may have come as ${doubts + 1} copies of the same mail, which most mail programs show as one.`;
    case "handed":
      return "";
    case "waiting":
      if (doubts > 0) return `${mayHave} ${next}: the same mail, so that mail programs know a copy.`;
      return tries === 0 ? "" : `Tried ${tries === 1 ? "once" : `${tries} times`}: ${reply}. ${next}.`;
    default:
      return doubts > 0 ? `${mayHave} Ask whether it came. ${reply}` : reply;
  }
}
