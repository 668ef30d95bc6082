import { type Currency, decimalOf } from "../model/money";
import type { Day } from "../model/month";
import { type PayoutState, STREAM_LABEL, type Stream } from "../model/words";
import type { Drafts, PayoutDraft, PayoutLineDraft, Period, TrafficDraft, VideoDraft } from "./draft";

/** What the channel already has. Only entries that hold: neither replaced nor void. */
export type Existing = { payouts: ExistingPayout[]; traffic: ExistingTraffic[]; videos: ExistingVideo[] };
export type ExistingPayout = Period & {
  id: string;
  sourceKey: string | null;
  stream: Stream;
  minor: bigint;
  currency: Currency;
  state: PayoutState;
  /** The entry that a replacement has to name: the head of its chain, where that is not the entry itself. */
  replacesHead?: string | null;
};
export type ExistingTraffic = Period & {
  id: string;
  sourceKey: string | null;
  videoExternalId: string | null;
  views: number | null;
  engagedViews: number | null;
  watchSeconds: number | null;
};
export type ExistingVideo = { id: string; externalId: string };

/** What an import would do with one draft. `changes` reads "old → new". */
export type Planned<D, E> =
  | { draft: D; status: "new" }
  | { draft: D; status: "unchanged"; existing: E }
  | { draft: D; status: "changed"; existing: E; changes: string[] }
  | { draft: D; status: "overlap"; overlap: string };

/**
 * What may become of an overlap. keep: what is there stays. replace: it is voided and the file takes its place.
 * lines: what is there stays and gets the file's lines by video. add: both are true (never for ads and rewards).
 */
export type OverlapChoice = "keep" | "replace" | "lines" | "add";

/** Drafts and existing entries that speak of the same days under different names; they never simply add up. */
export type Overlap = Period & {
  /** "payouts:<stream>", "traffic:channel" or "traffic:videos": what the choice is kept under. */
  key: string;
  existing: string[];
  drafts: number;
  /** The first is the default. */
  choices: OverlapChoice[];
  message: string;
};

export type Plan = {
  videos: Planned<VideoDraft, ExistingVideo>[];
  traffic: Planned<TrafficDraft, ExistingTraffic>[];
  payouts: Planned<PayoutDraft, ExistingPayout>[];
  overlaps: Overlap[];
};

/** What is to be written once every overlap is decided. */
export type Writes = {
  videos: VideoDraft[];
  traffic: { draft: TrafficDraft; replaces: string | null }[];
  payouts: { draft: PayoutDraft; replaces: string | null }[];
  /** Lines by video for a payout that is already there. */
  lines: { payoutId: string; lines: PayoutLineDraft[] }[];
  voidPayouts: string[];
  voidTraffic: string[];
};

/** One programme pays these for a channel's days, so two accounts of the same days are the same money. */
const PAID_ONCE: ReadonlySet<Stream> = new Set(["ads", "rewards"]);

/** Compares what a file says with what is there. Pure; nothing is decided that a person should decide. */
export function planImport(drafts: Drafts, existing: Existing): Plan {
  const overlaps: Overlap[] = [];
  const known = new Map(existing.videos.map((video) => [video.externalId, video]));
  return {
    videos: drafts.videos.map((draft) => {
      const video = known.get(draft.externalId);
      return video ? { draft, status: "unchanged", existing: video } : { draft, status: "new" };
    }),
    payouts: planPayouts(drafts.payouts, existing.payouts, overlaps),
    traffic: planTraffic(drafts.traffic, existing.traffic, overlaps),
    overlaps,
  };
}

/** How many drafts of a plan are new, unchanged, changed, overlapping. */
export function countStatuses(plan: Plan): Record<"new" | "unchanged" | "changed" | "overlap", number> {
  const counts = { new: 0, unchanged: 0, changed: 0, overlap: 0 };
  for (const { status } of [...plan.videos, ...plan.traffic, ...plan.payouts]) counts[status]++;
  return counts;
}

/**
 * The plan with its overlaps decided, as what is to be written; an overlap without a choice keeps what is
 * there. Throws RangeError on a choice that the overlap does not offer.
 */
