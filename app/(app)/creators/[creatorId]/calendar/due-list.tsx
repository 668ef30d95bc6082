import type { Route } from "next";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { count, money } from "@/lib/format";
import type { Due, DueState } from "@/lib/model/schedule";
import { balanceText, dueHref, dueName, STATE_LABEL, spanText } from "./due-words";

const TONE: Readonly<Partial<Record<DueState, "good" | "warn" | "bad" | "accent">>> = {
  late: "bad",
  expected: "accent",
  final: "good",
};

type DueListProps = { label: string; dues: readonly Due[]; creatorId: string; locale: string };

const SHOWN = 8;

/** Payments one under the other: when, what, how much, and how far on their way. The end of a long list is folded. */
export function DueList({ label, dues, ...look }: DueListProps) {
  const rest = dues.slice(SHOWN);
  // One more is shown sooner than said.
  if (rest.length <= 1) return <Dues label={label} dues={dues} {...look} />;
  return (
    <>
      <Dues label={label} dues={dues.slice(0, SHOWN)} {...look} />
      <details className="border-t border-line">
        <summary className="link w-fit pt-3 text-sm">{count(rest.length, look.locale)} more</summary>
        <Dues label={`${label}, the rest`} dues={rest} {...look} />
      </details>
    </>
  );
}

function Dues({ label, dues, creatorId, locale }: DueListProps) {
  return (
    <ul aria-label={label} className="divide-y divide-line">
      {dues.map((due) => (
        <li key={due.id} className="grid gap-x-4 gap-y-0.5 py-3 text-sm sm:grid-cols-[11rem_1fr_auto]">
          <span className="figures text-muted">
            {due.expectedOn ? spanText(due.expectedOn, locale) : "–"}
          </span>
          <span className="min-w-0">
            <Link
              href={dueHref(due, creatorId) as Route}
              prefetch={false}
              className="link font-medium wrap-anywhere"
            >
              {dueName(due)}
            </Link>{" "}
            <span className="text-muted">{detailOf(due, locale)}</span>
          </span>
          <span className="flex items-center gap-2 sm:justify-end">
            <Badge tone={TONE[due.state] ?? "neutral"}>{STATE_LABEL[due.state]}</Badge>
            <span className="figures font-medium">{money(due.openMinor, due.currency, locale)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function detailOf(due: Due, locale: string): string {
  const { earned, state, daysLate, openMinor, dueMinor, currency, name, id } = due;
  const parts = [
    state === "late" && `${count(daysLate, locale)} ${daysLate === 1 ? "day" : "days"} late`,
    !id.startsWith("deal:") && `earned ${spanText(earned, locale)}`,
    !id.startsWith("deal:") && name,
    openMinor < dueMinor && `${money(dueMinor - openMinor, currency, locale)} have come`,
    (state === "below_minimum" || state === "on_request" || isUnsure(due)) && balanceText(due, locale),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** Enough for one minimum that a source tells, and not for another's. */
function isUnsure({ balance }: Due): boolean {
  const highest = balance?.minimums.at(-1)?.minor;
  return balance !== null && highest !== undefined && balance.minor < highest;
}
