import type { Route } from "next";
import Link from "next/link";
import { Card } from "@/components/ui/card";
import { count } from "@/lib/format";
import { BARRED_REASON, type Eligibility } from "@/lib/model/eligibility";
import { MEASURE_LABEL } from "@/lib/model/eligibility-programmes";
import { paths } from "@/lib/paths";

type OverviewGatesProps = {
  closed: readonly Extract<Eligibility, { status: "not_yet" }>[];
  creatorId: string;
  locale: string;
};

/** Programmes that are known not to pay yet, and how far away they are. */
export function OverviewGates({ closed, creatorId, locale }: OverviewGatesProps) {
  if (closed.length === 0) return null;
  return (
    <Card
      title="Not eligible yet"
      actions={
        <Link href={paths.eligibility(creatorId) as Route} prefetch={false} className="link text-sm">
          All programmes
        </Link>
      }
      note="By the followers and views you logged; the views of the last full months stand for the programme's days."
    >
      <ul className="grid gap-3 text-sm">
        {closed.map(({ programme, missing, barred }) => (
          <li key={programme}>
            <p className="font-medium">{programme}</p>
            {barred && (
              <p>It does not take you: {barred.map((what) => BARRED_REASON[what]).join(", and ")}.</p>
            )}
            <ul className="text-muted">
              {missing.map(({ measure, has, needed, distance }) => (
                <li key={measure}>
                  <span className="figures text-ink">{count(Math.floor(has), locale)}</span> of{" "}
                  <span className="figures">{count(needed, locale)}</span> {MEASURE_LABEL[measure]},{" "}
                  <span className="figures text-ink">{count(Math.ceil(distance), locale)}</span> to go
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Card>
  );
}