export function settlePlan(plan: Plan, choices: ReadonlyMap<string, OverlapChoice> = new Map()): Writes {
  const writes: Writes = {
    videos: [],
    traffic: [],
    payouts: [],
    lines: [],
    voidPayouts: [],
    voidTraffic: [],
  };
  const chosen = new Map(
    plan.overlaps.map((overlap) => [overlap.key, chosenFor(overlap, choices.get(overlap.key))]),
  );
  for (const overlap of plan.overlaps) {
    if (chosen.get(overlap.key) !== "replace") continue;
    const voids = overlap.key.startsWith("payouts:") ? writes.voidPayouts : writes.voidTraffic;
    for (const id of overlap.existing) voids.push(id);
  }
  for (const video of plan.videos) if (video.status === "new") writes.videos.push(video.draft);
  for (const each of plan.traffic) {
    if (each.status === "overlap" ? chosen.get(each.overlap) !== "keep" : each.status !== "unchanged")
      writes.traffic.push({
        draft: each.draft,
        replaces: each.status === "changed" ? each.existing.id : null,
      });
  }
  for (const each of plan.payouts) {
    if (each.status === "overlap") {
      const choice = chosen.get(each.overlap);
      const [payoutId] = plan.overlaps.find(({ key }) => key === each.overlap)?.existing ?? [];
      if (choice === "lines" && payoutId) writes.lines.push({ payoutId, lines: each.draft.lines });
      else if (choice !== "keep") writes.payouts.push({ draft: each.draft, replaces: null });
    } else if (each.status !== "unchanged") {
      const replaces = each.status === "changed" ? (each.existing.replacesHead ?? each.existing.id) : null;
      writes.payouts.push({ draft: each.draft, replaces });
    }
  }
  return writes;
}

function chosenFor(overlap: Overlap, choice: OverlapChoice = "keep"): OverlapChoice {
  if (!overlap.choices.includes(choice))
    throw new RangeError(
      `"${choice}" is not offered for ${overlap.key}; choose ${overlap.choices.join(" or ")}.`,
    );
  return choice;
}

function planPayouts(
  drafts: PayoutDraft[],
  existing: ExistingPayout[],
  overlaps: Overlap[],
): Plan["payouts"] {
  const byKey = new Map(existing.map((payout) => [payout.sourceKey, payout]));
  const touched = new Map<Stream, { drafts: PayoutDraft[]; existing: Set<ExistingPayout> }>();
  const planned = drafts.map((draft): Planned<PayoutDraft, ExistingPayout> => {
    const same = byKey.get(draft.sourceKey);
    const isDowngrade = same?.state === "final" && draft.state === "estimated";
    if (same && !isDowngrade) return compare(draft, same, payoutChanges(draft, same));
    const others = same ? [same] : existing.filter((payout) => speaksOfSame(draft, payout));
    if (others.length === 0) return { draft, status: "new" };
    // A figure once final is not undone by the estimate it grew out of.
    if (same && same.minor === draft.minor && same.currency === draft.currency)
      return { draft, status: "unchanged", existing: same };
    const group = touched.get(draft.stream) ?? { drafts: [], existing: new Set() };
    touched.set(draft.stream, group);
    group.drafts.push(draft);
    for (const other of others) group.existing.add(other);
    return { draft, status: "overlap", overlap: `payouts:${draft.stream}` };
  });
  for (const [stream, group] of touched) {
    const all = drafts.filter((draft) => draft.stream === stream);
    overlaps.push(payoutOverlap(stream, all, group.drafts, [...group.existing]));
  }
  return planned;
}

function planTraffic(
  drafts: TrafficDraft[],
  existing: ExistingTraffic[],
  overlaps: Overlap[],
): Plan["traffic"] {
  const byKey = new Map(existing.map((traffic) => [traffic.sourceKey, traffic]));
  const bySubject = new Map<string | null, ExistingTraffic[]>();
  for (const traffic of existing) {
    const list = bySubject.get(traffic.videoExternalId);
    if (list) list.push(traffic);
    else bySubject.set(traffic.videoExternalId, [traffic]);
  }
  const touched = new Map<string, { drafts: TrafficDraft[]; existing: Set<ExistingTraffic> }>();
  const planned = drafts.map((draft): Planned<TrafficDraft, ExistingTraffic> => {
    const same = byKey.get(draft.sourceKey);
    if (same) return compare(draft, same, trafficChanges(draft, same));
    // A video's views are part of its channel's: those two are told apart when they are summed, not here.
    const others = (bySubject.get(draft.videoExternalId) ?? []).filter((other) =>
      isOverlapping(draft, other),
    );
    if (others.length === 0) return { draft, status: "new" };
    const overlap = draft.videoExternalId === null ? "traffic:channel" : "traffic:videos";
    const group = touched.get(overlap) ?? { drafts: [], existing: new Set() };
    touched.set(overlap, group);
    group.drafts.push(draft);
    for (const other of others) group.existing.add(other);
    return { draft, status: "overlap", overlap };
  });
  for (const [key, group] of touched) {
    const isOfVideos = key === "traffic:videos";
    const all = drafts.filter((draft) => (draft.videoExternalId !== null) === isOfVideos);
    overlaps.push(
      overlapOf(
        key,
        all,
        group.drafts,
        [...group.existing],
        isOfVideos ? "views of videos" : "views of the channel",
      ),
    );
  }
  return planned;
}

