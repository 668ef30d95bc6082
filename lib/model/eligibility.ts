import {
  ACCOUNT_TYPES,
  type AccountType,
  isCountry,
  MEASURE_LABEL,
  MEASURES,
  type Measure,
  type Programme,
} from "./eligibility-programmes";
import { type Day, daysBetween, isDay, type Month, monthOf } from "./month";
import type { FactKind, Platform } from "./words";

/** A dated number about a creator's channel, as it was at the end of `day`. */
export type Fact = { readonly measure: Measure; readonly day: Day; readonly value: number };

/** Something told about a creator or his channels, from a day on. */
export type Told = {
  readonly what: FactKind;
  /** Of the channels on this platform; null: of the creator. */
  readonly platform: Platform | null;
  readonly channelId: string | null;
  readonly day: Day;
  readonly value: string;
};

/** What programmes ask beside numbers; null where it was never told. */
export type Person = {
  readonly country: string | null;
  readonly accountType: AccountType | null;
  readonly birthYear: number | null;
};
export const NOBODY: Person = { country: null, accountType: null, birthYear: null };

export type Missing = {
  readonly measure: Measure;
  readonly needed: number;
  readonly has: number;
  /** needed - has, above 0. */
  readonly distance: number;
};

/** Why somebody stays out whatever he reaches. */
export type Barred = "country" | "account_type";

export type Eligibility =
  | {
      readonly status: "eligible";
      readonly programme: string;
      /** The month in which it came to be known; null when it was never known to be otherwise. */
      readonly since: Month | null;
    }
  | {
      readonly status: "not_yet";
      readonly programme: string;
      /** A sentence with each missing threshold and its distance. */
      readonly reason: string;
      /** Of the nearest set of thresholds. */
      readonly missing: readonly Missing[];
      /** What no growth changes; absent when nothing does. */
      readonly barred?: readonly Barred[];
    }
  | {
      readonly status: "unknown";
      readonly programme: string;
      /** What would have to be known. */
      readonly facts: readonly Measure[];
    };

/** A number older than this says nothing about today: channels grow. An age is different. */
const STALE_AFTER_DAYS = 62;

/**
 * Whether a programme lets a creator in on a day, from what was known by then: later facts change nothing.
 * "Not yet" only when it is known: a missing or outdated fact leaves it unknown, and of a country or an account
 * that was never told nothing is held against anybody. Throws RangeError on a fact that cannot be.
 */
export function eligibility(
  facts: readonly Fact[],
  programme: Programme,
  day: Day,
  person: Person = NOBODY,
): Eligibility {
  for (const fact of facts) check(fact);
  const known = facts.filter((fact) => fact.day <= day).sort((a, b) => (a.day < b.day ? -1 : 1));
  const now = judged(known, programme, day, person);
  if (now.status !== "eligible") return now;
  // From the last day on which it was known not to be so.
  let since: Month | null = null;
  let wasNotYet = false;
  for (const at of new Set(known.map((fact) => fact.day))) {
    const { status } = judged(
      known.filter((fact) => fact.day <= at),
      programme,
      at,
      person,
    );
    if (status === "eligible" && wasNotYet) since = monthOf(at);
    if (status !== "unknown") wasNotYet = status === "not_yet";
  }
  return { ...now, since: wasNotYet ? monthOf(day) : since };
}

/** What was told by a day, the newest of each kind; of a platform whose channels differ in a thing it is not known. */
export function personOn(
  told: readonly Told[],
  day: Day,
  of: { readonly platform: Platform; readonly channelId?: string },
): Person {
  const known = told
    .filter((each) => each.day <= day && (each.platform === null || each.platform === of.platform))
    .filter(
      (each) => of.channelId === undefined || each.channelId === null || each.channelId === of.channelId,
    )
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  const latest = (what: FactKind): string | null => {
    const own = new Map<string | null, string>();
    for (const each of known) if (each.what === what) own.set(each.channelId, each.value);
    const ofCreator = own.get(null) ?? null;
    own.delete(null);
    const values = new Set(own.values());
    return values.size === 0 ? ofCreator : values.size === 1 ? [...values][0]! : null;
  };
  const [country, account, year] = [latest("country"), latest("account_type"), latest("birth_year")];
  return {
    country: country !== null && isCountry(country) ? country : null,
    accountType: ACCOUNT_TYPES.find((type) => type === account) ?? null,
    birthYear: year !== null && /^\d{4}$/.test(year) ? Number(year) : null,
  };
}

export type Limit = {
  readonly what: Barred;
  readonly allowed: readonly string[];
  /** null: never told. */
  readonly has: string | null;
};

/** The limits of a programme beside its numbers. */
export function limitsOf({ openIn, accounts }: Programme, person: Person): Limit[] {
  return [
    ...(openIn ? [{ what: "country", allowed: openIn, has: person.country } as const] : []),
    ...(accounts ? [{ what: "account_type", allowed: accounts, has: person.accountType } as const] : []),
  ];
}

