import { randomUUID } from "node:crypto";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Table } from "@/components/ui/table";
import * as ladders from "@/db/ladders";
import * as lives from "@/db/lives";
import { count, dayName } from "@/lib/format";
import { listHref, pageParam, type SearchParams } from "@/lib/list-query";
import { paths } from "@/lib/paths";
import { openCreator } from "../open-creator";
import { channelName } from "../options";
import { PayoutTabs } from "../payout-tabs";
import { rangeLabel } from "../range-label";
import { ViewerNotice } from "../viewer-notice";
import { clockText, loadLiveChoices } from "./live-choices";
import { LiveForm } from "./live-form";
import { LiveMonths } from "./live-months";

export const metadata: Metadata = { title: "LIVE sessions" };

const PAGE_SIZE = 50;

type LivesPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

export default async function LivesPage({ params, searchParams }: LivesPageProps) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "LIVE",
  );
  if (notShared) return notShared;
  const asked = await searchParams;
  const page = pageParam(asked);
  const [{ rows, total }, months, choices] = await Promise.all([
    lives.list(viewer, creator.id, { page, size: PAGE_SIZE }),
    lives.byMonth(viewer, creator.id),
    mayWrite ? loadLiveChoices(viewer, creator.id, null) : null,
  ]);
  const [newest, oldest] = [months[0]?.month, months.at(-1)?.month];
  const money =
    newest && oldest ? await ladders.byMonth(viewer, creator.id, { from: oldest, to: newest }) : [];
  return (
    <>
      <PageHeader
        title="LIVE sessions"
        note="Hours and diamonds of each session. The money arrives as a payout of the stream Gifts."
      />
      <PayoutTabs creatorId={creator.id} current="lives" />
      <div className="grid gap-6">
        {choices ? (
          <Card title="Log a session">
            <LiveForm
              creatorId={creator.id}
              initialId={randomUUID()}
              today={creator.today}
              defaults={{
                channelId: rows[0]?.channelId ?? onlyOf(choices.channels),
                ...{ videoId: "", day: creator.today, seconds: "", units: "", viewers: "", note: "" },
              }}
              channels={choices.channels}
              videos={choices.videos}
            />
          </Card>
        ) : (
          <ViewerNotice shared={shared} />
        )}
        {months.length > 0 && (
          <Card title="By month" flush>
            <LiveMonths months={months} money={money} locale={locale} />
          </Card>
        )}
        <Card title="Sessions" flush>
          <Table
            caption="LIVE sessions"
            rows={rows}
            rowKey={({ id }) => id}
            empty={
              <EmptyState title="No session yet">
                {mayWrite
                  ? "Log how long you were LIVE and the diamonds it brought: what an hour earns follows from it."
                  : "Sessions appear here once they are logged."}
              </EmptyState>
            }
            columns={[
              {
                key: "day",
                header: "Day",
                lead: true,
                cell: ({ id, day }) => (
                  <Link href={paths.live(creator.id, id) as Route} className="link">
                    {dayName(day, locale)}
                  </Link>
                ),
              },
              {
                key: "channel",
                header: "Channel",
                cell: ({ channelName: name, platform }) => channelName({ name, platform }),
              },
              { key: "hours", header: "Hours", numeric: true, cell: ({ seconds }) => clockText(seconds) },
              { key: "units", header: "Diamonds", numeric: true, cell: ({ units }) => count(units, locale) },
              {
                key: "viewers",
                header: "Viewers",
                numeric: true,
                cell: ({ viewers }) => count(viewers, locale),
              },
              { key: "note", header: "Note", phone: "hidden", cell: ({ note }) => note },
            ]}
          />
          {total > 0 && (
            <Pagination
              page={page}
              pageSize={PAGE_SIZE}
              total={total}
              href={(page) => listHref(paths.lives(creator.id), asked, { page })}
              label={rangeLabel(page, PAGE_SIZE, rows.length, `${count(total, locale)} sessions`, locale)}
            />
          )}
        </Card>
      </div>
    </>
  );
}

function onlyOf(options: readonly { value: string }[]): string {
  return options.length === 1 ? (options[0]?.value ?? "") : "";
}
