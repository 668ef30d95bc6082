import type { Metadata } from "next";
import { PlainShell } from "@/components/plain-shell";
import { ButtonLink } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

/** Also what a stranger gets for something that is not his: there is nothing to learn from the difference. */
export default function NotFound() {
  return (
    <PlainShell
      title="This page does not exist"
      note="It may have been removed, or it is not shared with you."
    >
      <ButtonLink href="/" variant="primary">
        Back to the overview
      </ButtonLink>
    </PlainShell>
  );
}
