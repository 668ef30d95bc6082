"use client";

import type { ChartData, Plugin } from "chart.js";
import { useEffect, useMemo } from "react";
import { Line } from "react-chartjs-2";
import type { ProjectionChartData } from "@/lib/chart-data";
import { canvasOptions } from "./canvas-options";
import { type Colours, useColours } from "./colours";
import "./register";

/** Actual solid, projection dashed with its band, real traffic as a short tick. Draws; decides nothing. */
export function ProjectionCanvas({ data, onDrawn }: { data: ProjectionChartData; onDrawn: () => void }) {
  const colour = useColours();
  const ink = colour("--ink");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ink` stands for all colours of the theme
  const parts = useMemo(
    () => ({
      data: datasets(data, colour),
      options: canvasOptions(data, colour, false),
      plugins: [eventLines(data, colour)],
    }),
    [data, ink],
  );
  useEffect(onDrawn, [onDrawn]);
  return <Line key={ink} aria-hidden="true" role="presentation" {...parts} />;
}

function datasets(data: ProjectionChartData, colour: Colours): ChartData<"line", (number | null)[]> {
  const actual = colour("--chart-actual");
  const projection = colour("--chart-projection");
  const radius = data.labels.length > 36 ? 2 : 3.5;
  const plain = { pointRadius: 0, pointHoverRadius: 0, pointHitRadius: 0, borderWidth: 0, spanGaps: false };
  return {
    labels: [...data.labels],
    datasets: [
      {
        data: [...data.actual],
        // A point at zero is whole, not cut in half by the axis.
        clip: false,
        borderColor: actual,
        borderWidth: 2,
        spanGaps: false,
        pointRadius: radius,
        pointHoverRadius: radius + 1,
        pointBorderColor: actual,
        pointBorderWidth: 2,
        pointBackgroundColor: data.points.map((point) => (point === "hollow" ? colour("--surface") : actual)),
        segment: {
          borderColor: ({ p1DataIndex }) => (data.running[p1DataIndex] ? "transparent" : undefined),
        },
      },
      {
        data: [...data.realTraffic],
        showLine: false,
        pointStyle: "line",
        pointRadius: 9,
        pointHoverRadius: 9,
        pointBorderWidth: 2,
        pointBorderColor: colour("--warn"),
      },
      {
        ...plain,
        data: [...data.projected],
        borderColor: projection,
        borderWidth: 2,
        borderDash: [5, 4],
        // A projection with none beside it would leave no trace as a line.
        pointRadius: data.projected.map((mark, index) =>
          mark !== null && isAlone(data.projected, index) ? 2 : 0,
        ),
        pointBackgroundColor: projection,
        pointBorderColor: projection,
      },
      { ...plain, data: [...data.high80], fill: "+1", backgroundColor: colour("--chart-band") },
      { ...plain, data: [...data.low80] },
    ],
  };
}

function isAlone(marks: readonly (number | null)[], index: number): boolean {
  return (marks[index - 1] ?? null) === null && (marks[index + 1] ?? null) === null;
}

/** A thin upright line for each month in which something happened; the text is in the tooltip. */
function eventLines(data: ProjectionChartData, colour: Colours): Plugin<"line"> {
  return {
    id: "eventLines",
    beforeDatasetsDraw({ ctx, chartArea, scales }) {
      ctx.save();
      ctx.strokeStyle = colour("--control");
      ctx.setLineDash([2, 3]);
      for (const { index } of data.markers) {
        const x = scales.x?.getPixelForValue(index);
        if (x === undefined) continue;
        ctx.beginPath();
        ctx.moveTo(x, chartArea.top);
        ctx.lineTo(x, chartArea.bottom);
        ctx.stroke();
      }
      ctx.restore();
    },
  };
}
