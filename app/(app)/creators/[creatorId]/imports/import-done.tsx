"use client";

import { useEffect, useRef, useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { paths } from "@/lib/paths";
import { UndoImport } from "./undo-import";

type ImportDoneProps = {
  creatorId: string;
  importId: string;
  fileName: string;
  next: string | null;
  /** what it brought, where its preview was seen here */
  writes: string | null;
  onDone: () => void;
};

/** The file is imported: where to see it, what comes next, and its undoing. */
export function ImportDone({ creatorId, importId, fileName, next, writes, onDone }: ImportDoneProps) {
  const [undone, setUndone] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  // What one pressed is gone; the result is where to go on.
  useEffect(() => box.current?.focus(), []);
  return (
    <div ref={box} tabIndex={-1} className="grid gap-4 outline-none">
      {undone === null ? (
        <Notice tone="success" live title={writes ? `Imported: ${writes}.` : "Imported."}>
          The overview shows them now. The whole import can be undone, here or in the list below.
        </Notice>
      ) : (
        <Notice live>{undone}</Notice>
      )}
      <div className="flex flex-wrap items-center gap-2">
        {undone === null && (
          <ButtonLink href={paths.overview(creatorId)} variant="primary">
            See the overview
          </ButtonLink>
        )}
        <Button onClick={onDone}>{next ? `Next file: ${next}` : "Import another file"}</Button>
        {undone === null && (
          <UndoImport creatorId={creatorId} importId={importId} fileName={fileName} onUndone={setUndone} />
        )}
      </div>
    </div>
  );
}
