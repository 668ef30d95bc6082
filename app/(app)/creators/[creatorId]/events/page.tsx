import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Table } from "@/components/ui/table";
import * as events from "@/db/events";
import { count, dayName } from "@/lib/format";
import { listHref, pageParam, type SearchParams } from "@/lib/list-query";
import {
  EVENT_EFFECT_LABEL,
  EVENT_EFFECTS,
  EVENT_KIND_LABEL,
  EVENT_KINDS,
  PLATFORM_LABEL,
  PLATFORMS,
  STREAM_LABEL,
  STREAMS,
} from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { openCreator } from "../open-creator";
import { labelled } from "../options";
import { rangeLabel } from "../range-label";
import { Removal } from "../removal";
import { ViewerNotice } from "../viewer-notice";
import { removeEvent, undoEvent } from "./actions";
import { EventForm } from "./event-form";

export const metadata: Metadata = { title: "Events" };

const PAGE_SIZE = 50;
/** Ties the rows' buttons to their form. */
const REMOVAL = "event-removal";

type EventsPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

export default async function EventsPage({ params, searchParams }: EventsPageProps) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Events",
  );
  if (notShared) return notShared;
  const asked = await searchParams;
  const page = pageParam(asked);
  const { rows, total } = await events.list(viewer, creator.id, { page, size: PAGE_SIZE });
  return (
    <>
      <PageHeader
        title="Events"
        note="What happened that figures alone do not tell. Charts mark it; where you say so, projections trust the months before it less."
        crumbs={[{ href: paths.projectionsNow(creator.id), label: "Projections" }]}
      />
      <div className="grid gap-6">
        {mayWrite ? (
          <Card title="Log an event">
            <EventForm
              creatorId={creator.id}
              initialId={randomUUID()}
              today={creator.today}
              choices={{
                kinds: labelled(EVENT_KINDS, EVENT_KIND_LABEL),
                streams: labelled(STREAMS, STREAM_LABEL),
                platforms: labelled(PLATFORMS, PLATFORM_LABEL),
                effects: labelled(EVENT_EFFECTS, EVENT_EFFECT_LABEL),
              }}
            />
          </Card>
        ) : (
          <ViewerNotice shared={shared} />
        )}
        <Card flush>
          {mayWrite && (
            <Removal
              id={REMOVAL}
              creatorId={creator.id}
              initialId={randomUUID()}
              remove={removeEvent}
              undo={undoEvent}
            />
          )}
          <Table
            caption="Events"
            rows={rows}
            rowKey={({ id }) => id}
            empty={
              <EmptyState title="No event yet">
                {mayWrite
                  ? "A platform has changed its rules, or you have joined a programme? Log it: later you will know why the line bends there."
                  : "Events appear here once they are logged."}
              </EmptyState>
            }
            columns={[
              {
                key: "label",
                header: "What happened",
                lead: true,
                cell: ({ label }) => <span className="wrap-anywhere">{label}</span>,
              },
              {
                key: "day",
                header: "From",
                className: "figures",
                cell: ({ day }) => dayName(day, locale),
              },
              { key: "kind", header: "Kind", cell: ({ kind }) => EVENT_KIND_LABEL[kind] },
              { key: "scope", header: "Concerns", cell: scopeOf },
              {
                key: "effect",
                header: "In projections",
                cell: ({ effect }) => EVENT_EFFECT_LABEL[effect],
              },
              ...(mayWrite
                ? [
                    {
                      key: "remove",
                      header: "Remove",
                      hideHeader: true,
                      phone: "bare" as const,
                      cell: ({ id, label }: events.Event) => (
                        <Button
                          type="submit"
                          form={REMOVAL}
                          name="entryId"
                          value={id}
                          aria-label={`Remove ${label}`}
                          variant="quiet"
                          size="sm"
                        >
                          Remove
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          {total > 0 && (
            <Pagination
              page={page}
              pageSize={PAGE_SIZE}
              total={total}
              href={(page) => listHref(paths.events(creator.id), asked, { page })}
              label={rangeLabel(page, PAGE_SIZE, rows.length, `${count(total, locale)} events`, locale)}
            />
          )}
        </Card>
        <p className="text-sm text-muted">
          Projections that were frozen before an event was logged stay as they are.
        </p>
      </div>
    </>
  );
}

function scopeOf({ stream, platform }: events.Event): string {
  const parts = [stream && STREAM_LABEL[stream], platform && PLATFORM_LABEL[platform]].filter(Boolean);
  return parts.length === 0 ? "Everything" : parts.join(", ");
}
