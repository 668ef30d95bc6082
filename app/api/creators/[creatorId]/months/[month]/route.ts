import * as payouts from "@/db/payouts";
import { isId } from "@/lib/input";
import type { Viewer } from "@/lib/model/access";
import { type Currency, decimalOf } from "@/lib/model/money";
import { dayOf, isMonth, type Month, splitByMonth } from "@/lib/model/month";
import { ENTRY_KIND_LABEL, FORMAT_LABEL, PLATFORM_LABEL, STATE_LABEL, STREAM_LABEL } from "@/lib/model/words";
import { type CsvCell, writeCsv } from "@/lib/report/csv";
import { creatorOfFile } from "@/lib/server/creator";
import { downloadCsv, refuse, refuseWith } from "@/lib/server/download";
import { findViewer } from "@/lib/server/viewer";

/** All in one look: between two pages somebody may record, and a row would be there twice or not at all. */
const MOST = 1_000_000;

const HEADER = [
  "Month",
  "Amount in month",
  "Currency",
  "Stream",
  "Kind",
  "State",
  "Channel",
  "Platform",
  "Format",
  "Earned from",
  "Earned to",
  "Amount in all",
  "Received so far",
  "Note",
  "Payout",
  "Recorded at (UTC)",
];

type MonthContext = { params: Promise<{ creatorId: string; month: string }> };

/** The payouts that count and were earned in a month, as CSV: days ISO, amounts exact with a point. */
export async function GET(_request: Request, { params }: MonthContext): Promise<Response> {
  const { creatorId, month } = await params;
  const viewer = await findViewer();
  if (!viewer) return refuse(401, "Sign in, then download the file again.");
  if (!isId(creatorId) || !isMonth(month)) return refuse(404, "There is no such month.");
  try {
    const creator = await creatorOfFile(viewer, creatorId, "figures");
    const rows = await rowsOf(viewer, creator.id, month);
    return downloadCsv(`payouts-${month}.csv`, writeCsv([HEADER, ...rows]));
  } catch (error) {
    return refuseWith(error);
  }
}

async function rowsOf(viewer: Viewer, creatorId: string, month: Month): Promise<CsvCell[][]> {
  const options = { filter: { month }, sort: "period", descending: false, size: MOST } as const;
  const { rows } = await payouts.list(viewer, creatorId, options);
  return rows.map((payout) => cellsOf(payout, month));
}

function cellsOf(payout: payouts.Payout, month: Month): CsvCell[] {
  const currency = payout.currency as Currency;
  // A payout over several months counts in each by its days, to the cent, as everywhere.
  const share = splitByMonth(payout.minor, dayOf(payout.fromDay), dayOf(payout.toDay)).find(
    (part) => part.month === month,
  );
  return [
    month,
    decimalOf(share?.minor ?? 0n, currency),
    currency,
    STREAM_LABEL[payout.stream],
    ENTRY_KIND_LABEL[payout.kind],
    STATE_LABEL[payout.state],
    payout.channelName,
    payout.platform && PLATFORM_LABEL[payout.platform],
    FORMAT_LABEL[payout.format],
    payout.fromDay,
    payout.toDay,
    decimalOf(payout.minor, currency),
    payout.paidMinor === null ? null : decimalOf(payout.paidMinor, currency),
    payout.note,
    payout.chainId,
    payout.recordedAt.toISOString(),
  ];
}
