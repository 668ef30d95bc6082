"use client";

import { QueryClient, QueryClientProvider, useMutation } from "@tanstack/react-query";
import { FileUp } from "lucide";
import { useState } from "react";
import { randomId } from "@/app/fresh-id";
import { buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import type { Option } from "@/components/ui/select";
import type { BroughtPart, RosterFile } from "@/lib/roster-file";
import { NameTable } from "./name-table";
import { PartList } from "./part-list";
import { askNames, sendParts } from "./send-roster";

type RosterImportProps = { agencyId: string; agencyName: string; creators: readonly Option[] };

export function RosterImport(props: RosterImportProps) {
  const [client] = useState(() => new QueryClient({ defaultOptions: { mutations: { retry: false } } }));
  return (
    <QueryClientProvider client={client}>
      <Steps {...props} />
    </QueryClientProvider>
  );
}

type Chosen = { id: string; file: File; found: Extract<RosterFile, { kind: "names" }> };

/** A file is chosen, its names are assigned, its parts are imported. The file itself stays in the browser until then. */
function Steps({ agencyId, agencyName, creators }: RosterImportProps) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [parts, setParts] = useState<readonly BroughtPart[] | null>(null);
  const [refused, setRefused] = useState<string | null>(null);

  const ask = useMutation({
    mutationFn: async ({ file, column }: { file: File; column?: string }) => {
      const id = chosen?.file === file ? chosen.id : randomId();
      return { id, file, found: await askNames(agencyId, { id, file, column }) };
    },
    onMutate: () => setRefused(null),
    onSuccess({ id, file, found }) {
      if (found.kind === "refused") setRefused(found.message);
      else setChosen({ id, file, found });
    },
    onError: ({ message }) => setRefused(message),
  });
  const bring = useMutation({
    mutationFn: (assigned: Readonly<Record<string, string>>) => {
      if (!chosen?.found.column) throw new Error("Choose the column that names the creator.");
      return sendParts(agencyId, { id: chosen.id, file: chosen.file, column: chosen.found.column, assigned });
    },
    onMutate: () => setRefused(null),
    onSuccess: setParts,
    onError: ({ message }) => setRefused(message),
  });
  function startOver() {
    setChosen(null);
    setParts(null);
    setRefused(null);
  }

  return (
    <div className="grid gap-6">
      {refused && (
        <Notice tone="error" title="This was not done." live>
          {refused}
        </Notice>
      )}
      {!chosen && (
        <Card>
          <ChooseFile isBusy={ask.isPending} onFile={(file) => ask.mutate({ file })} />
        </Card>
      )}
      {chosen && !parts && (
        <NameTable
          key={`${chosen.id} ${chosen.found.column}`}
          fileName={chosen.file.name}
          agencyName={agencyName}
          found={chosen.found}
          creators={creators}
          isBusy={ask.isPending || bring.isPending}
          onColumn={(column) => ask.mutate({ file: chosen.file, column })}
          onAssigned={(assigned) => bring.mutate(assigned)}
          onOther={startOver}
        />
      )}
      {chosen && parts && <PartList fileName={chosen.file.name} parts={parts} onOther={startOver} />}
    </div>
  );
}

function ChooseFile({ isBusy, onFile }: { isBusy: boolean; onFile: (file: File) => void }) {
  return (
    <div className="grid gap-4">
      <label className="grid justify-items-center gap-3 rounded-lg border border-dashed border-control bg-surface px-6 py-10 text-center has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
        <Icon of={FileUp} className="size-6 text-muted" />
        <span className="text-lg font-semibold">A table of many creators</span>
        <span className={buttonClass("primary", "lg")}>{isBusy ? "Reading…" : "Choose a file"}</span>
        <span className="text-sm text-muted">CSV or Excel (.xlsx), up to 20 MB</span>
        <input
          type="file"
          accept=".csv,.tsv,.txt,.xlsx,text/csv"
          className="sr-only"
          aria-label="File with a column of creators"
          disabled={isBusy}
          onChange={({ target }) => {
            const file = target.files?.[0];
            if (file) onFile(file);
            target.value = "";
          }}
        />
      </label>
      <p className="max-w-prose text-sm text-muted">
        A header, then a row per creator and month, day or order. The column that names the creator may hold a
        name, a handle or an address; the others are those of your own table. Nothing is saved before you have
        seen it.
      </p>
      <pre className="figures rounded-md bg-sunken p-3 text-xs wrap-anywhere whitespace-pre-wrap">
        {"creator,channel,month,views,stream,amount,currency\nMira Cooks,@mira,2026-01,120000,ads,310.50,USD"}
      </pre>
    </div>
  );
}
