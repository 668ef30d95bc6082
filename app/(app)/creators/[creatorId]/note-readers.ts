import { isId } from "@/lib/input";
import { NOTE_AUDIENCES, type NoteAudience } from "@/lib/model/words";

type Readers = { audience: NoteAudience; agencyId: string | null };

/** Readers as the value of a choice: "members", or "both:" and the agency. */
export function readersKey({ audience, agencyId }: Readers): string {
  return agencyId === null ? audience : `${audience}:${agencyId}`;
}

/** And back; null for anything else. */
export function readersOf(key: string): Readers | null {
  const [name, agencyId] = key.split(":");
  const audience = NOTE_AUDIENCES.find((each) => each === name);
  if (!audience) return null;
  if (audience === "members") return agencyId === undefined ? { audience, agencyId: null } : null;
  return isId(agencyId) ? { audience, agencyId } : null;
}

/** Who reads it, in words. */
export function readersName({
  audience,
  agencyName,
}: {
  audience: NoteAudience;
  agencyName: string | null;
}): string {
  if (audience === "members" || agencyName === null) return "Only the creator's members";
  return audience === "agency" ? `Only ${agencyName}` : `${agencyName} and the creator's members`;
}
