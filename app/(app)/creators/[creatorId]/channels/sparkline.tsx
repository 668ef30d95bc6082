import { type Day, daysBetween } from "@/lib/model/month";

type SparklineProps = {
  /** oldest first */
  points: readonly { day: Day; value: number }[];
  /** What a reader who cannot see it should know. */
  summary: string;
};

const WIDTH = 240;
const HEIGHT = 48;
const EDGE = 3;

/** A line without axes; its numbers stand in the table beside it. Nothing below two points. */
export function Sparkline({ points, summary }: SparklineProps) {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 2) return null;
  const values = points.map(({ value }) => value);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const days = Math.max(1, daysBetween(first.day, last.day));
  const x = (day: Day) => EDGE + (daysBetween(first.day, day) / days) * (WIDTH - 2 * EDGE);
  const y = (value: number) =>
    HEIGHT - EDGE - (high === low ? 0.5 : (value - low) / (high - low)) * (HEIGHT - 2 * EDGE);
  const path = points.map(({ day, value }) => `${x(day).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="h-12 w-60 text-chart-actual"
      role="img"
      aria-label={summary}
    >
      <polyline points={path} fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" />
      <circle cx={x(last.day)} cy={y(last.value)} r={EDGE} fill="currentColor" />
    </svg>
  );
}
