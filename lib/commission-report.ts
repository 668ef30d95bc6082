/** The ledger of commission as a file. */
import { type Rate, rateWords } from "./commission-words";
import { type Currency, decimalOf } from "./model/money";
import type { Day } from "./model/month";
import { STREAM_LABEL, type Stream } from "./model/words";
import { writeCsv } from "./report/csv";

export interface ReportedChange {
  readonly recordedAt: Date;
  readonly creatorName: string;
  readonly stream: Stream;
  readonly earnedOn: Day;
  readonly claim: string;
  readonly party: string;
  readonly rate: Rate;
  readonly currency: Currency;
  readonly accruedMinor: bigint;
  readonly dueMinor: bigint;
}

const HEADER = [
  "Recorded",
  "Creator",
  "Stream",
  "Earned until",
  "Claim",
  "To",
  "Terms",
  "Currency",
  "Accrued",
  "Due",
];

/** Every change as CSV: days ISO, amounts exact, signed and with a point. */
export function commissionCsv(rows: readonly ReportedChange[]): string {
  return writeCsv([
    HEADER,
    ...rows.map(
      ({
        recordedAt,
        creatorName,
        stream,
        earnedOn,
        claim,
        party,
        rate,
        currency,
        accruedMinor,
        dueMinor,
      }) => [
        ...[recordedAt, creatorName, STREAM_LABEL[stream], earnedOn, claim, party],
        rateWords(rate, currency, "en-US"),
        currency,
        ...[decimalOf(accruedMinor, currency), decimalOf(dueMinor, currency)],
      ],
    ),
  ]);
}
