import "server-only";
import { AppError, type ErrorCode } from "@/lib/errors";
import type { Viewer } from "@/lib/model/access";
import { report } from "@/lib/server/report-error";
import { currentUser, findViewer } from "@/lib/server/viewer";

/** Choices for a file with hundreds of videos; more is no choice of a person. */
const MAX_JSON = 1_000_000;

/** Any page may send a form here with the visitor's cookies; none but ours is believed. */
function refuseOtherSites({ headers }: Request): void {
  const site = headers.get("sec-fetch-site");
  const origin = headers.get("origin");
  const isOwn = site ? site === "same-origin" : origin === null || hostOf(origin) === headers.get("host");
  if (!isOwn) throw new AppError("forbidden", "Another site's page may not bring files here.");
}

/** "null" and the like have none. */
function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

/**
 * Answers a request as JSON: what `run` returns, or `{ message }` with the status of the error. Nothing is
 * read of a body before `demandSender` has let its sender through.
 */
export async function answer<Params>(
  request: Request,
  params: Promise<Params>,
  demandSender: (viewer: Viewer, params: Params) => Promise<void>,
  run: (viewer: Viewer, params: Params) => Promise<unknown>,
): Promise<Response> {
  try {
    refuseOtherSites(request);
    const viewer = await findViewer();
    if (!viewer) {
      const message = "Your sign-in has ended. Sign in again in another tab, then try again here.";
      return json({ message }, 401);
    }
    const given = await params;
    await demandSender(viewer, given);
    return json(await run(viewer, given), 200);
  } catch (error) {
    if (error instanceof AppError) return json({ message: error.message }, STATUS[error.code]);
    return json({ message: report(error) }, 500);
  }
}

/** The language of the texts in an answer. */
export async function localeOf(): Promise<string> {
  return (await currentUser())?.locale ?? "en-US";
}

/** The body as JSON; undefined where it is none, or too large to be meant. */
export async function readJson(request: Request): Promise<unknown> {
  const reader = request.body?.getReader();
  const decoder = new TextDecoder();
  let text = "";
  try {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      text += decoder.decode(part.value, { stream: true });
      if (text.length > MAX_JSON) {
        await reader?.cancel();
        return undefined;
      }
    }
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const STATUS: Record<ErrorCode, number> = {
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  invalid: 400,
  limit: 429,
  unavailable: 503,
};

function json(body: unknown, status: number): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
}
