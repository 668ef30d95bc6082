"use client";

import type { ChartData, Plugin } from "chart.js";
import { useEffect, useMemo } from "react";
import { Bar } from "react-chartjs-2";
import type { StreamBarsData } from "@/lib/chart-data";
import { canvasOptions } from "./canvas-options";
import { type Colours, useColours } from "./colours";
import { streamToken } from "./stream-colours";
import "./register";

/** Earnings by stream, stacked by month. Draws; decides nothing. */
export function StreamCanvas({ data, onDrawn }: { data: StreamBarsData; onDrawn: () => void }) {
  const colour = useColours();
  const ink = colour("--ink");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ink` stands for all colours of the theme
  const parts = useMemo(
    () => ({
      data: datasets(data, colour),
      options: canvasOptions(data, colour, true),
      plugins: [emptyMonths(data, colour)],
    }),
    [data, ink],
  );
  useEffect(onDrawn, [onDrawn]);
  return <Bar key={ink} aria-hidden="true" role="presentation" {...parts} />;
}

function datasets(data: StreamBarsData, colour: Colours): ChartData<"bar", (number | null)[]> {
  return {
    labels: [...data.labels],
    datasets: data.series.map(({ stream, label, marks }) => ({
      label,
      data: [...marks],
      backgroundColor: colour(streamToken(stream)),
      // A thread of the surface between the parts, so that they are told apart by more than colour.
      borderColor: colour("--surface"),
      borderWidth: { top: 1, bottom: 1 },
      borderSkipped: false,
      categoryPercentage: 1,
      barPercentage: data.barShare,
    })),
  };
}

/** Three empty months, three pictures: "–" where nothing is known, a thread at zero, nothing for not yet. */
function emptyMonths(data: StreamBarsData, colour: Colours): Plugin<"bar"> {
  return {
    id: "emptyMonths",
    afterDatasetsDraw({ ctx, chartArea, scales: { x, y } }) {
      if (!x || !y) return;
      const width = ((chartArea.right - chartArea.left) / data.labels.length) * data.barShare;
      const zero = y.getPixelForValue(0);
      ctx.save();
      ctx.font = `12px ${getComputedStyle(document.body).fontFamily}`;
      ctx.textAlign = "center";
      ctx.fillStyle = colour("--muted");
      data.empty.forEach((state, index) => {
        const middle = x.getPixelForValue(index);
        if (state === "missing") ctx.fillText("–", middle, zero - 6);
        if (state === "zero") ctx.fillRect(middle - width / 2, zero - 2, width, 2);
      });
      ctx.restore();
    },
  };
}
