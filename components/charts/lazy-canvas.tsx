"use client";

import { Component, lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from "react";
import type { ProjectionChartData, StreamBarsData } from "@/lib/chart-data";
import type { ErrorBarsData } from "@/lib/error-bars";

const ProjectionCanvas = lazy(() =>
  import("./projection-canvas").then((part) => ({ default: part.ProjectionCanvas })),
);
const StreamCanvas = lazy(() => import("./stream-canvas").then((part) => ({ default: part.StreamCanvas })));
const ErrorCanvas = lazy(() => import("./error-canvas").then((part) => ({ default: part.ErrorCanvas })));

type LazyCanvasProps = {
  data: ProjectionChartData | StreamBarsData | ErrorBarsData;
  /** The picture that came with the document. */
  children: ReactNode;
};

/** The picture of the document until the chart's code has come, then the chart in exactly its place. */
export function LazyCanvas({ data, children }: LazyCanvasProps) {
  const [drawn, setDrawn] = useState(false);
  const onDrawn = useCallback(() => setDrawn(true), []);
  // The server draws no canvas: leaving it out there is cheaper than having it refused.
  const [inBrowser, setInBrowser] = useState(false);
  useEffect(() => setInBrowser(true), []);
  return (
    <>
      {!drawn && children}
      {inBrowser && (
        <KeepPicture>
          <div className="absolute inset-0">
            <Suspense fallback={null}>
              {data.kind === "projection" && <ProjectionCanvas data={data} onDrawn={onDrawn} />}
              {data.kind === "streams" && <StreamCanvas data={data} onDrawn={onDrawn} />}
              {data.kind === "errors" && <ErrorCanvas data={data} onDrawn={onDrawn} />}
            </Suspense>
          </div>
        </KeepPicture>
      )}
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
