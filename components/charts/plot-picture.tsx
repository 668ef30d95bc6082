import clsx from "clsx";
import type { Axis, ProjectionChartData, StreamBarsData } from "@/lib/chart-data";
import type { LinesData } from "@/lib/compare";
import type { ErrorBarsData } from "@/lib/error-bars";
import { isLabelled } from "./plot";
import { STREAM_FILL } from "./stream-colours";

type Marks = readonly (number | null)[];

/** What a picture draws: places by month, or by whatever else runs along the axis. */
export type ProjectionMarks = Pick<
  ProjectionChartData,
  | "axis"
  | "labels"
  | "actual"
  | "running"
  | "points"
  | "projected"
  | "low80"
  | "high80"
  | "realTraffic"
  | "markers"
>;

/** The chart as a light picture in the document itself: there before any script, and without any. */
export function ProjectionPicture({ data }: { data: ProjectionMarks }) {
  const { axis, labels, actual, running, points, projected, low80, high80, realTraffic, markers } = data;
  const at = placesOf(axis, labels.length);
  const size = labels.length > 36 ? 4 : 7;
  const steady = actual.map((mark, index) => (running[index] ? null : mark));
  const hollow = actual.map((mark, index) => (points[index] === "hollow" ? mark : null));
  const ticks = realTraffic.map((mark, index) =>
    mark === null ? "" : `M${at.x(index) - 1} ${at.y(mark)}h2`,
  );
  const events = [...new Set(markers.map(({ index }) => `M${at.x(index)} 0v100`))].join("");
  const eventLook = `stroke-dasharray="2 3" vector-effect="non-scaling-stroke" class="stroke-control"`;
  const line = `fill="none" stroke-width="2" vector-effect="non-scaling-stroke"`;
  // A dot is a stroke without length: one path draws all, round at any width of the picture.
  const dot = `fill="none" stroke-linecap="round" vector-effect="non-scaling-stroke"`;
  return (
    <Plot
      axis={axis}
      labels={labels}
      shapes={[
        events && `<path d="${events}" ${eventLook}/>`,
        `<path d="${bandPath(low80, high80, at)}" class="fill-chart-band"/>`,
        `<path d="${linePath(projected, at)}" ${line} stroke-dasharray="5 4" class="stroke-chart-projection"/>`,
        `<path d="${linePath(steady, at)}" ${line} stroke-linejoin="round" class="stroke-chart-actual"/>`,
        `<path d="${ticks.join("")}" ${line} class="stroke-warn"/>`,
        `<path d="${dotsOf(actual, at)}" ${dot} stroke-width="${size + 2}" class="stroke-chart-actual"/>`,
        `<path d="${dotsOf(hollow, at)}" ${dot} stroke-width="${size - 2}" class="stroke-surface"/>`,
      ]}
    />
  );
}

export function StreamPicture({ data }: { data: StreamBarsData }) {
  const { axis, labels, series, empty, barShare } = data;
  const at = placesOf(axis, labels.length);
  const width = (100 / labels.length) * barShare;
  const marks = labels.map((_, index) => {
    if (empty[index] === "missing")
      return `<text x="${at.x(index)}%" y="${at.y(0)}%" dy="-6" text-anchor="middle" class="fill-muted text-xs">–</text>`;
    if (empty[index] !== "zero") return "";
    return `<rect x="${round(at.x(index) - width / 2)}%" y="${at.y(0)}%" width="${round(width)}%" height="2" transform="translate(0 -2)" class="fill-muted"/>`;
  });
  return (
    <Plot
      axis={axis}
      labels={labels}
      shapes={series.map(
        ({ stream }, place) =>
          `<path d="${barPath(series, place, width, at)}" stroke-width="1" vector-effect="non-scaling-stroke" class="stroke-surface ${STREAM_FILL[stream]}"/>`,
      )}
      marks={marks}
    />
  );
}

