import { randomUUID } from "node:crypto";
import { BadgeCheck } from "lucide";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { Button, ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Table } from "@/components/ui/table";
import * as facts from "@/db/facts";
import * as rules from "@/db/rules";
import { count, dayName } from "@/lib/format";
import { metersOf } from "@/lib/model/eligibility-meter";
import {
  ACCOUNT_TYPE_LABEL,
  ACCOUNT_TYPES,
  type AccountType,
  MEASURE_LABEL,
  MEASURES,
  PROGRAMMES,
  programmesWith,
} from "@/lib/model/eligibility-programmes";
import { NO_PAY_LABEL, whyNoPay } from "@/lib/model/eligibility-videos";
import { PLATFORM_LABEL } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { openCreator } from "../open-creator";
import { channelName, labelled } from "../options";
import { Removal } from "../removal";
import { ViewerNotice } from "../viewer-notice";
import { removeFact, removeProgramme, undoFact, undoProgramme } from "./actions";
import { FactForm, ProgrammeForm } from "./eligibility-forms";
import { MeterCard } from "./meter-card";

export const metadata: Metadata = { title: "Eligibility" };

/** Tie the rows' buttons to their forms. */
const RULE_REMOVAL = "programme-removal";
const FACT_REMOVAL = "fact-removal";
const VIDEOS_SHOWN = 50;

