import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import * as videos from "@/db/videos";
import { isId } from "@/lib/input";
import { listHref, type SearchParams, textParam } from "@/lib/list-query";
import { paths } from "@/lib/paths";
import { openCreator, orNotFound } from "../../open-creator";
import { ViewerNotice } from "../../viewer-notice";
import { loadChoices, nextDefaults } from "../traffic-choices";
import { TrafficLog } from "../traffic-log";

export const metadata: Metadata = { title: "Log views" };

type NewTrafficPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

/** The phone's screen; `?video=` begins with that video. */
export default async function NewTrafficPage({ params, searchParams }: NewTrafficPageProps) {
  const { viewer, creator, mayWrite, shared } = await openCreator(
    (await params).creatorId,
    "traffic",
    "Log views",
  );
  const asked = await searchParams;
  const header = (
    <PageHeader title="Log views" crumbs={[{ href: paths.traffic(creator.id), label: "Views" }]} />
  );
  if (!mayWrite)
    return (
      <>
        {header}
        <ViewerNotice shared={shared} alone />
      </>
    );
  const videoId = textParam(asked, "video");
  const video = isId(videoId) ? await orNotFound(videos.get(viewer, creator.id, videoId)) : null;
  const [next, choices] = await Promise.all([
    nextDefaults(viewer, creator),
    loadChoices(viewer, creator.id, video && { channelId: video.channelId, video }),
  ]);
  const path = paths.newTraffic(creator.id);
  return (
    <>
      {header}
      {choices.channels.length === 0 ? (
        <Card>
          <EmptyState
            title="First a channel, then its views"
            actions={
              <ButtonLink href={paths.newChannel(creator.id)} variant="primary">
                Add the first channel
              </ButtonLink>
            }
          >
            Views belong to a channel on one platform.
          </EmptyState>
        </Card>
      ) : (
        <TrafficLog
          creatorId={creator.id}
          initialId={randomUUID()}
          today={creator.today}
          isSoFar={textParam(asked, "log") === "so-far"}
          soFarHref={listHref(path, asked, { log: "so-far" })}
          periodHref={listHref(path, asked, { log: null })}
          defaults={
            video
              ? { ...next, channelId: video.channelId, videoId: video.id, format: video.format, span: "days" }
              : next
          }
          choices={choices}
          autoFocus
        />
      )}
    </>
  );
}
