import { Badge } from "@/components/ui/badge";
import { type Column, Table } from "@/components/ui/table";
import type { KeptFile, Mail, Send } from "@/db/statement-sends";
import { instant, monthName } from "@/lib/format";
import { paths } from "@/lib/paths";
import { KIND_LABEL, MAIL_LABEL, shownState } from "./schedule-words";

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

const TONE = { waiting: "neutral", handed: "warn", sent: "good", failed: "bad", skipped: "neutral" } as const;

function MailLine({ mail, locale, timeZone }: { mail: Mail; locale: string; timeZone: string }) {
  const state = shownState(mail);
  return (
    <>
      <span className="wrap-anywhere">{mail.email}</span>{" "}
      <Badge tone={TONE[state]}>{MAIL_LABEL[state]}</Badge>
      <span className="block text-xs text-muted wrap-anywhere">
        {detailOf(mail, state, locale, timeZone)}
      </span>
    </>
  );
}

function detailOf(mail: Mail, state: Mail["state"], locale: string, timeZone: string): string {
  switch (state) {
    case "sent":
      return instant(mail.endedAt, locale, timeZone);
    case "handed":
      return "The mail server may have it: its answer was lost. Ask whether it came; if not, send it again.";
    case "waiting":
      return mail.tries === 0
        ? ""
        : `Tried ${mail.tries === 1 ? "once" : `${mail.tries} times`}: ${mail.reply}. Next try ${instant(mail.tryAt, locale, timeZone)}.`;
    default:
      return mail.reply;
  }
}
