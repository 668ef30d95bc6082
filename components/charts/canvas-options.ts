import type { ChartOptions, TooltipItem } from "chart.js";
import type { Axis } from "@/lib/chart-data";
import type { Colours } from "./colours";
import { isLabelled, PLOT, WIDE_PLOT } from "./plot";

type Described = {
  axis: Axis;
  labels: readonly string[];
  tooltips: readonly { title: string; lines: readonly string[] }[];
};

/** What both charts share: axes with ready labels in fixed places, and tooltips that only repeat ready text. */
export function canvasOptions(
  { axis, labels, tooltips }: Described,
  colour: Colours,
  stacked: boolean,
): ChartOptions<"line"> & ChartOptions<"bar"> {
  const font = { family: getComputedStyle(document.body).fontFamily, size: 12 };
  return {
    layout: { padding: { top: PLOT.top, right: PLOT.right }, autoPadding: false },
    interaction: { mode: "index", intersect: false },
    scales: {
      x: {
        type: "category",
        offset: true,
        stacked,
        grid: { display: false },
        border: { display: false },
        afterFit: (scale) => {
          scale.height = PLOT.bottom;
        },
        ticks: {
          autoSkip: false,
          maxRotation: 0,
          padding: 6,
          color: colour("--muted"),
          font,
          callback(_, index) {
            return isLabelled(index, labels.length, this.chart.width >= WIDE_PLOT) ? labels[index] : "";
          },
        },
      },
      y: {
        type: "linear",
        stacked,
        min: axis.min,
        max: axis.max,
        border: { display: false },
        grid: {
          drawTicks: false,
          color: ({ tick }) => colour(tick?.value === 0 ? "--control" : "--chart-grid"),
        },
        afterBuildTicks: (scale) => {
          scale.ticks = axis.ticks.map(({ at }) => ({ value: at }));
        },
        afterFit: (scale) => {
          scale.width = PLOT.left;
        },
        ticks: {
          autoSkip: false,
          padding: 8,
          color: colour("--muted"),
          font,
          callback: (_, index) => axis.ticks[index]?.label ?? "",
        },
      },
    },
    plugins: { tooltip: tooltipOptions(tooltips, colour, font) },
  };
}

type Item = TooltipItem<"line"> | TooltipItem<"bar">;

function tooltipOptions(
  tooltips: Described["tooltips"],
  colour: Colours,
  font: { family: string; size: number },
) {
  return {
    backgroundColor: colour("--ink"),
    titleColor: colour("--surface"),
    bodyColor: colour("--surface"),
    titleFont: { ...font, weight: "bold" as const },
    bodyFont: font,
    padding: 10,
    cornerRadius: 6,
    displayColors: false,
    // One text per month, not one per line of the chart.
    filter: (item: Item, _: number, items: Item[]) => item.datasetIndex === items[0]?.datasetIndex,
    callbacks: {
      title: ([item]: Item[]) => (item && tooltips[item.dataIndex]?.title) ?? "",
      label: (item: Item) => [...(tooltips[item.dataIndex]?.lines ?? [])],
    },
  };
}
