/** The outcome of something that may fail for reasons a person can mend; bugs throw instead. */
export type Result<T, E = string> = { ok: true; value: T } | { ok: false; error: E };
