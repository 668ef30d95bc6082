"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { count } from "@/lib/format";
import {
  commitUpload,
  discardUpload,
  getUpload,
  lookAgain,
  MAX_MEGABYTES,
  SendError,
  sendFile,
} from "@/lib/send-file";
import { isAtWork, type Upload, type UploadChoices } from "@/lib/upload";
import { ColumnMapping } from "./column-mapping";
import { CommitBar } from "./commit-bar";
import { FileQuestions } from "./file-questions";
import { ImportDone } from "./import-done";
import type { QueuedFile, WizardChoices } from "./import-wizard";
import { prepare } from "./local-file";
import { PreviewOfFile, Remarks, RowsOfFile } from "./preview-of-file";

type FileImportProps = {
  creatorId: string;
  creatorName: string;
  /** the creator's own day */
  today: string;
  choices: WizardChoices;
  queued: QueuedFile;
  /** name of the file that waits behind this one */
  next: string | null;
  /** `isGone`: imported or put aside; else it waits. */
  onDone: (isGone: boolean) => void;
};

export const POLL_MS = 700;
/** An answer of this page that nothing but this page changes. */
const KEPT = {
  retry: false,
  staleTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

/** One file: its way here, what it is, what would happen, and its import. */
export function FileImport(props: FileImportProps) {
  const { creatorId, queued, onDone } = props;
  const { id } = queued;
  const upload = useUpload(creatorId, queued);
  const { shown, chosen } = upload;
  const [typedName, setTypedName] = useState<string | null>(null);
  const discard = useMutation({
    mutationFn: () => discardUpload(creatorId, id),
    onSettled: () => onDone(true),
  });
  const preview = shown?.preview ?? null;
  const read = preview?.kind === "read" ? preview : null;
  const channelName = typedName ?? read?.channelName ?? props.creatorName;
  const isImported = shown?.state === "imported";
  const isBusy = shown !== null && isAtWork(shown);

  return (
    <div className="grid gap-6">
      <Card
        title={<span className="wrap-anywhere">{queued.name}</span>}
        note={noteOf(queued, shown, props.choices.locale)}
        actions={
          !isImported && (
            <>
              {shown && (isBusy || read) && (
                <Button variant="quiet" onClick={() => onDone(false)}>
                  Leave for later
                </Button>
              )}
              <Button variant="quiet" onClick={() => discard.mutate()} disabled={discard.isPending}>
                {putAside(upload, props.next)}
              </Button>
            </>
          )
        }
      >
        <div className="grid gap-4">
          <State upload={upload} />
          {upload.isListOnly && (
            <Notice live title="Only the list of your videos was sent.">
              Messages, contacts and everything else in the data download stayed on this device.
            </Notice>
          )}
          {preview?.kind === "not_useful" && !isBusy && (
            <Notice tone="warn" live title="There is nothing to import in this file.">
              {preview.message} Nothing was saved.
            </Notice>
          )}
          {preview?.kind === "refused" && !isBusy && (
            <>
              <Notice tone="error" live title="This file could not be read. Nothing was saved.">
                {preview.problems[0]?.message}
              </Notice>
              {preview.problems.length > 1 && <Remarks title="What is wrong" remarks={preview.problems} />}
            </>
          )}
          {read && shown && shown.state !== "importing" && (
            <FileQuestions
              preview={read}
              facts={shown.facts}
              chosen={chosen}
              choices={props.choices}
              today={props.today}
              channelName={channelName}
              newChannelId={id}
              onChoose={upload.choose}
              onChannelName={setTypedName}
            />
          )}
          {isImported && (
            <ImportDone
              creatorId={creatorId}
              importId={id}
              fileName={queued.name}
              next={props.next}
              writes={upload.writes}
              onDone={() => onDone(true)}
            />
          )}
        </div>
      </Card>
      {read && shown && shown.state !== "importing" && (
        <>
          {read.mapping && (
            <ColumnMapping
              mapping={chosen.mapping ?? read.mapping}
              file={read.file}
              choices={props.choices}
              isRemembered={shown.facts?.isRemembered === true && !chosen.mapping}
              isAsked={read.asks.some(({ what }) => what === "mapping")}
              onChoose={upload.choose}
            />
          )}
          <PreviewOfFile
            preview={read}
            tables={shown.facts?.tables ?? []}
            locale={props.choices.locale}
            isStale={!upload.isUpToDate}
            onChoose={upload.choose}
            chosen={chosen}
          />
          <CommitBar
            preview={read}
            isUpToDate={upload.isUpToDate}
            isPending={upload.isCommitting}
            refusal={shown.message}
            error={upload.commitError}
            onCommit={() => read.hash && upload.commit({ hash: read.hash, channelName })}
          />
          <RowsOfFile preview={read} locale={props.choices.locale} />
        </>
      )}
    </div>
  );
}

type UploadHandle = ReturnType<typeof useUpload>;

/** A file from this device to its import: sent, looked at again with each choice, imported. */
function useUpload(creatorId: string, { id, file }: QueuedFile) {
  const client = useQueryClient();
  const router = useRouter();
  const [sent, setSent] = useState(0);
  const [picked, setPicked] = useState<UploadChoices | null>(null);
  const [writes, setWrites] = useState<string | null>(null);
  const keep = (upload: Upload) => client.setQueryData(["upload", id], upload);

  const sending = useQuery({
    ...KEPT,
    queryKey: ["send", id],
    queryFn: async ({ signal }) => {
      if (!file) return { isListOnly: false };
      const local = await prepare(file, signal);
      if (local.file.size === 0) throw new SendError(400, "The file is empty. Export it again.");
      if (local.file.size > MAX_MEGABYTES * 1_000_000)
        throw new SendError(
          413,
          `It has ${sizeText(local.file.size)}; at most ${MAX_MEGABYTES} MB are read. Export a shorter period.`,
        );
      keep(await sendFile(creatorId, id, local.file, { signal, onProgress: setSent }));
      return { isListOnly: local.isListOnly };
    },
  });
  const state = useQuery({
    ...KEPT,
    queryKey: ["upload", id],
    queryFn: ({ signal }) => getUpload(creatorId, id, signal),
    enabled: sending.isSuccess,
    refetchInterval: ({ state }) => (state.data && isAtWork(state.data) ? POLL_MS : false),
  });
  const look = useMutation({
    mutationFn: (choices: UploadChoices) => lookAgain(creatorId, id, choices),
    // One look after the other, so that the newest choices have the last word.
    scope: { id: `look ${id}` },
    onSuccess: keep,
  });
  const commit = useMutation({
    mutationFn: (asked: { hash: string; channelName: string }) => commitUpload(creatorId, id, asked),
    onSuccess: keep,
  });

  const shown = state.data ?? null;
  const chosen = picked ?? shown?.choices ?? {};
  const isImported = shown?.state === "imported";
  useEffect(() => {
    if (isImported) router.refresh();
  }, [isImported, router]);
  const error = [sending, look, state].find((each) => each.isError)?.error ?? null;
  return {
    sent,
    isSending: sending.isFetching,
    isListOnly: sending.data?.isListOnly ?? false,
    shown,
    chosen,
    error,
    isUpToDate: shown !== null && !look.isPending && !isAtWork(shown) && error === null,
    isCommitting: commit.isPending || shown?.state === "importing",
    commitError: commit.error,
    /** what the import brought, as its preview said */
    writes,
    choose(more: Partial<UploadChoices>) {
      const next = { ...chosen, ...more };
      commit.reset();
      setPicked(next);
      look.mutate(next);
    },
    commit(asked: { hash: string; channelName: string }) {
      setWrites(shown?.preview?.kind === "read" ? shown.preview.writes : null);
      commit.mutate(asked);
    },
    again() {
      if (sending.isError) void sending.refetch();
      else if (look.isError || shown) look.mutate(chosen);
      else void state.refetch();
    },
  };
}

/** What is being done with the file, or what stands in its way. */
function State({ upload }: { upload: UploadHandle }) {
  const { shown, error, sent, isSending, again } = upload;
  const tryAgain = (label: string) => (
    <Button size="sm" onClick={again}>
      {label}
    </Button>
  );
  if (isSending) {
    // All is on its way; what remains is the server's work, of unknown length.
    const isSent = sent >= 1;
    return <Progress label={isSent ? "Reading the file" : "Sending the file"} value={isSent ? null : sent} />;
  }
  if (error)
    return (
      <Notice tone="error" live title="The file could not be looked at." actions={tryAgain("Try again")}>
        {error.message}
      </Notice>
    );
  if (!shown) return <Progress label="Looking where it stands" value={null} />;
  if (shown.state === "reading")
    return (
      <Progress
        label={shown.preview ? "Looking at the file again" : "Reading the file"}
        value={shown.share}
        note="This page can be left meanwhile."
      />
    );
  if (shown.state === "importing")
    return <Progress label="Importing" value={shown.share} note="This page can be left meanwhile." />;
  if (shown.state === "arriving") return <Progress label="The file is arriving" value={shown.share} />;
  if (shown.state === "arrived" || shown.state === "interrupted")
    return (
      <Notice
        tone="warn"
        live
        title={
          shown.state === "arrived" ? "This file was not read yet." : "The work on this file was interrupted."
        }
        actions={tryAgain("Read it now")}
      >
        Nothing was saved. Read it once more; if it never arrived whole, discard it and choose it again.
      </Notice>
    );
  if (shown.state === "failed")
    return (
      <Notice tone="error" live title="The file could not be looked at." actions={tryAgain("Try again")}>
        {shown.message}
      </Notice>
    );
  return null;
}

/** What the button says that puts a file aside. */
function putAside({ shown, isSending, error }: UploadHandle, next: string | null): string {
  if (isSending || (shown && isAtWork(shown))) return "Cancel";
  if (shown?.preview?.kind === "read" && !error) return "Discard";
  return next ? "Skip this file" : "Choose another file";
}

function noteOf({ file }: QueuedFile, shown: Upload | null, locale: string): string | null {
  const preview = shown?.preview;
  if (preview?.file) return `${preview.file.label}, ${rowsText(preview.file.rows, locale)}`;
  const bytes = shown?.bytes || file?.size;
  return bytes ? sizeText(bytes) : null;
}

function rowsText(rows: number, locale: string): string {
  return rows === 1 ? "1 row" : `${count(rows, locale)} rows`;
}

export function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
