import "server-only";
import * as commissions from "@/db/commissions";
import * as runs from "@/db/roster-runs";
import type { Viewer } from "../model/access";
import type { RosterCreator } from "../report/roster-xlsx";
import { linesAfter } from "../run-lines";

/**
 * The creators of a run with what their statements came to and what the agency is owed of it; somebody of whom there is
 * no statement is in no line. Errors as `runs.parts`.
 */
export async function readCreators(
  viewer: Viewer,
  agencyId: string,
  { id: runId, month }: Pick<runs.Run, "id" | "month">,
): Promise<RosterCreator[]> {
  const [parts, owed] = [
    await runs.parts(viewer, agencyId, runId),
    await commissions.byCreator(viewer, agencyId, { from: month, to: month }),
  ];
  return parts
    .filter(({ part }) => part !== runs.WORKBOOK_PART)
    .map(({ name, row, problem, representedId }) => ({
      ...{ name, problem },
      row: row && {
        lines: linesAfter(
          row.lines,
          owed.filter(({ creatorId }) => creatorId === representedId),
        ),
      },
    }));
}
