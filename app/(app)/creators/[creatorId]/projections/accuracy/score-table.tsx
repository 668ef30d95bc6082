import { Card } from "@/components/ui/card";
import { type Column, Table } from "@/components/ui/table";
import type { JudgedSubject } from "@/lib/accuracy";
import type { Score } from "@/lib/model/score";
import type { Band } from "@/lib/model/student-t";
import { comparedTo, offBy, offByInWords, ofMonths } from "./words";

export type Origin = "kept" | "reconstructed";

export const ORIGIN_TITLE: Readonly<Record<Origin, string>> = {
  kept: "Frozen before the month",
  reconstructed: "Reconstructed from history",
};

type Row = { id: string; label: string; score: Score };

type ScoreTableProps = { origin: Origin; subjects: readonly JudgedSubject[]; locale: string };

/** The scores of the total and of each stream, of one origin. */
export function ScoreTable({ origin, subjects, locale }: ScoreTableProps) {
  const rows = subjects.flatMap(({ id, label, ...pairs }): Row[] => {
    const score = pairs[origin].restated;
    return score ? [{ id, label, score }] : [];
  });
  if (rows.length === 0) return null;
  const inBand = (band: Band): Column<Row> => ({
    key: `band${band}`,
    header: `In ${band}%`,
    numeric: true,
    cell: ({ score }) => ofMonths(score.hitsShown[band], score.months, locale),
  });
  const against = (
    key: string,
    header: string,
    pick: (score: Score) => number | null | undefined,
  ): Column<Row> => ({ key, header, numeric: true, cell: ({ score }) => comparedTo(pick(score), locale) });
  return (
    <Card title={ORIGIN_TITLE[origin]} note={sentence(rows, origin, locale)} flush>
      <Table
        caption={`${ORIGIN_TITLE[origin]}: scores`}
        rows={rows}
        rowKey={({ id }) => id}
        wide="desk"
        columns={[
          { key: "label", header: "Stream", lead: true, cell: ({ label }) => label },
          inBand(50),
          inBand(80),
          inBand(95),
          {
            key: "shown",
            header: "Off, shown",
            numeric: true,
            cell: ({ score }) => offBy(score.errorShown, locale),
          },
          {
            key: "real",
            header: "Off, at traffic",
            numeric: true,
            cell: ({ score }) => offBy(score.error, locale),
          },
          against("last", "Vs last month", (score) => score.skillAgainstLast),
          against("trailing", "Vs last three", (score) => score.skillAgainstTrailing),
          against("flat", "Vs published", (score) => score.flat?.skill),
        ]}
      />
    </Card>
  );
}

/** The first row in words, the bad news like the good. */
function sentence([first]: readonly Row[], origin: Origin, locale: string): string {
  if (!first) return "";
  const { label, score } = first;
  const { months, hitsShown, errorShown, skillAgainstLast: skill } = score;
  const against =
    skill === null
      ? "There is no earlier month to compare with."
      : `At the traffic that really came it is ${inWords(skill, locale)} repeating last month.`;
  const told = origin === "kept" ? "" : "What the model would have said, had it been asked then. ";
  return (
    `${told}${label}: ${ofMonths(hitsShown[80], months, locale)} ${months === 1 ? "month" : "months"} inside the 80% band, ` +
    `typically off by ${offByInWords(errorShown, locale)}. ${against}`
  );
}

function inWords(skill: number, locale: string): string {
  const words = comparedTo(skill, locale);
  return words === "the same" ? "as good as" : `${words} than`;
}
