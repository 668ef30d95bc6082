import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { decimal } from "@/lib/format";
import type { Benchmark } from "@/lib/model/benchmarks";
import { DENOMINATOR_LABEL } from "@/lib/model/rpm";
import { FORMAT_LABEL, PLATFORM_LABEL, REGION_LABEL, REGIONS, STREAM_LABEL } from "@/lib/model/words";
import { GRADE_TEXT, gradeName, timesText, usdText } from "./figure-text";

type StartTableProps = { caption: string; rows: readonly Benchmark[]; locale: string };

/** Rows of the table that projections begin from. */
export function StartTable({ caption, rows, locale }: StartTableProps) {
  return (
    <Table
      caption={caption}
      rows={rows}
      rowKey={({ platform, stream, format }) => `${platform} ${stream} ${format}`}
      columns={[
        {
          key: "stream",
          header: "Stream",
          lead: true,
          cell: (row) => (
            <div>
              {placeOf(row)}
              {row.programme !== "none in particular" && <Small>{row.programme}</Small>}
            </div>
          ),
        },
        {
          key: "rate",
          header: "Starting rate",
          cell: (row) => (
            <div>
              <Rates row={row} locale={locale} />
              <Small>{perOf(row, locale)}</Small>
            </div>
          ),
        },
        {
          key: "band",
          header: "Two in three creators",
          cell: ({ tau }) => `within ${timesText(tau, locale)}`,
        },
        {
          key: "source",
          header: "Source",
          cell: ({ source, date, grade }) => (
            <div className="max-w-72">
              {grade === "judgement" ? "Our judgement, nothing published fits" : source}
              {grade !== "judgement" && <Small>{date ?? "no date shown"}</Small>}
            </div>
          ),
        },
        {
          key: "grade",
          header: "Grade",
          cell: ({ grade }) => (
            <span title={GRADE_TEXT[grade]}>
              <Badge tone={grade === "A" || grade === "B" ? "good" : "neutral"}>{gradeName(grade)}</Badge>
            </span>
          ),
        },
      ]}
    />
  );
}

function placeOf({ stream, platform, format }: Benchmark): string {
  const where = platform === "any" ? "any platform" : PLATFORM_LABEL[platform];
  return [STREAM_LABEL[stream], where, ...(format === "any" ? [] : [FORMAT_LABEL[format]])].join(", ");
}

function perOf({ denominator, referenceWatchSeconds }: Benchmark, locale: string): string {
  if (denominator === null) return "a month";
  const per = `per 1,000 ${DENOMINATOR_LABEL[denominator]}`;
  return referenceWatchSeconds === null
    ? per
    : `${per}, at ${decimal(referenceWatchSeconds, locale, 0)} s watched per view`;
}

function Rates({ row: { usd }, locale }: { row: Benchmark; locale: string }) {
  const rates = Object.values(usd);
  const [low, high] = [Math.min(...rates), Math.max(...rates)];
  if (low === high) return <span className="figures">{usdText(low, locale)}</span>;
  return (
    <details>
      <summary className="link figures w-fit">
        {usdText(low, locale)} to {usdText(high, locale)} by region
      </summary>
      <dl className="mt-1 grid gap-1 text-xs">
        {REGIONS.map((region) => (
          <div key={region} className="flex justify-between gap-4">
            <dt className="text-muted">{REGION_LABEL[region]}</dt>
            <dd className="figures">{usdText(usd[region], locale)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Small({ children }: { children: ReactNode }) {
  return <span className="block text-xs font-normal text-muted">{children}</span>;
}
