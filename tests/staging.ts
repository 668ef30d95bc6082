/** Drafts as the file that an import's worker leaves for the database. */
import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import type { Bring } from "../db/imports";
import type { Drafts, Period } from "../lib/import/draft";
import { stagingSink } from "../lib/import/staged";
import type { Format } from "../lib/model/words";

const folder = mkdtempSync(path.join(tmpdir(), "permille-staged-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Answers the path. Videos of unknown format get the given one. */
export function stageDrafts(drafts: Drafts, videoFormat?: Format): string {
  const file = path.join(folder, randomUUID());
  const lines: string[] = [];
  const sink = stagingSink((text) => lines.push(text));
  for (const draft of drafts.videos) sink.video({ ...draft, format: draft.format ?? videoFormat ?? null });
  for (const draft of drafts.traffic) sink.traffic(draft);
  for (const draft of drafts.payouts) sink.payout(draft);
  for (const draft of drafts.readings) sink.reading(draft);
  for (const draft of drafts.audiences) sink.audience(draft);
  writeFileSync(file, "");
  writeFileSync(file, lines.join(""));
  return file;
}

export function bringOf(
  drafts: Drafts,
  to: Pick<Bring, "channelId" | "platform" | "fileSha256" | "choices">,
  videoFormat?: Format,
): Bring {
  return { ...to, staged: stageDrafts(drafts, videoFormat), period: periodOf(drafts) };
}

function periodOf({ traffic, payouts }: Drafts): Period | null {
  const days = [...traffic, ...payouts].flatMap(({ from, to }) => [from, to]).sort();
  const [from, to] = [days[0], days.at(-1)];
  return from && to ? { from, to } : null;
}
