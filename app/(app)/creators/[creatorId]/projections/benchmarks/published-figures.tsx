import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TextField } from "@/components/ui/input";
import { Pagination } from "@/components/ui/pagination";
import { SelectField } from "@/components/ui/select";
import { count } from "@/lib/format";
import { listHref, pageParam, type SearchParams } from "@/lib/list-query";
import { MEASURE_LABEL, MEASURES } from "@/lib/model/published/figure";
import { cellsOf, GRADE_WEIGHT, PUBLISHED } from "@/lib/model/published/published";
import { PLATFORM_LABEL, PLATFORMS, REGION_LABEL, REGIONS } from "@/lib/model/words";
import { Facts } from "../../facts";
import { FilterBar } from "../../filter-bar";
import { labelled } from "../../options";
import { rangeLabel } from "../../range-label";
import { benchmarkQuery, findFigures, subjectsOf } from "./benchmark-query";
import { GRADE_TEXT, gradeName } from "./figure-text";
import { PublishedTable } from "./published-table";

const PAGE_SIZE = 50;
const PART = "published";
const SUBJECTS = subjectsOf(PUBLISHED);
const CELLS = cellsOf(PUBLISHED);
const GRADES = ["A", "B", "C", "D"] as const;

type PublishedFiguresProps = { path: string; asked: SearchParams; locale: string };

/** The cited figures, to be searched. They explain; nothing here enters a projection. */
export function PublishedFigures({ path, asked, locale }: PublishedFiguresProps) {
  const { filter, order } = benchmarkQuery(
    asked,
    SUBJECTS.flatMap(({ subjects }) => subjects),
  );
  const found = findFigures(PUBLISHED, filter, order);
  const page = pageParam(asked);
  const rows = found.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
  const isFiltered = Object.keys(filter).length > 0;
  const all = listHref(path, {}, { part: PART });
  return (
    <Card
      flush
      title="What has been published"
      note="Figures of public pages, as each prints them. They show how far apart sources lie; no projection is made from them."
    >
      <div className="px-5 pb-3 max-md:px-4">
        <details className="text-sm">
          <summary className="link w-fit">What the grades and “All sites together” mean</summary>
          <div className="grid max-w-3xl gap-3 pt-3">
            <Facts facts={GRADES.map((grade) => [gradeName(grade), gradeText(grade)] as const)} />
            <p className="text-muted">
              Figures of the same thing, on the same count, in the same place and about the same subject are
              put together: the middle of each site's figures, several pages of one site counting once, as a
              mean of their logarithms weighed by grade. The times say how far sites lie apart: about two in
              three stand within them. Figures on different counts, or in different currencies, are never put
              together.
            </p>
          </div>
        </details>
      </div>
      <FilterBar
        path={path}
        keep={{
          part: PART,
          sort: order.sort === "listed" ? undefined : order.sort,
          order: order.descending || order.sort === "listed" ? undefined : "ascending",
        }}
        isFiltered={isFiltered}
        clearHref={all}
      >
        <TextField
          name="search"
          label="Search"
          type="search"
          placeholder="Site, country, niche …"
          defaultValue={filter.search}
        />
        <SelectField
          name="platform"
          label="Platform"
          options={labelled(PLATFORMS, PLATFORM_LABEL)}
          empty="All"
          defaultValue={filter.platform ?? ""}
        />
        <SelectField
          name="measure"
          label="What it measures"
          options={labelled(MEASURES, MEASURE_LABEL)}
          empty="All"
          defaultValue={filter.measure ?? ""}
        />
        <SelectField
          name="region"
          label="Region"
          options={labelled(
            REGIONS.filter((region) => region !== "unknown"),
            REGION_LABEL,
          )}
          empty="All"
          defaultValue={filter.region ?? ""}
        />
        <SelectField
          name="about"
          label="Niche or subject"
          options={SUBJECTS.map(({ label, subjects }) => ({
            label,
            options: subjects.map((subject) => ({ value: subject, label: subject })),
          }))}
          empty="All"
          defaultValue={filter.about ?? ""}
        />
      </FilterBar>
      <PublishedTable
        path={path}
        rows={rows}
        cells={CELLS}
        params={asked}
        order={order}
        locale={locale}
        empty={
          <EmptyState
            title="No figure matches"
            actions={<ButtonLink href={all}>Show all figures</ButtonLink>}
          >
            Use fewer words or other filters. For most countries nothing was found that names its count.
          </EmptyState>
        }
      />
      {found.length > 0 && (
        <Pagination
          page={page}
          pageSize={PAGE_SIZE}
          total={found.length}
          href={(page) => listHref(path, asked, { page })}
          label={rangeLabel(page, PAGE_SIZE, rows.length, `${count(found.length, locale)} figures`, locale)}
        />
      )}
    </Card>
  );
}

function gradeText(grade: (typeof GRADES)[number]): string {
  const weight = GRADE_WEIGHT[grade];
  return `${GRADE_TEXT[grade]}; weighs ${weight === 1 ? "1" : `${weight} times as much as D`}`;
}
