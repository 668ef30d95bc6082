import type { Route } from "next";
import Link from "next/link";
import type { Shared } from "@/lib/model/access";
import { paths } from "@/lib/paths";
import { sharedTerms, sharedWith } from "@/lib/shared-words";

type SharedStripProps = { name: string; shared: Shared; mayWrite: boolean; locale: string };

/** Above every page of a creator that an agency looks at: whose figures these are, how far they go, and the way back. */
export function SharedStrip({ name, shared, mayWrite, locale }: SharedStripProps) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-line pb-3 text-sm">
      <p>
        <span className="font-medium">{name}’s figures</span>
        <span className="text-muted">
          , shared with {sharedWith(shared)}: {sharedTerms(shared, mayWrite, locale)}
        </span>
      </p>
      {shared.agencies.map(({ id, name: agency }) => (
        <Link key={id} href={paths.agency(id) as Route} className="link">
          {shared.agencies.length === 1 ? "Back to the roster" : `Roster of ${agency}`}
        </Link>
      ))}
    </div>
  );
}
