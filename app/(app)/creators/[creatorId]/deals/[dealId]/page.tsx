import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import * as deals from "@/db/deals";
import { dayName, money } from "@/lib/format";
import { isId } from "@/lib/input";
import { DEAL_STATE_LABEL } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { Facts } from "../../facts";
import { type HistoryItem, HistoryList } from "../../history-list";
import { openCreator, orNotFound } from "../../open-creator";
import { peopleOf } from "../../people";
import { ChangeButtons } from "../../saved";
import { ViewerNotice } from "../../viewer-notice";
import { removeDeal, undoDeal } from "../actions";
import { changeDefaults, loadChoices } from "../deal-choices";
import { DealForm } from "../deal-form";
import { channelOf, DealBadge } from "../deal-table";

export const metadata: Metadata = { title: "Deal" };

type DealPageProps = { params: Promise<{ creatorId: string; dealId: string }> };

/** One deal by the id of any row of its chain: a change leaves the address valid. */
export default async function DealPage({ params }: DealPageProps) {
  const { creatorId, dealId } = await params;
  const { viewer, creator, locale, mayWrite } = await openCreator(creatorId);
  if (!isId(dealId)) notFound();
  const rows = await orNotFound(deals.history(viewer, creator.id, dealId));
  const newest = rows.at(-1) ?? notFound();
  const shown = (newest.isVoid && rows.at(-2)) || newest;
  const [nameOf, choices] = await Promise.all([
    peopleOf(viewer, creator.id),
    mayWrite ? loadChoices(viewer, creator, newest) : null,
  ]);

  return (
    <>
      <PageHeader
        title={`${shown.brand}, ${money(shown.feeMinor, shown.currency, locale)}`}
        note={<DealBadge state={shown.state} />}
        crumbs={[{ href: paths.deals(creator.id), label: "Deals" }]}
        actions={
          mayWrite && (
            <ChangeButtons
              creatorId={creator.id}
              entryId={newest.id}
              isVoid={newest.isVoid}
              isChanged={newest.replaces !== null}
              remove={removeDeal}
              undo={undoDeal}
              newIds={[randomUUID(), randomUUID()]}
            />
          )
        }
      />
      <div className="grid gap-6">
        {!mayWrite && <ViewerNotice />}
        {newest.isVoid && (
          <Notice tone="warn" title="This deal was taken back.">
            It is booked no more. What it said stays here, and can be restored.
          </Notice>
        )}
        {choices && !newest.isVoid && (
          <Card title="What has become of it?">
            <DealForm
              creatorId={creator.id}
              initialId={randomUUID()}
              defaults={changeDefaults(newest)}
              choices={choices}
              replaces={newest.id}
            />
          </Card>
        )}
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Card title="What it says">
            <Facts facts={factsOf(shown, locale)} />
          </Card>
          <Card title="History">
            <HistoryList items={historyOf(rows, nameOf, locale)} locale={locale} zone={creator.timeZone} />
          </Card>
        </div>
      </div>
    </>
  );
}

/** All of it is text, so that two versions can be compared by it. */
function factsOf(deal: deals.Deal, locale: string) {
  const { brand, feeMinor, currency, state, expectedOn, note } = deal;
  return [
    ["Brand", brand],
    ["Fee", money(feeMinor, currency, locale)],
    ["Currency", currency],
    ["State", DEAL_STATE_LABEL[state]],
    ["Expected", dayName(expectedOn, locale)],
    ["Channel", channelOf(deal)],
    ["Note", note || "–"],
  ] as const;
}

function historyOf(
  rows: readonly (deals.Deal & { isVoid: boolean })[],
  nameOf: (userId: string) => string,
  locale: string,
): HistoryItem[] {
  return rows
    .map((deal, index) => {
      const before = rows[index - 1];
      const wasThere = before && !before.isVoid;
      return {
        id: deal.id,
        at: deal.recordedAt,
        who: nameOf(deal.recordedBy),
        what: deal.isVoid ? "Taken back" : wasThere ? "Changed" : before ? "Restored" : "Recorded",
        changes: wasThere && !deal.isVoid ? changesOf(before, deal, locale) : [],
      };
    })
    .reverse();
}

function changesOf(before: deals.Deal, after: deals.Deal, locale: string): HistoryItem["changes"] {
  const old = factsOf(before, locale);
  return factsOf(after, locale).flatMap(([name, value], index) => {
    const was = old[index]?.[1];
    return was === value ? [] : [{ name, before: was, after: value }];
  });
}
