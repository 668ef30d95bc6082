import * as creators from "@/db/creators";
import { AppError } from "@/lib/errors";
import { isId } from "@/lib/input";
import { yearCsv } from "@/lib/report/year";
import { findViewer } from "@/lib/server/viewer";
import { readYear } from "@/lib/server/year";

/** Spreadsheets take a file without it for their own old encoding. */
const BYTE_ORDER_MARK = "\uFEFF";

type YearContext = { params: Promise<{ creatorId: string; year: string }> };

/** A year for the accountant as CSV: amounts exact with a point, the same figures as on the page. */
export async function GET(_request: Request, { params }: YearContext): Promise<Response> {
  const { creatorId, year } = await params;
  const viewer = await findViewer();
  if (!viewer) return refuse(401, "Sign in, then download the file again.");
  if (!isId(creatorId) || !/^[12]\d{3}$/.test(year)) return refuse(404, "There is no such year.");
  try {
    const creator = await creators.get(viewer, creatorId);
    const csv = yearCsv(await readYear(viewer, creator.id, year, creator.currency), creator.currency);
    return new Response(BYTE_ORDER_MARK + csv, {
      headers: {
        ...PRIVATE,
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": `attachment; filename="year-${year}.csv"`,
      },
    });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return refuse(error.code === "unavailable" ? 503 : 404, error.message);
  }
}

const PRIVATE = { "Cache-Control": "private, no-store" };

function refuse(status: number, sentence: string): Response {
  return new Response(`${sentence}\n`, {
    status,
    headers: { ...PRIVATE, "Content-Type": "text/plain; charset=utf-8" },
  });
}
