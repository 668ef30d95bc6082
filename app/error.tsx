"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { PlainShell } from "@/components/plain-shell";
import { Button, ButtonLink } from "@/components/ui/button";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

/** An error nobody foresaw. What was saved is safe: a write is whole or it did not happen. */
export default function ErrorPage({ error, reset }: ErrorPageProps) {
  const router = useRouter();
  // What failed was made on the server: showing the same answer again would fail again.
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  return (
    <PlainShell
      title="Something went wrong here"
      note="This page could not be shown. What you saved before is safe."
      foot={error.digest && <>Reference for the operator: {error.digest}</>}
    >
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
        <ButtonLink href="/">Back to the overview</ButtonLink>
      </div>
    </PlainShell>
  );
}
