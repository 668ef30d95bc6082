"use client";

import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { randomId } from "@/app/fresh-id";
import type { Option } from "@/components/ui/select";
import type { Platform } from "@/lib/model/words";
import type { Upload } from "@/lib/upload";
import { DropZone } from "./drop-zone";
import { FileImport } from "./file-import";
import { WaitingFiles } from "./waiting-files";

/** What the selects offer, made on the server. */
export type WizardChoices = {
  /** of numbers in this page; the texts of a preview come finished */
  locale: string;
  channels: readonly (Option & { platform: Platform })[];
  platforms: readonly Option[];
  streams: readonly Option[];
  currencies: readonly Option[];
};

/** A file that waits on the server, as it stood when the page was made. */
export type WaitingFile = Pick<Upload, "id" | "fileName" | "bytes" | "state" | "share"> & {
  since: string;
  /** Nothing in it can be imported. */
  isUseless: boolean;
};

type ImportWizardProps = {
  creatorId: string;
  creatorName: string;
  today: string;
  choices: WizardChoices;
  waiting: readonly WaitingFile[];
};

/** Files are sent once and then wait on the server, so that this page can be left at any moment. */
export function ImportWizard(props: ImportWizardProps) {
  const [client] = useState(() => new QueryClient());
  return (
    <QueryClientProvider client={client}>
      <Queue {...props} />
    </QueryClientProvider>
  );
}

/** `id` becomes the import's: the same one for every try. A file that waits on the server is not here any more. */
export type QueuedFile = { id: string; name: string; file: File | null };

function Queue({ waiting, ...props }: ImportWizardProps) {
  const [queue, setQueue] = useState<readonly QueuedFile[]>([]);
  const router = useRouter();
  const [current, next] = queue;
  const add = useCallback(
    (files: readonly File[]) =>
      setQueue((before) => [...before, ...files.map((file) => ({ id: randomId(), name: file.name, file }))]),
    [],
  );
  const [gone, setGone] = useState<readonly string[]>([]);
  const others = waiting.filter(({ id }) => !gone.includes(id) && !queue.some((queued) => queued.id === id));
  return (
    <>
      {current ? (
        <FileImport
          key={current.id}
          {...props}
          queued={current}
          next={next?.name ?? null}
          onDone={(isGone) => {
            // The page's own list is as old as the page.
            if (isGone) setGone((before) => [...before, current.id]);
            setQueue((before) => before.slice(1));
            router.refresh();
          }}
        />
      ) : (
        <DropZone onFiles={add} />
      )}
      {others.length > 0 && (
        <WaitingFiles
          creatorId={props.creatorId}
          files={others}
          onContinue={({ id, fileName }) =>
            setQueue((before) => [{ id, name: fileName, file: null }, ...before])
          }
        />
      )}
    </>
  );
}
