import { randomUUID } from "node:crypto";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Missing } from "@/components/money";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Stat, StatRow } from "@/components/ui/stat";
import { Table } from "@/components/ui/table";
import * as readings from "@/db/readings";
import * as traffic from "@/db/traffic";
import * as videos from "@/db/videos";
import { count, dayName, rpm } from "@/lib/format";
import { isId } from "@/lib/input";
import { seesFigures } from "@/lib/model/access";
import type { Currency } from "@/lib/model/money";
import { DENOMINATOR_LABEL, rpmByName } from "@/lib/model/rpm";
import { FORMAT_LABEL, NICHE_LABEL } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { Fold } from "../../fold";
import { openCreator, orNotFound } from "../../open-creator";
import { channelName } from "../../options";
import { periodName } from "../../period-name";
import { ReadingForm } from "../../reading-form";
import { ReadingTable } from "../../reading-table";
import { ViewerNotice } from "../../viewer-notice";
import { IncomeLines } from "../income-lines";
import { RemoveVideo } from "../remove-video";
import { videoChoices } from "../video-choices";
import { VideoForm } from "../video-form";
import { Income } from "../video-table";

export const metadata: Metadata = { title: "Video" };

const ROWS_SHOWN = 100;

type VideoPageProps = { params: Promise<{ creatorId: string; videoId: string }> };

export default async function VideoPage({ params }: VideoPageProps) {
  const { creatorId, videoId } = await params;
  const { viewer, creator, locale, mayWrite, shared } = await openCreator(creatorId, "traffic", "Video");
  if (!isId(videoId)) notFound();
  const video = await orNotFound(videos.get(viewer, creator.id, videoId));
  const [seen, read, income] = await Promise.all([
    traffic.list(viewer, creator.id, { filter: { videoId }, size: ROWS_SHOWN }),
    readings.list(viewer, creator.id, { filter: { videoId }, size: ROWS_SHOWN }),
    videos.listIncome(viewer, creator.id, videoId),
  ]);
  const showsIncome = seesFigures(shared);
  const facts = [
    channelName({ name: video.channelName, platform: video.platform }),
    FORMAT_LABEL[video.format],
    video.publishedOn && `published ${dayName(video.publishedOn, locale)}`,
    video.niche && NICHE_LABEL[video.niche],
  ];

  return (
    <>
      <PageHeader
        title={video.title}
        note={
          <>
            {facts.filter(Boolean).join(" · ")}
            {video.url && (
              <>
                {" · "}
                <a href={video.url} className="link" target="_blank" rel="noreferrer">
                  Open the video
                </a>
              </>
            )}
          </>
        }
        crumbs={[{ href: paths.videos(creator.id), label: "Videos" }]}
        actions={
          mayWrite && <RemoveVideo creatorId={creator.id} videoId={video.id} version={video.version} />
        }
      />
      <div className="grid gap-6">
        {!mayWrite && <ViewerNotice shared={shared} />}
        <StatRow>
          <Stat
            label="Views"
            value={video.views === null ? <Missing /> : count(video.views, locale)}
            note="of the periods logged below"
          />
          {showsIncome && (
            <Stat
              label="Income"
              value={<Income income={video.income} locale={locale} />}
              note="by its lines"
            />
          )}
          {namedRates(income, seen).map(({ per, rate, currency }) => (
            <Stat
              key={`${per} ${currency}`}
              label={`Per 1,000 ${DENOMINATOR_LABEL[per]}`}
              value={rpm(rate, currency, locale)}
              note="ads and rewards"
            />
          ))}
        </StatRow>
        {mayWrite && (
          <Card
            title="Views so far today"
            note="The number under the video, as it stands. Two of them make the views of the days between."
          >
            <ReadingForm
              creatorId={creator.id}
              initialId={randomUUID()}
              today={creator.today}
              channel={video.channelId}
              videoId={video.id}
            />
          </Card>
        )}
        {read.rows.length > 0 && (
          <Card title="So far, by day" flush>
            <ReadingTable creatorId={creator.id} rows={read.rows} mayWrite={mayWrite} locale={locale} />
          </Card>
        )}
        <Card
          title="Views by period"
          flush
          actions={
            mayWrite && (
              <ButtonLink href={`${paths.newTraffic(creator.id)}?video=${video.id}`} size="sm">
                Log a period
              </ButtonLink>
            )
          }
        >
          <Table
            caption="Views by period"
            rows={seen.rows}
            rowKey={({ id }) => id}
            empty={
              <EmptyState title="No views yet">
                {mayWrite
                  ? "Type the views so far above on two days, or log a period from the platform's statistics."
                  : "They appear here once they are logged."}
              </EmptyState>
            }
            columns={[
              {
                key: "period",
                header: "Period",
                lead: true,
                cell: (entry) => (
                  <Link href={paths.trafficEntry(creator.id, entry.id) as Route} className="link">
                    {periodName(entry, locale)}
                  </Link>
                ),
              },
              { key: "views", header: "Views", numeric: true, cell: ({ views }) => number(views, locale) },
              {
                key: "qualified",
                header: "Qualified",
                numeric: true,
                cell: ({ qualifiedViews }) => number(qualifiedViews, locale),
              },
              { key: "likes", header: "Likes", numeric: true, cell: ({ likes }) => number(likes, locale) },
              {
                key: "comments",
                header: "Comments",
                numeric: true,
                cell: ({ comments }) => number(comments, locale),
              },
              {
                key: "shares",
                header: "Shares",
                numeric: true,
                cell: ({ shares }) => number(shares, locale),
              },
            ]}
          />
        </Card>
        {showsIncome && (
          <Card
            title="Income"
            flush
            actions={
              mayWrite && (
                <ButtonLink href={`${paths.newPayout(creator.id)}?video=${video.id}`} size="sm">
                  Log a payout for it
                </ButtonLink>
              )
            }
          >
            <IncomeLines creatorId={creator.id} rows={income} mayWrite={mayWrite} locale={locale} />
          </Card>
        )}
        {mayWrite && (
          <Card>
            <Fold label="Edit this video">
              <VideoForm creatorId={creator.id} video={video} choices={videoChoices(creator, [])} />
            </Fold>
          </Card>
        )}
      </div>
    </>
  );
}

/** What ads and rewards paid per 1,000 of each denominator that all of its periods know: side by side, by name. */
function namedRates(
  income: readonly videos.VideoIncome[],
  { rows, total }: { rows: readonly traffic.Traffic[]; total: number },
) {
  const byCurrency = new Map<Currency, bigint>();
  for (const { stream, currency, minor } of income)
    if (stream === "ads" || stream === "rewards")
      byCurrency.set(currency, (byCurrency.get(currency) ?? 0n) + minor);
  const isWhole = rows.length > 0 && rows.length === total;
  const sum = (name: "views" | "qualifiedViews" | "engagedViews") =>
    rows.reduce<number | null>(
      (all, row) => (all === null || row[name] === null ? null : all + row[name]),
      isWhole ? 0 : null,
    );
  const counts = {
    views: sum("views"),
    qualified_views: sum("qualifiedViews"),
    engaged_views: sum("engagedViews"),
  };
  return [...byCurrency].flatMap(([currency, minor]) =>
    rpmByName(minor, counts, currency).map((each) => ({ ...each, currency })),
  );
}

function number(value: number | null, locale: string) {
  return value === null ? <Missing /> : count(value, locale);
}
