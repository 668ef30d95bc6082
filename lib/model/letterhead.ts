/** Who writes a creator's invoices, and where the money goes: a dated rule, so that an old invoice keeps its own. */
export interface Letterhead {
  /** name, address and tax number, in lines; blank: the creator's name */
  readonly from: string;
  /** bank account and the like, in lines */
  readonly payTo: string;
}

export const LETTERHEAD = { kind: "payment", subject: "invoice" } as const;

/** As db/rules keeps it. */
export function letterheadBody({ from, payTo }: Letterhead): Record<string, unknown> {
  return { from, payTo };
}

/** What is not such a body is blank. */
export function readLetterhead(body: Readonly<Record<string, unknown>> | undefined): Letterhead {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  return { from: text(body?.from), payTo: text(body?.payTo) };
}
