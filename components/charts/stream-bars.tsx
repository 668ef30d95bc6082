"use client";

import { type ReactNode, useMemo } from "react";
import type { StreamBarsData } from "@/lib/chart-data";
import { type Packed, unpack } from "@/lib/packed";
import { ChartFrame, Legend } from "./chart-frame";
import { LazyCanvas } from "./lazy-canvas";
import { StreamPicture } from "./plot-picture";
import { STREAM_FILL } from "./stream-colours";

type StreamBarsProps = { title: string; data: Packed<StreamBarsData>; actions?: ReactNode };

/** Earnings by stream and month, stacked, from lib/chart-data's streamBars. */
export function StreamBars({ title, data: text, actions }: StreamBarsProps) {
  const data = useMemo(() => unpack(text), [text]);
  const items = data.series.map(({ stream, label }) => ({
    key: stream,
    label,
    swatch: `<rect x="4" width="12" height="12" rx="2" class="${STREAM_FILL[stream]}"/>`,
  }));
  return (
    <ChartFrame
      title={title}
      summary={data.summary}
      unit={data.unit}
      actions={actions}
      table={data.table}
      legend={<Legend items={items} />}
    >
      <LazyCanvas data={data}>
        <StreamPicture data={data} />
      </LazyCanvas>
    </ChartFrame>
  );
}