/** Each month's bar from what was projected to what came, with a sign at its end for the band. */
export function ErrorPicture({ data }: { data: ErrorBarsData }) {
  const { axis, labels, marks, hits, reconstructed, barShare } = data;
  const at = placesOf(axis, labels.length);
  const width = (100 / labels.length) * barShare;
  const bars = (isReplayed: boolean) =>
    marks
      .map((mark, index) => {
        if (mark === null || reconstructed[index] !== isReplayed) return "";
        const left = round(at.x(index) - width / 2);
        return `M${left} ${at.y(0)}H${round(left + width)}V${at.y(mark)}H${left}Z`;
      })
      .join("");
  const edge = `stroke-width="1.5" vector-effect="non-scaling-stroke"`;
  return (
    <Plot
      axis={axis}
      labels={labels}
      shapes={[
        `<path d="${bars(false)}" class="fill-chart-projection"/>`,
        `<path d="${bars(true)}" ${edge} class="fill-chart-band stroke-chart-projection"/>`,
      ]}
      marks={marks.map((mark, index) =>
        mark === null
          ? `<text x="${at.x(index)}%" y="${at.y(0)}%" dy="-6" text-anchor="middle" class="fill-muted text-xs">–</text>`
          : `<svg x="${at.x(index)}%" y="${at.y(mark)}%" overflow="visible">${hits[index] === "hit" ? HIT : MISS}</svg>`,
      )}
    />
  );
}

/** Told apart by their dashes first, then by colour; whole class names, so that the style sheet knows them. */
export const LINE_LOOKS = [
  { dash: "none", stroke: "stroke-stream-ads" },
  { dash: "7 3", stroke: "stroke-stream-rewards" },
  { dash: "2 3", stroke: "stroke-stream-sponsorship" },
  { dash: "10 3 2 3", stroke: "stroke-stream-affiliate" },
  { dash: "14 4", stroke: "stroke-stream-gift" },
  { dash: "5 2 1 2 1 2", stroke: "stroke-stream-shop" },
] as const;

/** Several lines over the same months; at most as many as there are looks. */
export function LinesPicture({ axis, labels, lines }: Pick<LinesData, "axis" | "labels" | "lines">) {
  const at = placesOf(axis, labels.length);
  return (
    <Plot
      axis={axis}
      labels={labels}
      shapes={lines.map(({ marks }, index) => {
        const { dash, stroke } = LINE_LOOKS[index % LINE_LOOKS.length]!;
        const dot = `fill="none" stroke-linecap="round" stroke-width="6" vector-effect="non-scaling-stroke"`;
        return (
          `<path d="${linePath(marks, at)}" fill="none" stroke-width="2" stroke-dasharray="${dash}" vector-effect="non-scaling-stroke" class="${stroke}"/>` +
          `<path d="${dotsOf(marks, at)}" ${dot} class="${stroke}"/>`
        );
      })}
    />
  );
}

/** Inside the band and outside of it, around (0, 0): told apart by their shape first. */
export const HIT = `<circle r="3.5" class="fill-chart-actual stroke-surface"/>`;
export const MISS = `<path d="M-4.5 -4.5L4.5 4.5M-4.5 4.5L4.5 -4.5" stroke-width="2.5" class="stroke-bad"/>`;

type PlotProps = {
  axis: Axis;
  labels: readonly string[];
  /** SVG in a box of 100 by 100 that is stretched over the plot. */
  shapes: readonly string[];
  /** SVG placed in percent of the plot. */
  marks?: readonly string[];
};

/**
 * Axes around a plot; the padding is PLOT of plot.ts. Labels are placed in percent, so no inline style. The SVG
 * is written as text: as elements, three charts would cost more than the rest of the page.
 */
function Plot({ axis, labels, shapes, marks = [] }: PlotProps) {
  const at = placesOf(axis, labels.length);
  const grid = axis.ticks.map((tick) => {
    const y = `${at.y(tick.at)}%`;
    const look = tick.at === 0 ? "stroke-control" : "stroke-chart-grid";
    return (
      `<line x2="100%" y1="${y}" y2="${y}" class="${look}"/>` +
      `<text dx="-8" y="${y}" dy="4" text-anchor="end" class="fill-muted text-xs tabular-nums">${escaped(tick.label)}</text>`
    );
  });
  const names = labels.map((label, index) => {
    const [narrow, wide] = [false, true].map((each) => isLabelled(index, labels.length, each));
    if (!narrow && !wide) return "";
    const look = clsx("fill-muted text-xs", !narrow && "hidden @[40rem]:block", !wide && "@[40rem]:hidden");
    return `<text x="${at.x(index)}%" y="100%" dy="18" text-anchor="middle" class="${look}">${escaped(label)}</text>`;
  });
  const stretched = `<svg viewBox="0 0 100 100" preserveAspectRatio="none" width="100%" height="100%">${shapes.join("")}</svg>`;
  return (
    <div aria-hidden="true" className="@container absolute inset-0 pt-2 pr-2 pb-7 pl-14">
      <svg
        className="size-full overflow-visible"
        aria-hidden="true"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: numbers of ours, and labels that are escaped
        dangerouslySetInnerHTML={{ __html: [...grid, ...names, stretched, ...marks].join("") }}
      />
    </div>
  );
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
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
