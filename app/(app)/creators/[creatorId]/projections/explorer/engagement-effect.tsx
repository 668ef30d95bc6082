"use client";

import type { Explored } from "@/lib/explorer";
import { count, percent, signedPercent } from "@/lib/format";
import { DENOMINATOR_LABEL } from "@/lib/model/rpm";

/** Fewer pairs of months say nothing; lib/model/engagement counts them. */
const ENOUGH = 6;

/** What engagement moves and what it does not, with its measured effect on the stream's own rate. */
export function EngagementEffect({ explored, locale }: { explored: Explored; locale: string }) {
  const { stream, rule, ground } = explored;
  const denominator = ground?.denominator ? DENOMINATOR_LABEL[ground.denominator] : "views";
  return (
    <div className="grid content-start gap-2 text-sm text-muted">
      <p>
        It can move the sponsorship price below, not the projection: on the channels the model was built on,
        it told next to nothing about the rate.
      </p>
      {rule?.engagement && (
        <p>
          {rule.engagement} ({rule.source}; as of {rule.date}).
        </p>
      )}
      <p>
        <strong className="font-medium text-ink">Measured on you: </strong>
        {ground && ground.denominator === null
          ? "nothing, for this money does not come by the view."
          : measured(stream?.effect ?? null, denominator, locale)}
      </p>
    </div>
  );
}

function measured(
  effect: NonNullable<Explored["stream"]>["effect"] | null,
  denominator: string,
  locale: string,
): string {
  if (!effect) return "nothing, there are no payouts of this stream.";
  const { pairs, slope } = effect;
  if (!slope)
    return pairs < ENOUGH
      ? `not enough months: ${count(pairs, locale)} pairs of neighbouring months know both payout and engagement, ${count(ENOUGH, locale)} are needed.`
      : "your engagement never changed, so nothing can be told.";
  const shown = (value: number) => signedPercent(1.1 ** value - 1, locale, 1);
  const isClear = slope.lo95 > 0 || slope.hi95 < 0;
  return (
    `10% more engagement went with ${shown(slope.value)} money per 1,000 ${denominator}, after watch time, audience and season ` +
    `(${percent(0.95, locale)} range ${shown(slope.lo95)} to ${shown(slope.hi95)}, ${count(pairs, locale)} month-to-month changes). ` +
    (isClear ? "A relation, which need not be a cause." : "That cannot be told from no effect.")
  );
}
