/** The outcome of something that may fail for reasons a person can mend; bugs throw instead. */
export type Result<T, E = string> = { ok: true; value: T } | { ok: false; error: E };

/** `error` says why and what to do about it. */
export function refuse(error: string): { ok: false; error: string } {
  return { ok: false, error };
}
