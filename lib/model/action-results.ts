/** What an act on many did for each of them, in words; `isDone` is false where there was nothing to do, or no way. */
export interface Outcome {
  readonly name: string;
  readonly words: string;
  readonly isDone: boolean;
}
