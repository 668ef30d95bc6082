import { Card } from "@/components/ui/card";
import { count } from "@/lib/format";
import type { Eligibility } from "@/lib/model/eligibility";
import { MEASURE_LABEL } from "@/lib/model/eligibility-programmes";

type OverviewGatesProps = {
  closed: readonly Extract<Eligibility, { status: "not_yet" }>[];
  locale: string;
};

/** Programmes that are known not to pay yet, and how far away they are. */
export function OverviewGates({ closed, locale }: OverviewGatesProps) {
  if (closed.length === 0) return null;
  return (
    <Card
      title="Not eligible yet"
      note="By the followers and views you logged; the views of the last full months stand for the programme's days."
    >
      <ul className="grid gap-3 text-sm">
        {closed.map(({ programme, missing }) => (
          <li key={programme}>
            <p className="font-medium">{programme}</p>
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
