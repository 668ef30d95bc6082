"use client";

import type { ReactNode } from "react";
import type { ProjectionChartData } from "@/lib/chart-data";
import { ChartFrame, Legend } from "./chart-frame";
import { LazyCanvas } from "./lazy-canvas";
import { ProjectionPicture } from "./plot-picture";

type ProjectionChartProps = { title: string; data: ProjectionChartData; actions?: ReactNode };

/** Actual against projected by month, from lib/chart-data's projectionChart. */
export function ProjectionChart({ title, data, actions }: ProjectionChartProps) {
  return (
    <ChartFrame
      title={title}
      summary={data.summary}
      unit={data.unit}
      actions={actions}
      table={data.table}
      legend={<Legend items={legendOf(data)} />}
    >
      <LazyCanvas data={data}>
        <ProjectionPicture data={data} />
      </LazyCanvas>
    </ChartFrame>
  );
}

function legendOf(data: ProjectionChartData) {
  const line = <path d="M0 6h20" strokeWidth="2" className="stroke-chart-actual" />;
  return [
    {
      key: "actual",
      label: "Actual",
      swatch: (
        <>
          {line}
          <circle cx="10" cy="6" r="3" className="fill-chart-actual" />
        </>
      ),
      shown: true,
    },
    {
      key: "hollow",
      label: "May still change",
      swatch: <circle cx="10" cy="6" r="3" strokeWidth="2" className="fill-surface stroke-chart-actual" />,
      shown: data.points.includes("hollow"),
    },
    {
      key: "projected",
      label: "Projected",
      swatch: <path d="M0 6h20" strokeWidth="2" strokeDasharray="4 3" className="stroke-chart-projection" />,
      shown: data.projected.some((mark) => mark !== null),
    },
    {
      key: "band",
      label: "80% band",
      swatch: <path d="M0 1h20v10H0z" className="fill-chart-band" />,
      shown: data.high80.some((mark) => mark !== null),
    },
    {
      key: "real-traffic",
      label: "With the real traffic",
      swatch: <path d="M3 6h14" strokeWidth="2" className="stroke-warn" />,
      shown: data.realTraffic.some((mark) => mark !== null),
    },
  ].filter(({ shown }) => shown);
}
