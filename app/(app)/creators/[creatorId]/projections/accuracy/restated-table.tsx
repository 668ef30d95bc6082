import { Card } from "@/components/ui/card";
import { type Column, Table } from "@/components/ui/table";
import type { JudgedSubject, ScorePair } from "@/lib/accuracy";
import { MISSING } from "@/lib/format";
import type { Score } from "@/lib/model/score";
import type { Origin } from "./score-table";
import { comparedTo, offBy, ofMonths } from "./words";

type Row = { id: string; label: string; origin: Origin; pair: ScorePair };

type RestatedTableProps = { subjects: readonly JudgedSubject[]; locale: string };

/** What corrections since have done to the scores: those that differ, as first made and as restated. */
export function RestatedTable({ subjects, locale }: RestatedTableProps) {
  const rows = subjects.flatMap(({ id, label, ...pairs }) =>
    (["kept", "reconstructed"] as const).flatMap((origin): Row[] =>
      isChanged(pairs[origin]) ? [{ id, label, origin, pair: pairs[origin] }] : [],
    ),
  );
  const both = (key: string, header: string, write: (score: Score) => string): Column<Row>[] =>
    (["first", "restated"] as const).map((which) => ({
      key: `${key} ${which}`,
      header: `${header}, ${which === "first" ? "first made" : "restated"}`,
      numeric: true,
      cell: ({ pair }) => {
        const score = pair[which];
        return score ? write(score) : MISSING;
      },
    }));
  return (
    <Card
      title="As first made and as restated"
      note="The first score stands as it was when the month was first judged; the restated one takes today's amounts."
      flush={rows.length > 0}
    >
      {rows.length === 0 ? (
        <p className="text-sm">
          No amount that matters here has been corrected since: both are the same for every stream and the
          total.
        </p>
      ) : (
        <Table
          caption="Scores as first made and as restated"
          wide="desk"
          rows={rows}
          rowKey={({ id, origin }) => `${origin} ${id}`}
          columns={[
            {
              key: "label",
              header: "Stream",
              lead: true,
              cell: ({ label, origin }) => (origin === "kept" ? label : `${label} (reconstructed)`),
            },
            ...both("band", "In 80%", ({ hitsShown, months }) => ofMonths(hitsShown[80], months, locale)),
            ...both("shown", "Off", ({ errorShown }) => offBy(errorShown, locale)),
            ...both("last", "Vs last month", ({ skillAgainstLast }) => comparedTo(skillAgainstLast, locale)),
          ]}
        />
      )}
    </Card>
  );
}

function isChanged({ first, restated }: ScorePair): boolean {
  return JSON.stringify(first) !== JSON.stringify(restated);
}
