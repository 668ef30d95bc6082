"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Progress } from "@/components/ui/progress";
import { discardUpload, getUpload } from "@/lib/send-file";
import { isAtWork, type Upload } from "@/lib/upload";
import { POLL_MS, sizeText } from "./file-import";
import type { WaitingFile } from "./import-wizard";

type WaitingFilesProps = {
  creatorId: string;
  files: readonly WaitingFile[];
  onContinue: (file: WaitingFile) => void;
};

/** Files that were brought and left: where each stands, to go on with or to put aside. */
export function WaitingFiles({ creatorId, files, onContinue }: WaitingFilesProps) {
  return (
    <Card title="Waiting" note="Brought, but not imported yet. A file is kept for a week." flush>
      <ul aria-label="Files that wait">
        {files.map((file) => (
          <Waiting key={file.id} creatorId={creatorId} file={file} onContinue={() => onContinue(file)} />
        ))}
      </ul>
    </Card>
  );
}

function Waiting({
  creatorId,
  file,
  onContinue,
}: {
  creatorId: string;
  file: WaitingFile;
  onContinue: () => void;
}) {
  const { id, fileName, bytes, since } = file;
  const router = useRouter();
  const discard = useMutation({
    mutationFn: () => discardUpload(creatorId, id),
    onSuccess: () => router.refresh(),
  });
  const now = useQuery({
    queryKey: ["upload", id],
    queryFn: async ({ signal }) => {
      const upload = await getUpload(creatorId, id, signal);
      if (upload.state === "imported") router.refresh();
      return upload;
    },
    enabled: isAtWork(file) && discard.isIdle,
    retry: false,
    refetchInterval: ({ state }) => (state.data && !isAtWork(state.data) ? false : POLL_MS),
  });
  const { state, share } = now.data ?? file;
  const kind = now.data?.preview?.kind;
  const isUseless = state === "read" && (kind ? kind !== "read" : file.isUseless);
  if (discard.isSuccess) return null;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 border-t border-line px-5 py-3 first:border-t-0 max-md:px-4">
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-sm font-medium wrap-anywhere">{fileName}</p>
        <p className="text-xs text-muted">
          {sizeText(bytes)}, brought {since}
        </p>
        {isAtWork({ state }) ? (
          <div className="mt-2 max-w-80">
            <Progress label={WORK[state] ?? ""} value={share} />
          </div>
        ) : (
          <p className="mt-1 text-sm">
            <Badge tone={state === "read" && !isUseless ? "accent" : "warn"}>
              {isUseless ? "Nothing to import" : (STANDS[state] ?? "")}
            </Badge>
          </p>
        )}
        {discard.isError && <p className="mt-1 text-sm text-bad">{discard.error.message}</p>}
      </div>
      <div className="flex gap-2">
        {isUseless ? (
          <Button size="sm" onClick={onContinue} aria-label={`Why nothing of ${fileName} can be imported`}>
            Why
          </Button>
        ) : (
          <Button size="sm" onClick={onContinue} aria-label={`Continue with ${fileName}`}>
            Continue
          </Button>
        )}
        <Button
          size="sm"
          variant="quiet"
          disabled={discard.isPending}
          onClick={() => discard.mutate()}
          aria-label={`Discard ${fileName}`}
        >
          Discard
        </Button>
      </div>
    </li>
  );
}

const WORK: Partial<Record<Upload["state"], string>> = {
  arriving: "Arriving",
  reading: "Being read",
  importing: "Being imported",
};
const STANDS: Partial<Record<Upload["state"], string>> = {
  arrived: "Not read yet",
  read: "Ready to look at",
  failed: "Could not be read",
  interrupted: "Interrupted",
  imported: "Imported",
};
