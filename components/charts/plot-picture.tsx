import clsx from "clsx";
import type { ReactNode } from "react";
import type { Axis, ProjectionChartData, StreamBarsData } from "@/lib/chart-data";
import { isLabelled } from "./plot";
import { STREAM_FILL } from "./stream-colours";

type Marks = readonly (number | null)[];

/** The chart as a light picture in the document itself: there before any script, and without any. */
export function ProjectionPicture({ data }: { data: ProjectionChartData }) {
  const { axis, labels, actual, running, points, projected, low80, high80, realTraffic } = data;
  const at = placesOf(axis, labels.length);
  const size = labels.length > 36 ? 4 : 7;
  const steady = actual.map((mark, index) => (running[index] ? null : mark));
  return (
    <Plot axis={axis} labels={labels}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%" aria-hidden="true">
        <path d={bandPath(low80, high80, at)} className="fill-chart-band" />
        <path
          d={linePath(projected, at)}
          className="fill-none stroke-chart-projection"
          strokeWidth="2"
          strokeDasharray="5 4"
          vectorEffect="non-scaling-stroke"
        />
        <path
          d={linePath(steady, at)}
          className="fill-none stroke-chart-actual"
          strokeWidth="2"
          strokeLinejoin="round"
          vectorEffect="non-scaling-stroke"
        />
        <path
          d={realTraffic
            .map((mark, index) => (mark === null ? "" : `M${at.x(index) - 1} ${at.y(mark)}h2`))
            .join("")}
          className="fill-none stroke-warn"
          strokeWidth="2"
          vectorEffect="non-scaling-stroke"
        />
        {/* A dot is a stroke without length: one path draws all, round at any width of the picture. */}
        <Dots at={dotsOf(actual, at)} size={size + 2} className="stroke-chart-actual" />
        <Dots
          at={dotsOf(
            actual.map((mark, index) => (points[index] === "hollow" ? mark : null)),
            at,
          )}
          size={size - 2}
          className="stroke-surface"
        />
      </svg>
    </Plot>
  );
}

export function StreamPicture({ data }: { data: StreamBarsData }) {
  const { axis, labels, series, empty, barShare } = data;
  const at = placesOf(axis, labels.length);
  const width = (100 / labels.length) * barShare;
  return (
    <Plot axis={axis} labels={labels}>
      <svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%" aria-hidden="true">
        {series.map(({ stream }, place) => (
          <path
            key={stream}
            d={barPath(series, place, width, at)}
            strokeWidth="1"
            vectorEffect="non-scaling-stroke"
            className={clsx("stroke-surface", STREAM_FILL[stream])}
          />
        ))}
      </svg>
      {labels.map((label, index) => {
        if (empty[index] === "missing") {
          return (
            <text
              key={label}
              x={`${at.x(index)}%`}
              y={`${at.y(0)}%`}
              dy="-6"
              textAnchor="middle"
              className="fill-muted text-xs"
            >
              –
            </text>
          );
        }
        if (empty[index] !== "zero") return null;
        return (
          <rect
            key={label}
            x={`${round(at.x(index) - width / 2)}%`}
            y={`${at.y(0)}%`}
            width={`${round(width)}%`}
            height="2"
            transform="translate(0 -2)"
            className="fill-muted"
          />
        );
      })}
    </Plot>
  );
}

function Dots({ at, size, className }: { at: string; size: number; className: string }) {
  if (at === "") return null;
  return (
    <path
      d={at}
      strokeWidth={size}
      strokeLinecap="round"
      vectorEffect="non-scaling-stroke"
      className={clsx("fill-none", className)}
    />
  );
}

/** Axes around a plot; the padding is PLOT of plot.ts. Labels are placed in percent, so no inline style. */
function Plot({ axis, labels, children }: { axis: Axis; labels: readonly string[]; children: ReactNode }) {
  const at = placesOf(axis, labels.length);
  return (
    <div aria-hidden="true" className="@container absolute inset-0 pt-2 pr-2 pb-7 pl-14">
      <svg className="size-full overflow-visible" aria-hidden="true">
        {axis.ticks.map((tick) => (
          <g key={tick.at}>
            <line
              x1="0"
              x2="100%"
              y1={`${at.y(tick.at)}%`}
              y2={`${at.y(tick.at)}%`}
              className={tick.at === 0 ? "stroke-control" : "stroke-chart-grid"}
            />
            <text
              x="0"
              dx="-8"
              y={`${at.y(tick.at)}%`}
              dy="4"
              textAnchor="end"
              className="fill-muted text-xs tabular-nums"
            >
              {tick.label}
            </text>
          </g>
        ))}
        {labels.map((label, index) => {
          const [narrow, wide] = [false, true].map((each) => isLabelled(index, labels.length, each));
          if (!narrow && !wide) return null;
          return (
            <text
              key={label}
              x={`${at.x(index)}%`}
              y="100%"
              dy="18"
              textAnchor="middle"
              className={clsx(
                "fill-muted text-xs",
                !narrow && "hidden @[40rem]:block",
                !wide && "@[40rem]:hidden",
              )}
            >
              {label}
            </text>
          );
        })}
        {children}
      </svg>
    </div>
  );
}

type Places = { x: (index: number) => number; y: (mark: number) => number };

/** In percent of the plot, from its top left. */
function placesOf(axis: Axis, months: number): Places {
  return {
    x: (index) => round(((index + 0.5) / months) * 100),
    y: (mark) => round(((axis.max - mark) / (axis.max - axis.min)) * 100),
  };
}

/** One stroke per run of known months; a single one becomes a dot's width. */
function linePath(marks: Marks, { x, y }: Places): string {
  return marks
    .map((mark, index) => {
      if (mark === null) return "";
      const begins = (marks[index - 1] ?? null) === null;
      return `${begins ? "M" : "L"}${x(index)} ${clamp(y(mark))}`;
    })
    .join("");
}

function dotsOf(marks: Marks, { x, y }: Places): string {
  return marks.map((mark, index) => (mark === null ? "" : `M${x(index)} ${y(mark)}h0`)).join("");
}

/** All bars of one stream, each on those before it; what is negative hangs below the axis. */
function barPath(series: StreamBarsData["series"], place: number, width: number, { x, y }: Places): string {
  const marks = series[place]?.marks ?? [];
  return marks
    .map((mark, index) => {
      if (!mark) return "";
      const from = series
        .slice(0, place)
        .map((below) => below.marks[index] ?? 0)
        .filter((below) => below > 0 === mark > 0)
        .reduce((sum, below) => sum + below, 0);
      return `M${round(x(index) - width / 2)} ${y(from)}H${round(x(index) + width / 2)}V${y(from + mark)}H${round(x(index) - width / 2)}Z`;
    })
    .join("");
}

/** One closed shape per run of months that have both edges. */
function bandPath(low: Marks, high: Marks, { x, y }: Places): string {
  const runs: number[][] = [];
  low.forEach((mark, index) => {
    if (mark === null || (high[index] ?? null) === null) return;
    const run = runs.at(-1);
    if (run?.at(-1) === index - 1) run.push(index);
    else runs.push([index]);
  });
  return runs
    .map((run) => {
      const edge = (marks: Marks) => run.map((index) => `${x(index)} ${clamp(y(marks[index] ?? 0))}`);
      return `M${[...edge(high), ...edge(low).reverse()].join("L")}Z`;
    })
    .join("");
}

/** A band may be wider than the axis; it then ends at the plot's edge. */
function clamp(percent: number): number {
  return Math.min(100, Math.max(0, percent));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
