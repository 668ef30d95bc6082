import { count, dayName, dayRange, money } from "@/lib/format";
import type { Due, DueState, Span } from "@/lib/model/schedule";
import type { Timing } from "@/lib/model/schedule-rules";
import { PLATFORM_LABEL, STREAM_LABEL } from "@/lib/model/words";
import { paths } from "@/lib/paths";

export const STATE_LABEL: Readonly<Record<DueState, string>> = {
  accruing: "Accruing",
  accrued: "Earned",
  final: "Final",
  expected: "Expected",
  late: "Late",
  below_minimum: "Below the minimum",
  on_request: "For the asking",
  no_date: "No known date",
  received: "Received",
};

/** "Ads, YouTube" or "Lumo pans, sponsorship". */
export function dueName({ stream, platform, name, id }: Due): string {
  if (id.startsWith("deal:")) return `${name}, ${STREAM_LABEL[stream].toLowerCase()}`;
  return [STREAM_LABEL[stream], platform && PLATFORM_LABEL[platform]].filter(Boolean).join(", ");
}

export function dueHref({ id }: Due, creatorId: string): string {
  const own = id.slice(id.indexOf(":") + 1);
  return id.startsWith("deal:") ? paths.deal(creatorId, own) : paths.payout(creatorId, own);
}

export function spanText({ first, last }: Span, locale: string): string {
  return first === last ? dayName(first, locale) : dayRange(first, last, locale);
}

/** What the balance still needs: "$60.00 of $100.00", or both figures where sources disagree. */
export function balanceText({ balance }: Due, locale: string): string | null {
  if (!balance || balance.minimums.length === 0) return null;
  const [has, ...needed] = [balance.minor, ...balance.minimums.map(({ minor }) => minor)].map((minor) =>
    money(minor, balance.currency, locale),
  );
  return `${has} of ${needed.join(" or ")}`;
}

export function timingText(timing: Timing, locale: string): string {
  if (timing.kind === "on_request") return "When you ask for it";
  if (timing.kind === "after") return `${count(timing.days, locale)} days after`;
  const days = ([first, last]: readonly [number, number]) =>
    first === last ? String(first) : `${first} to ${last}`;
  const final = timing.final ? `final on the ${days(timing.final)}, ` : "";
  return `${final}paid on the ${days(timing.paid)} of the month after`;
}
