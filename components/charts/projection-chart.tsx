"use client";

import { type ReactNode, useMemo } from "react";
import type { ProjectionChartData } from "@/lib/chart-data";
import { type Packed, unpack } from "@/lib/packed";
import { ChartFrame, Legend, type LegendItem } from "./chart-frame";
import { LazyCanvas } from "./lazy-canvas";
import { ProjectionPicture } from "./plot-picture";

type ProjectionChartProps = { title: string; data: Packed<ProjectionChartData>; actions?: ReactNode };

/** Actual against projected by month, from lib/chart-data's projectionChart. */
export function ProjectionChart({ title, data: text, actions }: ProjectionChartProps) {
  const data = useMemo(() => unpack(text), [text]);
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

function legendOf(data: ProjectionChartData): LegendItem[] {
  const has = (marks: readonly (number | null)[]) => marks.some((mark) => mark !== null);
  const swatch = (shape: string, look: string) => `<${shape} class="${look}"/>`;
  const dot = `circle cx="10" cy="6" r="3"`;
  return [
    {
      key: "actual",
      label: "Actual",
      swatch:
        swatch(`path d="M0 6h20" stroke-width="2"`, "stroke-chart-actual") + swatch(dot, "fill-chart-actual"),
      shown: true,
    },
    {
      key: "hollow",
      label: "May still change",
      swatch: swatch(`${dot} stroke-width="2"`, "fill-surface stroke-chart-actual"),
      shown: data.points.includes("hollow"),
    },
    {
      key: "projected",
      label: "Projected",
      swatch: swatch(`path d="M0 6h20" stroke-width="2" stroke-dasharray="4 3"`, "stroke-chart-projection"),
      shown: has(data.projected),
    },
    {
      key: "band",
      label: "80% band",
      swatch: swatch(`path d="M0 1h20v10H0z"`, "fill-chart-band"),
      shown: has(data.high80),
    },
    {
      key: "real-traffic",
      label: "With the real traffic",
      swatch: swatch(`path d="M3 6h14" stroke-width="2"`, "stroke-warn"),
      shown: has(data.realTraffic),
    },
    {
      key: "event",
      label: "Event",
      swatch: swatch(`path d="M10 0v12" stroke-dasharray="2 3"`, "stroke-control"),
      shown: data.markers.length > 0,
    },
  ].filter(({ shown }) => shown);
}