export default async function EligibilityPage({ params }: { params: Promise<{ creatorId: string }> }) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Eligibility",
  );
  if (notShared) return notShared;
  const [known, own, told, videos] = await Promise.all([
    facts.records(viewer, creator.id),
    rules.list(viewer, creator.id, { filter: { kind: "programme" }, size: 200 }),
    facts.list(viewer, creator.id),
    facts.videoRecords(viewer, creator.id),
  ]);
  const { today } = creator;
  const programmes = programmesWith(known.written);
  const meters = known.channels.flatMap((channel) =>
    metersOf(channel, { today, programmes, told: known.told }),
  );
  const without = known.channels.filter(({ channelId }) =>
    meters.every((meter) => meter.channelId !== channelId),
  );
  const unpaid = videos
    .map((video) => ({
      ...video,
      reasons: whyNoPay(video, { programmes, told: known.told, joinedOn: video.joinedOn, today }),
    }))
    .filter(({ reasons }) => reasons.length > 0);
  const later = own.rows.filter(({ fromDay }) => fromDay > today);
  const ownOf = (id: string, from: string | null) =>
    own.rows.find((rule) => rule.subject === id && rule.fromDay === from) ?? null;
  const name = (id: string) => PROGRAMMES.find((each) => each.id === id)?.name ?? id;
  return (
    <>
      <PageHeader
        title="Eligibility"
        note="What each programme asks for, how far your channels are, and when they may get there."
      />
      {mayWrite && (
        <>
          <Removal
            id={RULE_REMOVAL}
            creatorId={creator.id}
            initialId={randomUUID()}
            remove={removeProgramme}
            undo={undoProgramme}
          />
          <Removal
            id={FACT_REMOVAL}
            creatorId={creator.id}
            initialId={randomUUID()}
            remove={removeFact}
            undo={undoFact}
          />
        </>
      )}
      <div className="grid gap-6">
        {!mayWrite && <ViewerNotice shared={shared} />}
        {known.channels.length === 0 && (
          <EmptyState
            title="No channel yet"
            icon={<Icon of={BadgeCheck} />}
            actions={
              mayWrite && (
                <ButtonLink href={paths.newChannel(creator.id)} variant="primary">
                  Add the first channel
                </ButtonLink>
              )
            }
          >
            With a channel and its followers you see here what is missing for each programme.
          </EmptyState>
        )}
        {meters.map((meter) => {
          const rule = ownOf(meter.programme.id, meter.programme.from);
          return (
            <MeterCard
              key={`${meter.channelId} ${meter.programme.id}`}
              meter={meter}
              locale={locale}
              own={mayWrite && rule ? { form: RULE_REMOVAL, ruleId: rule.id } : null}
            />
          );
        })}
        {without.length > 0 && (
          <p className="text-sm text-muted">
            No programme with known numbers:{" "}
            {without.map(({ name, platform }) => `${name}, ${PLATFORM_LABEL[platform]}`).join("; ")}.
          </p>
        )}
        {later.length > 0 && (
          <Card title="Rules to come" note="They change nothing before their day.">
            <ul className="grid gap-2 text-sm">
              {later.map(({ id, subject, fromDay, source }) => (
                <li key={id} className="flex flex-wrap items-center justify-between gap-2">
                  <span className="wrap-anywhere">
                    {name(subject)}, from {dayName(fromDay, locale)}{" "}
                    <span className="text-muted">({source})</span>
                  </span>
                  {mayWrite && (
                    <Button
                      type="submit"
                      form={RULE_REMOVAL}
                      name="entryId"
                      value={id}
                      size="sm"
                      variant="quiet"
                      aria-label={`Remove your rule of ${name(subject)} from ${dayName(fromDay, locale)}`}
                    >
                      Remove
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          </Card>
        )}
        {unpaid.length > 0 && (
          <Card
            title="Videos that earn nothing"
            note="Only what your data say; a platform may have reasons of its own."
            flush
          >
            <Table
              caption="Videos that earn nothing"
              rows={unpaid.slice(0, VIDEOS_SHOWN)}
              rowKey={({ videoId }) => videoId}
              columns={[
                {
                  key: "title",
                  header: "Video",
                  lead: true,
                  cell: ({ videoId, title }) => (
                    <Link
                      href={paths.video(creator.id, videoId) as Route}
                      prefetch={false}
                      className="link wrap-anywhere"
                    >
                      {title}
                    </Link>
                  ),
                },
                {
                  key: "day",
                  header: "Posted",
                  className: "figures",
                  cell: ({ publishedOn }) => dayName(publishedOn, locale),
                },
                { key: "views", header: "Views", numeric: true, cell: ({ views }) => count(views, locale) },
                {
                  key: "why",
                  header: "Why",
                  cell: ({ reasons }) => reasons.map((reason) => NO_PAY_LABEL[reason]).join(" "),
                },
              ]}
            />
            {unpaid.length > VIDEOS_SHOWN && (
              <p className="px-5 py-3 text-sm text-muted">
                And {count(unpaid.length - VIDEOS_SHOWN, locale)} more among the newest videos.
              </p>
            )}
          </Card>
        )}
        {mayWrite && (
          <Card title="About you" note="Programmes ask for it. What you leave out is held against nothing.">
            <div className="grid gap-6">
              <FactForm creatorId={creator.id} initialId={randomUUID()} what="country" today={today} />
              <FactForm creatorId={creator.id} initialId={randomUUID()} what="birth_year" today={today} />
              <FactForm
                creatorId={creator.id}
                initialId={randomUUID()}
                what="account_type"
                today={today}
                options={labelled(ACCOUNT_TYPES, ACCOUNT_TYPE_LABEL)}
                channels={known.channels.map((each) => ({ value: each.channelId, label: channelName(each) }))}
              />
              <Told told={told} locale={locale} />
            </div>
          </Card>
        )}
        {mayWrite && (
          <Card
            title="A rule has changed?"
            note="Write it down with its day: it takes the place of the one above from then on, in projections too."
          >
            <ProgrammeForm
              creatorId={creator.id}
              initialId={randomUUID()}
              today={today}
              programmes={[...new Set(PROGRAMMES.map(({ id }) => id))].map((id) => ({
                value: id,
                label: name(id),
              }))}
              accounts={labelled(ACCOUNT_TYPES, ACCOUNT_TYPE_LABEL)}
              measures={labelled(MEASURES, MEASURE_LABEL).map(({ value, label }) => ({
                value,
                label: label.charAt(0).toUpperCase() + label.slice(1),
              }))}
            />
          </Card>
        )}
      </div>
    </>
  );
}

const WHAT: Readonly<Partial<Record<facts.KnownFact["what"], string>>> = {
  country: "Country",
  account_type: "Kind of account",
  birth_year: "Year of birth",
};

function Told({ told, locale }: { told: readonly facts.KnownFact[]; locale: string }) {
  const own = told.filter(({ what }) => WHAT[what] !== undefined);
  if (own.length === 0) return null;
  return (
    <ul aria-label="What is known of you" className="grid gap-2 text-sm">
      {own.map(({ id, what, value, day, channelName: channel }) => {
        const text = what === "account_type" ? ACCOUNT_TYPE_LABEL[value as AccountType] : value;
        return (
          <li key={id} className="flex flex-wrap items-center justify-between gap-2">
            <span>
              {WHAT[what]}: {text}
              <span className="text-muted">
                {channel && `, ${channel}`}
                {what !== "birth_year" && `, since ${dayName(day, locale)}`}
              </span>
            </span>
            <Button
              type="submit"
              form={FACT_REMOVAL}
              name="entryId"
              value={id}
              size="sm"
              variant="quiet"
              aria-label={`Remove ${WHAT[what]} ${text}`}
            >
              Remove
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
