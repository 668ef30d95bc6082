import "server-only";
import * as months from "@/db/months";
import { standing } from "@/db/revisions";
import { Doubt } from "../errors";
import type { Viewer } from "../model/access";
import { PRIOR_VERSION } from "../model/benchmarks";
import { MODEL_VERSION } from "../model/kinds";
import type { Month } from "../model/month";
import { parseStatement, STATEMENT_VERSION, statementJson } from "../report/statement";
import { type StatementChange, statementChanges } from "../report/statement-changes";
import { drawStatement } from "./statements";

/** By which code a statement was drawn, for whoever wonders in ten years. */
const CODE_VERSION = `statement ${STATEMENT_VERSION}, model ${MODEL_VERSION}, priors ${PRIOR_VERSION}`;

/**
 * Closes a month with its statement, both in one transaction. `seen`: the standing under which it was reviewed; when
 * something has changed since, it is asked about first (null: closed anyway). Errors: those of months.close.
 */
export async function closeMonth(
  viewer: Viewer,
  creatorId: string,
  { id, month, seen }: { id: string; month: Month; seen: string | null },
): Promise<void> {
  if (seen !== null && (await standing(viewer, creatorId)).key !== seen) {
    // Closing it changes what was seen: by this form, sent twice, or by somebody else, whom months.close tells of.
    const { closings, isClosed } = await months.history(viewer, creatorId, month);
    if (!isClosed && !closings.some((closing) => closing.id === id))
      throw new Doubt("Something was logged or changed since this page was shown. Reload it to look again.", [
        { name: "anyway", value: "on", label: "Close it anyway" },
      ]);
  }
  await months.close(viewer, creatorId, { id, month }, async () => ({
    data: statementJson(await drawStatement(viewer, creatorId, { from: month, to: month })),
    codeVersion: CODE_VERSION,
  }));
}

/** What each closing of a month changed in money since the one before, by its id; absent where one cannot be read. */
export async function changesBetween(
  viewer: Viewer,
  creatorId: string,
  closings: readonly months.Closing[],
): Promise<ReadonlyMap<string, readonly StatementChange[]>> {
  if (closings.length < 2 || closings.some(({ isIntact }) => !isIntact)) return new Map();
  const kept = await Promise.all(closings.map(({ id }) => months.keptOf(viewer, creatorId, id)));
  const told = kept.map(({ data }) => parseStatement(data));
  return new Map(
    told
      .slice(0, -1)
      .map((after, index) => [closings[index]?.id ?? "", statementChanges(told[index + 1] ?? after, after)]),
  );
}
