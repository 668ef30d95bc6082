import type { ReactNode } from "react";

type ProgressProps = {
  label: ReactNode;
  /** Done so far, 0 to `max`; null while that is not known. */
  value: number | null;
  max?: number;
  /** "1,204 of 5,000 rows", formatted. */
  note?: ReactNode;
};

/** Long work: how far it is. It runs on the server, so the page may be left. */
export function Progress({ label, value, max = 1, note }: ProgressProps) {
  return (
    <label className="block text-sm">
      <span className="mb-1.5 flex justify-between gap-4">
        <span className="font-medium">{label}</span>
        {note && <span className="figures text-muted">{note}</span>}
      </span>
      <progress
        className="block h-1.5 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
        max={max}
        {...(value === null ? {} : { value })}
      />
    </label>
  );
}
