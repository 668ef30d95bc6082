"use client";

import { Button, buttonClass } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { type Option, type OptionGroup, Select } from "@/components/ui/select";
import { Table } from "@/components/ui/table";
import type { Mapping } from "@/lib/import/mapping";
import type { PreviewFile } from "@/lib/import-preview";
import type { UploadChoices } from "@/lib/upload";
import { type ColumnRole, mappingOf, type Role, rolesOf } from "./column-roles";
import type { WizardChoices } from "./import-wizard";

type ColumnMappingProps = {
  mapping: Mapping;
  file: PreviewFile;
  choices: WizardChoices;
  isAsked: boolean;
  /** It means what was said when a table with this header was imported before. */
  isRemembered: boolean;
  onChoose: (more: Partial<UploadChoices>) => void;
};

const PLAIN: readonly Option[] = [
  { value: "month", label: "Month" },
  { value: "day", label: "Day" },
  { value: "video", label: "Video: its link or id" },
  { value: "reference", label: "Reference of the row (order, invoice)" },
  { value: "note", label: "Note" },
];
const COUNTS: readonly Option[] = [
  { value: "views", label: "Views" },
  { value: "qualifiedViews", label: "Qualified views" },
  { value: "engagedViews", label: "Engaged views" },
  { value: "watchHours", label: "Watch time in hours" },
  { value: "likes", label: "Likes" },
  { value: "comments", label: "Comments" },
  { value: "shares", label: "Shares" },
];
const BESIDE: readonly Option[] = [
  { value: "amount", label: "Amount, its stream beside it" },
  { value: "stream", label: "Stream of the amount" },
  { value: "currency", label: "Currency of the amount" },
  { value: "platform", label: "Platform" },
  { value: "format", label: "Format (short, long, live)" },
];

/** Which column holds what: a first guess, and a choice for each. */
export function ColumnMapping({
  mapping,
  file,
  choices,
  isAsked,
  isRemembered,
  onChoose,
}: ColumnMappingProps) {
  const roles = rolesOf(
    mapping,
    file.columns.map(({ name }) => name),
  );
  const options: (Option | OptionGroup)[] = [
    ...PLAIN,
    { label: "Counts", options: COUNTS },
    {
      label: "An amount of",
      options: choices.streams.map(({ value, label }) => ({ value: `money:${value}`, label })),
    },
    { label: "One amount per row", options: BESIDE },
  ];
  const change = (column: string, more: Partial<ColumnRole>) =>
    onChoose({
      mapping: mappingOf(
        roles.map((each) => (each.column === column ? { ...each, ...more } : onlyOnce(each, more.role))),
        mapping,
      ),
    });
  const labels = new Map(
    options
      .flatMap((option) => ("options" in option ? option.options : [option]))
      .map(({ value, label }) => [value, label]),
  );
  const used = roles.filter(({ role }) => role !== "");
  const summary = used.map(
    ({ column, role, currency }) =>
      `${column} is ${labels.get(role) ?? role}${currency ? ` in ${currency}` : ""}`,
  );
  const left = roles.length - used.length;
  return (
    <Card
      title="Columns"
      note={`${[...summary, ...(left > 0 ? [`${left} not imported`] : [])].join(", ")}.`}
      actions={
        isRemembered && (
          <Button size="sm" variant="quiet" onClick={() => onChoose({ guess: true })}>
            Use the guess instead
          </Button>
        )
      }
      flush
    >
      {isRemembered && (
        <p className="px-5 pb-3 text-sm text-muted max-md:px-4">
          As you said when a table with these columns was imported before.
        </p>
      )}
      <details open={isAsked || undefined} className="group">
        <summary className={`${buttonClass("secondary", "sm")} mx-5 mb-4 w-fit max-md:mx-4`}>
          Change what the columns mean
        </summary>
        <Table
          caption="Columns of the file"
          rows={roles.map((role, index) => ({ ...role, index, sample: file.columns[index]?.sample ?? [] }))}
          rowKey={({ index }) => String(index)}
          columns={[
            {
              key: "column",
              header: "Column",
              lead: true,
              cell: ({ column }) => <span className="wrap-anywhere">{column || "(no name)"}</span>,
            },
            {
              key: "sample",
              header: "First values",
              cell: ({ sample }) => (
                <span className="block max-w-64 truncate text-muted">
                  {sample
                    .filter((value) => value !== "")
                    .slice(0, 3)
                    .join(" · ") || "empty at first"}
                </span>
              ),
            },
            {
              key: "role",
              header: "Means",
              phone: "bare",
              cell: ({ column, role, currency }) => (
                <span className="flex w-full gap-2">
                  <Select
                    aria-label={`Meaning of ${column}`}
                    className="w-56 max-w-full min-w-0 max-sm:flex-1"
                    empty="Not imported"
                    options={options}
                    value={role}
                    onChange={({ target }) => change(column, { role: target.value as Role })}
                  />
                  {(role === "amount" || role.startsWith("money:")) && (
                    <Select
                      aria-label={`Currency of ${column}`}
                      className="w-24 shrink-0"
                      empty="–"
                      options={choices.currencies}
                      value={currency}
                      onChange={({ target }) => change(column, { currency: target.value })}
                    />
                  )}
                </span>
              ),
            },
          ]}
        />
      </details>
    </Card>
  );
}

/** All but amounts stand in one column: choosing another frees the one before. */
function onlyOnce(each: ColumnRole, taken: Role | undefined): ColumnRole {
  const isWhen = (role: Role | undefined) => role === "month" || role === "day";
  const isSame = taken === each.role || (isWhen(taken) && isWhen(each.role));
  return taken && isSame && !taken.startsWith("money:") ? { ...each, role: "" } : each;
}
