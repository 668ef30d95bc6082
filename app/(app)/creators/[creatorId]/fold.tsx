import type { ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";

/** A form that stands ready behind a button. Works before any script has come. */
export function Fold({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details className="group">
      <summary className={`${buttonClass("secondary")} w-fit group-open:mb-5`}>{label}</summary>
      {children}
    </details>
  );
}
