import "server-only";
import { refresh } from "next/cache";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { AppError, Doubt } from "../errors";
import type { Viewer } from "../model/access";
import type { ActionState } from "../model/action-state";
import { report } from "./report-error";
import { requireViewer } from "./viewer";

/**
 * The one way to write a server action: who is it → parse → run → the page again in the same response.
 * An action is a public endpoint: identity comes before parsing, parsing before the database.
 *
 * `run` returns what to say when it is done (and a value for the form). Known errors (AppError, zod) return
 * with what was typed; unknown ones are logged under an id and shown as one sentence.
 */
export function action<Schema extends z.ZodType, T = undefined>(
  schema: Schema,
  run: (viewer: Viewer, input: z.output<Schema>) => Promise<Done<T>>,
): (previous: ActionState<T>, form: FormData) => Promise<ActionState<T>> {
  return async (_previous, form) => {
    const viewer = await requireViewer();
    return perform(schema, form, (input) => run(viewer, input));
  };
}

/** The same for those who are not signed in (sign-up, reset): nothing but these may use it. */
export function openAction<Schema extends z.ZodType, T = undefined>(
  schema: Schema,
  run: (input: z.output<Schema>) => Promise<Done<T>>,
): (previous: ActionState<T>, form: FormData) => Promise<ActionState<T>> {
  return async (_previous, form) => perform(schema, form, run);
}

interface Done<T> {
  message: string;
  value?: T;
}

async function perform<Schema extends z.ZodType, T>(
  schema: Schema,
  form: FormData,
  run: (input: z.output<Schema>) => Promise<Done<T>>,
): Promise<ActionState<T>> {
  const typed = form instanceof FormData ? textsOf(form) : {};
  const values = withoutSecrets(typed);
  const parsed = schema.safeParse(typed);
  if (!parsed.success) {
    const fields: Record<string, string> = {};
    for (const issue of parsed.error.issues) {
      const name = issue.path.join(".") || "form";
      fields[name] ??= issue.message;
    }
    return { status: "invalid", message: "Please look at the marked fields.", fields, values };
  }
  try {
    const { message, value } = await run(parsed.data);
    refresh();
    return { status: "done", message, ...(value === undefined ? {} : { value }) };
  } catch (error) {
    unstable_rethrow(error);
    if (error instanceof AppError) {
      return {
        status: "invalid",
        message: error.message,
        fields: error.fields,
        values,
        ...(error.current === undefined ? {} : { current: error.current as T }),
        ...(error instanceof Doubt ? { answers: error.answers } : {}),
      };
    }
    return { status: "invalid", message: report(error), fields: {}, values };
  }
}

function textsOf(form: FormData): Record<string, string> {
  const texts: Record<string, string> = Object.create(null);
  for (const [name, value] of form) {
    if (typeof value === "string" && !name.startsWith("$ACTION")) texts[name] = value;
  }
  return texts;
}

function withoutSecrets(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !/password|secret/i.test(name)));
}
