import { type Dated, dueDayOf } from "./deal";
import { type Currency, convert } from "./money";
import { addDays, addMonths, type Day, daysBetween, daysInMonth, type Month, monthOf } from "./month";
import { type Days, type Minimum, type PaymentRule, paymentRuleFor, type Timing } from "./schedule-rules";
import type { PayoutState, Platform, Stream } from "./words";

/** A payout with what has arrived of it, all in its own currency. */
export type Owed = {
  readonly chainId: string;
  readonly channelId: string | null;
  readonly channelName: string | null;
  readonly platform: Platform | null;
  readonly stream: Stream;
  readonly fromDay: Day;
  readonly toDay: Day;
  readonly currency: Currency;
  /** With the entries about it. */
  readonly dueMinor: bigint;
  readonly receivedMinor: bigint;
  /** null: nothing has arrived. */
  readonly receivedOn: Day | null;
  readonly state: PayoutState;
  /** The day on which the platform settled it, where it told. */
  readonly settledOn: Day | null;
  /** Where a deal or somebody says when it is due. */
  readonly dueOn: Day | null;
};

/** A deal whose fee no payout says in full. */
export type OwedDeal = Dated & {
  readonly dealId: string;
  readonly brand: string;
  readonly platform: Platform | null;
  readonly currency: Currency;
  /** What no payout says yet, above 0. */
  readonly feeMinor: bigint;
};

export type Span = { readonly first: Day; readonly last: Day };

export type DueState =
  /** Its period is not over. */
  | "accruing"
  /** Earned; the platform has not said the last word. */
  | "accrued"
  /** Final, and on its way. */
  | "final"
  /** Its days have come. */
  | "expected"
  /** Its last day has passed. */
  | "late"
  /** The balance is below what is paid out: it waits for more. */
  | "below_minimum"
  /** It is there for the asking. */
  | "on_request"
  /** Nobody knows when it comes. */
  | "no_date"
  /** It came. */
  | "received";

/** One payment on its way from accrued to received. */
export type Due = {
  /** "payout:<chain>" or "deal:<id>": the same whatever changes. */
  readonly id: string;
  readonly stream: Stream;
  readonly platform: Platform | null;
  /** The channel's name, the brand's, or null. */
  readonly name: string | null;
  readonly currency: Currency;
  readonly dueMinor: bigint;
  readonly openMinor: bigint;
  readonly earned: Span;
  readonly finalOn: Span | null;
  readonly expectedOn: Span | null;
  readonly receivedOn: Day | null;
  readonly state: DueState;
  /** Days since the last day on which it was expected; 0 when it is not late. */
  readonly daysLate: number;
  readonly rule: PaymentRule | null;
  /** What waits in the same balance up to this one, and the minimums it is held against; null where there are none. */
  readonly balance: {
    readonly minor: bigint;
    readonly currency: Currency;
    readonly minimums: readonly Minimum[];
  } | null;
};

export type ScheduleInput = {
  readonly today: Day;
  readonly rules: readonly PaymentRule[];
  readonly payouts: readonly Owed[];
  readonly deals: readonly OwedDeal[];
  /** Units of a currency per 1 USD, for minimums in dollars. */
  readonly perUsd: Readonly<Record<string, string>>;
  /** Whether any receipt was ever logged: without one, what has not arrived cannot be told from what was not logged. */
  readonly keepsReceipts: boolean;
};

/**
 * Every payment that is open, or came: late ones first, then by the day they are expected. Monthly payers hold a
 * balance by channel and currency: what stays under the lowest minimum waits for the next month; what lies between
 * two minimums that sources disagree about is expected, and never called late.
 */
export function scheduleOf(input: ScheduleInput): Due[] {
  const balances = balancesOf(input);
  const dues = [
    ...input.payouts.map((payout) => dueOfPayout(payout, balances.get(payout.chainId) ?? null, input)),
    ...input.deals.map((deal) => dueOfDeal(deal, input)),
  ];
  return dues.sort((a, b) => order(a) - order(b) || compare(dayOfDue(a), dayOfDue(b)) || compare(a.id, b.id));
}

/** The day a deal's money should come: when its invoice is due, and before there is one the day it is expected. */
export function dealDueOn(deal: Dated): Day {
  return dueDayOf(deal) ?? deal.expectedOn;
}

