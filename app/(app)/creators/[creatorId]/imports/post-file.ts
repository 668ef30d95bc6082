import type { ImportChoices } from "@/lib/import-preview";

/** Larger files are not even sent; the server says the same. */
export const MAX_MEGABYTES = 20;

export type About = {
  choices: ImportChoices;
  newChannelId: string;
  commit: { id: string; hash: string; channelName: string } | null;
};

/** What the server, or the way to it, refused: a sentence for the person. */
export class PostError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const UNREADABLE = "The file cannot be read any more: it was moved or changed. Choose it again.";
const UNREACHABLE = "The server did not answer. Nothing is lost: try again; a repeat is never counted twice.";

/**
 * Sends a file with what was chosen for it, and its length and SHA-256, so that a file that arrives cut is
 * noticed. `onProgress` gets the sent share, 0 to 1. Rejects with PostError.
 */
export async function postFile<T>(
  url: string,
  file: File,
  about: About,
  { signal, onProgress }: { signal?: AbortSignal; onProgress?: (share: number) => void } = {},
): Promise<T> {
  const sha256 = await sha256Of(file);
  const form = new FormData();
  form.set("about", JSON.stringify({ ...about, bytes: file.size, sha256 }));
  form.set("file", file);
  return new Promise((resolve, reject) => {
    // fetch tells nothing about what is on its way.
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const answer = request.response as { message?: string } | null;
      if (request.status === 200 && answer) resolve(answer as T);
      else reject(new PostError(request.status, answer?.message ?? UNREACHABLE));
    };
    request.onerror = () => reject(new PostError(0, UNREACHABLE));
    request.onabort = () => reject(new PostError(0, "Stopped."));
    signal?.addEventListener("abort", () => request.abort());
    request.send(form);
  });
}

const known = new WeakMap<File, Promise<string | null>>();

/** Null where the browser has no such thing: outside https and localhost only the length is compared. */
function sha256Of(file: File): Promise<string | null> {
  const found = known.get(file) ?? hash(file);
  known.set(file, found);
  return found;
}

async function hash(file: File): Promise<string | null> {
  const bytes = await file.arrayBuffer().catch(() => {
    throw new PostError(0, UNREADABLE);
  });
  if (!("subtle" in crypto)) return null;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
