import "server-only";
import { read } from "@/db/client";
import * as commissions from "@/db/commissions";
import { drawnIn } from "@/db/drawn";
import * as months from "@/db/months";
import * as notes from "@/db/notes";
import * as rates from "@/db/rates";
import { standing } from "@/db/revisions";
import * as statements from "@/db/statements";
import * as totals from "@/db/totals";
import { AppError } from "../errors";
import type { Viewer } from "../model/access";
import type { Currency } from "../model/money";
import { firstDay, lastDay, type Month } from "../model/month";
import type { StatementFacts } from "../model/statement";
import {
  parseStatement,
  type Statement,
  type StatementSectionId,
  withoutNotes,
  withSections,
} from "../report/statement";
import { statementOf } from "../statement";
import type { CommissionShare } from "../statement-commission";
import type { RateOf } from "../statement-tables";
import { readExpectations } from "./ledger";

/** More videos than these are told without their views. */
const MOST_VIEWED = 500;

/** A statement with where its bytes come from: what was kept when its month was closed, or the ledger as it is now. */
export type Told = {
  readonly statement: Statement;
  /** null: its months are not closed, or more than one */
  readonly closing: months.Closing | null;
  /** its bytes as they were kept; null: it was not, or the viewer may not see all of them */
  readonly kept: string | null;
};

/** What an owner saw when he closed the month, and no agency may read of another. */
const OWN_SECTIONS: ReadonlySet<StatementSectionId> = new Set(["commission", "notes"]);

/**
 * The statement of the months `from` to `to`: of a closed month the kept one, from its bytes alone; else as the ledger
 * has it now. Throws not_found to a stranger, forbidden to one who may not see all amounts, conflict when the kept
 * bytes are not those that were closed.
 */
export async function tellStatement(
  viewer: Viewer,
  creatorId: string,
  range: { readonly from: Month; readonly to: Month },
): Promise<Told> {
  const kept = range.from === range.to ? await months.findKept(viewer, creatorId, range.from) : null;
  if (!kept) return { statement: await drawStatement(viewer, creatorId, range), closing: null, kept: null };
  const { data, isOwn, ...closing } = kept;
  const statement = parseStatement(data);
  if (isOwn) return { statement, closing, kept: data };
  const others = statement.sections.map(({ id }) => id).filter((id) => !OWN_SECTIONS.has(id));
  return { statement: withoutNotes(withSections(statement, others)), closing, kept: null };
}

/** The same without where it comes from. */
export async function readStatement(
  viewer: Viewer,
  creatorId: string,
  range: { readonly from: Month; readonly to: Month },
): Promise<Statement> {
  return (await tellStatement(viewer, creatorId, range)).statement;
}

/** The statement as the ledger has it now, in one transaction, whatever was closed. Errors: not_found, forbidden. */
export function drawStatement(
  viewer: Viewer,
  creatorId: string,
  range: { readonly from: Month; readonly to: Month },
): Promise<Statement> {
  return read(viewer, async () => {
    const facts = await statements.read(viewer, creatorId, range);
    const [known, ledger, rateOf, views, shares, said] = await Promise.all([
      standing(viewer, creatorId),
      totals.byMonth(viewer, creatorId, { bookedTo: range.to }),
      readRates(viewer, creatorId, facts),
      readViews(viewer, creatorId, facts),
      readShares(viewer, creatorId, range),
      notes.ofMonths(viewer, creatorId, range),
    ]);
    const expectations = await readExpectations(viewer, known, ledger, range);
    const { keepsReceipts } = known;
    return statementOf({ facts, rateOf, expectations, views, keepsReceipts, shares, notes: said });
  });
}

/** null for an agency's people, who are not told what others take. */
async function readShares(
  viewer: Viewer,
  creatorId: string,
  range: { readonly from: Month; readonly to: Month },
): Promise<CommissionShare[] | null> {
  try {
    const shares = await commissions.sharesOf(viewer, creatorId, range, "booked");
    return shares.map((share) => ({ ...share, party: share.party || share.agencyName }));
  } catch (error) {
    if (error instanceof AppError && error.code === "forbidden") return null;
    throw error;
  }
}

async function readRates(viewer: Viewer, creatorId: string, facts: StatementFacts): Promise<RateOf> {
  const { creator, cells } = facts;
  const keyOf = (currency: Currency, month: Month) => `${currency} ${month}`;
  const needs = new Map(
    cells
      .filter(({ currency }) => currency !== creator.currency)
      .map(({ currency, month }) => [
        keyOf(currency, month),
        { base: currency, quote: creator.currency, month },
      ]),
  );
  const found = await rates.findFor(viewer, creatorId, [...needs.values()]);
  const used = new Map([...needs.keys()].map((key, index) => [key, found[index] ?? null]));
  return (currency, month) => {
    const rate = used.get(keyOf(currency, month));
    return rate ? { currency, month, day: rate.day, rate: rate.rate, source: rate.source } : null;
  };
}

async function readViews(
  viewer: Viewer,
  creatorId: string,
  { range, videos }: StatementFacts,
): Promise<ReadonlyMap<string, number | null>> {
  const ids = [...new Set(videos.slice(0, MOST_VIEWED).map(({ id }) => id))];
  const [fromDay, toDay] = [firstDay(range.from), lastDay(range.to)];
  const drawn = await drawnIn(
    viewer,
    creatorId,
    ids.map((videoId) => ({ key: videoId, videoId, fromDay, toDay })),
  );
  return new Map(ids.map((id) => [id, drawn.get(id)?.views ?? null]));
}
