import type { ReactNode } from "react";
import { ChartFrame, Legend } from "@/components/charts/chart-frame";
import { LINE_LOOKS, LinesPicture } from "@/components/charts/plot-picture";
import type { LinesData } from "@/lib/compare";

/** The picture is the whole chart: it needs no script, and its numbers stand in the table under it. */
export function LinesChart({ title, data, actions }: { title: string; data: LinesData; actions: ReactNode }) {
  return (
    <ChartFrame
      title={title}
      summary={data.summary}
      unit={data.unit}
      actions={actions}
      table={data.table}
      legend={
        <Legend
          items={data.lines.map(({ name }, index) => {
            const { dash, stroke } = LINE_LOOKS[index % LINE_LOOKS.length]!;
            return {
              key: String(index),
              label: name,
              swatch: `<path d="M0 6H20" fill="none" stroke-width="2.5" stroke-dasharray="${dash}" class="${stroke}"/>`,
            };
          })}
        />
      }
    >
      <LinesPicture {...data} />
    </ChartFrame>
  );
}
