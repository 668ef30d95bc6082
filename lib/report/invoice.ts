import { openPaper, type PaperSize } from "./paper";

/** An invoice as data: every word and amount as it stands on the paper. */
export interface Invoice {
  /** blank: a draft */
  readonly number: string;
  readonly from: string;
  readonly to: string;
  /** names and values: number, dates, terms */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly lines: readonly { readonly what: string; readonly detail: string; readonly amount: string }[];
  readonly total: string;
  readonly payTo: string;
  readonly notes: string;
}

/** An invoice on paper. What people typed cannot leave its place, whatever it is. */
export function invoicePdf(
  invoice: Invoice,
  { size, madeAt }: { size: PaperSize; madeAt: Date },
): Promise<Buffer> {
  const { number, from, to, facts, lines, total, payTo, notes } = invoice;
  const title = number ? `Invoice ${number}` : "Invoice (draft)";
  const [author = ""] = from.split("\n");
  const paper = openPaper({ title, author, language: "en", size, madeAt });
  paper.heading(title, 1);
  paper.space(8);
  paper.beside([
    { title: "From", text: from },
    { title: "To", text: to },
    {
      title: "Details",
      text: facts.map(([name, value]) => `${name}: ${value}`).join("\n"),
    },
  ]);
  paper.space(24);
  paper.table(
    [
      { header: "What", width: 0.45 },
      { header: "Detail", width: 0.3 },
      { header: "Amount", width: 0.25, align: "end" },
    ],
    lines.map(({ what, detail, amount }) => [what, detail, amount]),
    [["Total", "", total]],
  );
  if (payTo) {
    paper.space(20);
    paper.heading("Pay to", 2);
    paper.paragraph(payTo);
  }
  if (notes) {
    paper.space(20);
    paper.heading("Notes", 2);
    paper.paragraph(notes);
  }
  return paper.finish((page, pages) => `${title} · page ${page} of ${pages}`);
}