function compare<D, E>(draft: D, existing: E, changes: string[]): Planned<D, E> {
  return changes.length === 0
    ? { draft, status: "unchanged", existing }
    : { draft, status: "changed", existing, changes };
}

function payoutChanges(draft: PayoutDraft, old: ExistingPayout): string[] {
  const changes: string[] = [];
  if (draft.minor !== old.minor || draft.currency !== old.currency)
    changes.push(
      `${decimalOf(old.minor, old.currency)} ${old.currency} → ${decimalOf(draft.minor, draft.currency)} ${draft.currency}`,
    );
  if (draft.state !== old.state) changes.push(`${old.state} → ${draft.state}`);
  if (draft.stream !== old.stream)
    changes.push(`${STREAM_LABEL[old.stream]} → ${STREAM_LABEL[draft.stream]}`);
  if (draft.from !== old.from || draft.to !== old.to)
    changes.push(`${old.from}..${old.to} → ${draft.from}..${draft.to}`);
  return changes;
}

function trafficChanges(draft: TrafficDraft, old: ExistingTraffic): string[] {
  const figures = [
    ["views", old.views, draft.views],
    ["engaged views", old.engagedViews, draft.engagedViews],
    ["watch seconds", old.watchSeconds, draft.watchSeconds],
  ] as const;
  return figures.flatMap(([name, before, now]) =>
    before === now ? [] : [`${name} ${before ?? "unknown"} → ${now ?? "unknown"}`],
  );
}

/** Same stream, shared days, and the same money: in one currency, or from a programme that pays a day once. */
function speaksOfSame(draft: PayoutDraft, payout: ExistingPayout): boolean {
  const isSameMoney = draft.currency === payout.currency || PAID_ONCE.has(draft.stream);
  return draft.stream === payout.stream && isSameMoney && isOverlapping(draft, payout);
}

function isOverlapping(a: Period, b: Period): boolean {
  return a.from <= b.to && b.from <= a.to;
}

function payoutOverlap(
  stream: Stream,
  all: PayoutDraft[],
  drafts: PayoutDraft[],
  existing: ExistingPayout[],
): Overlap {
  const overlap = overlapOf(
    `payouts:${stream}`,
    all,
    drafts,
    existing,
    `payouts of ${STREAM_LABEL[stream].toLowerCase()}`,
  );
  const [draft, other] = [drafts[0], existing[0]];
  const isOneToOne = drafts.length === 1 && existing.length === 1 && draft && other;
  if (isOneToOne && draft.lines.length > 0 && takesLines(other, draft)) overlap.choices.push("lines");
  if (!PAID_ONCE.has(stream)) overlap.choices.push("add");
  return overlap;
}

/** Lines by video fit a payout of the same days and currency that is at least their sum. */
function takesLines(payout: ExistingPayout, draft: PayoutDraft): boolean {
  const isSamePeriod = payout.from === draft.from && payout.to === draft.to;
  return isSamePeriod && payout.currency === draft.currency && draft.minor <= payout.minor;
}

/** Replacing is offered only where the file covers all days of what it would void. */
function overlapOf(
  key: string,
  all: Period[],
  drafts: Period[],
  existing: (Period & { id: string })[],
  what: string,
): Overlap {
  const [file, there] = [spanOf(all), spanOf(existing)];
  const isCovered = file.from <= there.from && there.to <= file.to;
  const { from, to } = spanOf(drafts);
  const remedy = isCovered
    ? "Keep what is there, or replace it by the file; they are not added up."
    : `What is there (${there.from} to ${there.to}) reaches beyond the file, so it is kept; bring a file of all its days to replace it.`;
  const message = `The file and ${existing.length} existing ${what} speak of the same days between ${from} and ${to}. ${remedy}`;
  return {
    key,
    from,
    to,
    existing: existing.map(({ id }) => id),
    drafts: drafts.length,
    choices: isCovered ? ["keep", "replace"] : ["keep"],
    message,
  };
}

function spanOf(periods: Period[]): Period {
  const from = periods.reduce<Day | null>(
    (least, period) => (least === null || period.from < least ? period.from : least),
    null,
  );
  const to = periods.reduce<Day | null>(
    (most, period) => (most === null || period.to > most ? period.to : most),
    null,
  );
  if (from === null || to === null) throw new RangeError("No periods, no span.");
  return { from, to };
}
