"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { randomId } from "@/app/fresh-id";
import type { Option } from "@/components/ui/select";
import type { Platform } from "@/lib/model/words";
import { DropZone } from "./drop-zone";
import { FileImport } from "./file-import";

/** What the selects offer, made on the server. */
export type WizardChoices = {
  channels: readonly (Option & { platform: Platform })[];
  platforms: readonly Option[];
  streams: readonly Option[];
  currencies: readonly Option[];
};

type ImportWizardProps = { creatorId: string; creatorName: string; choices: WizardChoices };

/**
 * Files wait in this page: the server keeps nothing between looking at one and importing it, so each step
 * sends the file again.
 */
export function ImportWizard(props: ImportWizardProps) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <Queue {...props} />
    </QueryClientProvider>
  );
}

/** `id` becomes the import's: the same one for every try. */
type Waiting = { id: string; channelId: string; file: File };

function Queue(props: ImportWizardProps) {
  const [queue, setQueue] = useState<readonly Waiting[]>([]);
  const [current] = queue;
  const add = (files: readonly File[]) =>
    setQueue((before) => [
      ...before,
      ...files.map((file) => ({ id: randomId(), channelId: randomId(), file })),
    ]);
  if (!current) return <DropZone onFiles={add} />;
  return (
    <FileImport
      key={current.id}
      {...props}
      file={current.file}
      importId={current.id}
      newChannelId={current.channelId}
      next={queue[1]?.file.name ?? null}
      onDone={() => setQueue((before) => before.slice(1))}
    />
  );
}
