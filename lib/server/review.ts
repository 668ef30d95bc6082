import "server-only";
import * as imports from "@/db/imports";
import * as months from "@/db/months";
import type { Standing } from "@/db/revisions";
import type { Viewer } from "../model/access";
import type { Month } from "../model/month";
import { earnedOf } from "../overview";
import { type Remark, reviewOf } from "../review";
import { readExpectations } from "./ledger";
import { readSchedule } from "./schedule";

/** What to look at before a month is closed, as things stand now. Errors: forbidden without all amounts. */
export async function readReview(viewer: Viewer, standing: Standing, month: Month): Promise<Remark[]> {
  const { id } = standing.creator;
  const { ledger, dues } = await readSchedule(viewer, standing);
  const [{ reporting, rateFor, kept }, differences, closed] = await Promise.all([
    readExpectations(viewer, standing, ledger, { from: month, to: month }),
    imports.listDifferences(viewer, id, month),
    months.listClosed(viewer, id),
  ]);
  const projected = kept.get(month)?.total;
  return reviewOf({
    month,
    money: ledger.money,
    earned: earnedOf(
      ledger.money.filter((cell) => cell.month === month),
      reporting,
      rateFor,
    ),
    reporting,
    band95: projected?.currency === reporting ? projected.bands[95] : null,
    dues,
    differences,
    closed: new Set(closed.map((each) => each.month)),
  });
}
