import clsx from "clsx";

/** The sign of the house, ‰, drawn so that it looks the same in every font. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 32 32"
      className={clsx("size-6 shrink-0", className)}
      aria-hidden="true"
      focusable="false"
    >
      <rect width="32" height="32" rx="7" className="fill-accent" />
      <g fill="none" strokeWidth="2.2" strokeLinecap="round" className="stroke-on-accent">
        <path d="M18.6 7 9 25" />
        <circle cx="8.7" cy="10.6" r="3.1" />
        <circle cx="16.4" cy="21.4" r="3.1" />
        <circle cx="25" cy="21.4" r="3.1" />
      </g>
    </svg>
  );
}

/** Sign and name, as they stand at the top of every page. */
export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 text-lg font-semibold tracking-tight">
      <Mark />
      Permille
    </span>
  );
}
