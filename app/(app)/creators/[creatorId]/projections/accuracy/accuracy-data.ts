import "server-only";
import { read } from "@/db/client";
import type { Standing } from "@/db/revisions";
import * as totals from "@/db/totals";
import {
  ACCURACY_RANGES,
  type Accuracy,
  type AccuracyRange,
  accuracyOf,
  type JudgedMonths,
  judgedMonths,
} from "@/lib/accuracy";
import { type SearchParams, textParam } from "@/lib/list-query";
import type { Viewer } from "@/lib/model/access";
import { addMonths } from "@/lib/model/month";
import { NAIVE_LOOKS_BACK } from "@/lib/model/score";
import { readExpectations, readLedger, remember } from "@/lib/server/ledger";
import { sharedTogether } from "@/lib/shared-words";

/** What the address asks to see. */
export type AccuracyChoice = { readonly months: AccuracyRange; readonly subject: string | null };

export function choiceOf(params: SearchParams): AccuracyChoice {
  const months = textParam(params, "months");
  return {
    months: ACCURACY_RANGES.find((range) => String(range) === months) ?? 12,
    subject: textParam(params, "subject") ?? null,
  };
}

export type AccuracyPage = { readonly window: JudgedMonths; readonly accuracy: Accuracy };

/** All the page shows, as the locale writes it; null when no month can be judged yet. */
export function readAccuracy(
  viewer: Viewer,
  standing: Standing,
  choice: AccuracyChoice,
  locale: string,
): Promise<AccuracyPage | null> {
  return remember(pages, JSON.stringify([standing.key, choice, locale]), () =>
    read(viewer, async () => {
      const known = await readLedger(viewer, standing);
      const window = judgedMonths(known, standing.today, choice.months);
      if (window === null) return null;
      const { first, from, to } = window;
      const [expectations, steps] = await Promise.all([
        readExpectations(viewer, standing, known, {
          from,
          to,
          ratesFrom: addMonths(from, -NAIVE_LOOKS_BACK),
        }),
        totals.steps(viewer, standing.creator.id, { from: first, to }),
      ]);
      const { subject } = choice;
      return {
        window,
        accuracy: accuracyOf({
          ...expectations,
          steps,
          window,
          subject,
          locale,
          together: sharedTogether(standing.shared),
        }),
      };
    }),
  );
}

const pages = new Map<string, Promise<AccuracyPage | null>>();
