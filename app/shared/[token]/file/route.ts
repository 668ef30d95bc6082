import { localeFrom } from "@/lib/locale";
import { STATEMENT_FORMATS } from "@/lib/model/statement";
import { parseStatement } from "@/lib/report/statement";
import { downloadBytes, refuse, refuseWith } from "@/lib/server/download";
import { findShared } from "@/lib/server/shares";
import { statementFile } from "@/lib/server/statement-files";

type FileContext = { params: Promise<{ token: string }> };

/** What a shared address shows, as a file: `?format=pdf|xlsx|csv|json`. Wrong, ended, revoked and locked are one. */
export async function GET(request: Request, { params }: FileContext): Promise<Response> {
  try {
    const found = await findShared((await params).token);
    if (!found?.isOpen)
      return refuse(404, "There is no such statement. Open its address, then download it there.");
    const format = STATEMENT_FORMATS.find((each) => each === new URL(request.url).searchParams.get("format"));
    if (!format) return refuse(400, `Choose a format: ${STATEMENT_FORMATS.join(", ")}.`);
    const { data } = found.shared;
    const locale = localeFrom(request.headers.get("accept-language"));
    return downloadBytes(
      await statementFile(parseStatement(data), format, { locale, paper: "a4", kept: data }),
    );
  } catch (error) {
    return refuseWith(error);
  }
}
