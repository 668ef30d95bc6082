import "server-only";
import { AppError } from "../errors";

/** What the routes that hand out a creator's files answer: nothing of it may be kept by what stands between. */

/** Spreadsheets take a file without it for their own old encoding. */
export const BYTE_ORDER_MARK = "\uFEFF";

const PRIVATE = { "Cache-Control": "private, no-store" };

/** A file of its own name; `name` has nothing in it that could end a header. */
export function download(name: string, type: string, body: BodyInit): Response {
  return new Response(body, {
    headers: {
      ...PRIVATE,
      "Content-Type": type,
      "Content-Disposition": `attachment; filename="${name}"`,
    },
  });
}

/** A text stands whole, and gets its mark; what is sent as it is read brings its own. */
export function downloadCsv(name: string, body: string | ReadableStream<Uint8Array>): Response {
  const marked = typeof body === "string" ? BYTE_ORDER_MARK + body : body;
  return download(name, "text/csv; charset=utf-8", marked);
}

/** A finished file; CSV gets its mark. */
export function downloadBytes(file: {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}): Response {
  const { name, type, bytes } = file;
  const body = type.startsWith("text/csv") ? new Blob([BYTE_ORDER_MARK, bytes]) : bytes;
  return download(name, type, body);
}

export function refuse(status: number, sentence: string): Response {
  return new Response(`${sentence}\n`, {
    status,
    headers: { ...PRIVATE, "Content-Type": "text/plain; charset=utf-8" },
  });
}

/** What was refused, in its own words; throws what is no refusal. A stranger is told that nothing is there. */
export function refuseWith(error: unknown): Response {
  if (!(error instanceof AppError)) throw error;
  return refuse(error.code === "unavailable" ? 503 : 404, error.message);
}
