import type { ExpectationInput } from "./expectations";
import type { Ledger } from "./model/histories";
import { monthOf } from "./model/month";
import type { StatementFacts } from "./model/statement";
import {
  STATEMENT_SECTIONS,
  STATEMENT_VERSION,
  type Statement,
  type StatementFigure,
  type StatementFigureKey,
  type StatementSection,
  type StatementSectionId,
} from "./report/statement";
import { type CommissionShare, commissionSection } from "./statement-commission";
import {
  gapSection,
  gapWords,
  modelOf,
  oddSection,
  projectionSection,
  rpmSection,
  type StatementModel,
} from "./statement-model";
import {
  channelSection,
  earlierSection,
  ladderSection,
  monthSection,
  outstandingSection,
  ownCells,
  platformSection,
  rateSection,
  receivedSection,
  streamSection,
  videoSection,
  withheldSection,
} from "./statement-money";
import { noteSection, type SharedNote } from "./statement-notes";
import { type Conversion, cash, currenciesOf, type RateOf, reported, sumOf } from "./statement-tables";

/** A statement, from what was booked to what is shown. Pure: what was closed is never made again. */

export type StatementInput = {
  readonly facts: StatementFacts;
  readonly rateOf: RateOf;
  readonly expectations: ExpectationInput & { readonly ledger: Ledger };
  /** of each video in the range; null or absent: unknown */
  readonly views: ReadonlyMap<string, number | null>;
  /** whether any receipt was ever logged */
  readonly keepsReceipts: boolean;
  /** what agencies and others take; null: not for the viewer to know */
  readonly shares: readonly CommissionShare[] | null;
  readonly notes: readonly SharedNote[];
};

export function statementOf(input: StatementInput): Statement {
  const { facts, rateOf, expectations, views, keepsReceipts, shares, notes } = input;
  const { creator, range, today } = facts;
  const reporting = creator.currency;
  const conversion = { reporting, rateOf };
  const model = modelOf(facts, conversion, expectations);
  const sections = [
    streamSection(facts, conversion, keepsReceipts),
    monthSection(facts, conversion),
    ladderSection(facts, conversion),
    platformSection(facts, conversion),
    channelSection(facts, conversion),
    videoSection(facts, conversion, views),
    oddSection(facts, views),
    earlierSection(facts, conversion),
    rpmSection(facts, expectations.ledger),
    projectionSection(model, reporting),
    gapSection(model, reporting),
    receivedSection(facts, conversion),
    outstandingSection(facts, conversion, keepsReceipts),
    withheldSection(facts, conversion),
    rateSection(facts, conversion),
    commissionSection(facts, conversion, shares ?? []),
    noteSection(notes),
  ].filter((each): each is StatementSection => each !== null);
  return {
    version: STATEMENT_VERSION,
    creator: { ...creator },
    range: { ...range },
    madeOn: today,
    caution: cautionOf(facts, conversion),
    summary: summaryOf(facts, conversion, model, keepsReceipts),
    sections: STATEMENT_SECTIONS.flatMap((id) => sections.filter((each) => each.id === id)),
    making: makingOf(facts),
  };
}

/** Which section says at length what the figure says in short. */
const SECTION_OF: Readonly<Record<StatementFigureKey, StatementSectionId | null>> = {
  booked: null,
  earned: "streams",
  adjustments: "earlier",
  received: "received",
  outstanding: "outstanding",
  projected: "projection",
  gap: "gap",
  views: "rpm",
  erpm: "rpm",
};

