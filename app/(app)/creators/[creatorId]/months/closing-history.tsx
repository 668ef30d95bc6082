import { Money } from "@/components/money";
import type { Closing, MonthHistory } from "@/db/months";
import { instant } from "@/lib/format";
import type { Currency } from "@/lib/model/money";
import { paths } from "@/lib/paths";
import type { StatementChange } from "@/lib/report/statement-changes";
import { shortChecksum } from "./checksum";

type ClosingHistoryProps = {
  creatorId: string;
  closings: readonly Closing[];
  reopenings: MonthHistory["reopenings"];
  /** what each closing changed in money since the one before it, by its id; absent: it cannot be read */
  changes: ReadonlyMap<string, readonly StatementChange[]>;
  nameOf: (userId: string) => string;
  locale: string;
  zone: string;
};

/** Every closing and reopening, newest first. */
export function ClosingHistory({
  creatorId,
  closings,
  reopenings,
  changes,
  nameOf,
  locale,
  zone,
}: ClosingHistoryProps) {
  const items = [
    ...closings.map((closing) => ({ at: closing.closedAt, closing, reopening: null })),
    ...reopenings.map((reopening) => ({ at: reopening.recordedAt, closing: null, reopening })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime());
  return (
    <ol className="grid gap-4">
      {items.map(({ at, closing, reopening }) => (
        <li key={closing?.id ?? reopening?.id} className="border-l-2 border-line pl-4 text-sm">
          <p>
            <span className="font-medium">
              {closing ? `Closed, revision ${closing.revision}` : "Opened again"}
            </span>{" "}
            <span className="text-muted">
              by {nameOf(closing?.closedBy ?? reopening?.recordedBy ?? "")},{" "}
              <time dateTime={at.toISOString()}>{instant(at, locale, zone)}</time>
            </span>
          </p>
          {reopening && <p className="mt-1 max-w-prose wrap-anywhere">“{reopening.reason}”</p>}
          {closing && (
            <p className="mt-1">
              <a href={paths.closingFile(creatorId, closing.id)} download className="link">
                JSON of revision {closing.revision}
              </a>{" "}
              <span className="figures text-muted">{shortChecksum(closing.sha256)}</span>
            </p>
          )}
          {closing && <Changes of={changes.get(closing.id)} revision={closing.revision} locale={locale} />}
        </li>
      ))}
    </ol>
  );
}

type ChangesProps = { of: readonly StatementChange[] | undefined; revision: number; locale: string };

function Changes({ of, revision, locale }: ChangesProps) {
  if (!of || revision === 1) return null;
  if (of.length === 0)
    return <p className="mt-1 text-muted">The same amounts as in revision {revision - 1}.</p>;
  return (
    <ul aria-label={`What revision ${revision} changed`} className="mt-1 grid gap-0.5">
      {of.map(({ label, currency, before, after }) => (
        <li key={`${label} ${currency}`}>
          {label}:{" "}
          <del className="text-muted">
            <Money minor={before} currency={currency as Currency} locale={locale} />
          </del>{" "}
          <span aria-hidden="true">→</span>{" "}
          <ins className="no-underline">
            <Money minor={after} currency={currency as Currency} locale={locale} />
          </ins>
        </li>
      ))}
    </ul>
  );
}
