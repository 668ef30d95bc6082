import { paths } from "@/lib/paths";
import { type BroughtPart, MAX_ROSTER_MEGABYTES, type RosterFile } from "@/lib/roster-file";
import { SendError } from "@/lib/send-file";

const UNREACHABLE = "The server did not answer. Nothing is lost: try again; a repeat is never counted twice.";

/** Asks whom a table names. Rejects with SendError. */
export function askNames(
  agencyId: string,
  { id, file, column }: { id: string; file: File; column: string | undefined },
): Promise<RosterFile> {
  return post(agencyId, file, { id, ...(column === undefined ? {} : { column }) });
}

/** Brings each part to its creator, and answers the first look at each. Rejects with SendError. */
export function sendParts(
  agencyId: string,
  {
    id,
    file,
    column,
    assigned,
  }: { id: string; file: File; column: string; assigned: Readonly<Record<string, string>> },
): Promise<BroughtPart[]> {
  return post(agencyId, file, { id, column, assigned: JSON.stringify(assigned) });
}

async function post<T>(agencyId: string, file: File, fields: Record<string, string>): Promise<T> {
  if (file.size > MAX_ROSTER_MEGABYTES * 1_000_000)
    throw new SendError(
      400,
      `The file has more than ${MAX_ROSTER_MEGABYTES} MB. Export a shorter period, or fewer creators at once.`,
    );
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("timeZone", Intl.DateTimeFormat().resolvedOptions().timeZone);
  form.set("file", file);
  const response = await fetch(paths.rosterImports(agencyId), { method: "POST", body: form }).catch(() => {
    throw new SendError(0, UNREACHABLE);
  });
  const answer = (await response.json().catch(() => null)) as (T & { message?: string }) | null;
  if (response.ok && answer) return answer;
  throw new SendError(response.status, answer?.message ?? UNREACHABLE);
}
