import type { Day } from "../model/month";
import { PLATFORM_LABEL, type Platform } from "../model/words";
import type { Period, Problem, Sink } from "./draft";
import type { ReadOptions } from "./format";

/** What went through a channel's sink. */
export type Staged = {
  /** Drafts that the channel takes. */
  entries: number;
  /** The days they speak of; null when they name none. */
  period: Period | null;
  /** Which platforms the file names, also those left aside. */
  platforms: Platform[];
};

export type ChannelSink = Sink & { staged(): Staged; notices(): Problem[] };

/**
 * Gives to `out` what the channel takes: entries of other platforms are left aside, videos get the chosen format,
 * and lines by video that cannot be part of their payout are left out. What was left is told by a notice.
 */
export function channelSink(out: Sink, options: ReadOptions): ChannelSink {
  const { platform = null, isOfCreator = false, videoFormat, videoFormats = {} } = options;
  const platforms = new Set<Platform>();
  const aside = new Map<Platform, number>();
  let split: number | null = null;
  let ofChannels = 0;
  let entries = 0;
  let period: Period | null = null;

  function takes(draft: { platform: Platform }): boolean {
    const other = draft.platform;
    platforms.add(other);
    const isTaken = platform === null || other === platform || other === "other";
    if (isTaken) entries++;
    else aside.set(other, (aside.get(other) ?? 0) + 1);
    return isTaken;
  }
  function takesOfChannel(draft: { platform: Platform }): boolean {
    if (!isOfCreator) return takes(draft);
    ofChannels++;
    return false;
  }
  function covers(from: Day, to: Day): void {
    period = {
      from: period && period.from < from ? period.from : from,
      to: period && period.to > to ? period.to : to,
    };
  }
  return {
    video(draft) {
      if (!takesOfChannel(draft)) return;
      const own = Object.hasOwn(videoFormats, draft.externalId) ? videoFormats[draft.externalId] : undefined;
      out.video({ ...draft, format: draft.format ?? own ?? videoFormat ?? null });
    },
    traffic(draft) {
      if (!takesOfChannel(draft)) return;
      covers(draft.from, draft.to);
      out.traffic(draft);
    },
    reading(draft) {
      if (!takesOfChannel(draft)) return;
      covers(draft.day, draft.day);
      out.reading(draft);
    },
    audience(draft) {
      if (takesOfChannel(draft)) out.audience(draft);
    },
    payout(draft) {
      if (!takes(draft)) return;
      covers(draft.from, draft.to);
      const isSplit = draft.lines.some(({ minor }) => (draft.minor < 0n ? minor > 0n : minor < 0n));
      if (isSplit) split ??= draft.line;
      out.payout(isSplit || isOfCreator ? { ...draft, lines: [] } : draft);
    },
    staged: () => ({ entries, period, platforms: [...platforms].filter((each) => each !== "other") }),
    notices: () => [
      ...(ofChannels === 0
        ? []
        : [
            {
              message: `${ofChannels.toLocaleString("en")} ${ofChannels === 1 ? "entry" : "entries"} of views and videos are left aside, since they belong to a channel. Choose one to import them.`,
            },
          ]),
      ...[...aside].map(([other, count]) => ({
        message: `${count.toLocaleString("en")} ${count === 1 ? "entry" : "entries"} of ${PLATFORM_LABEL[other]} ${count === 1 ? "is" : "are"} left aside, since the channel is on ${PLATFORM_LABEL[platform ?? "other"]}. Bring the file once more for the other channel.`,
      })),
      ...(split === null
        ? []
        : [
            {
              line: split,
              message:
                "Some videos earned and some gave back, so the amounts by video are left out; the payout itself is whole.",
            },
          ]),
    ],
  };
}
