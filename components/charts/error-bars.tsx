"use client";

import { type ReactNode, useMemo } from "react";
import type { ErrorBarsData } from "@/lib/error-bars";
import { type Packed, unpack } from "@/lib/packed";
import { ChartFrame, Legend } from "./chart-frame";
import { LazyCanvas } from "./lazy-canvas";
import { ErrorPicture, HIT, MISS } from "./plot-picture";

type ErrorBarsProps = { title: string; data: Packed<ErrorBarsData>; actions?: ReactNode };

/** How far each month came out from what was projected, from lib/error-bars. */
export function ErrorBars({ title, data: text, actions }: ErrorBarsProps) {
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
        <ErrorPicture data={data} />
      </LazyCanvas>
    </ChartFrame>
  );
}

function legendOf({ hits, reconstructed, marks }: ErrorBarsData) {
  const centred = (sign: string) => `<g transform="translate(10 6)">${sign}</g>`;
  const bar = (look: string) => `<rect x="5" y="1" width="10" height="10" ${look}/>`;
  const isKept = marks.some((mark, index) => mark !== null && !reconstructed[index]);
  return [
    { key: "hit", label: "Inside the 80% band", swatch: centred(HIT), shown: hits.includes("hit") },
    { key: "miss", label: "Outside of it", swatch: centred(MISS), shown: hits.includes("miss") },
    {
      key: "kept",
      label: "Frozen before the month",
      swatch: bar(`class="fill-chart-projection"`),
      shown: isKept,
    },
    {
      key: "reconstructed",
      label: "Reconstructed",
      swatch: bar(`stroke-width="1.5" class="fill-chart-band stroke-chart-projection"`),
      shown: reconstructed.includes(true),
    },
  ].filter(({ shown }) => shown);
}
