import { ChartLine } from "lucide";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { Suspense } from "react";
import { ProjectionChart } from "@/components/charts/projection-chart";
import { StreamBars } from "@/components/charts/stream-bars";
import { MonthPicker } from "@/components/month-picker";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Segments } from "@/components/ui/tabs";
import * as channels from "@/db/channels";
import { money, monthName } from "@/lib/format";
import { listHref, openHref, type SearchParams } from "@/lib/list-query";
import { addMonths } from "@/lib/model/month";
import { type Measure, type Overview, RANGES, type Window } from "@/lib/overview";
import { paths } from "@/lib/paths";
import { getStanding } from "@/lib/server/creator";
import { sharedTogether } from "@/lib/shared-words";
import { openCreator } from "./open-creator";
import { choiceOf, readOverview } from "./overview-data";
import { OverviewGap } from "./overview-gap";
import { OverviewGates } from "./overview-gates";
import { OverviewGoal } from "./overview-goal";
import { OverviewLost } from "./overview-lost";
import { OverviewOpen } from "./overview-open";
import { OverviewRate } from "./overview-rate";
import { OverviewStats } from "./overview-stats";
import { latestRows } from "./overview-table";

export const metadata: Metadata = { title: "Overview" };

type OverviewPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

export default async function OverviewPage({ params, searchParams }: OverviewPageProps) {
  const { creatorId } = await params;
  const asked = await searchParams;
  const choice = choiceOf(asked);
  const { viewer, creator, locale, mayWrite, notShared } = await openCreator(
    creatorId,
    "figures",
    "Overview",
  );
  if (notShared) return notShared;
  const now = await getStanding(creatorId);
  const page = await readOverview(viewer, now, choice, locale);
  if (page === null) {
    const hasChannel = (await channels.list(viewer, creatorId)).length > 0;
    return <NothingYet creatorId={creatorId} mayWrite={mayWrite} hasChannel={hasChannel} />;
  }

  const { window, overview, closed, lost, goal } = page;
  const { currency } = now.creator;
  const href = (change: Readonly<Record<string, string | null>>) =>
    listHref(paths.overview(creatorId), asked, change);
  const upTo = (name: string) => openHref(paths.overview(creatorId), asked, name);
  const look = { creatorId, currency, locale, href };
  const together = sharedTogether(now.shared);

  return (
    <>
      <PageHeader
        title="Overview"
        note={overview.isRunning ? `${monthName(overview.month, locale)} is still running` : undefined}
        actions={
          <>
            <Segments
              label="Months shown"
              tabs={RANGES.map((range) => ({
                href: href({ months: range === 12 ? null : String(range) }),
                label: range === "all" ? "All" : `${range} months`,
                current: choice.months === range,
              }))}
            />
            <MonthPicker month={overview.month} {...reachable(window)} path={upTo("month")} locale={locale} />
          </>
        }
      />
      <div className="grid gap-5">
        {together && <PartOnly name={creator.name} together={together} />}
        <Apart overview={overview} creatorId={creatorId} locale={locale} />
        <OverviewStats overview={overview} together={together} mayWrite={mayWrite} {...look} />
        <ProjectionChart
          title={`${measureName(choice.measure, together)}: actual against projected`}
          data={latestRows(overview.total, choice.allRows)}
          actions={
            <Segments
              label="What the chart counts"
              tabs={[
                {
                  href: href({ measure: null }),
                  label: together ? "Per 1,000 views" : "eRPM",
                  current: choice.measure === "erpm",
                },
                { href: href({ measure: "money" }), label: "Earnings", current: choice.measure === "money" },
              ]}
            />
          }
        />
        {!together && (
          <p className="-mt-3 px-5 text-sm text-muted max-md:px-4">
            <Link href={paths.events(creatorId) as Route} prefetch={false} className="link">
              Events
            </Link>{" "}
            mark what the line alone does not tell.
          </p>
        )}
        <OverviewGap overview={overview} against={choice.against} {...look} />
        <OverviewRate rate={overview.rate} allRows={choice.allRows} path={upTo("rate")} locale={locale} />
        {!together && <OverviewGates closed={closed} creatorId={creatorId} locale={locale} />}
        <StreamBars title="Earnings by stream" data={latestRows(overview.streams, choice.allRows)} />
        {choice.months !== 12 && !choice.allRows && (
          <p className="text-sm text-muted">
            The tables under the charts hold the latest 12 months.{" "}
            <a href={href({ rows: "all" })} className="link">
              Put all months into them
            </a>
          </p>
        )}
        <OverviewGoal standing={goal} creatorId={creatorId} locale={locale} />
        <OverviewLost lost={lost} creatorId={creatorId} locale={locale} />
        {now.keepsReceipts && (
          <Suspense fallback={<p className="h-10 sm:h-5" />}>
            <OverviewOpen viewer={viewer} creatorId={creatorId} locale={locale} />
          </Suspense>
        )}
      </div>
    </>
  );
}

