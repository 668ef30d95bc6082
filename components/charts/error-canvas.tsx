"use client";

import type { ChartData, Plugin } from "chart.js";
import { useEffect, useMemo } from "react";
import { Bar } from "react-chartjs-2";
import type { ErrorBarsData } from "@/lib/error-bars";
import { canvasOptions } from "./canvas-options";
import { type Colours, useColours } from "./colours";
import "./register";

/** Bars up and down from what was projected, each with its sign. Draws; decides nothing. */
export function ErrorCanvas({ data, onDrawn }: { data: ErrorBarsData; onDrawn: () => void }) {
  const colour = useColours();
  const ink = colour("--ink");
  // biome-ignore lint/correctness/useExhaustiveDependencies: `ink` stands for all colours of the theme
  const parts = useMemo(
    () => ({
      data: datasets(data, colour),
      options: canvasOptions(data, colour, false),
      plugins: [signs(data, colour)],
    }),
    [data, ink],
  );
  useEffect(onDrawn, [onDrawn]);
  return <Bar key={ink} aria-hidden="true" role="presentation" {...parts} />;
}

function datasets(data: ErrorBarsData, colour: Colours): ChartData<"bar", (number | null)[]> {
  const solid = colour("--chart-projection");
  const pale = colour("--chart-band");
  return {
    labels: [...data.labels],
    datasets: [
      {
        data: [...data.marks],
        clip: false,
        backgroundColor: data.reconstructed.map((isReplayed) => (isReplayed ? pale : solid)),
        borderColor: solid,
        borderWidth: data.reconstructed.map((isReplayed) => (isReplayed ? 1.5 : 0)),
        borderSkipped: false,
        categoryPercentage: 1,
        barPercentage: data.barShare,
      },
    ],
  };
}

/** A dot inside the band, a cross outside of it, "–" where nothing was judged: as in the picture. */
function signs(data: ErrorBarsData, colour: Colours): Plugin<"bar"> {
  return {
    id: "signs",
    afterDatasetsDraw({ ctx, scales: { x, y } }) {
      if (!x || !y) return;
      ctx.save();
      ctx.font = `12px ${getComputedStyle(document.body).fontFamily}`;
      ctx.textAlign = "center";
      data.marks.forEach((mark, index) => {
        const across = x.getPixelForValue(index);
        if (mark === null) {
          ctx.fillStyle = colour("--muted");
          ctx.fillText("–", across, y.getPixelForValue(0) - 6);
          return;
        }
        const down = y.getPixelForValue(mark);
        ctx.beginPath();
        if (data.hits[index] === "hit") {
          ctx.arc(across, down, 3.5, 0, 2 * Math.PI);
          ctx.fillStyle = colour("--chart-actual");
          ctx.strokeStyle = colour("--surface");
          ctx.lineWidth = 1;
          ctx.fill();
        } else {
          for (const slope of [1, -1]) {
            ctx.moveTo(across - 4.5, down - 4.5 * slope);
            ctx.lineTo(across + 4.5, down + 4.5 * slope);
          }
          ctx.strokeStyle = colour("--bad");
          ctx.lineWidth = 2.5;
        }
        ctx.stroke();
      });
      ctx.restore();
    },
  };
}
