import * as creators from "@/db/creators";
import * as payouts from "@/db/payouts";
import { AppError } from "@/lib/errors";
import { isId } from "@/lib/input";
import type { Viewer } from "@/lib/model/access";
import { type Currency, decimalOf } from "@/lib/model/money";
import { dayOf, isMonth, type Month, splitByMonth } from "@/lib/model/month";
import { ENTRY_KIND_LABEL, FORMAT_LABEL, PLATFORM_LABEL, STATE_LABEL, STREAM_LABEL } from "@/lib/model/words";
import { type CsvCell, writeCsv } from "@/lib/report/csv";
import { findViewer } from "@/lib/server/viewer";

const BATCH = 1_000;
/** Spreadsheets take a file without it for their own old encoding. */
const BYTE_ORDER_MARK = "\uFEFF";

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
    const creator = await creators.get(viewer, creatorId);
    const rows = await rowsOf(viewer, creator.id, month);
    return new Response(BYTE_ORDER_MARK + writeCsv([HEADER, ...rows]), {
      headers: {
        ...PRIVATE,
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="payouts-${month}.csv"`,
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return refuse(error.code === "unavailable" ? 503 : 404, error.message);
  }
}

async function rowsOf(viewer: Viewer, creatorId: string, month: Month): Promise<CsvCell[][]> {
  const found: payouts.Payout[] = [];
  for (let page = 1; ; page += 1) {
    const options = { filter: { month }, sort: "period", descending: false, page, size: BATCH } as const;
    const { rows } = await payouts.list(viewer, creatorId, options);
    found.push(...rows);
    if (rows.length < BATCH) return found.map((payout) => cellsOf(payout, month));
  }
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
    decimalOf(payout.paidMinor, currency),
    payout.note,
    payout.chainId,
    payout.recordedAt.toISOString(),
  ];
}

const PRIVATE = { "Cache-Control": "private, no-store" };

function refuse(status: number, sentence: string): Response {
  return new Response(`${sentence}\n`, {
    status,
    headers: { ...PRIVATE, "Content-Type": "text/plain; charset=utf-8" },
  });
}
