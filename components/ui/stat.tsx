import clsx from "clsx";
import type { ReactNode } from "react";

type StatProps = {
  label: ReactNode;
  /** Formatted; "–" when there is none. */
  value: ReactNode;
  /** What it is counted of, or how sure: "per 1,000 views", "estimated". */
  note?: ReactNode;
  delta?: ReactNode;
  className?: string;
};

/** One figure with its name. Put several into StatRow. */
export function Stat({ label, value, note, delta, className }: StatProps) {
  return (
    <div className={clsx("flex min-w-0 flex-col px-5 py-4 max-md:px-4 max-md:py-3", className)}>
      <dt className="text-sm text-muted">{label}</dt>
      <dd className="mt-1">
        <span className="figures block text-xl font-semibold tracking-tight">{value}</span>
        {(delta || note) && (
          <span className="mt-0.5 flex flex-wrap gap-x-2 text-sm text-muted">
            {delta}
            {note && <span>{note}</span>}
          </span>
        )}
      </dd>
    </div>
  );
}

type StatRowProps = {
  children: ReactNode;
  /** Room for the sums of many: what does not fit goes into a further row. */
  wide?: boolean;
  className?: string;
};

/** Figures side by side, divided by hairlines; below each other on a phone. */
export function StatRow({ children, wide = false, className }: StatRowProps) {
  return (
    <dl
      className={clsx(
        "overflow-hidden rounded-lg border border-line bg-line gap-px *:bg-surface",
        wide
          ? "flex flex-wrap *:flex-[1_1_18rem]"
          : "grid auto-cols-fr grid-cols-1 sm:grid-cols-2 lg:grid-flow-col lg:grid-cols-none",
        className,
      )}
    >
      {children}
    </dl>
  );
}
