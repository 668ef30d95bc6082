/** A note as a fact of its entry; null where the creator does not share notes with whoever looks. */
export function noteWords(note: string | null): string {
  return note === null ? "Not shared with you" : note || "–";
}
