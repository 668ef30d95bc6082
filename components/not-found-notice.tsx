"use client";

import { PlainShell } from "./plain-shell";
import { ButtonLink } from "./ui/button";

/** Made in the browser: every document carries this screen along, so it travels as a name. */
export function NotFoundNotice() {
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
