import * as agencies from "@/db/agencies";
import { isId } from "@/lib/input";
import { LOCALES } from "@/lib/locale";
import { readRange, STATEMENT_FORMATS } from "@/lib/model/statement";
import { PAPER_SIZES } from "@/lib/report/paper";
import { downloadBytes, refuse, refuseWith } from "@/lib/server/download";
import { statementFile } from "@/lib/server/statement-files";
import { tellStatement } from "@/lib/server/statements";
import { currentUser, findViewer } from "@/lib/server/viewer";

type StatementContext = { params: Promise<{ creatorId: string; range: string }> };

/**
 * A statement as a file: `?format=pdf|xlsx|csv|json`, for PDF also `paper=letter` and `locale=de-DE`; with `agency` as
 * that agency's paper looks.
 */
export async function GET(request: Request, { params }: StatementContext): Promise<Response> {
  const { creatorId, range: text } = await params;
  const [viewer, user] = await Promise.all([findViewer(), currentUser()]);
  if (!viewer || !user) return refuse(401, "Sign in, then download the file again.");
  const range = readRange(text);
  if (!isId(creatorId) || !range) return refuse(404, "There is no such statement.");
  const asked = new URL(request.url).searchParams;
  const format = STATEMENT_FORMATS.find((each) => each === asked.get("format"));
  if (!format) return refuse(400, `Choose a format: ${STATEMENT_FORMATS.join(", ")}.`);
  try {
    const agencyId = asked.get("agency");
    const [{ statement, kept }, brand] = await Promise.all([
      tellStatement(viewer, creatorId, range),
      agencyId && isId(agencyId) ? agencies.brand(viewer, agencyId) : null,
    ]);
    const file = await statementFile(statement, format, {
      locale: LOCALES.find(({ code }) => code === asked.get("locale"))?.code ?? user.locale,
      kept,
      paper: PAPER_SIZES.find((size) => size === asked.get("paper")) ?? "a4",
      brand,
    });
    return downloadBytes(file);
  } catch (error) {
    return refuseWith(error);
  }
}
