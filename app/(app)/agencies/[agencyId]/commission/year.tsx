import { Segments } from "@/components/ui/tabs";
import { listHref, type SearchParams, textParam } from "@/lib/list-query";
import { type Month, monthOf } from "@/lib/model/month";

const SHOWN = 4;

/** The year of the address, else this one; what an agency's pages sum up. */
export function yearOf(params: SearchParams): { year: string; range: { from: Month; to: Month } } {
  const asked = textParam(params, "year");
  const year = asked && /^(19|20)\d\d$/.test(asked) ? asked : thisYear();
  return { year, range: { from: monthOf(`${year}-01`), to: monthOf(`${year}-12`) } };
}

export function YearMenu({ path, year }: { path: string; year: string }) {
  const last = Number(thisYear());
  const years = Array.from({ length: SHOWN }, (_, ago) => String(last - ago));
  return (
    <Segments
      label="Year"
      tabs={(years.includes(year) ? years : [...years, year]).map((each) => ({
        label: each,
        href: listHref(path, {}, { year: each }),
        current: each === year,
      }))}
    />
  );
}

/** An agency has no zone of its own. */
function thisYear(): string {
  return new Date().toISOString().slice(0, 4);
}
