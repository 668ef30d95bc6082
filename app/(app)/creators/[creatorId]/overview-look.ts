import type { Currency } from "@/lib/model/money";

/** What every part of the overview needs to write its figures and links. */
export type Look = {
  readonly creatorId: string;
  readonly currency: Currency;
  readonly locale: string;
  /** The overview's address with some parameters changed. */
  readonly href: (change: Readonly<Record<string, string | null>>) => string;
};

export const ORIGIN_LABEL = {
  kept: "frozen before the month",
  late: "made late, from what was known before the month",
  reconstructed: "reconstructed from history",
} as const;
