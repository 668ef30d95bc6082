import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { NICHE_LABEL, NICHES, PLATFORM_LABEL, PLATFORMS } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { openCreator } from "../../open-creator";
import { labelled } from "../../options";
import { ViewerNotice } from "../../viewer-notice";
import { NewChannelForm } from "../channel-form";

export const metadata: Metadata = { title: "Add a channel" };

export default async function NewChannelPage({ params }: { params: Promise<{ creatorId: string }> }) {
  const { creator, mayWrite, shared } = await openCreator((await params).creatorId, "traffic", "New channel");
  return (
    <>
      <PageHeader title="Add a channel" crumbs={[{ href: paths.channels(creator.id), label: "Channels" }]} />
      {mayWrite ? (
        <Card className="max-w-xl">
          <NewChannelForm
            creatorId={creator.id}
            initialId={randomUUID()}
            platforms={labelled(PLATFORMS, PLATFORM_LABEL)}
            niches={labelled(NICHES, NICHE_LABEL)}
          />
        </Card>
      ) : (
        <ViewerNotice shared={shared} alone />
      )}
    </>
  );
}
