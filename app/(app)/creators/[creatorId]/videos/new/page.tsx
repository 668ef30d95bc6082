import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import * as channels from "@/db/channels";
import * as videos from "@/db/videos";
import { paths } from "@/lib/paths";
import { openCreator } from "../../open-creator";
import { ViewerNotice } from "../../viewer-notice";
import { nextVideo, videoChoices } from "../video-choices";
import { NewVideoForm } from "../video-form";

export const metadata: Metadata = { title: "Add a video" };

export default async function NewVideoPage({ params }: { params: Promise<{ creatorId: string }> }) {
  const { viewer, creator, mayWrite, shared } = await openCreator(
    (await params).creatorId,
    "traffic",
    "New video",
  );
  const [allChannels, newest] = await Promise.all([
    channels.list(viewer, creator.id),
    videos.list(viewer, creator.id, { size: 1 }),
  ]);
  return (
    <>
      <PageHeader title="Add a video" crumbs={[{ href: paths.videos(creator.id), label: "Videos" }]} />
      {!mayWrite ? (
        <ViewerNotice shared={shared} alone />
      ) : (
        <Card className="max-w-2xl">
          {allChannels.length === 0 ? (
            <EmptyState
              title="First a channel, then its videos"
              actions={
                <ButtonLink href={paths.newChannel(creator.id)} variant="primary">
                  Add the first channel
                </ButtonLink>
              }
            >
              A video belongs to a channel on one platform.
            </EmptyState>
          ) : (
            <NewVideoForm
              creatorId={creator.id}
              initialId={randomUUID()}
              defaults={nextVideo(allChannels, newest.rows[0])}
              choices={videoChoices(creator, allChannels)}
            />
          )}
        </Card>
      )}
    </>
  );
}
