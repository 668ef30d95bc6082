import { MAX_FILE_BYTES } from "./import/limits";
import { paths } from "./paths";
import type { Upload, UploadChoices } from "./upload";

/** Larger files are not even sent; the server says the same. */
export const MAX_MEGABYTES = MAX_FILE_BYTES / 1_000_000;

/** What the server, or the way to it, refused: a sentence for the person. */
export class SendError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const UNREADABLE = "The file cannot be read any more: it was moved or changed. Choose it again.";
const UNREACHABLE = "The server did not answer. Nothing is lost: try again; a repeat is never counted twice.";

type SendWatch = { signal: AbortSignal; onProgress: (share: number) => void };

/**
 * Sends a file as it is, with its length and SHA-256 ahead, so that one that arrives cut is noticed, and answers the
 * first look at it. `onProgress` gets the sent share, 0 to 1. Rejects with SendError.
 */
export async function sendFile(
  creatorId: string,
  id: string,
  file: File,
  { signal, onProgress }: SendWatch,
): Promise<Upload> {
  const sha256 = await sha256Of(file);
  const about = new URLSearchParams({
    id,
    name: file.name,
    bytes: String(file.size),
    ...(sha256 ? { sha256 } : {}),
  });
  return new Promise((resolve, reject) => {
    // fetch tells nothing about what is on its way.
    const request = new XMLHttpRequest();
    request.open("POST", `${paths.importUploads(creatorId)}?${about}`);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const answer = request.response as (Upload & { message?: string }) | null;
      if (request.status === 200 && answer) resolve(answer);
      else reject(new SendError(request.status, answer?.message ?? UNREACHABLE));
    };
    request.onerror = () => reject(new SendError(0, UNREACHABLE));
    request.onabort = () => reject(new SendError(0, "Stopped."));
    signal.addEventListener("abort", () => request.abort());
    if (signal.aborted) reject(new SendError(0, "Stopped."));
    else request.send(file);
  });
}

/** Null where the browser has no such thing: outside https and localhost only the length is compared. */
async function sha256Of(file: File): Promise<string | null> {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new SendError(0, UNREADABLE);
  });
  if (!("subtle" in crypto)) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** How far a file is. Rejects with SendError. */
export function getUpload(creatorId: string, id: string, signal: AbortSignal): Promise<Upload> {
  return ask(paths.importUpload(creatorId, id), { signal });
}

/** Looks at a file with these choices. Rejects with SendError. */
export function lookAgain(creatorId: string, id: string, choices: UploadChoices): Promise<Upload> {
  return ask(paths.importUpload(creatorId, id), { method: "POST", body: JSON.stringify(choices) });
}

/** Imports what the preview with this hash showed. Rejects with SendError. */
export function commitUpload(
  creatorId: string,
  id: string,
  commit: { hash: string; channelName: string },
): Promise<Upload> {
  return ask(paths.importCommit(creatorId, id), { method: "POST", body: JSON.stringify(commit) });
}

/** Puts a file aside for good; one that is gone already is as good. Rejects with SendError. */
export async function discardUpload(creatorId: string, id: string): Promise<void> {
  await ask(paths.importUpload(creatorId, id), { method: "DELETE" });
}

async function ask<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init).catch(() => {
    throw new SendError(0, init.signal?.aborted ? "Stopped." : UNREACHABLE);
  });
  const answer = (await response.json().catch(() => null)) as (T & { message?: string }) | null;
  if (response.ok && answer) return answer;
  throw new SendError(response.status, answer?.message ?? UNREACHABLE);
}
