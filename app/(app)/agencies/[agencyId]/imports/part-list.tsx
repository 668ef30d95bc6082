"use client";

import { useMutation, useQueries } from "@tanstack/react-query";
import type { Route } from "next";
import Link from "next/link";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { paths } from "@/lib/paths";
import type { BroughtPart } from "@/lib/roster-file";
import { commitUpload, getUpload } from "@/lib/send-file";
import { isAtWork, type Upload } from "@/lib/upload";
import { OtherFile } from "./other-file";

const POLL_MS = 1_000;
/** As many files as one process of the server reads at the same time. */
const AT_ONCE = 3;
/** Of the rows that are refused; the creator's own page lists them all. */
const LISTED = 3;

type PartListProps = { fileName: string; parts: readonly BroughtPart[]; onOther: () => void };

/** Each creator's part with what it would do: imported one by one, or all that leave nothing open. */
export function PartList({ fileName, parts, onOther }: PartListProps) {
  const [done, setDone] = useState<Readonly<Record<string, Upload>>>({});
  const waiting = parts.map(({ creatorId, upload }) => ({
    creatorId,
    upload: upload && (done[upload.id] ?? upload),
  }));
  const asked = useQueries({
    queries: waiting.map(({ creatorId, upload }) => ({
      queryKey: ["part", upload?.id],
      queryFn: ({ signal }: { signal: AbortSignal }) => getUpload(creatorId, upload?.id ?? "", signal),
      enabled: upload !== null && isAtWork(upload),
      refetchInterval: ({ state }: { state: { data: Upload | undefined } }) =>
        !state.data || isAtWork(state.data) ? POLL_MS : (false as const),
    })),
  });
  const rows = parts.map((part, index) => {
    const known = waiting[index]?.upload ?? null;
    return { part, upload: known && isAtWork(known) ? (asked[index]?.data ?? known) : known };
  });
  const ready = rows.filter(({ upload }) => upload && hashOf(upload) !== null);

  const commit = useMutation({
    mutationFn: async (some: typeof ready) => {
      const failed: string[] = [];
      const left = [...some];
      const work = async () => {
        for (let next = left.shift(); next; next = left.shift()) {
          const { part, upload } = next;
          const hash = upload && hashOf(upload);
          if (!upload || !hash) continue;
          try {
            const channelName = nameOf(upload) || part.channel || part.creatorName;
            const now = await commitUpload(part.creatorId, upload.id, { hash, channelName });
            setDone((before) => ({ ...before, [upload.id]: now }));
          } catch (error) {
            failed.push(`${part.creatorName}: ${(error as Error).message}`);
          }
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, work));
      return failed;
    },
  });

  return (
    <Card
      title={fileName}
      note="Each part is an import of its creator: it can be undone there, whole, and without the others."
      actions={<OtherFile onOther={onOther} />}
    >
      <ul aria-label="Parts of the file" className="grid gap-5">
        {rows.map(({ part, upload }) => (
          <li
            key={`${part.creatorId} ${part.channel} ${part.key}`}
            className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2"
          >
            <div className="min-w-0">
              <p className="flex flex-wrap items-center gap-2">
                <span className="font-medium wrap-anywhere">{part.creatorName}</span>
                {part.channel && <span className="text-sm text-muted">{part.channel}</span>}
                <PartBadge part={part} upload={upload} />
              </p>
              <PartWords part={part} upload={upload} />
            </div>
            {upload && hashOf(upload) !== null && (
              <Button
                size="sm"
                aria-disabled={commit.isPending}
                aria-label={`Import for ${part.creatorName}`}
                onClick={() => !commit.isPending && commit.mutate([{ part, upload }])}
              >
                Import
              </Button>
            )}
          </li>
        ))}
      </ul>
      <div role="status" className="mt-4 text-sm">
        {commit.data?.map((failure) => (
          <p key={failure} className="text-bad">
            {failure}
          </p>
        ))}
      </div>
      {ready.length > 1 && (
        <Button
          variant="primary"
          className="mt-5"
          aria-disabled={commit.isPending}
          onClick={() => !commit.isPending && commit.mutate(ready)}
        >
          {commit.isPending ? "Importing…" : `Import all ${ready.length} that are ready`}
        </Button>
      )}
    </Card>
  );
}

type PartProps = { part: BroughtPart; upload: Upload | null };

function PartBadge({ upload }: PartProps) {
  if (!upload) return <Badge tone="bad">Not brought</Badge>;
  if (upload.state === "imported") return <Badge tone="good">Imported</Badge>;
  if (isAtWork(upload)) return <Badge>At work</Badge>;
  return hashOf(upload) === null ? <Badge tone="warn">Look at it</Badge> : <Badge tone="accent">Ready</Badge>;
}

function PartWords({ part, upload }: PartProps) {
  const link = (
    <Link href={paths.imports(part.creatorId) as Route} prefetch={false} className="link">
      {upload?.state === "imported" ? "See or undo it" : "Go on with it there"}
    </Link>
  );
  const rows = part.rows === 1 ? "1 row" : `${part.rows} rows`;
  const preview = upload?.preview;
  const totals = preview?.kind === "read" ? preview.totals : [];
  const refused = preview?.kind === "read" ? preview.problems.slice(0, LISTED) : [];
  return (
    <div className="text-sm text-muted">
      <p>
        {rows}. {wordsOf(part, upload)}
      </p>
      {totals.length > 0 && upload?.state !== "imported" && (
        <p className="figures">{totals.map(({ label, toWrite }) => `${label} ${toWrite}`).join(" · ")}</p>
      )}
      {refused.map(({ place, message }) => (
        <p key={place + message} className="wrap-anywhere">
          {place && `${place}: `}
          {message}
        </p>
      ))}
      {upload && !isAtWork(upload) && hashOf(upload) === null && <p>{link}</p>}
    </div>
  );
}

function wordsOf(part: BroughtPart, upload: Upload | null): string {
  if (!upload) return part.message ?? "";
  if (upload.state === "imported") return "Imported.";
  if (upload.message) return upload.message;
  const { preview } = upload;
  if (!preview) return "Is being read.";
  if (preview.kind === "not_useful") return preview.message;
  if (preview.kind === "refused") return preview.problems[0]?.message ?? "Refused.";
  const [ask] = preview.asks;
  if (ask) return ask.message;
  const refused = preview.refused === 1 ? " One row is refused:" : ` ${preview.refused} rows are refused:`;
  const left = preview.refused === 0 ? "" : refused;
  return preview.writes === null ? `Nothing in it is new.${left}` : `Would add ${preview.writes}.${left}`;
}

function hashOf({ state, preview }: Upload): string | null {
  return state === "read" && preview?.kind === "read" ? preview.hash : null;
}

function nameOf({ preview }: Upload): string | null {
  return preview?.kind === "read" ? preview.channelName : null;
}
