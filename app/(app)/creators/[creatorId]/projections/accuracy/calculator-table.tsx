import { Card } from "@/components/ui/card";
import { Table } from "@/components/ui/table";
import type { JudgedSubject } from "@/lib/accuracy";
import { count, money, rpm } from "@/lib/format";
import { CALCULATOR_RATES } from "@/lib/model/calculator";
import { currencyOf } from "@/lib/model/money";
import { minorOf } from "@/lib/model/rate-money";
import type { Comparison } from "@/lib/model/score";
import { FORMAT_LABEL, PLATFORM_LABEL } from "@/lib/model/words";
import type { Origin } from "./score-table";
import { offBy, offByInWords } from "./words";

type Row = Pick<JudgedSubject, "id" | "label" | "currency"> & { origin: Origin; beside: Comparison };

type CalculatorTableProps = { subjects: readonly JudgedSubject[]; locale: string };

/** What a public calculator would have said for the same months: plain views times one flat rate. */
export function CalculatorTable({ subjects, locale }: CalculatorTableProps) {
  const rows = (["kept", "reconstructed"] as const).flatMap((origin) =>
    subjects.flatMap(({ id, label, currency, ...pairs }): Row[] => {
      const beside = pairs[origin].restated?.calculator;
      const name = id === "total" ? "These streams together" : label;
      return beside ? [{ id, label: name, currency, origin, beside }] : [];
    }),
  );
  const [first] = rows;
  if (!first) return null;
  const amount = (major: number, { currency }: Row) => money(minorOf(major, currency), currency, locale);
  return (
    <Card
      title="What a public calculator would have said"
      note={`For the same months it would typically have been off by ${offByInWords(first.beside.error, locale)}, this model by ${offByInWords(first.beside.modelError, locale)}; both know the views that came.`}
      flush
    >
      <Table
        caption="Public calculators beside this model"
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
          {
            key: "months",
            header: "Months",
            numeric: true,
            cell: ({ beside }) => count(beside.months, locale),
          },
          { key: "actual", header: "Earned", numeric: true, cell: (row) => amount(row.beside.actual, row) },
          {
            key: "said",
            header: "Calculator said",
            numeric: true,
            cell: (row) => amount(row.beside.said, row),
          },
          {
            key: "error",
            header: "Calculator off by",
            numeric: true,
            cell: ({ beside }) => offBy(beside.error, locale),
          },
          {
            key: "model",
            header: "Model off by",
            numeric: true,
            cell: ({ beside }) => offBy(beside.modelError, locale),
          },
        ]}
      />
      <p className="border-t border-line px-5 py-3 text-sm text-muted max-md:px-4">
        Calculators take one rate for everybody, per 1,000 plain views: {ratesInWords(locale)}.
      </p>
    </Card>
  );
}

function ratesInWords(locale: string): string {
  const usd = currencyOf("USD");
  return CALCULATOR_RATES.map(({ platform, format, usd: rate, source, date }) => {
    const name =
      format === "any" ? PLATFORM_LABEL[platform] : `${PLATFORM_LABEL[platform]} ${FORMAT_LABEL[format]}`;
    return `${name} ${rpm(rate, usd, locale)} (${source}${date ? `, ${date}` : ""})`;
  }).join("; ");
}
