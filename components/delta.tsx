import clsx from "clsx";
import { ArrowDown, ArrowUp, Minus } from "lucide";
import type { ReactNode } from "react";
import { Icon } from "./ui/icon";

type DeltaProps = {
  /** Which way the figure went; null when there is nothing to compare. */
  direction: "up" | "down" | "same" | null;
  /** Formatted and signed: "+12%". */
  children: ReactNode;
  /** Whether up is good; false for fees and errors. */
  upIsGood?: boolean;
  /** Compared with what: "than projected". */
  than?: ReactNode;
};

const WORD = { true: "better", false: "worse" } as const;

/** Better or worse, said three ways: an arrow, a word for screen readers, and a colour. */
export function Delta({ direction, children, upIsGood = true, than }: DeltaProps) {
  if (direction === null) return null;
  const arrow = direction === "up" ? ArrowUp : direction === "down" ? ArrowDown : Minus;
  const good = (direction === "up") === upIsGood;
  const same = direction === "same";
  return (
    <span className="inline-flex items-center gap-1">
      <span
        className={clsx(
          "figures inline-flex items-center gap-0.5 font-medium",
          same ? "text-muted" : good ? "text-good" : "text-bad",
        )}
      >
        <Icon of={arrow} className="size-3.5" />
        {children}
        <span className="sr-only"> {same ? "unchanged" : WORD[`${good}`]}</span>
      </span>
      {than && <span className="text-muted">{than}</span>}
    </span>
  );
}

/** The direction of a signed amount, share or count. */
export function directionOf(value: bigint | number | null | undefined): DeltaProps["direction"] {
  if (value === null || value === undefined) return null;
  return value > 0 ? "up" : value < 0 ? "down" : "same";
}
