/**
 * Where the plot stands inside its box, in pixels: the same for the picture in the document and for the chart
 * that takes its place, so that nothing moves when it does. The classes in plot-picture.tsx say the same.
 */
export const PLOT = { left: 56, right: 8, top: 8, bottom: 28 } as const;

/** From this width on, more month names fit under the plot. */
export const WIDE_PLOT = 640;

/** Which months are named below the plot: evenly, and always the last. */
export function isLabelled(index: number, months: number, wide: boolean): boolean {
  const every = Math.ceil(months / (wide ? 10 : 3));
  return (months - 1 - index) % every === 0;
}
