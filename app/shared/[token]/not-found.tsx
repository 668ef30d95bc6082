import { PlainShell } from "@/components/plain-shell";

/** Revoked, over, or never there: whoever holds an address learns no difference, and needs the same remedy. */
export default function SharedNotFound() {
  return (
    <PlainShell
      title="This address does not work"
      note="It was revoked, its time is over, or a part of it is missing. Ask whoever sent it to you for a new one."
    />
  );
}