/** The months of the window and one beyond it at either end: farther ones are reached with a longer range. */
function reachable({ from, to, first, current }: Window) {
  const [before, after] = [addMonths(from, -1), addMonths(to, 1)];
  return { first: before < first ? from : before, last: after > current ? to : after };
}

/** eRPM is by definition of all income: of a part of it the rate goes by that part's name. */
function measureName(measure: Measure, together: string | undefined): string {
  if (measure === "money") return together ?? "Earnings";
  return together ? `${together} per 1,000 views` : "eRPM, all income per 1,000 views";
}

/** Above figures of some streams: what they are of. */
function PartOnly({ name, together }: { name: string; together: string }) {
  return (
    <Notice title={`${together} only`}>
      {name} shares these streams with you. Every figure on this page is of them; totals over all streams are
      not shown.
    </Notice>
  );
}

/** Amounts in currencies that no rate is known for: counted nowhere, so said at the top. */
function Apart({ overview, creatorId, locale }: { overview: Overview; creatorId: string; locale: string }) {
  const { apart } = overview.earned;
  if (apart.length === 0) return null;
  const amounts = apart.map(({ currency, minor }) => money(minor, currency, locale)).join(" and ");
  return (
    <Notice
      tone="warn"
      title={`${amounts} of ${monthName(overview.month, locale)} stand apart`}
      actions={
        <ButtonLink href={paths.rates(creatorId)} size="sm">
          Add an exchange rate
        </ButtonLink>
      }
    >
      There is no exchange rate for that month or before, so they are in none of the figures below.
    </Notice>
  );
}

type NothingYetProps = { creatorId: string; mayWrite: boolean; hasChannel: boolean };

/** Without a channel a payout has no platform to be compared with, so the channel comes first. */
function NothingYet({ creatorId, mayWrite, hasChannel }: NothingYetProps) {
  return (
    <>
      <PageHeader title="Overview" />
      <EmptyState
        title="Nothing logged yet"
        icon={<Icon of={ChartLine} />}
        actions={
          mayWrite ? (
            <>
              {!hasChannel && (
                <ButtonLink href={paths.newChannel(creatorId)} variant="primary">
                  Add the first channel
                </ButtonLink>
              )}
              <ButtonLink href={paths.newPayout(creatorId)} variant={hasChannel ? "primary" : "secondary"}>
                Log a payout
              </ButtonLink>
              <ButtonLink href={paths.imports(creatorId)}>Import a file</ButtonLink>
              <ButtonLink href="/creators" variant="quiet">
                Open the sample studio
              </ButtonLink>
            </>
          ) : undefined
        }
      >
        {mayWrite
          ? `${hasChannel ? "One payout" : "A channel, one payout"} and the views of its month are enough for the first figure: what 1,000 views earned, beside what they should have. A file brings all of them at once.`
          : "What 1,000 views earned appears here once payouts are logged."}
      </EmptyState>
    </>
  );
}
