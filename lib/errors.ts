/** What a person can be told. Anything else that is thrown is logged with an id and shown as one sentence. */
export type ErrorCode = "not_found" | "forbidden" | "conflict" | "invalid" | "limit" | "unavailable";

export class AppError extends Error {
  override readonly name = "AppError";
  constructor(
    readonly code: ErrorCode,
    /** Shown to the person: names the place and the remedy. */
    message: string,
    /** For a form: what is wrong, by the name of the input. */
    readonly fields: Readonly<Record<string, string>> = {},
    /** For a conflict: what is there now. */
    readonly current?: unknown,
  ) {
    super(message);
  }
}

/**
 * Something that is asked before it is done. The form shows the question with its answers; one of them sends the
 * form again with that answer, so nothing is done without it.
 */
export class Doubt extends AppError {
  constructor(
    question: string,
    readonly answers: readonly Answer[],
  ) {
    super("invalid", question);
  }
}

/** A button of a question: sends the form again with this name and value. */
export interface Answer {
  readonly name: string;
  readonly value: string;
  readonly label: string;
}

export function notFound(what: string): AppError {
  return new AppError("not_found", `This ${what} does not exist, or it is not shared with you.`);
}

export function stale(what: string, current: unknown): AppError {
  return new AppError(
    "conflict",
    `This ${what} was changed in the meantime. The form now shows what is there; change it again if you still want to.`,
    {},
    current,
  );
}
