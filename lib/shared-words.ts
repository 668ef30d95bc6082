import { dayName } from "./format";
import { type Shared, seesAll } from "./model/access";
import { STREAM_LABEL } from "./model/words";

/** How a creator's scope reads, to those whom it is meant for. */

const LIST = new Intl.ListFormat("en-GB");

/** "all streams", "rewards and ads", "no amounts". */
export function sharedStreams({ amounts, streams }: Pick<Shared, "amounts" | "streams">): string {
  if (!amounts || streams?.length === 0) return "no amounts";
  if (streams === null) return "all streams";
  return LIST.format(streams.map((stream) => STREAM_LABEL[stream].toLowerCase()));
}

/** What the streams that are shown are called together, at the head of a line: "Rewards and ads"; undefined: all are. */
export function sharedTogether(shared: Shared | null): string | undefined {
  if (seesAll(shared) || shared === null) return undefined;
  const names = sharedStreams(shared);
  return names.charAt(0).toUpperCase() + names.slice(1);
}

/** "rewards and ads, read-only, without notes, until 31 Dec 2026". */
export function sharedTerms(shared: Shared, mayWrite: boolean, locale: string): string {
  return [
    sharedStreams(shared),
    mayWrite ? "yours to edit" : "read-only",
    ...(shared.notes ? [] : ["without notes"]),
    ...(shared.toDay ? [`until ${dayName(shared.toDay, locale)}`] : []),
  ].join(", ");
}

/** "Northlight" */
export function sharedWith({ agencies }: Shared): string {
  return LIST.format(agencies.map(({ name }) => name));
}
