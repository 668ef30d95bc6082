/**
 * What managers, agencies and others take of a creator's money, by terms that were agreed. Several claims stand
 * side by side on the same base: 20% and 10% of 1,000 leave 700, not 720. All amounts are minor units of the payout's
 * own currency; shares and the creator's rest add up to what the payout brings, to the unit.
 */
import { allocate, divideHalfEven, partOf } from "./money";
import { addDays, type Day } from "./month";
import type { Stream } from "./words";

interface TermOf {
  /** what the terms are about ("management", "agency", "lawyer"): of one claim, one term counts at a time */
  readonly claim: string;
  /** who takes it; at least one */
  readonly parties: readonly string[];
  /** even: the parties divide the commission; full: each of them takes it whole */
  readonly split: "even" | "full";
  /** null: every stream */
  readonly streams: readonly Stream[] | null;
  /** the one deal it was agreed for, in place of the claim's other terms; null: every payout */
  readonly dealId: string | null;
  readonly fromDay: Day;
  /** null: until further notice */
  readonly toDay: Day | null;
  /** what was agreed before `toDay` still counts when it is earned until this day; null: it does not */
  readonly sunsetUntil: Day | null;
}

export interface PercentTerm extends TermOf {
  readonly kind: "percent";
  readonly ppm: number;
  /** gross: before the platform's fees and withheld tax; net: what they leave */
  readonly base: "gross" | "net";
}

/** A fixed amount of each payout; a payout in another currency owes nothing by it. */
export interface FlatTerm extends TermOf {
  readonly kind: "flat";
  readonly minor: bigint;
  readonly currency: string;
}

export type CommissionTerm = PercentTerm | FlatTerm;

/** Terms as an agency states them. Exactly one of `ppm` (with `base`) and `flatMinor` (with `currency`) is there. */
export interface Stated {
  readonly agencyId: string;
  readonly claim: string;
  readonly parties: readonly string[];
  readonly split: "even" | "full";
  /** parts per million */
  readonly ppm: number | null;
  readonly base: "gross" | "net" | null;
  readonly flatMinor: bigint | null;
  readonly currency: string | null;
  readonly streams: readonly Stream[] | null;
  readonly dealId: string | null;
  readonly fromDay: Day;
  readonly toDay: Day | null;
  /** for so many days after the end, what was agreed before still counts; null: it does not */
  readonly sunsetDays: number | null;
  /** the day the agency's representation was ended, if it was: terms end with it */
  readonly endedOn?: Day | null;
}

/** Stated terms with their end worked out. Claims of two agencies are two, and of one agency one however they are cased. */
export function termOf({
  ppm,
  base,
  flatMinor,
  currency,
  sunsetDays,
  endedOn = null,
  ...terms
}: Stated): CommissionTerm {
  const { agencyId, claim, parties, split, streams, dealId, fromDay } = terms;
  const toDay = endedOn && (terms.toDay === null || endedOn < terms.toDay) ? endedOn : terms.toDay;
  const sunsetUntil = toDay && sunsetDays ? addDays(toDay, sunsetDays) : null;
  const key = `${agencyId} ${claim.toLowerCase()}`;
  const of = { claim: key, parties, split, streams, dealId, fromDay, toDay, sunsetUntil };
  return ppm === null
    ? { ...of, kind: "flat", minor: flatMinor ?? 0n, currency: currency ?? "" }
    : { ...of, kind: "percent", ppm, base: base ?? "net" };
}

/** The name in a claim that `termOf` made: "management". */
export function nameOfClaim(claim: string): string {
  return claim.slice(claim.indexOf(" ") + 1);
}

/** A payout with everything that was added to it since: refunds and clawbacks make both amounts smaller. */
export interface Commissioned {
  readonly stream: Stream;
  readonly dealId: string | null;
  /** the last day of what it pays for */
  readonly earnedOn: Day;
  /** the day the work behind it was agreed; null where nobody said, and then no sunset covers it */
  readonly agreedOn: Day | null;
  readonly grossMinor: bigint;
  readonly netMinor: bigint;
  readonly currency: string;
}

export interface Share {
  readonly claim: string;
  readonly party: string;
  readonly minor: bigint;
}

export interface Division {
  readonly shares: readonly Share[];
  /** the payout's net less all shares; never below 0 where the net is not */
  readonly creatorMinor: bigint;
  /** the claims were more than the payout brings, so each was cut in proportion */
  readonly isCut: boolean;
}

