import type { Metadata } from "next";
import { MonthPicker } from "@/components/month-picker";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Segments } from "@/components/ui/tabs";
import * as projections from "@/db/projections";
import { instant, money, monthName } from "@/lib/format";
import { listHref, openHref, type SearchParams, textParam } from "@/lib/list-query";
import { outlookOf } from "@/lib/model/histories";
import { addMonths, isMonth, type Month, monthOf } from "@/lib/model/month";
import { paths } from "@/lib/paths";
import { getStanding } from "@/lib/server/creator";
import { readLedgerAhead } from "@/lib/server/ledger";
import { sharedTogether } from "@/lib/shared-words";
import { NotesOn } from "../notes-on";
import { openCreator } from "../open-creator";
import { choiceOf, readOverview } from "../overview-data";
import { ORIGIN_LABEL } from "../overview-look";
import { ProjectionCard } from "./projection-card";
import { ProjectionTabs } from "./projection-tabs";

export const metadata: Metadata = { title: "Projections" };

type ProjectionsPageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

/** The projections of one month, each with why it is what it is. */
export default async function ProjectionsPage({ params, searchParams }: ProjectionsPageProps) {
  const { viewer, creator, locale, shared, notShared } = await openCreator(
    (await params).creatorId,
    "figures",
    "Projections",
  );
  if (notShared) return notShared;
  const asked = await searchParams;
  const month = monthParam(asked) ?? monthOf(creator.today);
  const ahead = textParam(asked, "horizon");
  const horizon = projections.HORIZONS.find((each) => String(each) === ahead) ?? 1;
  const kept = await projections.list(viewer, creator.id, { from: month, to: month, horizon });
  const together = sharedTogether(shared);
  const total = kept.find(({ stream }) => stream === null);
  const href = (change: Readonly<Record<string, string | null>>) =>
    listHref(paths.projectionsNow(creator.id), { ...asked, month }, change);

  return (
    <>
      <PageHeader
        title="Projections"
        note={`What was projected for ${monthName(month, locale)}, stream by stream`}
        actions={
          <>
            <MonthPicker
              month={month}
              first={addMonths(month, -12)}
              last={addMonths(month, 12)}
              path={openHref(paths.projectionsNow(creator.id), asked, "month")}
              locale={locale}
              align="start"
            />
            <Segments
              label="How far ahead it was made"
              tabs={projections.HORIZONS.map((each) => ({
                href: href({ horizon: each === 1 ? null : String(each) }),
                label:
                  each === 1 ? "At its start" : each === 2 ? "1 month ahead" : `${each - 1} months ahead`,
                current: horizon === each,
              }))}
            />
            {!together && (
              <ButtonLink href={paths.events(creator.id)} size="sm" variant="quiet">
                Events
              </ButtonLink>
            )}
          </>
        }
      />
      <ProjectionTabs creatorId={creator.id} current="months" />
      <div className="grid gap-4">
        {together && (
          <Notice title={`${together} only`}>
            {creator.name} shares these streams with you; the projection of all streams is not shown.
          </Notice>
        )}
        {kept.length > 0 ? (
          <>
            {total && (
              <Card
                title={`All streams: ${money(total.medianMinor, total.currency, locale)}`}
                note={`80% band ${money(total.bands[80].lo, total.currency, locale)} to ${money(total.bands[80].hi, total.currency, locale)}`}
                actions={total.isLate && <Badge tone="warn">Made late</Badge>}
              >
                <p className="text-sm text-muted">
                  Made {instant(total.madeAt, locale, creator.timeZone)} from what was recorded before{" "}
                  {instant(total.asOf, locale, creator.timeZone)}. It is never changed.
                </p>
              </Card>
            )}
            {kept.map(
              ({ id, projection, platform, rate }) =>
                projection && (
                  <ProjectionCard
                    key={id}
                    creatorId={creator.id}
                    projection={projection}
                    platform={platform}
                    rate={rate}
                    reporting={creator.currency}
                    locale={locale}
                  />
                ),
            )}
          </>
        ) : (
          <Reconstructed
            viewer={viewer}
            creatorId={creator.id}
            month={month}
            locale={locale}
            horizon={horizon}
          />
        )}
        <NotesOn viewer={viewer} creator={creator} locale={locale} of={{ about: "month", subject: month }} />
      </div>
    </>
  );
}

type ReconstructedProps = {
  viewer: Parameters<typeof readOverview>[0];
  creatorId: string;
  month: Month;
  locale: string;
  horizon: number;
};

/** For months before somebody joined: what the same model would have said, and that nobody had said it then. */
async function Reconstructed({ viewer, creatorId, month, locale, horizon }: ReconstructedProps) {
  const now = await getStanding(creatorId);
  const { currency: reporting } = now.creator;
  const page = await readOverview(viewer, now, choiceOf({ month }), locale);
  const expected = page && horizon === 1 && page.window.month === month ? page.overview.expected : [];
  if (expected.length === 0 && horizon === 1 && month > monthOf(now.today))
    return <Outlook viewer={viewer} creatorId={creatorId} month={month} locale={locale} />;
  if (expected.length === 0) return <NoProjection creatorId={creatorId} />;
  return (
    <>
      <Notice title={`These projections are ${ORIGIN_LABEL.reconstructed}`}>
        None was frozen for this month. This is what the model says when it replays the history up to the
        month before; its score is kept apart.
      </Notice>
      {expected.map(({ id, platform, projection, rate }) => (
        <ProjectionCard
          key={id}
          creatorId={creatorId}
          projection={projection}
          platform={platform}
          rate={projection.key.currency === reporting ? null : rate}
          reporting={reporting}
          locale={locale}
        />
      ))}
    </>
  );
}

/** What the model says now of a month that has not begun: its projection may still become another one. */
async function Outlook({ viewer, creatorId, month, locale }: Omit<ReconstructedProps, "horizon">) {
  const now = await getStanding(creatorId);
  const expected = outlookOf(await readLedgerAhead(viewer, now), monthOf(now.today), month);
  if (expected.length === 0) return <NoProjection creatorId={creatorId} />;
  return (
    <>
      <Notice title={`${monthName(month, locale)} has not begun`}>
        This is what the model says today, with the deals that are booked by now. Its projection is frozen
        when the month begins, from what is logged by then.
      </Notice>
      {expected.map(({ stream, projection }) => (
        <ProjectionCard
          key={stream.id}
          creatorId={creatorId}
          projection={projection}
          platform={stream.platform}
          rate={null}
          reporting={projection.key.currency}
          locale={locale}
        />
      ))}
    </>
  );
}

function NoProjection({ creatorId }: { creatorId: string }) {
  return (
    <EmptyState
      title="No projection for this month"
      actions={<ButtonLink href={paths.explorer(creatorId)}>Try it in the explorer</ButtonLink>}
    >
      A month's projections are frozen when it begins, from the payouts, views and deals logged before. For
      this one nothing was logged in time, or it is too far ahead. The explorer shows what a benchmark would
      say.
    </EmptyState>
  );
}

function monthParam(params: SearchParams): Month | null {
  const text = textParam(params, "month");
  return text && isMonth(text) ? text : null;
}