/** The days of the month after `earned` on which a rule says money moves; of a short month its last days. */
export function daysAfter(earned: Month, [first, last]: Days): Span {
  const month = addMonths(earned, 1);
  const day = (number: number) =>
    `${month}-${String(Math.min(number, daysInMonth(month))).padStart(2, "0")}` as Day;
  return { first: day(first), last: day(last) };
}

// ---------------------------------------------------------------- payouts

/** What a payout's balance was when its month was paid out. */
type Balance = {
  /** The month in which the balance was large enough for the lowest minimum; null: it has not been yet. */
  readonly paidFor: Month | null;
  /** Large enough for every minimum in that month. */
  readonly isSure: boolean;
  readonly minor: bigint;
  readonly currency: Currency;
  readonly minimums: readonly Minimum[];
};

function dueOfPayout(payout: Owed, balance: Balance | null, input: ScheduleInput): Due {
  const { today, rules } = input;
  const rule = ruleOf(payout, rules);
  const openMinor = payout.dueMinor - payout.receivedMinor;
  const earnedIn = balance?.paidFor ?? (balance ? null : monthOf(payout.toDay));
  const expectedOn = payout.dueOn
    ? { first: payout.dueOn, last: payout.dueOn }
    : rule && expectedOf(rule.timing, payout.toDay, earnedIn);
  const finalOn = payout.settledOn
    ? { first: payout.settledOn, last: payout.settledOn }
    : finalOf(rule?.timing ?? null, payout.toDay);
  const isReceived = openMinor <= 0n;
  const state = isReceived
    ? "received"
    : stateOf({
        today,
        toDay: payout.toDay,
        isFinal: payout.state === "final" || (finalOn !== null && finalOn.last < today),
        expectedOn,
        isBelow: balance !== null && balance.paidFor === null && payout.dueOn === null,
        isOnRequest: rule?.timing.kind === "on_request" && payout.dueOn === null,
        mayBeLate: input.keepsReceipts && (balance?.isSure ?? true),
      });
  return {
    id: `payout:${payout.chainId}`,
    stream: payout.stream,
    platform: payout.platform,
    name: payout.channelName,
    currency: payout.currency,
    dueMinor: payout.dueMinor,
    openMinor: isReceived ? 0n : openMinor,
    earned: { first: payout.fromDay, last: payout.toDay },
    finalOn,
    expectedOn,
    receivedOn: payout.receivedOn,
    state,
    daysLate: state === "late" && expectedOn ? daysBetween(expectedOn.last, today) : 0,
    rule,
    balance: balance && { minor: balance.minor, currency: balance.currency, minimums: balance.minimums },
  };
}

function dueOfDeal(deal: OwedDeal, { today }: ScheduleInput): Due {
  const day = dealDueOn(deal);
  const expectedOn = { first: day, last: day };
  // Without an invoice nobody owes anything yet.
  const isInvoiced = deal.state === "invoiced";
  const state = stateOf({
    ...{ today, toDay: deal.expectedOn, isFinal: isInvoiced, expectedOn },
    ...{ isBelow: false, isOnRequest: false, mayBeLate: isInvoiced },
  });
  return {
    id: `deal:${deal.dealId}`,
    stream: "sponsorship",
    platform: deal.platform,
    name: deal.brand,
    currency: deal.currency,
    dueMinor: deal.feeMinor,
    openMinor: deal.feeMinor,
    earned: { first: deal.expectedOn, last: deal.expectedOn },
    finalOn: deal.invoicedOn && { first: deal.invoicedOn, last: deal.invoicedOn },
    expectedOn,
    receivedOn: null,
    state,
    daysLate: state === "late" ? daysBetween(day, today) : 0,
    rule: null,
    balance: null,
  };
}

function stateOf(at: {
  readonly today: Day;
  readonly toDay: Day;
  readonly isFinal: boolean;
  readonly expectedOn: Span | null;
  readonly isBelow: boolean;
  readonly isOnRequest: boolean;
  readonly mayBeLate: boolean;
}): DueState {
  const { today, expectedOn } = at;
  if (today <= at.toDay) return "accruing";
  if (at.isBelow) return "below_minimum";
  if (at.isOnRequest) return "on_request";
  if (expectedOn === null) return "no_date";
  if (today > expectedOn.last && at.mayBeLate) return "late";
  if (today >= expectedOn.first) return "expected";
  return at.isFinal ? "final" : "accrued";
}

