import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Table } from "@/components/ui/table";
import * as channels from "@/db/channels";
import * as readings from "@/db/readings";
import { compactCount, dayName, monthName, percent } from "@/lib/format";
import { isId } from "@/lib/input";
import { decimalText } from "@/lib/model/money";
import { addMonths, monthOf } from "@/lib/model/month";
import { NICHE_LABEL, NICHES, PLATFORM_LABEL, REGION_LABEL, REGIONS } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { openCreator, orNotFound } from "../../open-creator";
import { labelled } from "../../options";
import { ReadingForm } from "../../reading-form";
import { ReadingTable } from "../../reading-table";
import { ViewerNotice } from "../../viewer-notice";
import { AudienceForm } from "../audience-form";
import { ChannelForm } from "../channel-form";
import { Sparkline } from "../sparkline";

export const metadata: Metadata = { title: "Channel" };

const READINGS_SHOWN = 100;
const WHOLE_PPM = 1_000_000;

type ChannelPageProps = { params: Promise<{ creatorId: string; channelId: string }> };

export default async function ChannelPage({ params }: ChannelPageProps) {
  const { creatorId, channelId } = await params;
  const { viewer, creator, locale, mayWrite, shared } = await openCreator(creatorId, "traffic", "Channel");
  if (!isId(channelId)) notFound();
  const channel = await orNotFound(channels.get(viewer, creator.id, channelId));
  const [{ rows }, audience] = await Promise.all([
    readings.list(viewer, creator.id, { filter: { channelId, videoId: null }, size: READINGS_SHOWN }),
    channels.listAudience(viewer, creator.id, channelId),
  ]);

  return (
    <>
      <PageHeader
        title={channel.name}
        note={
          <span className="flex flex-wrap items-center gap-2">
            {[PLATFORM_LABEL[channel.platform], channel.handle, NICHE_LABEL[channel.niche]]
              .filter(Boolean)
              .join(" · ")}
            {channel.archivedAt && <Badge>Archived</Badge>}
          </span>
        }
        crumbs={[{ href: paths.channels(creator.id), label: "Channels" }]}
        actions={
          <>
            <ButtonLink href={`${paths.payouts(creator.id)}?channel=${channel.id}`}>Payouts</ButtonLink>
            <ButtonLink href={`${paths.traffic(creator.id)}?channel=${channel.id}`}>Views</ButtonLink>
          </>
        }
      />
      <div className="grid gap-6">
        {!mayWrite && <ViewerNotice shared={shared} />}
        <Card
          title="Followers over time"
          note="As the platform shows them on a day. Views so far of two days become views of the days between."
        >
          <div className="grid gap-5">
            <Followers rows={rows} locale={locale} />
            {mayWrite && (
              <ReadingForm
                creatorId={creator.id}
                initialId={randomUUID()}
                today={creator.today}
                channel={channel.id}
                withFollowers
              />
            )}
          </div>
        </Card>
        {rows.length > 0 && (
          <Card flush>
            <ReadingTable
              creatorId={creator.id}
              rows={rows}
              withFollowers
              mayWrite={mayWrite}
              locale={locale}
            />
          </Card>
        )}
        <Card
          title="Where the audience sits"
          note="Published rates differ by region; with it, the projection begins closer to your own."
        >
          <div className="grid gap-5">
            <AudienceTable audience={audience} locale={locale} mayWrite={mayWrite} />
            {mayWrite && (
              <AudienceForm
                newestId={audience[0]?.id ?? ""}
                creatorId={creator.id}
                initialId={randomUUID()}
                channelId={channel.id}
                month={addMonths(monthOf(creator.today), -1)}
                regions={ASKED.map((region) => ({
                  region,
                  label: REGION_LABEL[region],
                  percent: percentText(audience[0]?.shares[region]),
                }))}
              />
            )}
          </div>
        </Card>
        {mayWrite && (
          <Card title="Edit" className="max-w-xl">
            <ChannelForm creatorId={creator.id} channel={channel} niches={labelled(NICHES, NICHE_LABEL)} />
          </Card>
        )}
      </div>
    </>
  );
}

const ASKED = REGIONS.filter((region) => region !== "unknown");

/** 425000 ppm → "42.5": for an input, so with a point whatever the locale. */
function percentText(ppm: number | undefined): string {
  return ppm === undefined ? "" : decimalText(BigInt(ppm), 4).replace(/\.?0+$/, "");
}

function Followers({ rows, locale }: { rows: readonly readings.Reading[]; locale: string }) {
  const points = rows
    .flatMap(({ day, followers }) => (followers === null ? [] : [{ day, value: followers }]))
    .reverse();
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return <p className="text-sm text-muted">No number of followers yet.</p>;
  const now = compactCount(last.value, locale);
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
      <p>
        <span className="figures text-xl font-semibold">{now}</span>{" "}
        <span className="text-sm text-muted">followers on {dayName(last.day, locale)}</span>
      </p>
      <Sparkline
        points={points}
        summary={`From ${compactCount(first.value, locale)} on ${dayName(first.day, locale)} to ${now} on ${dayName(last.day, locale)}`}
      />
    </div>
  );
}

function AudienceTable({
  audience,
  locale,
  mayWrite,
}: {
  audience: readonly channels.Audience[];
  locale: string;
  mayWrite: boolean;
}) {
  const share = (ppm: number | undefined) => percent(ppm === undefined ? null : ppm / WHOLE_PPM, locale, 1);
  return (
    <Table
      caption="Share of the audience by month and region"
      rows={audience}
      rowKey={({ id }) => id}
      wide
      empty={
        <EmptyState title="No regions yet">
          {mayWrite
            ? "Copy them from the platform's audience page, as percentages. The newest month counts until there is a newer one."
            : "They appear here once they are typed."}
        </EmptyState>
      }
      columns={[
        { key: "month", header: "Month", lead: true, cell: ({ month }) => monthName(month, locale, "short") },
        ...ASKED.map((region) => ({
          key: region,
          header: REGION_LABEL[region],
          numeric: true,
          cell: ({ shares }: channels.Audience) => share(shares[region]),
        })),
      ]}
    />
  );
}
