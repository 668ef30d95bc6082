import { AppError } from "@/lib/errors";
import { refuse } from "@/lib/server/download";
import { report } from "@/lib/server/report-error";
import { unsubscribeByMail } from "@/lib/server/statements-off";

type OffContext = { params: Promise<{ token: string }> };

/** The button of mail programs (RFC 8058): they post without a cookie, the address is the key. */
export async function POST(_request: Request, { params }: OffContext): Promise<Response> {
  try {
    await unsubscribeByMail((await params).token, true);
    return refuse(200, "Unsubscribed.");
  } catch (error) {
    if (!(error instanceof AppError)) return refuse(500, report(error));
    return refuse(error.code === "unavailable" ? 503 : 404, error.message);
  }
}
