import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import * as lives from "@/db/lives";
import { dayName } from "@/lib/format";
import { isId } from "@/lib/input";
import { paths } from "@/lib/paths";
import { openCreator, orNotFound } from "../../open-creator";
import { channelName } from "../../options";
import { ChangeButtons } from "../../saved";
import { ViewerNotice } from "../../viewer-notice";
import { removeLive, undoLive } from "../actions";
import { liveDefaults, loadLiveChoices } from "../live-choices";
import { LiveForm } from "../live-form";

export const metadata: Metadata = { title: "LIVE session" };

type LivePageProps = { params: Promise<{ creatorId: string; liveId: string }> };

/** One session as its chain tells it now; `liveId` may be any entry of the chain. */
export default async function LivePage({ params }: LivePageProps) {
  const { creatorId, liveId } = await params;
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    creatorId,
    "all",
    "LIVE session",
  );
  if (notShared) return notShared;
  if (!isId(liveId)) notFound();
  const live = await orNotFound(lives.newest(viewer, creator.id, liveId));
  const choices = mayWrite ? await loadLiveChoices(viewer, creator.id, live) : null;
  return (
    <>
      <PageHeader
        title={`LIVE of ${dayName(live.day, locale)}`}
        note={channelName({ name: live.channelName, platform: live.platform })}
        crumbs={[{ href: paths.lives(creator.id), label: "LIVE sessions" }]}
        actions={
          mayWrite && (
            <ChangeButtons
              creatorId={creator.id}
              entryId={live.id}
              isVoid={live.isVoid}
              isChanged={live.replaces !== null}
              remove={removeLive}
              undo={undoLive}
              newIds={[randomUUID(), randomUUID()]}
            />
          )
        }
      />
      <div className="grid gap-6">
        {live.isVoid && (
          <Notice tone="warn" title="This session was taken back.">
            It counts nowhere any more. What it said stays here, and can be restored.
          </Notice>
        )}
        {choices ? (
          !live.isVoid && (
            <Card title="What it says">
              <LiveForm
                creatorId={creator.id}
                initialId={randomUUID()}
                today={creator.today}
                defaults={liveDefaults(live)}
                channels={choices.channels}
                videos={choices.videos}
                replaces={live.id}
              />
            </Card>
          )
        ) : (
          <ViewerNotice shared={shared} />
        )}
      </div>
    </>
  );
}
