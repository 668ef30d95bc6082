import { AppError } from "@/lib/errors";
import { switchOffByMail } from "@/lib/server/alerts-off";
import { report } from "@/lib/server/report-error";

type OffContext = { params: Promise<{ token: string }> };

/** The button of mail programs (RFC 8058): they post without a cookie, the address is the key. */
export async function POST(_request: Request, { params }: OffContext): Promise<Response> {
  try {
    await switchOffByMail((await params).token);
    return answer(200, "Switched off.");
  } catch (error) {
    if (!(error instanceof AppError)) return answer(500, report(error));
    return answer(error.code === "unavailable" ? 503 : 404, error.message);
  }
}

function answer(status: number, sentence: string): Response {
  return new Response(`${sentence}\n`, {
    status,
    headers: { "Cache-Control": "private, no-store", "Content-Type": "text/plain; charset=utf-8" },
  });
}
