import "server-only";
import { listCreatorsForOperator } from "@/db/jobs";
import * as projections from "@/db/projections";
import type { Viewer } from "../model/access";
import { addMonths } from "../model/month";
import { installedBenchmarks } from "./benchmarks";
import { report } from "./report-error";

/**
 * Freezes what is not frozen yet: for each creator, each month that has begun since he joined, with the two
 * months after it. A run after downtime makes up for the months it missed, from what was known before each of
 * them, and the projections say that they were made late. Runs that overlap make nothing twice. One creator's
 * trouble is reported and keeps nobody else from his.
 */
export async function makeProjections(operatorFor: (creatorId: string) => Viewer): Promise<void> {
  for (const { creatorId } of await listCreatorsForOperator()) {
    try {
      await makeFor(operatorFor(creatorId), creatorId);
    } catch (error) {
      report(error);
    }
  }
}

async function makeFor(viewer: Viewer, creatorId: string): Promise<void> {
  for (const month of await projections.listMissing(viewer, creatorId)) {
    // The month itself last: it is what marks the month as done.
    for (const horizon of [...projections.HORIZONS].reverse()) {
      const target = addMonths(month, horizon - 1);
      await projections.freeze(viewer, creatorId, target, horizon, installedBenchmarks());
    }
  }
}
