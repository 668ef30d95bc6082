import "server-only";
import * as months from "@/db/months";
import { standing } from "@/db/revisions";
import { Doubt } from "../errors";
import type { Viewer } from "../model/access";
import { PRIOR_VERSION } from "../model/benchmarks";
import { MODEL_VERSION } from "../model/kinds";
import type { Month } from "../model/month";
import { parseStatement, STATEMENT_VERSION, type Statement, statementJson } from "../report/statement";
import { type StatementChange, statementChanges } from "../report/statement-changes";
import { readStatement } from "./statements";

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
    // A form that was sent twice has itself changed what was seen.
    const closings = await months.listClosings(viewer, creatorId);
    if (!closings.some((closing) => closing.id === id && closing.month === month))
      throw new Doubt("Something was logged or changed since this page was shown. Reload it to look again.", [
        { name: "anyway", value: "on", label: "Close it anyway" },
      ]);
  }
  await months.close(viewer, creatorId, { id, month }, async () => ({
    data: statementJson(await readStatement(viewer, creatorId, { from: month, to: month })),
    codeVersion: CODE_VERSION,
  }));
}

/** A statement with where its bytes come from: what was kept when its month was closed, or the ledger as it is now. */
export type Told = {
  readonly statement: Statement;
  /** null: its months are not closed, or more than one */
  readonly closing: months.Closing | null;
  /** its bytes as they were kept; null: it was not */
  readonly kept: string | null;
};

/**
 * The statement of a range: of a closed month the kept one, from its bytes alone; else as the ledger has it now.
 * Errors: those of readStatement; conflict when the kept bytes are not those that were closed.
 */
export async function tellStatement(
  viewer: Viewer,
  creatorId: string,
  range: { readonly from: Month; readonly to: Month },
): Promise<Told> {
  const kept = range.from === range.to ? await months.findKept(viewer, creatorId, range.from) : null;
  if (!kept) return { statement: await readStatement(viewer, creatorId, range), closing: null, kept: null };
  const { data, ...closing } = kept;
  return { statement: parseStatement(data), closing, kept: data };
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
