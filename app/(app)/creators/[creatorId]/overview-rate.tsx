import { ProjectionChart } from "@/components/charts/projection-chart";
import { Badge } from "@/components/ui/badge";
import { count, percent } from "@/lib/format";
import { DENOMINATOR_LABEL } from "@/lib/model/rpm";
import type { Score } from "@/lib/model/score";
import type { Overview } from "@/lib/overview";
import { latestRows } from "./overview-table";
import { StreamMenu } from "./stream-menu";

type OverviewRateProps = {
  rate: Overview["rate"];
  allRows: boolean;
  /** The page's address up to the stream. */
  path: string;
  locale: string;
};

/** One stream's rate per 1,000 of what its platform pays on, and how well it was projected. */
export function OverviewRate({ rate, allRows, path, locale }: OverviewRateProps) {
  if (rate === null) return null;
  const { chosen, all, denominator, chart, isTentative, kept, reconstructed } = rate;
  return (
    <div className="grid gap-2">
      <ProjectionChart
        title={`RPM of ${chosen.label}, per 1,000 ${DENOMINATOR_LABEL[denominator]}`}
        data={latestRows(chart, allRows)}
        actions={all.length > 1 && <StreamMenu streams={all} chosen={chosen.id} path={path} />}
      />
      <div className="grid gap-1 px-5 text-sm text-muted max-md:px-4">
        {isTentative && (
          <p>
            <Badge>Few payouts yet</Badge> Fewer than three are known: until then one unusual month, or the
            benchmark, decides much of the rate.
          </p>
        )}
        {kept === null && reconstructed === null && (
          <p>No month of this stream could be judged yet: that takes a payout and its views.</p>
        )}
        {kept && <ScoreLine name="Frozen before the month" score={kept} locale={locale} />}
        {reconstructed && (
          <ScoreLine name="Reconstructed from history" score={reconstructed} locale={locale} />
        )}
      </div>
    </div>
  );
}

/** Said also when it is worse than the simplest rule. */
function ScoreLine({ name, score, locale }: { name: string; score: Score; locale: string }) {
  const { months, hitsShown, skillAgainstLast: skill } = score;
  const size = skill === null ? null : percent(Math.abs(skill), locale);
  return (
    <p>
      <span className="text-ink">{name}:</span> {count(hitsShown[80], locale)} of {count(months, locale)}{" "}
      {months === 1 ? "month" : "months"} inside the 80% band
      {skill === null || size === null
        ? "; no earlier month to compare with."
        : skill < 0
          ? `; error ${size} smaller than repeating last month's rate.`
          : skill > 0
            ? `; error ${size} larger than repeating last month's rate.`
            : "; error the same as repeating last month's rate."}
    </p>
  );
}
