"use client";

import clsx from "clsx";
import { FileUp } from "lucide";
import { type DragEvent, useEffect, useId, useRef, useState } from "react";
import { Button, buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { Textarea } from "@/components/ui/textarea";
import { KnownExports } from "./known-exports";

type DropZoneProps = { onFiles: (files: readonly File[]) => void };

const ACCEPTED = ".csv,.tsv,.txt,.zip,.xlsx,.json,text/csv,application/zip,application/json";

/** One or several files, dropped or chosen, or rows pasted from a spreadsheet. */
export function DropZone({ onFiles }: DropZoneProps) {
  const [isOver, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);

  // A file that was chosen before the script came waits in the input.
  useEffect(() => {
    const chosen = [...(input.current?.files ?? [])];
    if (chosen.length > 0) onFiles(chosen);
  }, [onFiles]);

  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const files = [...event.dataTransfer.files];
    if (files.length > 0) onFiles(files);
  }

  return (
    <div>
      <label
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={clsx(
          "grid justify-items-center gap-3 rounded-lg border border-dashed px-6 py-10 text-center",
          "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent",
          isOver ? "border-accent bg-accent-soft" : "border-control bg-surface",
        )}
      >
        <Icon of={FileUp} className="size-6 text-muted" />
        <span className="text-lg font-semibold">Drop your exports here</span>
        <span className={buttonClass("primary", "lg")}>Choose files</span>
        <span className="text-sm text-muted">CSV, Excel (.xlsx), zip as it was downloaded, or JSON</span>
        <input
          ref={input}
          type="file"
          multiple
          accept={ACCEPTED}
          className="sr-only"
          aria-label="Files to import"
          aria-describedby="import-kinds"
          onChange={(event) => {
            onFiles([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
      </label>
      <PastedRows onFiles={onFiles} />
      <p id="import-kinds" className="mt-3 max-w-2xl text-sm text-muted">
        Understood: YouTube Studio, TikTok Studio, TikTok Shop and LIVE, Instagram and Facebook (Meta Business
        Suite), AdSense, Twitch, Mediavine, and your own table. Nothing is saved before you have seen it.
      </p>
      <KnownExports />
    </div>
  );
}

function PastedRows({ onFiles }: DropZoneProps) {
  const id = useId();
  const [text, setText] = useState("");
  const isEmpty = text.trim() === "";
  return (
    <details className="mt-3 text-sm">
      <summary className="link w-fit">Or paste rows from a spreadsheet</summary>
      <div className="mt-3 grid max-w-2xl gap-2">
        <label htmlFor={id} className="font-medium">
          Rows with their header
        </label>
        <Textarea
          id={id}
          rows={6}
          className="figures min-h-32 whitespace-pre"
          spellCheck={false}
          value={text}
          placeholder={"month\tviews\tads_usd\n2026-01\t120000\t310.50"}
          onChange={({ target }) => setText(target.value)}
        />
        <Button
          className="w-fit"
          aria-disabled={isEmpty}
          onClick={() => !isEmpty && onFiles([new File([text], "Pasted rows", { type: "text/plain" })])}
        >
          Look at these rows
        </Button>
      </div>
    </details>
  );
}
