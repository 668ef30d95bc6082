import { STREAM_LABEL, type Stream } from "./words";

/** How much of a creator an agency sees: the creator's to say. */
export interface Scope {
  /** null: every stream */
  readonly streams: readonly Stream[] | null;
  readonly amounts: boolean;
  readonly notes: boolean;
  readonly mayEdit: boolean;
  /** the last day, in the creator's zone; null: until it is ended */
  readonly toDay: string | null;
}

/** "Ads, Gifts", "All", or "None". */
export function streamsText(streams: Scope["streams"]): string {
  if (streams === null) return "All";
  return streams.map((stream) => STREAM_LABEL[stream]).join(", ") || "None";
}

/** A scope in plain words, in the order in which one asks: what money, what beside it, what may be done. */
export function scopeTexts(scope: Omit<Scope, "toDay">): { label: string; text: string }[] {
  const { streams, amounts, notes } = scope;
  return [
    {
      label: "Amounts",
      text: amounts
        ? "Yes: payouts, totals and projections"
        : "No: channels, videos and views, and no money of any kind",
    },
    ...(amounts ? [{ label: "Streams", text: streamsText(streams) }] : []),
    { label: "Notes", text: notes ? "Yes" : "No" },
    { label: "Changes", text: changesText(scope) },
  ];
}

/** The same in one short line: "All amounts, notes, may edit". */
export function scopeText({ streams, amounts, notes, mayEdit }: Omit<Scope, "toDay">): string {
  const money = !amounts
    ? "No amounts"
    : streams === null
      ? "All amounts"
      : `Amounts of ${streamsText(streams)}`;
  const edits = mayEdit && amounts && streams === null;
  return [money, ...(notes ? ["notes"] : []), ...(edits ? ["may edit"] : [])].join(", ");
}

/** Whoever does not see all money cannot log or correct any. */
export function changesText({ mayEdit, amounts, streams }: Omit<Scope, "toDay">): string {
  if (!mayEdit) return "None: it only looks";
  return amounts && streams === null ? "May log and correct" : "None, as it does not see all amounts";
}
