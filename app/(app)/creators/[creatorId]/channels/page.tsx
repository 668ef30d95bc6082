import type { Metadata, Route } from "next";
import Link from "next/link";
import { Missing } from "@/components/money";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Table } from "@/components/ui/table";
import * as channels from "@/db/channels";
import { count, dayName } from "@/lib/format";
import { NICHE_LABEL, PLATFORM_LABEL } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { openCreator } from "../open-creator";
import { ViewerNotice } from "../viewer-notice";

export const metadata: Metadata = { title: "Channels" };

export default async function ChannelsPage({ params }: { params: Promise<{ creatorId: string }> }) {
  const { viewer, creator, locale, mayWrite, shared } = await openCreator(
    (await params).creatorId,
    "traffic",
    "Channels",
  );
  const rows = await channels.list(viewer, creator.id);
  const add = mayWrite && (
    <ButtonLink href={paths.newChannel(creator.id)} variant="primary">
      {rows.length === 0 ? "Add the first channel" : "Add channel"}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader
        title="Channels"
        actions={
          rows.length > 0 && (
            <>
              {mayWrite && <ButtonLink href={paths.newPayout(creator.id)}>Log payout</ButtonLink>}
              {add}
            </>
          )
        }
      />
      <div className="grid gap-6">
        {!mayWrite && <ViewerNotice shared={shared} />}
        <Card flush>
          <Table
            caption="Channels"
            rows={rows}
            rowKey={({ id }) => id}
            empty={
              <EmptyState title="No channel yet" actions={add}>
                {mayWrite
                  ? "A channel is one presence on one platform: your TikTok account, your YouTube channel. Videos, views and payouts belong to it."
                  : "Channels appear here once they are added."}
              </EmptyState>
            }
            columns={[
              {
                key: "name",
                header: "Name",
                lead: true,
                cell: ({ id, name }) => (
                  <Link href={paths.channel(creator.id, id) as Route} className="link">
                    {name}
                  </Link>
                ),
              },
              { key: "platform", header: "Platform", cell: ({ platform }) => PLATFORM_LABEL[platform] },
              { key: "handle", header: "Handle", phone: "hidden", cell: ({ handle }) => handle || "–" },
              { key: "niche", header: "Niche", cell: ({ niche }) => NICHE_LABEL[niche] },
              {
                key: "followers",
                header: "Followers",
                numeric: true,
                cell: ({ followers }) => (followers === null ? <Missing /> : count(followers, locale)),
              },
              {
                key: "read",
                header: "As of",
                phone: "hidden",
                cell: ({ followersOn }) => (followersOn ? dayName(followersOn, locale) : "–"),
              },
              {
                key: "state",
                header: "State",
                hideHeader: true,
                phone: "bare",
                cell: ({ archivedAt }) => archivedAt && <Badge>Archived</Badge>,
              },
            ]}
          />
        </Card>
      </div>
    </>
  );
}
