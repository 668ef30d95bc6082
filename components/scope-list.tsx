import { type Scope, scopeTexts } from "@/lib/model/representation";

/** What an agency sees, as a list; `lastDay` is the day of the scope as the reader writes it. */
export function ScopeList({ scope, lastDay }: { scope: Omit<Scope, "toDay">; lastDay: string | null }) {
  const rows = [...scopeTexts(scope), { label: "Last day", text: lastDay ?? "None: until somebody ends it" }];
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm">
      {rows.map(({ label, text }) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
