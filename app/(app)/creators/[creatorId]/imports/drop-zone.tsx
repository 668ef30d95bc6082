"use client";

import clsx from "clsx";
import { FileUp } from "lucide";
import { type DragEvent, useEffect, useRef, useState } from "react";
import { buttonClass } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";

type DropZoneProps = { onFiles: (files: readonly File[]) => void };

/** One or several files, dropped or chosen. */
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
        <span className="text-lg font-semibold">Drop a CSV or zip here</span>
        <span className={buttonClass("primary", "lg")}>Choose a file</span>
        <input
          ref={input}
          type="file"
          multiple
          accept=".csv,.tsv,.txt,.zip,text/csv,application/zip"
          className="sr-only"
          aria-describedby="import-kinds"
          onChange={(event) => {
            onFiles([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
      </label>
      <p id="import-kinds" className="mt-3 max-w-2xl text-sm text-muted">
        YouTube Studio: the tab Content or Date in Advanced mode, exported as .csv (the zip as it comes). Or
        your own table: a row per month with views and amounts. Nothing is saved before you have seen it.
      </p>
    </div>
  );
}
