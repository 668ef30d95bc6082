import type { Route } from "next";
import Link from "next/link";
import { Button } from "@/components/ui/button";
import { CheckboxField } from "@/components/ui/checkbox";
import { type Option, SelectField } from "@/components/ui/select";
import { listHref, type SearchParams, textParam } from "@/lib/list-query";
import {
  NICHE_LABEL,
  NICHES,
  PLATFORM_LABEL,
  PLATFORMS,
  REGION_LABEL,
  REGIONS,
  STREAM_LABEL,
  STREAMS,
} from "@/lib/model/words";
import {
  FILTERS,
  isFiltered,
  ROSTER_COLUMN_LABEL,
  ROSTER_COLUMNS,
  type RosterQuery,
} from "@/lib/roster-query";

type RosterFiltersProps = {
  base: string;
  params: SearchParams;
  query: RosterQuery;
  teams: readonly Option[];
  managers: readonly Option[];
  tags: readonly Option[];
};

const options = <Value extends string>(
  values: readonly Value[],
  label: Readonly<Record<Value, string>>,
): Option[] => values.map((value) => ({ value, label: label[value] }));

/** What narrows the roster beside the search, and which columns it has: part of the same form. */
export function RosterFilters({ base, params, query, teams, managers, tags }: RosterFiltersProps) {
  const { filter, attention, columns } = query;
  const asked = [
    ...[filter.niche, filter.region, filter.stream],
    ...[filter.teamId, filter.managerId, filter.tagId],
  ].some((value) => value !== undefined);
  const kept = ["month", "months", "sort", "order"].flatMap((name) => {
    const value = textParam(params, name);
    return value === undefined ? [] : [{ name, value }];
  });
  const own = [
    { name: "team", label: "Team", of: teams, value: filter.teamId },
    { name: "manager", label: "Looked after by", of: managers, value: filter.managerId },
    { name: "tag", label: "Tag", of: tags, value: filter.tagId },
  ];
  const row = "grid grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] items-end gap-3";
  return (
    <>
      {kept.map(({ name, value }) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SelectField
        name="platform"
        label="Platform"
        empty="All"
        className="min-w-36"
        options={options(PLATFORMS, PLATFORM_LABEL)}
        defaultValue={filter.platform ?? ""}
      />
      <CheckboxField
        name="attention"
        value="1"
        label="Needs attention"
        className="pb-1.5"
        defaultChecked={attention}
      />
      <Button type="submit">Show</Button>
      {isFiltered(params) && (
        <Link
          href={listHref(base, params, Object.fromEntries(FILTERS.map((name) => [name, null]))) as Route}
          className="link pb-2 text-sm"
        >
          Clear
        </Link>
      )}
      <details open={asked} className="basis-full">
        <summary className="link w-fit text-sm">More filters and columns</summary>
        <div className={`${row} mt-3`}>
          <SelectField
            name="niche"
            label="Niche"
            empty="All"
            options={options(NICHES, NICHE_LABEL)}
            defaultValue={filter.niche ?? ""}
          />
          <SelectField
            name="region"
            label="Region"
            hint="A quarter of an audience or more."
            empty="All"
            options={options(REGIONS, REGION_LABEL)}
            defaultValue={filter.region ?? ""}
          />
          <SelectField
            name="stream"
            label="Earns from"
            empty="All"
            options={options(STREAMS, STREAM_LABEL)}
            defaultValue={filter.stream ?? ""}
          />
          {own.map(
            ({ name, label, of, value }) =>
              of.length > 0 && (
                <SelectField
                  key={name}
                  name={name}
                  label={label}
                  empty="All"
                  options={of}
                  defaultValue={value ?? ""}
                />
              ),
          )}
        </div>
        <fieldset className="mt-3">
          <legend className="text-sm font-medium">Columns</legend>
          <div className="mt-1 flex flex-wrap gap-x-5">
            {ROSTER_COLUMNS.map((column) => (
              <CheckboxField
                key={column}
                id={`column-${column}`}
                name="columns"
                value={column}
                label={ROSTER_COLUMN_LABEL[column]}
                defaultChecked={columns.includes(column)}
              />
            ))}
          </div>
        </fieldset>
      </details>
    </>
  );
}
