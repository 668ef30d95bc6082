import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import * as representations from "@/db/representations";
import * as tags from "@/db/tags";
import { type SearchParams, textParam } from "@/lib/list-query";
import { monthOf } from "@/lib/model/month";
import { TAG_COLOUR_LABEL, TAG_COLOURS } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { findMissing, type Missing, missingWords, nothingMissing } from "@/lib/server/selection";
import { openAgency } from "../open-agency";
import { Picker } from "./picker";
import { NewTagForm, RemindForm, RemoveTagButton, RequestForm, TagForm } from "./selection-forms";

export const metadata: Metadata = { title: "Remind and tag" };

type SelectionPageProps = { params: Promise<{ agencyId: string }>; searchParams: Promise<SearchParams> };

/** What is done to several creators at once. They come from the roster's checkboxes, from a tag, or from the list here. */
export default async function SelectionPage({ params, searchParams }: SelectionPageProps) {
  const { viewer, agency, locale, isAdmin } = await openAgency((await params).agencyId);
  const query = await searchParams;
  const [roster, known, tagged] = await Promise.all([
    representations.roster(viewer, agency.id),
    tags.list(viewer, agency.id),
    tags.listOfCreators(viewer, agency.id),
  ]);
  const tagIds = new Map<string, Set<string>>();
  for (const { creatorId, tagId } of tagged)
    tagIds.set(creatorId, (tagIds.get(creatorId) ?? new Set()).add(tagId));
  const tagsOf = (creatorId: string) => known.filter(({ id }) => tagIds.get(creatorId)?.has(id));
  const asked = new Set([query.creatorIds].flat());
  const tag = known.find(({ id }) => id === textParam(query, "tag"));
  const isAll = textParam(query, "all") === "yes";
  const chosen = roster.filter(
    ({ creatorId }) =>
      isAll || asked.has(creatorId) || (tag && tagsOf(creatorId).some(({ id }) => id === tag.id)),
  );
  const path = paths.selection(agency.id);
  if (agency.role === "assistant") {
    return (
      <>
        <PageHeader title="Remind and tag" />
        <Notice title="Assistants look only">
          Ask an admin of {agency.name} to make you a manager, to remind and tag creators here.
        </Notice>
      </>
    );
  }
  const of = { agencyId: agency.id, creatorIds: chosen.map(({ creatorId }) => creatorId) };
  const current = monthOf(new Date().toISOString().slice(0, 7));
  return (
    <>
      <PageHeader
        title="Remind and tag"
        note={
          chosen.length === 0
            ? "Choose creators, here or on the roster, then write to them, ask for what is missing, or tag them."
            : `${chosen.length} of ${roster.length} creators chosen.`
        }
        actions={chosen.length > 0 && <ButtonLink href={path}>Choose others</ButtonLink>}
      />
      <div className="grid gap-6">
        {chosen.length === 0 ? (
          <Picker
            path={path}
            askPath={isAdmin ? `/agencies/${agency.id}/representations` : null}
            roster={roster}
            tags={known}
            tagsOf={tagsOf}
          />
        ) : (
          <>
            <Card title="Chosen">
              <ul className="flex flex-wrap gap-x-4 gap-y-2 text-sm">
                {chosen.map(({ creatorId, creatorName }) => (
                  <li key={creatorId} className="flex flex-wrap items-center gap-1.5 wrap-anywhere">
                    {creatorName}
                    {tagsOf(creatorId).map(({ id, name, colour }) => (
                      <Badge key={id} tone={colour}>
                        {name}
                      </Badge>
                    ))}
                  </li>
                ))}
              </ul>
            </Card>
            <div className="grid items-start gap-6 lg:grid-cols-2">
              <Card title="Remind" note="A mail to the owners of each, once a click.">
                <RemindForm
                  {...of}
                  initialId={randomUUID()}
                  text={`Please log last month's payouts and views, so that we can look at them together.`}
                />
              </Card>
              <Card
                title="Ask for missing months"
                note="Months without an entry of a stream that usually pays. Each who misses some gets a task and a mail."
              >
                <RequestForm {...of} initialId={randomUUID()}>
                  <MissingList
                    found={await findMissing(viewer, agency.id, chosen, current)}
                    locale={locale}
                  />
                </RequestForm>
              </Card>
            </div>
            {known.length > 0 && (
              <Card title="Tag">
                <TagForm {...of} tags={known.map(({ id, name }) => ({ value: id, label: name }))} />
              </Card>
            )}
          </>
        )}
        <Card title="Tags" note={`${agency.name}'s own: no creator sees them.`}>
          <div className="grid gap-5">
            {known.length > 0 && (
              <ul className="flex flex-wrap gap-x-4 gap-y-1">
                {known.map((each) => (
                  <li key={each.id} className="flex items-center gap-1">
                    <Badge tone={each.colour}>{each.name}</Badge>
                    <RemoveTagButton agencyId={agency.id} tag={each} />
                  </li>
                ))}
              </ul>
            )}
            <NewTagForm
              agencyId={agency.id}
              initialId={randomUUID()}
              colours={TAG_COLOURS.map((value) => ({ value, label: TAG_COLOUR_LABEL[value] }))}
            />
          </div>
        </Card>
      </div>
    </>
  );
}

function MissingList({ found, locale }: { found: readonly Missing[]; locale: string }) {
  return (
    <ul className="grid gap-1.5 text-sm">
      {found.map(({ creator, missing }) => (
        <li key={creator.creatorId} className="wrap-anywhere">
          <span className="font-medium">{creator.creatorName}:</span>{" "}
          {missing.length === 0 ? (
            <span className="text-muted">{nothingMissing(creator)}</span>
          ) : (
            missingWords(missing, locale)
          )}
        </li>
      ))}
    </ul>
  );
}
