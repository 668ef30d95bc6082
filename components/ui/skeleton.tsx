import clsx from "clsx";

/** A grey place for what is coming; give it the size of the real thing, so that nothing jumps. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={clsx("animate-skeleton rounded-md bg-sunken", className)} />;
}

/** A whole page on its way: header, figures, a card. For loading.tsx. */
export function PageSkeleton({ label = "Loading" }: { label?: string }) {
  return (
    <div role="status">
      <span className="sr-only">{label}</span>
      <Skeleton className="mb-6 h-7 w-48" />
      <Skeleton className="mb-4 h-24" />
      <Skeleton className="h-80" />
    </div>
  );
}
