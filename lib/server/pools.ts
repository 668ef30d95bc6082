import "server-only";
import * as creators from "@/db/creators";
import { listCreatorsForOperator } from "@/db/jobs";
import * as pools from "@/db/pools";
import * as totals from "@/db/totals";
import type { Viewer } from "../model/access";
import { historiesOf } from "../model/histories";
import { monthOf } from "../model/month";
import { offsetsOf, type PoolOffset, startsFrom } from "../model/pooling";
import { projectStream } from "../model/projection";
import { installedBenchmarks } from "./benchmarks";
import { report } from "./report-error";

/**
 * Pools the rates of the creators who agreed to it: first what each one gives, then what each one begins from, made
 * of all others'. Who agrees no more gives and gets nothing from this run on. One creator's trouble is reported and
 * keeps nobody else from his; his own stays as it was.
 */
export async function poolCreators(operatorFor: (creatorId: string) => Viewer): Promise<void> {
  const all = await listCreatorsForOperator();
  const each = async (work: (viewer: Viewer, creatorId: string) => Promise<unknown>) => {
    for (const { creatorId } of all) {
      try {
        await work(operatorFor(creatorId), creatorId);
      } catch (error) {
        report(error);
      }
    }
  };
  const agreed = new Set<string>();
  await each(async (viewer, creatorId) => {
    const creator = await creators.get(viewer, creatorId);
    if (creator.pools) agreed.add(creatorId);
    await pools.saveOffsets(viewer, creatorId, creator.pools ? await giveOf(viewer, creator) : []);
  });
  const { version } = installedBenchmarks();
  await each(async (viewer, creatorId) => {
    const starts = agreed.has(creatorId) ? startsFrom(await pools.listInputs(viewer, creatorId)) : [];
    await pools.saveStarts(viewer, creatorId, version, starts);
  });
}

/** Against the published rates alone, from the months before this one: what was pooled before plays no part. */
async function giveOf(viewer: Viewer, creator: creators.Creator): Promise<PoolOffset[]> {
  const current = monthOf(creator.today);
  const known = await totals.byMonth(viewer, creator.id);
  const { perUsd } = await totals.rates(viewer, creator.id, known, creator.currency, {
    from: current,
    to: current,
  });
  const ledger = { ...known, perUsd, benchmarks: installedBenchmarks(), pooled: null };
  return offsetsOf(
    historiesOf(ledger, { asOf: current }).flatMap(({ platform, history }) =>
      platform === null
        ? []
        : [{ projection: projectStream(history, current), niche: ledger.niches[platform] ?? null }],
    ),
  );
}
