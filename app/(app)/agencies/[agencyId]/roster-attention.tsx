import type { Route } from "next";
import Link from "next/link";
import { Card } from "@/components/ui/card";
import { count } from "@/lib/format";
import { paths } from "@/lib/paths";
import type { Attention } from "@/lib/server/roster";

type RosterAttentionProps = {
  attention: readonly Attention[];
  /** How many need it in all. */
  all: number;
  moreHref: string;
  locale: string;
};

/** Who to look at first this morning, and why. */
export function RosterAttention({ attention, all, moreHref, locale }: RosterAttentionProps) {
  if (attention.length === 0) return null;
  return (
    <Card
      title="Needs attention"
      note="The most money first: below the projection's 80% band, overdue, without an exchange rate, or not logged."
      actions={
        all > attention.length && (
          <Link href={moreHref as Route} className="link text-sm" prefetch={false}>
            All {count(all, locale)}
          </Link>
        )
      }
    >
      <ul className="grid gap-2 text-sm">
        {attention.map(({ creatorId, name, sentences }) => (
          <li key={creatorId}>
            <Link href={paths.overview(creatorId) as Route} className="link font-medium" prefetch={false}>
              {name}
            </Link>
            : {sentences.join("; ")}.
          </li>
        ))}
      </ul>
    </Card>
  );
}
