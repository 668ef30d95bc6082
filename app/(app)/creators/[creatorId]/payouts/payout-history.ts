import "server-only";
import type { Payout } from "@/db/payouts";
import { dayName, money } from "@/lib/format";
import type { Currency } from "@/lib/model/money";
import { dayOf } from "@/lib/model/month";
import { ENTRY_KIND_LABEL, FORMAT_LABEL, STATE_LABEL, STREAM_LABEL } from "@/lib/model/words";
import type { HistoryItem } from "../history-list";
import { channelName } from "../options";
import { periodName } from "../period-name";
import { madeWords } from "./makings-text";

export type EntryWithLines = Payout & { lines: readonly { title: string; minor: bigint }[] };

/** Each entry against the one before it; `entries` newest first. */
export function historyOf(
  entries: readonly EntryWithLines[],
  nameOf: (userId: string) => string,
  locale: string,
): HistoryItem[] {
  return entries.map((entry, index) => {
    const before = entries[index + 1];
    return {
      id: entry.id,
      at: entry.recordedAt,
      who: nameOf(entry.recordedBy),
      what: !before
        ? "Recorded"
        : entry.kind === "void"
          ? "Taken back"
          : before.kind === "void"
            ? "Restored"
            : "Corrected",
      changes:
        before && entry.kind !== "void" && before.kind !== "void" ? changes(before, entry, locale) : [],
    };
  });
}

function changes(before: EntryWithLines, after: EntryWithLines, locale: string): HistoryItem["changes"] {
  const old = factsOf(before, locale);
  const now = factsOf(after, locale);
  return Object.keys(now)
    .filter((name) => old[name] !== now[name])
    .map((name) => ({ name, before: old[name] || "nothing", after: now[name] || "nothing" }));
}

/** What an entry says, as a person reads it: two entries differ exactly where these texts do. */
function factsOf(entry: EntryWithLines, locale: string): Record<string, string> {
  const currency = entry.currency as Currency;
  return {
    Amount: money(entry.minor, currency, locale),
    Currency: currency,
    Stream: STREAM_LABEL[entry.stream],
    Kind: ENTRY_KIND_LABEL[entry.kind],
    Channel:
      entry.channelName && entry.platform
        ? channelName({ name: entry.channelName, platform: entry.platform })
        : "No channel",
    Format: FORMAT_LABEL[entry.format],
    Earned: periodName(entry, locale),
    State: STATE_LABEL[entry.state],
    "Estimated before": entry.estimatedMinor === null ? "" : money(entry.estimatedMinor, currency, locale),
    "Settled on": entry.settledOn ? dayName(dayOf(entry.settledOn), locale) : "",
    "How it came about": madeWords(entry.makings, currency),
    Note: entry.note ?? "",
    "By video": entry.lines
      .map(({ title, minor }) => `${title} ${money(minor, currency, locale)}`)
      .sort()
      .join("; "),
  };
}
