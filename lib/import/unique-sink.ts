import type { Problem, Sink } from "./draft";

/**
 * For several tables of one file that go to one sink: what one has said counts once. A table that says the same
 * entry otherwise is a problem of its row. Keeps every entry, so it is for tables that are small together.
 */
export function uniqueSink(out: Sink): { of(file: string): Sink; problems(): Problem[] } {
  const said = new Map<string, { text: string; file: string; line: number }>();
  const problems: Problem[] = [];

  function isNew(what: string, draft: { sourceKey: string; line: number }, file: string): boolean {
    const { line, ...content } = draft;
    const text = JSON.stringify(content, (_key, value) => (typeof value === "bigint" ? `${value}` : value));
    const key = `${what} ${draft.sourceKey}`;
    const earlier = said.get(key);
    if (!earlier) said.set(key, { text, file, line });
    // Of a video each table may know something else; the first one's word holds.
    else if (earlier.text !== text && what !== "video")
      problems.push({
        file,
        line,
        message: `The same entry is also in ${earlier.file} on line ${earlier.line} with other figures; only that one is read. Remove one of them.`,
      });
    return !earlier;
  }
  return {
    of: (file) => ({
      video: (draft) => isNew("video", draft, file) && out.video(draft),
      traffic: (draft) => isNew("traffic", draft, file) && out.traffic(draft),
      payout: (draft) => isNew("payout", draft, file) && out.payout(draft),
      reading: (draft) => isNew("reading", draft, file) && out.reading(draft),
      audience: (draft) => isNew("audience", draft, file) && out.audience(draft),
    }),
    problems: () => problems,
  };
}
