import "server-only";
import { read } from "@/db/client";
import * as goals from "@/db/goals";
import * as readings from "@/db/readings";
import type { Standing } from "@/db/revisions";
import * as totals from "@/db/totals";
import { choiceParam, type SearchParams, textParam } from "@/lib/list-query";
import type { Viewer } from "@/lib/model/access";
import { closedGates } from "@/lib/model/gates";
import { addMonths, isMonth, type Month, monthOf } from "@/lib/model/month";
import { type LostStream, lostStreamsOf } from "@/lib/model/named-rates";
import {
  type Against,
  type Measure,
  type Overview,
  overviewOf,
  RANGES,
  type RangeChoice,
  type Window,
  windowOf,
} from "@/lib/overview";
import { type GoalStanding, readGoals } from "@/lib/server/goals";
import { readExpectations, readLedger, remember } from "@/lib/server/ledger";
import { sharedTogether } from "@/lib/shared-words";

/** What the address asks to see. */
export type OverviewChoice = {
  readonly month: Month | null;
  readonly months: RangeChoice;
  readonly measure: Measure;
  readonly rateStream: string | null;
  readonly against: Against;
  /** Tables show the latest 12 months unless all are asked for. */
  readonly allRows: boolean;
};

export function choiceOf(params: SearchParams): OverviewChoice {
  const month = textParam(params, "month");
  const months = textParam(params, "months");
  return {
    month: month && isMonth(month) ? month : null,
    months: RANGES.find((range) => String(range) === months) ?? 12,
    measure: choiceParam(params, "measure", ["erpm", "money"]) ?? "erpm",
    rateStream: textParam(params, "rate") ?? null,
    against: choiceParam(params, "against", ["projection", "month"]) ?? "projection",
    allRows: textParam(params, "rows") === "all",
  };
}

export type OverviewPage = {
  readonly window: Window;
  readonly overview: Overview;
  /** Programmes known not to let the creator in yet. */
  readonly closed: ReturnType<typeof closedGates>;
  /** Streams whose views came as they do while the money did not, in the latest month shown that is over. */
  readonly lost: { readonly month: Month; readonly streams: readonly LostStream[] };
  /** The one that ends first among those that hold this month. */
  readonly goal: GoalStanding | null;
};

/** All the overview shows, as the locale writes it; null when nothing was logged yet. */
export function readOverview(
  viewer: Viewer,
  standing: Standing,
  choice: OverviewChoice,
  locale: string,
): Promise<OverviewPage | null> {
  const { today, key } = standing;
  const { id } = standing.creator;
  return remember(overviews, JSON.stringify([key, choice, locale]), () =>
    read(viewer, async () => {
      const ledger = await readLedger(viewer, standing);
      const window = windowOf(ledger, today, choice);
      if (window === null) return null;
      const [expectations, running, followers, held] = await Promise.all([
        readExpectations(viewer, standing, ledger, { ...window, ratesTo: window.current }),
        totals.runningDays(viewer, id, today),
        readings.latestFollowers(viewer, id, today),
        goals.list(viewer, id, { on: monthOf(today) }),
      ]);
      const [goal = null] = await readGoals(viewer, standing, held.slice(-1));
      const overview = overviewOf({
        today,
        locale,
        ...expectations,
        ledger: { ...expectations.ledger, followers },
        running,
        window,
        rateStream: choice.rateStream,
        measure: choice.measure,
        against: choice.against,
        together: sharedTogether(standing.shared),
      });
      const month = overview.isRunning ? addMonths(overview.month, -1) : overview.month;
      return {
        ...{ window, overview, goal, closed: closedGates({ ...ledger, followers }, today) },
        lost: { month, streams: lostStreamsOf(ledger.money, ledger.traffic, month) },
      };
    }),
  );
}

const overviews = new Map<string, Promise<OverviewPage | null>>();
