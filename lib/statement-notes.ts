import { type NoteSubject, STREAM_LABEL, type Stream } from "./model/words";
import type { StatementSection } from "./report/statement";
import { column, section } from "./statement-tables";

/** What the creator and an agency said to each other. */
export type SharedNote = {
  readonly about: NoteSubject;
  /** the month; the stream of a payout; the brand of a deal */
  readonly subject: string;
  readonly text: string;
  readonly byline: string;
  readonly writtenOn: string;
};

const ABOUT: Readonly<Record<NoteSubject, (subject: string) => string>> = {
  creator: () => "The creator",
  month: (month) => `The month ${month}`,
  payout: (stream) => `A payout of ${STREAM_LABEL[stream as Stream]}`,
  deal: (brand) => `The deal with ${brand}`,
};

/** null where nothing was said. */
export function noteSection(notes: readonly SharedNote[]): StatementSection | null {
  if (notes.length === 0) return null;
  return section("notes", {
    note: "Written by the creator's people and an agency's to each other. What either keeps to itself is in no statement.",
    columns: [
      column("about", "About"),
      column("text", "Note"),
      column("by", "By"),
      column("on", "Written", "day"),
    ],
    rows: notes.map(({ about, subject, text, byline, writtenOn }) => ({
      ...{ about: ABOUT[about](subject), text, by: byline, on: writtenOn },
    })),
    empty: "",
  });
}
