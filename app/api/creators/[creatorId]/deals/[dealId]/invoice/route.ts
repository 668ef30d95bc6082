import * as deals from "@/db/deals";
import * as rules from "@/db/rules";
import { invoiceOf } from "@/lib/deal-invoice";
import { isId } from "@/lib/input";
import { LETTERHEAD, readLetterhead } from "@/lib/model/letterhead";
import { invoicePdf } from "@/lib/report/invoice";
import { creatorOfFile } from "@/lib/server/creator";
import { download, refuse, refuseWith } from "@/lib/server/download";
import { currentUser, findViewer } from "@/lib/server/viewer";

type InvoiceContext = { params: Promise<{ creatorId: string; dealId: string }> };

/** A deal's invoice as PDF, with the letterhead of the day it was invoiced on; `?paper=letter` for the American sheet. */
export async function GET(request: Request, { params }: InvoiceContext): Promise<Response> {
  const { creatorId, dealId } = await params;
  const [viewer, user] = await Promise.all([findViewer(), currentUser()]);
  if (!viewer || !user) return refuse(401, "Sign in, then download the file again.");
  if (!isId(creatorId) || !isId(dealId)) return refuse(404, "There is no such deal.");
  try {
    const creator = await creatorOfFile(viewer, creatorId, "amounts");
    const deal = await deals.get(viewer, creator.id, dealId);
    const day = deal.invoicedOn ?? creator.today;
    const [rule] = await rules.standingOn(viewer, creator.id, day, LETTERHEAD);
    const invoice = invoiceOf(deal, readLetterhead(rule?.body), creator.name, user.locale);
    const size = new URL(request.url).searchParams.get("paper") === "letter" ? "letter" : "a4";
    const pdf = await invoicePdf(invoice, { size, madeAt: deal.recordedAt });
    return download(fileName(deal.invoiceNumber), "application/pdf", new Uint8Array(pdf));
  } catch (error) {
    return refuseWith(error);
  }
}

/** Letters, digits and dashes of the number; nothing that could end the header. */
function fileName(number: string): string {
  const safe = number.replace(/[^A-Za-z0-9-]+/g, "-").replace(/^-+|-+$/g, "");
  return `invoice${safe ? `-${safe}` : "-draft"}.pdf`;
}
