import clsx from "clsx";
import type { Picture } from "@/lib/report/statement-picture";

type StatementBarsProps = {
  /** what the picture is of; its numbers stand in the table below */
  name: string;
  picture: Picture;
  /** how a bar's name is written */
  labelOf: (bar: Picture["bars"][number]) => string;
};

const FILL = {
  whole: "fill-chart-actual",
  more: "fill-good",
  less: "fill-bad",
  same: "fill-control",
} as const;

/** The bars of a statement's section, as they are on paper. */
export function StatementBars({ name, picture, labelOf }: StatementBarsProps) {
  const { bars, zeroAt } = picture;
  return (
    <div
      role="img"
      aria-label={`${name}, as bars. The table below has the figures.`}
      className="grid gap-y-1 px-5 pb-4 text-sm max-md:px-4"
    >
      {bars.map((bar) => (
        <div
          key={JSON.stringify(bar)}
          className="grid grid-cols-[minmax(0,11rem)_1fr] items-center gap-3 max-sm:grid-cols-[7rem_1fr]"
        >
          <span className="truncate text-muted">{labelOf(bar)}</span>
          <svg className="h-4 w-full" aria-hidden="true">
            <line x1={`${zeroAt * 100}%`} x2={`${zeroAt * 100}%`} y2="100%" className="stroke-control" />
            <rect
              x={`${bar.start * 100}%`}
              width={`${Math.max((bar.end - bar.start) * 100, 0.3)}%`}
              y="2"
              height="12"
              rx="2"
              className={clsx(FILL[bar.kind])}
            />
          </svg>
        </div>
      ))}
    </div>
  );
}
