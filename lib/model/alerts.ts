import type { Eligibility } from "./eligibility";
import type { Currency } from "./money";
import type { Day, Month } from "./month";
import type { Due } from "./schedule";
import type { AlertKind, Platform, Stream } from "./words";

/** Something that needs a person, with all a sentence about it says; plain JSON (amounts as decimal text). */
export type Alert =
  | { readonly kind: "late_payout" | "late_deal"; readonly subject: string; readonly detail: LateDetail }
  | { readonly kind: "unusual_month"; readonly subject: string; readonly detail: UnusualDetail }
  | { readonly kind: "lost_monetisation"; readonly subject: string; readonly detail: LostDetail }
  | { readonly kind: "threshold_reached"; readonly subject: string; readonly detail: ThresholdDetail }
  | { readonly kind: "goal_at_risk"; readonly subject: string; readonly detail: GoalDetail }
  | { readonly kind: "import_failed"; readonly subject: string; readonly detail: ImportDetail };

export type LateDetail = {
  readonly stream: Stream;
  readonly platform: Platform | null;
  readonly name: string | null;
  readonly minor: string;
  readonly currency: Currency;
  readonly expectedBy: Day;
};
export type UnusualDetail = {
  readonly month: Month;
  readonly minor: string;
  readonly lowMinor: string;
  readonly highMinor: string;
  readonly currency: Currency;
};
export type LostDetail = { readonly month: Month; readonly label: string };
export type ThresholdDetail = { readonly programme: string; readonly channelName: string };
export type GoalDetail = {
  readonly fromMonth: Month;
  readonly toMonth: Month;
  readonly minor: string;
  readonly currency: Currency;
  /** 0..1 */
  readonly probability: number;
};
export type ImportDetail = { readonly fileName: string };

/** Under this chance a goal needs a person. */
export const AT_RISK = 0.2;
/** What ended longer ago than this is news to nobody. */
const UNUSUAL_WITHIN_MONTHS = 3;

export type AlertInput = {
  readonly today: Day;
  readonly dues: readonly Due[];
  /** Months that are over and whose money is final, newest first, with the 95 % band of their kept projection. */
  readonly months: readonly {
    readonly month: Month;
    readonly minor: bigint;
    readonly band95: { readonly lo: bigint; readonly hi: bigint };
    readonly currency: Currency;
  }[];
  readonly lost: readonly (LostDetail & { readonly subject: string })[];
  readonly gates: readonly {
    readonly channelId: string;
    readonly channelName: string;
    readonly programmeId: string;
    readonly now: Eligibility;
  }[];
  readonly goals: readonly (Omit<GoalDetail, "probability"> & {
    readonly goalId: string;
    /** null: not known. */
    readonly probability: number | null;
  })[];
  readonly failedImports: readonly (ImportDetail & { readonly uploadId: string })[];
};

/** Everything that needs a person now: what is no longer in the list has ended. */
export function alertsOf(input: AlertInput): Alert[] {
  return [
    ...input.dues.filter(({ state }) => state === "late").map(lateAlert),
    ...input.months
      .slice(0, UNUSUAL_WITHIN_MONTHS)
      .filter(({ minor, band95 }) => minor < band95.lo || minor > band95.hi)
      .map(
        ({ month, minor, band95, currency }): Alert => ({
          kind: "unusual_month",
          subject: `month:${month}`,
          detail: {
            month,
            currency,
            minor: String(minor),
            lowMinor: String(band95.lo),
            highMinor: String(band95.hi),
          },
        }),
      ),
    ...input.lost.map(({ subject, ...detail }): Alert => ({ kind: "lost_monetisation", subject, detail })),
    // One who was never known to be outside has reached nothing.
    ...input.gates.flatMap(({ channelId, channelName, programmeId, now }): Alert[] =>
      now.status === "eligible" && now.since !== null
        ? [
            {
              kind: "threshold_reached",
              subject: `programme:${programmeId}:${channelId}`,
              detail: { programme: now.programme, channelName },
            },
          ]
        : [],
    ),
    ...input.goals.flatMap(({ goalId, probability, ...goal }): Alert[] =>
      probability !== null && probability < AT_RISK
        ? [{ kind: "goal_at_risk", subject: `goal:${goalId}`, detail: { ...goal, probability } }]
        : [],
    ),
    ...input.failedImports.map(
      ({ uploadId, fileName }): Alert => ({
        kind: "import_failed",
        subject: `upload:${uploadId}`,
        detail: { fileName },
      }),
    ),
  ];
}

function lateAlert(due: Due): Alert {
  const { id, stream, platform, name, openMinor, currency, expectedOn } = due;
  return {
    kind: id.startsWith("deal:") ? "late_deal" : "late_payout",
    subject: id,
    detail: { stream, platform, name, minor: String(openMinor), currency, expectedBy: expectedOn!.last },
  };
}

export const ALERT_LABEL: Readonly<Record<AlertKind, string>> = {
  late_payout: "A payout is late",
  late_deal: "A deal is not paid",
  unusual_month: "A month was unusual",
  lost_monetisation: "Views normal, money down",
  threshold_reached: "A threshold is reached",
  goal_at_risk: "A goal is at risk",
  import_failed: "An import failed",
};