/** The one term of each claim that a payout is under: its deal's before its stream's before the general, then the latest. */
export function termsFor(terms: readonly CommissionTerm[], payout: Commissioned): readonly CommissionTerm[] {
  const standing = new Map<string, CommissionTerm>();
  for (const term of terms) {
    if (!covers(term, payout)) continue;
    const other = standing.get(term.claim);
    if (!other || isCloser(term, other)) standing.set(term.claim, term);
  }
  return [...standing.values()];
}

/**
 * Who gets what of a payout: accrued with it, before any of it was paid. Nothing is owed of a payout that was taken
 * back whole. Throws RangeError on a term without parties, or with a rate or an amount below 0.
 */
export function divide(terms: readonly CommissionTerm[], payout: Commissioned): Division {
  const claims = termsFor(terms, payout).flatMap((term) => sharesOf(term, payout));
  const { netMinor } = payout;
  if (netMinor <= 0n) {
    return {
      shares: claims.map((share) => ({ ...share, minor: 0n })),
      creatorMinor: netMinor,
      isCut: false,
    };
  }
  const claimed = sum(claims);
  const isCut = claimed > netMinor;
  const shares = isCut ? cutTo(netMinor, claims) : claims;
  return { shares, creatorMinor: netMinor - sum(shares), isCut };
}

/**
 * What of a share is due once `paidMinor` of the payout's `netMinor` has arrived: the same part of it, half to even,
 * and exactly the whole with the last payment.
 */
export function dueOf(
  shareMinor: bigint,
  { paidMinor, netMinor }: { readonly paidMinor: bigint; readonly netMinor: bigint },
): bigint {
  if (paidMinor <= 0n || netMinor <= 0n) return 0n;
  if (paidMinor >= netMinor) return shareMinor;
  return divideHalfEven(shareMinor * paidMinor, netMinor);
}

/** From what was owed to what is owed now: the entries to book, none for a share that stayed. A full refund takes back all. */
export function bookings(before: readonly Share[], after: readonly Share[]): readonly Share[] {
  const changes = new Map<string, Share>();
  const add = (share: Share, minor: bigint) => {
    const key = JSON.stringify([share.claim, share.party]);
    changes.set(key, { ...share, minor: (changes.get(key)?.minor ?? 0n) + minor });
  };
  for (const share of before) add(share, -share.minor);
  for (const share of after) add(share, share.minor);
  return [...changes.values()].filter(({ minor }) => minor !== 0n);
}

function covers(term: CommissionTerm, payout: Commissioned): boolean {
  if (term.dealId !== null && term.dealId !== payout.dealId) return false;
  if (term.streams !== null && !term.streams.includes(payout.stream)) return false;
  if (payout.earnedOn < term.fromDay) return false;
  if (term.toDay === null || payout.earnedOn <= term.toDay) return true;
  const { agreedOn } = payout;
  return (
    term.sunsetUntil !== null &&
    payout.earnedOn <= term.sunsetUntil &&
    agreedOn !== null &&
    agreedOn >= term.fromDay &&
    agreedOn <= term.toDay
  );
}

function isCloser(term: CommissionTerm, other: CommissionTerm): boolean {
  const closeness = ({ dealId, streams }: CommissionTerm) => (dealId ? 2 : streams ? 1 : 0);
  const difference = closeness(term) - closeness(other);
  return difference > 0 || (difference === 0 && term.fromDay > other.fromDay);
}

function sharesOf(term: CommissionTerm, payout: Commissioned): Share[] {
  const { claim, parties, split } = term;
  if (parties.length === 0) throw new RangeError(`The commission "${claim}" names nobody who takes it.`);
  const whole = amountOf(term, payout);
  const parts =
    split === "full"
      ? parties.map(() => whole)
      : allocate(
          whole,
          parties.map(() => 1n),
        );
  return parties.map((party, index) => ({ claim, party, minor: parts[index] ?? 0n }));
}

function amountOf(term: CommissionTerm, { grossMinor, netMinor, currency }: Commissioned): bigint {
  if ((term.kind === "flat" ? term.minor : term.ppm) < 0)
    throw new RangeError(`The commission "${term.claim}" is below 0.`);
  if (term.kind === "flat") return term.currency === currency ? term.minor : 0n;
  const base = term.base === "gross" ? grossMinor : netMinor;
  return base > 0n ? partOf(base, term.ppm) : 0n;
}

function cutTo(total: bigint, shares: readonly Share[]): readonly Share[] {
  const parts = allocate(
    total,
    shares.map(({ minor }) => minor),
  );
  return shares.map((share, index) => ({ ...share, minor: parts[index] ?? 0n }));
}

function sum(shares: readonly Share[]): bigint {
  return shares.reduce((total, { minor }) => total + minor, 0n);
}
