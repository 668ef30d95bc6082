import type { ReactNode } from "react";
import { type ButtonSize, type ButtonVariant, buttonClass } from "@/components/ui/button";

type FoldProps = { label: string; variant?: ButtonVariant; size?: ButtonSize; children: ReactNode };

/** What stands ready behind a button. Works before any script has come. */
export function Fold({ label, variant = "secondary", size, children }: FoldProps) {
  return (
    <details className="group">
      <summary className={`${buttonClass(variant, size)} w-fit group-open:mb-5`}>{label}</summary>
      {children}
    </details>
  );
}
