import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { Preview } from "@/lib/import-preview";

type CommitBarProps = {
  preview: Extract<Preview, { kind: "read" }>;
  isUpToDate: boolean;
  isPending: boolean;
  /** Why the last import was not made; the preview is newer than that. */
  refusal: string | null;
  error: Error | null;
  onCommit: () => void;
};

/** What is still to be said, and the button that imports. */
export function CommitBar({ preview, isUpToDate, isPending, refusal, error, onCommit }: CommitBarProps) {
  const { asks, writes, hash, counts } = preview;
  const isReady = hash !== null && isUpToDate && !isPending;
  const message = error?.message ?? refusal;
  return (
    <div className="grid gap-3">
      {message && (
        <Notice tone="error" live title="Nothing was imported.">
          {message}
        </Notice>
      )}
      {asks.length > 0 && (
        <Notice tone="warn" title="Before it can be imported">
          <ul className="list-disc pl-4">
            {asks.map(({ what, message }) => (
              <li key={`${what} ${message}`}>{message}</li>
            ))}
          </ul>
        </Notice>
      )}
      {asks.length === 0 && writes === null && (
        <Notice tone="success" live>
          {counts.overlap > 0
            ? "With these choices nothing of the file is imported: what is here stays."
            : "All of this is here already, so there is nothing to import."}
        </Notice>
      )}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          variant="primary"
          size="lg"
          aria-disabled={!isReady}
          className={isReady ? undefined : "opacity-60"}
          onClick={() => isReady && onCommit()}
        >
          {isPending ? "Importing…" : "Import"}
        </Button>
        <p className="text-sm text-muted" aria-live="polite">
          {isUpToDate || isPending ? writes : "Looking at the file again…"}
        </p>
      </div>
    </div>
  );
}
