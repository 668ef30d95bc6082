"use client";

import dynamic from "next/dynamic";
import { Component, type ReactNode, useCallback, useState } from "react";
import type { ProjectionChartData, StreamBarsData } from "@/lib/chart-data";

const ProjectionCanvas = dynamic(() => import("./projection-canvas").then((part) => part.ProjectionCanvas), {
  ssr: false,
});
const StreamCanvas = dynamic(() => import("./stream-canvas").then((part) => part.StreamCanvas), {
  ssr: false,
});

type LazyCanvasProps = {
  data: ProjectionChartData | StreamBarsData;
  /** The picture that came with the document. */
  children: ReactNode;
};

/** The picture of the document until the chart's code has come, then the chart in exactly its place. */
export function LazyCanvas({ data, children }: LazyCanvasProps) {
  const [drawn, setDrawn] = useState(false);
  const onDrawn = useCallback(() => setDrawn(true), []);
  return (
    <>
      {!drawn && children}
      <KeepPicture>
        <div className="absolute inset-0">
          {data.kind === "projection" ? (
            <ProjectionCanvas data={data} onDrawn={onDrawn} />
          ) : (
            <StreamCanvas data={data} onDrawn={onDrawn} />
          )}
        </div>
      </KeepPicture>
    </>
  );
}

/** When the chart's code does not come or fails, the picture simply stays. */
class KeepPicture extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  static getDerivedStateFromError() {
    return { failed: true };
  }
  override render() {
    return this.state.failed ? null : this.props.children;
  }
}
