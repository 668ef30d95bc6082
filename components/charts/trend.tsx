type TrendProps = {
  /** Oldest first, as shares of the highest; null: nothing known of that month. */
  points: readonly (number | null)[];
  /** What a reader who cannot see it should know. */
  summary: string;
};

const WIDTH = 96;
const HEIGHT = 24;
const EDGE = 3;

/** Months as a line without axes, small enough for a cell of a table; a month that is not known breaks it. */
export function Trend({ points, summary }: TrendProps) {
  const step = (WIDTH - 2 * EDGE) / Math.max(1, points.length - 1);
  const low = Math.min(0, ...points.map((share) => share ?? 0));
  const at = (share: number, index: number) => ({
    x: EDGE + index * step,
    y: HEIGHT - EDGE - ((share - low) / (1 - low)) * (HEIGHT - 2 * EDGE),
  });
  let path = "";
  points.forEach((share, index) => {
    if (share === null) return;
    const { x, y } = at(share, index);
    const goesOn = index > 0 && points[index - 1] !== null;
    // A month between two unknown ones is a dot: a line of no length with a round end.
    path += goesOn ? `L${x.toFixed(1)},${y.toFixed(1)}` : `M${x.toFixed(1)},${y.toFixed(1)}h0`;
  });
  const last = points.at(-1) ?? null;
  const end = last === null ? null : at(last, points.length - 1);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="inline-block h-6 w-24 align-middle text-chart-actual"
      role="img"
      aria-label={summary}
    >
      <path
        d={path}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      {end && <circle cx={end.x} cy={end.y} r={2.5} fill="currentColor" />}
    </svg>
  );
}
