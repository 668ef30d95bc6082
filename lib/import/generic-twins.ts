import type { Need, PayoutDraft, Period, TrafficDraft, Twins, TwinsAnswer } from "./draft";

/** A draft and what its row is called. */
export type Named<T> = { name: string; draft: T };

const MAX_GROUPS = 200;

/**
 * Rows that speak of the same month and stream: all are kept under keys of their own, "#2" for the second, while
 * it is asked whether they add up, one of them holds, or all are true.
 */
export function settleTwins<T extends Period & { sourceKey: string; line: number }>(
  drafts: readonly Named<T>[],
  twins: TwinsAnswer | undefined,
  needs: Need[],
  what: string,
  add: (a: T, b: T) => T,
): T[] {
  const groups = new Map<string, Named<T>[]>();
  for (const each of drafts) {
    const group = groups.get(each.draft.sourceKey);
    if (group) group.push(each);
    else groups.set(each.draft.sourceKey, [each]);
  }
  const open: Twins[] = [];
  const settled = [...groups.values()].flatMap((group) => {
    const all = group.map(({ draft }) => draft);
    const [first, last] = [all[0], all.at(-1)];
    if (!first || !last || all.length === 1) return all;
    if (twins === "sum") return [all.reduce(add)];
    if (twins === "first" || twins === "last") return [twins === "first" ? first : last];
    if (twins === undefined) open.push({ when: group[0]?.name ?? "", lines: all.map(({ line }) => line) });
    return all.map((draft, index) =>
      index === 0 ? draft : { ...draft, sourceKey: `${draft.sourceKey}#${index + 1}` },
    );
  });
  if (open.length > 0)
    needs.push({
      what: "twins",
      options: ["sum", "first", "last", "keep"],
      groups: open.slice(0, MAX_GROUPS),
      message: twinsMessage(open, what),
    });
  return settled;
}

function twinsMessage(open: Twins[], what: string): string {
  const shown = open.slice(0, 3).map(({ when, lines }) => {
    const times = lines.length === 2 ? "twice" : `${lines.length} times`;
    const more = lines.length > 5 ? ", …" : "";
    return `${when} appears ${times} for the same ${what} (lines ${lines.slice(0, 5).join(", ")}${more})`;
  });
  const more = open.length > shown.length ? `, and ${open.length - shown.length} more do` : "";
  return `${shown.join("; ")}${more}. Say whether such rows add up, the first or the last one holds, or all are true.`;
}

/** Lines of the same video become one. */
export function addPayouts(a: PayoutDraft, b: PayoutDraft): PayoutDraft {
  const lines = new Map(a.lines.map(({ videoExternalId, minor }) => [videoExternalId, minor]));
  for (const { videoExternalId, minor } of b.lines)
    lines.set(videoExternalId, (lines.get(videoExternalId) ?? 0n) + minor);
  return {
    ...a,
    minor: a.minor + b.minor,
    lines: [...lines].map(([videoExternalId, minor]) => ({ videoExternalId, minor })),
  };
}

/** A figure that only one of the rows knows stays unknown in the sum. */
export function addTraffic(a: TrafficDraft, b: TrafficDraft): TrafficDraft {
  const plus = (x: number | null, y: number | null) => (x === null || y === null ? null : x + y);
  return {
    ...a,
    views: plus(a.views, b.views),
    qualifiedViews: plus(a.qualifiedViews, b.qualifiedViews),
    engagedViews: plus(a.engagedViews, b.engagedViews),
    watchSeconds: plus(a.watchSeconds, b.watchSeconds),
    likes: plus(a.likes, b.likes),
    comments: plus(a.comments, b.comments),
    shares: plus(a.shares, b.shares),
  };
}