function expectedOf(timing: Timing, toDay: Day, earnedIn: Month | null): Span | null {
  if (timing.kind === "after") {
    const day = addDays(toDay, timing.days);
    return { first: day, last: day };
  }
  return timing.kind === "monthly" && earnedIn !== null ? daysAfter(earnedIn, timing.paid) : null;
}

function finalOf(timing: Timing | null, toDay: Day): Span | null {
  return timing?.kind === "monthly" && timing.final ? daysAfter(monthOf(toDay), timing.final) : null;
}

// ---------------------------------------------------------------- balances

/**
 * The balance behind each payout of a rule with minimums, by rule, channel and currency: it grows month by month,
 * and is paid out whole in the first month in which it reaches the minimum; the running month counts with what it
 * has so far. What has arrived no longer waits.
 */
function balancesOf({ rules, payouts, perUsd }: ScheduleInput): Map<string, Balance> {
  // A rule that had a minimum once: what waited for it goes on in the same balance.
  const holdsBack = new Set(rules.filter(({ minimums }) => minimums.length > 0).map(({ id }) => id));
  const groups = new Map<string, Owed[]>();
  for (const payout of payouts) {
    const rule = ruleOf(payout, rules);
    if (!rule || !holdsBack.has(rule.id) || payout.dueMinor <= payout.receivedMinor) continue;
    const key = `${rule.id} ${payout.channelId} ${payout.currency}`;
    groups.set(key, [...(groups.get(key) ?? []), payout]);
  }
  const found = new Map<string, Balance>();
  for (const group of groups.values()) {
    const sorted = group.sort((a, b) => compare(a.toDay, b.toDay));
    let [waiting, minor] = [[] as Owed[], 0n];
    sorted.forEach((payout, index) => {
      waiting.push(payout);
      minor += payout.dueMinor - payout.receivedMinor;
      const month = monthOf(payout.toDay);
      const next = sorted[index + 1];
      if (next && monthOf(next.toDay) === month) return;
      // As the rule stands at the end of the month in question.
      const { currency } = payout;
      const minimums = (ruleOf(payout, rules)?.minimums ?? []).flatMap((each) =>
        inCurrency(each, currency, perUsd),
      );
      // Without a rate nobody can say whether it is enough.
      const [lowest, highest] = [minimums[0]?.minor ?? 0n, minimums.at(-1)?.minor ?? 0n];
      const isPaid = minor >= lowest;
      if (!isPaid && next) return;
      for (const { chainId } of waiting)
        found.set(chainId, {
          paidFor: isPaid ? month : null,
          isSure: minor >= highest,
          minor,
          currency,
          minimums,
        });
      [waiting, minor] = [[], 0n];
    });
  }
  return found;
}

/** A minimum in the payout's currency; nothing without a rate. */
function inCurrency(
  minimum: Minimum,
  currency: Currency,
  perUsd: Readonly<Record<string, string>>,
): Minimum[] {
  if (minimum.currency === currency) return [minimum];
  const rate = perUsd[currency];
  if (minimum.currency !== "USD" || rate === undefined) return [];
  return [{ ...minimum, minor: convert(minimum.minor, minimum.currency, currency, rate), currency }];
}

function ruleOf({ platform, stream, toDay }: Owed, rules: readonly PaymentRule[]): PaymentRule | null {
  return paymentRuleFor(rules, { platform, stream, day: toDay });
}

// ---------------------------------------------------------------- order

const ORDER: readonly DueState[] = [
  "late",
  "expected",
  "final",
  "accrued",
  "accruing",
  "on_request",
  "below_minimum",
  "no_date",
  "received",
];

/** Late first; then all that has a day, by that day; then the rest. */
function order({ state, expectedOn }: Due): number {
  if (state === "late") return 0;
  if (state === "received") return ORDER.length;
  return expectedOn && state !== "below_minimum" && state !== "on_request" ? 1 : ORDER.indexOf(state);
}

function dayOfDue({ expectedOn, earned }: Due): Day {
  return expectedOn?.first ?? earned.last;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
