"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { type Option, Select, SelectField } from "@/components/ui/select";
import { Table } from "@/components/ui/table";
import { type FileName, NEW_CREATOR, type RosterFile } from "@/lib/roster-file";
import { OtherFile } from "./other-file";

type NameTableProps = {
  fileName: string;
  agencyName: string;
  found: Extract<RosterFile, { kind: "names" }>;
  creators: readonly Option[];
  isBusy: boolean;
  onColumn: (column: string) => void;
  onAssigned: (assigned: Readonly<Record<string, string>>) => void;
  onOther: () => void;
};

/** Whom each name means: found by itself where it can mean one creator only, else to be said. */
export function NameTable(props: NameTableProps) {
  const { fileName, agencyName, found, creators, isBusy, onColumn, onAssigned, onOther } = props;
  const [assigned, setAssigned] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(found.names.flatMap(({ key, creatorId }) => (creatorId ? [[key, creatorId]] : []))),
  );
  const chosen = Object.fromEntries(Object.entries(assigned).filter(([, whose]) => whose !== ""));
  const unknown = found.names.filter(({ key }) => !chosen[key]);
  const options = [
    { value: NEW_CREATOR, label: `New: run by ${agencyName}` },
    { label: "Your roster", options: creators },
  ];
  const choice = ({ key, shown }: FileName) => (
    <Select
      aria-label={`Whom "${shown}" means`}
      options={options}
      empty="Leave out"
      value={assigned[key] ?? ""}
      onChange={({ target }) => setAssigned((before) => ({ ...before, [key]: target.value }))}
    />
  );
  return (
    <>
      <Card title={fileName} actions={<OtherFile onOther={onOther} />}>
        <SelectField
          name="column"
          label="Column that names the creator"
          className="max-w-sm"
          options={found.header.filter((name) => name !== "").map((name) => ({ value: name, label: name }))}
          empty="Choose…"
          value={found.column ?? ""}
          disabled={isBusy}
          onChange={({ target }) => target.value !== "" && onColumn(target.value)}
        />
        {found.unnamed > 0 && (
          <p className="mt-3 text-sm text-muted">
            {found.unnamed === 1 ? "One row names" : `${found.unnamed} rows name`} nobody, and is left out.
          </p>
        )}
      </Card>
      {found.names.length > 0 && (
        <Card
          title="Whom each name means"
          note={
            unknown.length === 0
              ? "Every name is known."
              : `Not known yet: ${unknown.length} of ${found.names.length} names. Choose whom they mean, make them creators that you run, or leave them out.`
          }
          flush
        >
          <Table
            caption="Names in the file"
            rows={found.names}
            rowKey={({ key }) => key}
            columns={[
              { key: "name", header: "In the file", lead: true, cell: ({ shown }) => shown },
              { key: "channels", header: "Channels", cell: ({ channels }) => channels.join(", ") || "–" },
              { key: "rows", header: "Rows", numeric: true, cell: ({ rows }) => rows },
              { key: "creator", header: "Means", className: "min-w-56", cell: choice },
            ]}
          />
          <div className="flex flex-wrap items-center gap-3 px-5 py-4 max-md:px-4">
            <Button
              variant="primary"
              aria-disabled={isBusy || Object.keys(chosen).length === 0}
              onClick={() => !isBusy && Object.keys(chosen).length > 0 && onAssigned(chosen)}
            >
              {isBusy ? "Bringing…" : "Look at each part"}
            </Button>
            <span className="text-sm text-muted">Nothing is imported yet.</span>
          </div>
        </Card>
      )}
      {found.column !== null && found.names.length === 0 && (
        <Notice tone="warn" title="This column names nobody.">
          Choose another column, or another file.
        </Notice>
      )}
    </>
  );
}
