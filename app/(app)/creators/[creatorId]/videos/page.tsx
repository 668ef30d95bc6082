import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Suspense } from "react";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TextField } from "@/components/ui/input";
import { MonthField } from "@/components/ui/month-input";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { SelectField } from "@/components/ui/select";
import * as channels from "@/db/channels";
import * as videos from "@/db/videos";
import { count } from "@/lib/format";
import { isId } from "@/lib/input";
import { choiceParam, listHref, orderParam, pageParam, type SearchParams, textParam } from "@/lib/list-query";
import { seesFigures } from "@/lib/model/access";
import { isMonth } from "@/lib/model/month";
import { FORMAT_LABEL, FORMATS } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { FilterBar } from "../filter-bar";
import { openCreator } from "../open-creator";
import { channelOptions, labelled } from "../options";
import { rangeLabel } from "../range-label";
import { ViewerNotice } from "../viewer-notice";
import { RestoreVideo } from "./restore-video";
import { nextVideo, videoChoices } from "./video-choices";
import { NewVideoForm } from "./video-form";
import { VideoOutliers } from "./video-outliers";
import { VideoTable } from "./video-table";

export const metadata: Metadata = { title: "Videos" };

const PAGE_SIZE = 50;
const SORTS = ["published", "title", "views", "income"] as const satisfies readonly videos.VideoSort[];

type VideosPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

export default async function VideosPage({ params, searchParams }: VideosPageProps) {
  const { viewer, creator, locale, mayWrite, shared } = await openCreator(
    (await params).creatorId,
    "traffic",
    "Videos",
  );
  const asked = await searchParams;
  const filter = filterOf(asked);
  const order = orderParam(asked, SORTS, { sort: "published", descending: true });
  const page = pageParam(asked);
  const removed = textParam(asked, "removed");
  const [{ rows, total }, allChannels, newest] = await Promise.all([
    videos.list(viewer, creator.id, { filter, ...order, page, size: PAGE_SIZE }),
    channels.list(viewer, creator.id),
    videos.list(viewer, creator.id, { size: 1 }),
  ]);
  const path = paths.videos(creator.id);
  const isFiltered = Object.keys(filter).length > 0;
  const isEmpty = total === 0 && !isFiltered && page === 1;
  const mayAdd = mayWrite && allChannels.length > 0;

  return (
    <>
      <PageHeader
        title="Videos"
        actions={
          mayAdd && (
            <span className="md:hidden">
              <ButtonLink href={paths.newVideo(creator.id)} variant="primary">
                Add video
              </ButtonLink>
            </span>
          )
        }
      />
      <div className="grid gap-6">
        {mayWrite && isId(removed) && (
          <Notice
            tone="success"
            live
            title="The video was removed."
            actions={<RestoreVideo creatorId={creator.id} videoId={removed} />}
          >
            What it earned and how it was seen still counts.
          </Notice>
        )}
        {!mayWrite && <ViewerNotice shared={shared} />}
        {mayAdd && (
          <div className="max-md:hidden">
            <Card title="Add a video">
              <NewVideoForm
                creatorId={creator.id}
                initialId={randomUUID()}
                defaults={nextVideo(allChannels, newest.rows[0])}
                choices={videoChoices(creator, allChannels)}
              />
            </Card>
          </div>
        )}
        <Card flush>
          {!isEmpty && (
            <FilterBar
              path={path}
              keep={{ sort: order.sort, order: order.descending ? undefined : "ascending" }}
              isFiltered={isFiltered}
            >
              <TextField
                name="search"
                label="Search"
                type="search"
                placeholder="Title or id"
                defaultValue={filter.search}
              />
              <MonthField name="month" label="Published in" defaultValue={filter.month} />
              <SelectField
                name="channel"
                label="Channel"
                options={channelOptions(allChannels, filter.channelId)}
                empty="All"
                defaultValue={filter.channelId ?? ""}
              />
              <SelectField
                name="format"
                id="filter-format"
                label="Format"
                options={labelled(FORMATS, FORMAT_LABEL)}
                empty="All"
                defaultValue={filter.format ?? ""}
              />
            </FilterBar>
          )}
          <VideoTable
            creatorId={creator.id}
            rows={rows}
            params={asked}
            order={order}
            locale={locale}
            showsIncome={seesFigures(shared)}
            empty={
              <NothingHere
                creatorId={creator.id}
                isFiltered={isFiltered || page > 1}
                hasChannels={allChannels.length > 0}
                mayWrite={mayWrite}
              />
            }
          />
          {total > 0 && (
            <Pagination
              page={page}
              pageSize={PAGE_SIZE}
              total={total}
              href={(page) => listHref(path, asked, { page, removed: null })}
              label={rangeLabel(page, PAGE_SIZE, rows.length, `${count(total, locale)} videos`, locale)}
            />
          )}
        </Card>
        {seesFigures(shared) && (
          <Suspense>
            <VideoOutliers viewer={viewer} creatorId={creator.id} locale={locale} />
          </Suspense>
        )}
      </div>
    </>
  );
}

function filterOf(params: SearchParams): videos.VideoFilter {
  const search = textParam(params, "search");
  const month = textParam(params, "month");
  const channelId = textParam(params, "channel");
  const format = choiceParam(params, "format", FORMATS);
  return {
    ...(search && { search }),
    ...(month && isMonth(month) && { month }),
    ...(isId(channelId) && { channelId }),
    ...(format && { format }),
  };
}

function NothingHere({
  creatorId,
  isFiltered,
  hasChannels,
  mayWrite,
}: {
  creatorId: string;
  isFiltered: boolean;
  hasChannels: boolean;
  mayWrite: boolean;
}) {
  if (isFiltered)
    return (
      <EmptyState
        title="No video matches"
        actions={<ButtonLink href={paths.videos(creatorId)}>Show all videos</ButtonLink>}
      >
        Change the filter, or clear it to see everything.
      </EmptyState>
    );
  if (!mayWrite) return <EmptyState title="No videos yet">They appear here once they are added.</EmptyState>;
  if (!hasChannels)
    return (
      <EmptyState
        title="First a channel, then its videos"
        actions={
          <ButtonLink href={paths.newChannel(creatorId)} variant="primary">
            Add the first channel
          </ButtonLink>
        }
      >
        A video belongs to a channel on one platform.
      </EmptyState>
    );
  return (
    <EmptyState
      title="Add your first video"
      actions={
        <>
          <ButtonLink href={paths.newVideo(creatorId)} variant="primary">
            Add video
          </ButtonLink>
          <ButtonLink href={paths.imports(creatorId)}>Import a file</ButtonLink>
        </>
      }
    >
      Paste its link: the platform, the id and, for TikTok, the day of publishing fill themselves in.
    </EmptyState>
  );
}
