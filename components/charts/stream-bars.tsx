"use client";

import type { ReactNode } from "react";
import type { StreamBarsData } from "@/lib/chart-data";
import { ChartFrame, Legend } from "./chart-frame";
import { LazyCanvas } from "./lazy-canvas";
import { StreamPicture } from "./plot-picture";
import { STREAM_FILL } from "./stream-colours";

type StreamBarsProps = { title: string; data: StreamBarsData; actions?: ReactNode };

/** Earnings by stream and month, stacked, from lib/chart-data's streamBars. */
export function StreamBars({ title, data, actions }: StreamBarsProps) {
  const items = data.series.map(({ stream, label }) => ({
    key: stream,
    label,
    swatch: <rect x="4" width="12" height="12" rx="2" className={STREAM_FILL[stream]} />,
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
