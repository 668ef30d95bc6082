import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import * as payouts from "@/db/payouts";
import * as videos from "@/db/videos";
import { isId } from "@/lib/input";
import { type SearchParams, textParam } from "@/lib/list-query";
import { paths } from "@/lib/paths";
import { openCreator, orNotFound } from "../../open-creator";
import { ViewerNotice } from "../../viewer-notice";
import { loadChoices, nextDefaults } from "../payout-choices";
import { PayoutForm } from "../payout-form";

export const metadata: Metadata = { title: "Log a payout" };

type NewPayoutPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

/** The screen behind a phone's middle button; `?video=` begins with a line for that video. */
export default async function NewPayoutPage({ params, searchParams }: NewPayoutPageProps) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Log a payout",
  );
  if (notShared) return notShared;
  const videoId = textParam(await searchParams, "video");
  const header = (
    <PageHeader title="Log a payout" crumbs={[{ href: paths.payouts(creator.id), label: "Payouts" }]} />
  );
  if (!mayWrite)
    return (
      <>
        {header}
        <ViewerNotice shared={shared} alone />
      </>
    );
  const [last, choices, video] = await Promise.all([
    payouts.findLast(viewer, creator.id),
    loadChoices(viewer, creator, locale, null),
    isId(videoId) ? orNotFound(videos.get(viewer, creator.id, videoId)) : null,
  ]);
  const next = await nextDefaults(viewer, creator, last);
  const defaults = video
    ? { ...next, channelId: video.channelId, lines: [{ videoId: video.id, amount: "" }] }
    : next;
  const offered =
    video && !choices.videos.some(({ value }) => value === video.id)
      ? [{ value: video.id, label: video.title }, ...choices.videos]
      : choices.videos;
  return (
    <>
      {header}
      <Card className="max-w-2xl">
        <PayoutForm
          creatorId={creator.id}
          initialId={randomUUID()}
          defaults={defaults}
          choices={{ ...choices, videos: offered }}
          autoFocus
        />
      </Card>
    </>
  );
}
