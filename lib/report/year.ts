import { type Currency, decimalOf } from "../model/money";
import { STREAM_LABEL } from "../model/words";
import type { Year } from "../model/year";
import { type CsvCell, writeCsv } from "./csv";

/**
 * A year for the accountant, a line for each month, stream and currency: what is taken off has a minus. The last
 * columns are the net in the reporting currency and the rate it was converted at; empty where none is known.
 */
export function yearCsv({ months }: Year, reporting: Currency): string {
  const header = [
    "Month",
    "Stream",
    "Currency",
    "Credited final",
    "Credited estimated",
    "Refunds",
    "Clawbacks",
    "Adjustments",
    "Tax withheld",
    "Fees",
    "Net",
    "Received in month",
    `Net in ${reporting}`,
    "Rate",
    "Day of rate",
    "Source of rate",
  ];
  const lines = months.map((cell): CsvCell[] => {
    const amount = (minor: bigint) => decimalOf(minor, cell.currency);
    return [
      cell.month,
      STREAM_LABEL[cell.stream],
      cell.currency,
      amount(cell.finalMinor),
      amount(cell.estimatedMinor),
      amount(cell.refundMinor),
      amount(cell.clawbackMinor),
      amount(cell.adjustmentMinor),
      amount(cell.withheldMinor),
      amount(cell.feeMinor),
      amount(cell.netMinor),
      amount(cell.receivedMinor),
      cell.reportedMinor === null ? null : decimalOf(cell.reportedMinor, reporting),
      cell.rate?.rate,
      cell.rate?.day,
      cell.rate?.source,
    ];
  });
  return writeCsv([header, ...lines]);
}
