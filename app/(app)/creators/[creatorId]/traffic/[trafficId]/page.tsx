import { randomUUID } from "node:crypto";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import * as traffic from "@/db/traffic";
import { count, MISSING, percent } from "@/lib/format";
import { isId } from "@/lib/input";
import { FORMAT_LABEL } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { Facts } from "../../facts";
import { Fold } from "../../fold";
import { type HistoryItem, HistoryList } from "../../history-list";
import { openCreator, orNotFound } from "../../open-creator";
import { channelName } from "../../options";
import { peopleOf } from "../../people";
import { periodName } from "../../period-name";
import { ChangeButtons } from "../../saved";
import { ViewerNotice } from "../../viewer-notice";
import { removeTraffic, undoTraffic } from "../actions";
import { correctionDefaults, loadChoices } from "../traffic-choices";
import { TrafficForm } from "../traffic-form";
import { hours, Origin } from "../traffic-table";

export const metadata: Metadata = { title: "Views of a period" };

type TrafficEntryPageProps = { params: Promise<{ creatorId: string; trafficId: string }> };

/** One entry by the id of any row of its chain: a correction leaves the address valid. */
export default async function TrafficEntryPage({ params }: TrafficEntryPageProps) {
  const { creatorId, trafficId } = await params;
  const { viewer, creator, locale, mayWrite, shared } = await openCreator(creatorId, "traffic", "Views");
  if (!isId(trafficId)) notFound();
  const rows = await orNotFound(traffic.history(viewer, creator.id, trafficId));
  const newest = rows.at(-1) ?? notFound();
  const shown = (newest.isVoid && rows.at(-2)) || newest;
  const isDerived = newest.origin === "reading";
  const mayChange = mayWrite && !isDerived;
  const nameOf = await peopleOf(viewer, creator.id, shared);
  const video = shown.videoId && shown.videoTitle ? { id: shown.videoId, title: shown.videoTitle } : null;

  return (
    <>
      <PageHeader
        title={`Views, ${periodName(shown, locale)}`}
        note={
          video ? (
            <Link href={paths.video(creator.id, video.id) as Route} className="link">
              {video.title}
            </Link>
          ) : (
            channelName({ name: shown.channelName, platform: shown.platform })
          )
        }
        crumbs={[{ href: paths.traffic(creator.id), label: "Views" }]}
        actions={
          mayChange && (
            <ChangeButtons
              creatorId={creator.id}
              entryId={newest.id}
              isVoid={newest.isVoid}
              isChanged={newest.replaces !== null}
              remove={removeTraffic}
              undo={undoTraffic}
              newIds={[randomUUID(), randomUUID()]}
            />
          )
        }
      />
      <div className="grid gap-6">
        {!mayWrite && <ViewerNotice shared={shared} />}
        {newest.isVoid && (
          <Notice tone="warn" title="These views were taken back.">
            They count nowhere any more. What was said stays here, and can be restored.
          </Notice>
        )}
        {isDerived && !newest.isVoid && (
          <Notice title="The difference of two “views so far”.">
            To change it, correct or remove one of the two readings on the page of the{" "}
            <Link
              href={
                (video
                  ? paths.video(creator.id, video.id)
                  : paths.channel(creator.id, shown.channelId)) as Route
              }
              className="link"
            >
              {video ? "video" : "channel"}
            </Link>
            .
          </Notice>
        )}
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Card title="What it says">
            <Facts facts={[...factsOf(shown, locale), ["From", <Origin key="from" entry={shown} />]]} />
          </Card>
          <Card title="History">
            <HistoryList items={historyOf(rows, nameOf, locale)} locale={locale} zone={creator.timeZone} />
          </Card>
        </div>
        {mayChange && !newest.isVoid && (
          <Card>
            <Fold label="Correct this entry">
              <TrafficForm
                creatorId={creator.id}
                initialId={randomUUID()}
                defaults={correctionDefaults(newest)}
                choices={await loadChoices(viewer, creator.id, { channelId: newest.channelId, video })}
                replaces={newest.id}
              />
            </Fold>
          </Card>
        )}
      </div>
    </>
  );
}

function factsOf(entry: traffic.Traffic, locale: string) {
  const number = (value: number | null) => count(value, locale);
  return [
    ["Period", periodName(entry, locale)],
    ["Channel", channelName({ name: entry.channelName, platform: entry.platform })],
    ["Video", entry.videoTitle ?? "The whole channel"],
    ["Format", FORMAT_LABEL[entry.format]],
    ["Views", number(entry.views)],
    ["Qualified views", number(entry.qualifiedViews)],
    ["Engaged views", number(entry.engagedViews)],
    ["Ad impressions", number(entry.adImpressions)],
    ["Watch hours", hours(entry.watchSeconds, locale)],
    ["Finish rate", entry.finishPpm === null ? MISSING : percent(entry.finishPpm / 1_000_000, locale, 2)],
    ["Likes", number(entry.likes)],
    ["Comments", number(entry.comments)],
    ["Shares", number(entry.shares)],
  ] as const;
}

/** Each entry against the one before it, newest first. */
function historyOf(
  rows: readonly traffic.Traffic[],
  nameOf: (userId: string) => string,
  locale: string,
): HistoryItem[] {
  return rows
    .map((entry, index) => {
      const before = rows[index - 1];
      const wasThere = before && !before.isVoid;
      return {
        id: entry.id,
        at: entry.recordedAt,
        who: nameOf(entry.recordedBy),
        what: entry.isVoid ? "Taken back" : wasThere ? "Corrected" : before ? "Restored" : "Recorded",
        changes: wasThere && !entry.isVoid ? changesOf(before, entry, locale) : [],
      };
    })
    .reverse();
}

function changesOf(before: traffic.Traffic, after: traffic.Traffic, locale: string): HistoryItem["changes"] {
  const old = factsOf(before, locale);
  return factsOf(after, locale).flatMap(([name, value], index) => {
    const was = old[index]?.[1];
    // Watch time is drawn, so its seconds are compared.
    const isSame = name === "Watch hours" ? before.watchSeconds === after.watchSeconds : was === value;
    return isSame ? [] : [{ name, before: was, after: value }];
  });
}
