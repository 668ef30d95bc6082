"use client";

import "./globals.css";
import { Button } from "@/components/ui/button";

/** The last net: even the frame of the page failed, so this one brings its own. */
export default function GlobalError({ reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <title>Something went wrong · Permille</title>
        <main className="mx-auto grid min-h-dvh max-w-sm content-center justify-items-start gap-3 px-4">
          <h1 className="text-lg">Permille could not show this page</h1>
          <p className="text-sm text-muted">What you saved before is safe. Try again in a moment.</p>
          <Button variant="primary" onClick={reset}>
            Try again
          </Button>
        </main>
      </body>
    </html>
  );
}
