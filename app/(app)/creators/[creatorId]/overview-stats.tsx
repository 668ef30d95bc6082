import type { Route } from "next";
import Link from "next/link";
import { Delta, directionOf } from "@/components/delta";
import { Money, Rpm } from "@/components/money";
import { Stat, StatRow } from "@/components/ui/stat";
import { count, money, monthName, roundMoney, signedPercent } from "@/lib/format";
import type { Earned, Overview } from "@/lib/overview";
import { paths } from "@/lib/paths";
import { type Look, ORIGIN_LABEL } from "./overview-look";

type OverviewStatsProps = Look & {
  overview: Overview;
  mayWrite: boolean;
  /** what the streams are called, where they are not all */
  together: string | undefined;
};

/** The chosen month in figures, and the running one. */
export function OverviewStats({
  overview,
  mayWrite,
  together,
  creatorId,
  currency,
  locale,
}: OverviewStatsProps) {
  const { month, earned, projected, soFar, isRunning } = overview;
  const difference = projected && earned.minor !== null && !isRunning ? earned.minor - projected.minor : null;
  const share = difference !== null && projected?.minor ? Number(difference) / Number(projected.minor) : null;
  return (
    <StatRow>
      <Stat
        label={`Earned in ${monthName(month, locale)}${isRunning ? " so far" : ""}`}
        value={<Money minor={earned.minor} currency={currency} locale={locale} />}
        note={
          isRunning && overview.heading
            ? runningNote(overview, currency, locale)
            : stateNote(earned, currency, locale)
        }
        delta={
          share !== null && (
            <Delta direction={directionOf(difference)} than="than projected">
              {signedPercent(share, locale)}
            </Delta>
          )
        }
      />
      <Stat
        label="Projected"
        value={<Money minor={projected?.minor} currency={currency} locale={locale} />}
        note={projected ? projectedNote(projected, currency, locale) : "nothing to project from yet"}
      />
      <Stat
        label={together ? `${together} per 1,000 views` : "eRPM, all income"}
        value={<Rpm value={overview.eRpm} per="views" currency={currency} locale={locale} />}
        note={
          overview.views === null ? (
            <>
              views not logged
              {mayWrite && (
                <>
                  {". "}
                  <Link href={paths.newTraffic(creatorId) as Route} prefetch={false} className="link">
                    Log them
                  </Link>
                </>
              )}
            </>
          ) : (
            `${count(overview.views, locale)} views`
          )
        }
      />
      {soFar && (
        <Stat
          label={`${monthName(soFar.month, locale)} so far`}
          value={<Money minor={soFar.earned.minor} currency={currency} locale={locale} />}
          note={runningNote(overview, currency, locale)}
        />
      )}
    </StatRow>
  );
}

function projectedNote(
  { bands, origin, bookedMinor }: NonNullable<Overview["projected"]>,
  currency: Look["currency"],
  locale: string,
): string {
  const booked =
    bookedMinor === null ? "" : `, ${money(bookedMinor, currency, locale)} of it booked in deals`;
  return `80% band ${money(bands[80].lo, currency, locale)} to ${money(bands[80].hi, currency, locale)}${booked}, ${ORIGIN_LABEL[origin]}`;
}

/** Where the running month is heading, as far as anything can be said. */
function runningNote(
  { heading, soFar, earned }: Overview,
  currency: Look["currency"],
  locale: string,
): string {
  const { minor, apart } = soFar?.earned ?? earned;
  if (minor === null) return apart.length > 0 ? "no exchange rate for it yet" : "nothing logged yet";
  if (heading === null) return "the month is still running";
  const about = `about ${roundMoney(heading.minor, currency, locale)} by its end`;
  return heading.projectedMinor === null
    ? about
    : `${about}; projected ${roundMoney(heading.projectedMinor, currency, locale)}`;
}

/** Estimated and final apart. */
function stateNote(earned: Earned, currency: Look["currency"], locale: string): string {
  if (earned.minor === null)
    return earned.apart.length > 0 ? "no exchange rate for it yet" : "no payout logged";
  if (!earned.isEstimated) return "all of it final";
  if (earned.finalMinor === 0n) return "all of it estimated";
  return `${money(earned.finalMinor, currency, locale)} final, ${money(earned.estimatedMinor, currency, locale)} estimated`;
}
