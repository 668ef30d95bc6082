import type { ReactNode } from "react";
import { instant } from "@/lib/format";

export type HistoryItem = {
  id: string;
  at: Date;
  who: string;
  /** "Recorded", "Corrected", "Taken back" */
  what: string;
  changes: readonly { name: string; before: ReactNode; after: ReactNode }[];
};

type HistoryListProps = { items: readonly HistoryItem[]; locale: string; zone: string };

/** Everything that was ever said about one thing, newest first: who, when, and what became of what. */
export function HistoryList({ items, locale, zone }: HistoryListProps) {
  return (
    <ol className="grid gap-4">
      {items.map((item) => (
        <li key={item.id} className="border-l-2 border-line pl-4 text-sm">
          <p>
            <span className="font-medium">{item.what}</span>{" "}
            <span className="text-muted">
              by {item.who}, <time dateTime={item.at.toISOString()}>{instant(item.at, locale, zone)}</time>
            </span>
          </p>
          {item.changes.length > 0 && (
            <ul className="mt-1 grid gap-0.5">
              {item.changes.map(({ name, before, after }) => (
                <li key={name}>
                  {name}: <del className="text-muted">{before}</del> <span aria-hidden="true">→</span>{" "}
                  <ins className="no-underline">{after}</ins>
                </li>
              ))}
            </ul>
          )}
        </li>
      ))}
    </ol>
  );
}
