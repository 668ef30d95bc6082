"use client";

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import type { ImportChoices, Preview } from "@/lib/import-preview";
import { paths } from "@/lib/paths";
import { ColumnMapping } from "./column-mapping";
import { FileQuestions } from "./file-questions";
import type { WizardChoices } from "./import-wizard";
import { MAX_MEGABYTES, PostError, postFile } from "./post-file";
import { PreviewOfFile, Remarks, RowsOfFile } from "./preview-of-file";
import { UndoImport } from "./undo-import";

type FileImportProps = {
  creatorId: string;
  creatorName: string;
  choices: WizardChoices;
  file: File;
  importId: string;
  newChannelId: string;
  /** name of the file that waits behind this one */
  next: string | null;
  onDone: () => void;
};

/** One file: what it is, what would happen, and its import. */
export function FileImport(props: FileImportProps) {
  const { creatorId, file, importId, newChannelId } = props;
  const [chosen, setChosen] = useState<ImportChoices>({});
  const [channelName, setChannelName] = useState(props.creatorName);
  const [sent, setSent] = useState<number | null>(null);
  const router = useRouter();
  const isTooLarge = file.size > MAX_MEGABYTES * 1_000_000;

  const preview = useQuery({
    queryKey: ["import-preview", importId, chosen],
    queryFn: ({ signal }) =>
      postFile<Preview>(
        paths.importPreview(creatorId),
        file,
        { choices: chosen, newChannelId, commit: null },
        { signal, onProgress: setSent },
      ),
    placeholderData: keepPreviousData,
    enabled: !isTooLarge,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const commit = useMutation({
    mutationFn: (shown: { choices: ImportChoices; hash: string }) =>
      postFile<{ id: string }>(
        paths.importFile(creatorId),
        file,
        { choices: shown.choices, newChannelId, commit: { id: importId, hash: shown.hash, channelName } },
        { onProgress: setSent },
      ),
    onSuccess: () => router.refresh(),
    onError: (error) => {
      if (error instanceof PostError && error.status === 409) void preview.refetch();
    },
  });

  const shown = preview.data;
  const isUpToDate = !preview.isFetching && !preview.isError;
  const choose = (more: Partial<ImportChoices>) => {
    commit.reset();
    setChosen((before) => ({ ...before, ...more }));
  };

  return (
    <div className="grid gap-6">
      <Card
        title={<FileTitle name={file.name} />}
        note={shown?.file ? `${shown.file.label}, ${rowsText(shown.file.rows)}` : sizeText(file.size)}
        actions={
          commit.isSuccess ? null : (
            <Button variant="quiet" onClick={props.onDone} disabled={commit.isPending}>
              {props.next ? "Skip this file" : "Choose another file"}
            </Button>
          )
        }
      >
        <div className="grid gap-4">
          {isTooLarge && (
            <Notice tone="error" live title="This file is too large.">
              It has {sizeText(file.size)}; at most {MAX_MEGABYTES} MB are read. Export a shorter period.
            </Notice>
          )}
          {preview.isFetching && !shown && (
            <Progress label="Reading the file" value={isSent(sent) ? null : sent} />
          )}
          {preview.isError && (
            <Notice
              tone="error"
              live
              title="The file could not be looked at."
              actions={
                <Button size="sm" onClick={() => void preview.refetch()}>
                  Try again
                </Button>
              }
            >
              {preview.error.message}
            </Notice>
          )}
          {shown?.kind === "not_useful" && (
            <Notice tone="warn" live title="There is nothing to import in this file.">
              {shown.message} Nothing was saved.
            </Notice>
          )}
          {shown?.kind === "refused" && (
            <>
              <Notice tone="error" live title="This file could not be read. Nothing was saved.">
                {shown.problems[0]?.message}
              </Notice>
              {shown.problems.length > 1 && <Remarks title="What is wrong" remarks={shown.problems} />}
            </>
          )}
          {shown?.kind === "read" && !commit.isSuccess && (
            <FileQuestions
              preview={shown}
              chosen={chosen}
              choices={props.choices}
              channelName={channelName}
              newChannelId={newChannelId}
              onChoose={choose}
              onChannelName={setChannelName}
            />
          )}
          {commit.isSuccess && (
            <Done
              {...props}
              importId={commit.data.id}
              writes={shown?.kind === "read" ? shown.writes : null}
            />
          )}
        </div>
      </Card>
      {shown?.kind === "read" && !commit.isSuccess && (
        <>
          {shown.mapping && (
            <ColumnMapping
              mapping={chosen.mapping ?? shown.mapping}
              file={shown.file}
              choices={props.choices}
              isAsked={shown.asks.some(({ what }) => what === "mapping")}
              onChoose={choose}
            />
          )}
          <PreviewOfFile preview={shown} isStale={!isUpToDate} onChoose={choose} chosen={chosen} />
          <CommitBar
            preview={shown}
            isUpToDate={isUpToDate}
            isPending={commit.isPending}
            sent={sent}
            error={commit.error}
            onCommit={() => {
              if (shown.hash && shown.channel)
                commit.mutate({ choices: { ...chosen, channel: shown.channel }, hash: shown.hash });
            }}
          />
          <RowsOfFile preview={shown} />
        </>
      )}
    </div>
  );
}

type CommitBarProps = {
  preview: Extract<Preview, { kind: "read" }>;
  isUpToDate: boolean;
  isPending: boolean;
  sent: number | null;
  error: Error | null;
  onCommit: () => void;
};

function CommitBar({ preview, isUpToDate, isPending, sent, error, onCommit }: CommitBarProps) {
  const { asks, writes, hash, counts } = preview;
  const isReady = hash !== null && isUpToDate && !isPending;
  return (
    <div className="grid gap-3">
      {error && (
        <Notice tone="error" live title="Nothing was imported.">
          {error.message}
        </Notice>
      )}
      {isPending && <Progress label="Importing" value={isSent(sent) ? null : sent} />}
      {asks.length > 0 && (
        <Notice tone="warn" title="Before it can be imported">
          <ul className="list-disc pl-4">
            {asks.map(({ what, message }) => (
              <li key={what}>{message}</li>
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
          {!isUpToDate ? "Looking at the file again…" : writes}
        </p>
      </div>
    </div>
  );
}

type DoneProps = FileImportProps & { writes: string | null };

function Done({ creatorId, importId, file, next, onDone, writes }: DoneProps) {
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
          <UndoImport creatorId={creatorId} importId={importId} fileName={file.name} onUndone={setUndone} />
        )}
      </div>
    </div>
  );
}

function FileTitle({ name }: { name: string }) {
  return <span className="wrap-anywhere">{name}</span>;
}

/** All is on its way; what remains is the server's work, of unknown length. */
function isSent(share: number | null): boolean {
  return share === null || share >= 1;
}

function rowsText(rows: number): string {
  return rows === 1 ? "1 row" : `${rows} rows`;
}

function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