/** One threshold as it stands: what is needed, and what is known. */
export type Threshold = {
  readonly measure: Measure;
  readonly needed: number;
  /** null: not known, or too long ago. */
  readonly has: number | null;
  /** The day of that number; null for an age. */
  readonly day: Day | null;
  /** null: not known. */
  readonly isMet: boolean | null;
};

/** Each way into a programme, threshold by threshold. `facts` in any order; those after `day` play no part. */
export function thresholdsOf(
  facts: readonly Fact[],
  programme: Programme,
  day: Day,
  { birthYear }: Person = NOBODY,
): Threshold[][] {
  const latest = new Map<Measure, Fact>();
  for (const fact of facts) {
    if (fact.day > day) continue;
    if (fact.measure !== "age_years" && daysBetween(fact.day, day) > STALE_AFTER_DAYS) continue;
    const there = latest.get(fact.measure);
    if (!there || there.day <= fact.day) latest.set(fact.measure, fact);
  }
  return programme.anyOf.map((thresholds) =>
    MEASURES.flatMap((measure): Threshold[] => {
      const needed = thresholds[measure];
      if (needed === undefined) return [];
      const fact = latest.get(measure);
      if (fact) return [{ measure, needed, has: fact.value, day: fact.day, isMet: fact.value >= needed }];
      if (measure === "age_years" && birthYear !== null) return [ageStanding(needed, birthYear, day)];
      return [{ measure, needed, has: null, day: null, isMet: null }];
    }),
  );
}

/** Who was born in a year is one of two ages during each year: met when both are, missed when neither is. */
function ageStanding(needed: number, birthYear: number, day: Day): Threshold {
  const oldest = Number(day.slice(0, 4)) - birthYear;
  const isMet = oldest - 1 >= needed ? true : oldest < needed ? false : null;
  return {
    measure: "age_years",
    needed,
    has: isMet === null ? null : isMet ? oldest - 1 : oldest,
    day: null,
    isMet,
  };
}

function judged(known: readonly Fact[], programme: Programme, day: Day, person: Person): Eligibility {
  const { name } = programme;
  const barred = limitsOf(programme, person)
    .filter(({ allowed, has }) => has !== null && !allowed.includes(has))
    .map(({ what }) => what);
  const sets = thresholdsOf(known, programme, day, person).map((all) => ({
    missing: all.flatMap(({ measure, needed, has, isMet }) =>
      isMet === false && has !== null ? [{ measure, needed, has, distance: needed - has }] : [],
    ),
    unknown: all.flatMap(({ measure, isMet }) => (isMet === null ? [measure] : [])),
  }));
  if (barred.length === 0) {
    if (sets.some(({ missing, unknown }) => missing.length + unknown.length === 0))
      return { status: "eligible", programme: name, since: null };
    if (sets.some(({ missing }) => missing.length === 0)) {
      const facts = sets.filter(({ missing }) => missing.length === 0).flatMap(({ unknown }) => unknown);
      return { status: "unknown", programme: name, facts: [...new Set(facts)] };
    }
  }
  const nearest = sets.reduce((best, set) => (farness(set.missing) < farness(best.missing) ? set : best));
  return {
    status: "not_yet",
    programme: name,
    reason: reasonOf(name, nearest.missing, barred),
    missing: nearest.missing,
    ...(barred.length > 0 ? { barred } : {}),
  };
}

/** The largest part of a threshold that is still to go, 0..1. */
function farness(missing: readonly Missing[]): number {
  return Math.max(0, ...missing.map(({ distance, needed }) => distance / needed));
}

export const BARRED_REASON: Readonly<Record<Barred, string>> = {
  country: "it does not take creators of your country",
  account_type: "it does not take this kind of account",
};

function reasonOf(name: string, missing: readonly Missing[], barred: readonly Barred[]): string {
  if (barred.length > 0)
    return `Not eligible for ${name}: ${barred.map((what) => BARRED_REASON[what]).join(", and ")}.`;
  const parts = missing.map(
    ({ measure, needed, distance }) => `${grouped(distance)} of ${grouped(needed)} ${MEASURE_LABEL[measure]}`,
  );
  const last = parts.pop()!;
  return `Not eligible for ${name} yet: ${parts.length > 0 ? `${parts.join(", ")} and ${last}` : last} to go.`;
}

function grouped(count: number): string {
  return String(Math.ceil(count)).replace(/\B(?=(\d{3})+$)/g, ",");
}

function check({ measure, day, value }: Fact): void {
  if (!isDay(day))
    throw new RangeError(`A fact about ${measure} has the day "${day}"; write it as YYYY-MM-DD.`);
  if (!(value >= 0 && Number.isFinite(value)))
    throw new RangeError(`${day} has ${value} ${MEASURE_LABEL[measure]}; write 0 or more, or leave it out.`);
}