function summaryOf(
  facts: StatementFacts,
  conversion: Conversion,
  model: StatementModel,
  keepsReceipts: boolean,
): StatementFigure[] {
  const { reporting } = conversion;
  const own = ownCells(facts);
  const late = facts.cells.filter(({ month }) => month < facts.range.from);
  const inReporting = (cells: StatementFacts["cells"]) => cash(reported(cells, conversion).minor, reporting);
  const figure = (
    key: StatementFigureKey,
    label: string,
    cell: StatementFigure["cell"],
    note = "",
    kind: StatementFigure["kind"] = "money",
  ): StatementFigure => ({ key, section: SECTION_OF[key], label, kind, cell, note });
  const estimated = own.filter(({ state }) => state === "estimated").length;
  const settled =
    estimated === 0
      ? "all of it final"
      : estimated === own.length
        ? "all of it estimated"
        : "a part of it is estimated";
  return [
    figure(
      "booked",
      "Booked",
      inReporting(facts.cells),
      late.length > 0 ? "earned in the period, with adjustments to earlier months" : settled,
    ),
    ...(late.length > 0
      ? [
          figure("earned", "Earned", inReporting(own), settled),
          figure("adjustments", "Adjustments", inReporting(late), "to earlier, closed months"),
        ]
      : []),
    ...withoutRate(facts, conversion).map((currency) =>
      figure(
        "booked",
        `Booked in ${currency}`,
        cash(sumOf(facts.cells.filter((cell) => cell.currency === currency)), currency),
        `no exchange rate is known, so it is in no sum in ${reporting}`,
      ),
    ),
    ...currenciesOf(facts.received, reporting).map((currency) =>
      figure(
        "received",
        "Received",
        cash(sumOf(facts.received.filter((receipt) => receipt.currency === currency)), currency),
        "by the day it arrived",
      ),
    ),
    ...(keepsReceipts ? currenciesOf(facts.open, reporting) : []).map((currency) =>
      figure(
        "outstanding",
        "Outstanding",
        cash(
          facts.open.reduce(
            (sum, part) => sum + (part.currency === currency ? part.dueMinor - part.paidMinor : 0n),
            0n,
          ),
          currency,
        ),
        "on the last day",
      ),
    ),
    ...(model.gap
      ? [
          figure("projected", "Projected", cash(model.gap.projectedMinor, reporting), projectedWords(model)),
          figure("gap", "Gap", cash(model.gap.gapMinor, reporting), gapWords(model.gap)),
        ]
      : []),
    figure(
      "views",
      "Views",
      model.views === null ? null : String(model.views),
      "of months with money",
      "count",
    ),
    figure(
      "erpm",
      "eRPM",
      model.eRpm === null ? null : { per1000: model.eRpm, currency: reporting },
      "all income per 1,000 views",
      "rate",
    ),
  ];
}

/** Of which months, and whether what was kept or what was made afterwards. */
function projectedWords({ months }: StatementModel): string {
  const compared = months.flatMap(({ gap }) => (gap ? [gap.origin] : []));
  const afterwards = compared.filter((origin) => origin === "reconstructed").length;
  return [
    months.length === 1 ? "" : compared.length === 1 ? "of 1 month" : `of ${compared.length} months`,
    afterwards === 0
      ? "frozen before the month began"
      : afterwards === compared.length
        ? "reconstructed from the months before"
        : `reconstructed for ${afterwards} of them`,
  ]
    .filter(Boolean)
    .join(", ");
}

function cautionOf(facts: StatementFacts, conversion: Conversion): string {
  const { range, today } = facts;
  const current = monthOf(today);
  const apart = withoutRate(facts, conversion);
  return [
    range.to >= current
      ? range.from > current
        ? "The period has not begun."
        : "The period is not over: its figures will change."
      : "",
    apart.length > 0
      ? `No exchange rate is known for some amounts in ${apart.join(", ")}: they are in no sum in ${conversion.reporting}.`
      : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function withoutRate({ cells }: StatementFacts, { reporting, rateOf }: Conversion) {
  return currenciesOf(
    cells.filter(({ currency, month }) => currency !== reporting && rateOf(currency, month) === null),
    reporting,
  );
}

function makingOf({ creator, range }: StatementFacts): string[] {
  return [
    "Amounts are sums of the ledger's entries, in whole minor units of their own currency. Nothing is rounded before it is added.",
    "An entry over several months counts in each by its days, to the minor unit.",
    "A month's entries are booked in it until it is closed. What comes later is booked in the first open month, as an adjustment that names the closed one.",
    `Amounts in other currencies are converted to ${creator.currency} once for each month, stream and currency, at the rate of the last day of the month that they were earned in, else the latest before. Totals are sums of these converted amounts.`,
    "Estimated: a platform may still change it. Final: it was settled. Received: receipts dated up to the last day cover it; what arrived for a payout over several months is spread over its days.",
    "A rate is money per 1,000 of what it names. For several months it is all money over all counts, never a mean of rates.",
    "A projection is what was known before its month began. The gap to what was earned is split into its causes so that they add up to it exactly.",
    ...(range.from === range.to
      ? []
      : ["This statement is the sum of the statements of its months, as they stand on the day it was made."]),
    "A dash is a figure that is not known. It is not a zero.",
  ];
}
