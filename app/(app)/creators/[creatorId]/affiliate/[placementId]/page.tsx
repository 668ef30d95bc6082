import { randomUUID } from "node:crypto";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Missing, Money } from "@/components/money";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Table } from "@/components/ui/table";
import * as placements from "@/db/placements";
import { count, dayName, dayRange } from "@/lib/format";
import { isId } from "@/lib/input";
import { addMonths, monthOf } from "@/lib/model/month";
import { ENTRY_KIND_LABEL, STATE_LABEL, STATES } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { Facts } from "../../facts";
import { Fold } from "../../fold";
import { type HistoryItem, HistoryList } from "../../history-list";
import { noteWords } from "../../note-words";
import { openCreator, orNotFound } from "../../open-creator";
import { currencyChoices, labelled, percentText } from "../../options";
import { peopleOf } from "../../people";
import { ChangeButtons } from "../../saved";
import { ViewerNotice } from "../../viewer-notice";
import { removePlacement, undoPlacement } from "../actions";
import { CommissionForm } from "../commission-form";
import { correctionDefaults, loadChoices } from "../placement-choices";
import { PlacementForm } from "../placement-form";
import { placeOf } from "../placement-table";

export const metadata: Metadata = { title: "Placement" };

type PlacementPageProps = { params: Promise<{ creatorId: string; placementId: string }> };

/** One placement by the id of any row of its chain: a correction leaves the address valid. */
export default async function PlacementPage({ params }: PlacementPageProps) {
  const { creatorId, placementId } = await params;
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    creatorId,
    "all",
    "Affiliate",
  );
  if (notShared) return notShared;
  if (!isId(placementId)) notFound();
  const rows = await orNotFound(placements.history(viewer, creator.id, placementId));
  const newest = rows.at(-1) ?? notFound();
  const shown = (newest.isVoid && rows.at(-2)) || newest;
  const [nameOf, commissions, choices] = await Promise.all([
    peopleOf(viewer, creator.id, shared),
    placements.listCommissions(viewer, creator.id, newest.chainId),
    mayWrite ? loadChoices(viewer, creator, newest) : null,
  ]);
  const currency = commissions.at(-1)?.currency ?? creator.currency;

  return (
    <>
      <PageHeader
        title={shown.merchant}
        note={shown.label || placeOf(shown)}
        crumbs={[{ href: paths.affiliate(creator.id), label: "Affiliate" }]}
        actions={
          mayWrite && (
            <ChangeButtons
              creatorId={creator.id}
              entryId={newest.id}
              isVoid={newest.isVoid}
              isChanged={newest.replaces !== null}
              remove={removePlacement}
              undo={undoPlacement}
              newIds={[randomUUID(), randomUUID()]}
            />
          )
        }
      />
      <div className="grid gap-6">
        {!mayWrite && <ViewerNotice shared={shared} />}
        {newest.isVoid && (
          <Notice tone="warn" title="This placement was taken back.">
            Its payouts stay and count as before. What it said stays here, and can be restored.
          </Notice>
        )}
        {mayWrite && !newest.isVoid && (
          <Card title="Log what it earned" note="It becomes a payout of the stream Affiliate.">
            <CommissionForm
              creatorId={creator.id}
              placementId={newest.chainId}
              initialId={randomUUID()}
              defaults={{
                currency,
                month: addMonths(monthOf(creator.today), -1),
                rate: percentText(newest.ratePpm),
              }}
              currencies={currencyChoices(currency, creator.currency)}
              states={labelled(STATES, STATE_LABEL)}
            />
          </Card>
        )}
        {commissions.length > 0 && (
          <Card title="What it earned" flush>
            <Commissions creatorId={creator.id} commissions={commissions} locale={locale} />
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
        {choices && !newest.isVoid && (
          <Card>
            <Fold label="Correct this placement">
              <PlacementForm
                creatorId={creator.id}
                initialId={randomUUID()}
                defaults={correctionDefaults(newest)}
                choices={choices}
                replaces={newest.id}
              />
            </Fold>
          </Card>
        )}
      </div>
    </>
  );
}

type CommissionsProps = {
  creatorId: string;
  commissions: readonly placements.PlacedCommission[];
  locale: string;
};

function Commissions({ creatorId, commissions, locale }: CommissionsProps) {
  const amount = (minor: bigint | null, { currency }: placements.PlacedCommission) => (
    <Money minor={minor} currency={currency} locale={locale} />
  );
  const number = (value: number | null) => (value === null ? <Missing /> : count(value, locale));
  return (
    <Table
      caption="Commissions"
      rows={commissions}
      rowKey={({ payoutId }) => payoutId}
      columns={[
        {
          key: "period",
          header: "Earned",
          lead: true,
          cell: ({ fromDay, toDay, payoutChainId }) => (
            <Link href={paths.payout(creatorId, payoutChainId) as Route} className="link">
              {dayRange(fromDay, toDay, locale)}
            </Link>
          ),
        },
        { key: "kind", header: "Kind", cell: ({ kind }) => ENTRY_KIND_LABEL[kind] },
        { key: "clicks", header: "Clicks", numeric: true, cell: ({ clicks }) => number(clicks) },
        { key: "orders", header: "Orders", numeric: true, cell: ({ orders }) => number(orders) },
        { key: "value", header: "Order value", numeric: true, cell: (row) => amount(row.valueMinor, row) },
        { key: "refunded", header: "Refunded", numeric: true, cell: (row) => amount(row.refundedMinor, row) },
        { key: "commission", header: "Commission", numeric: true, cell: (row) => amount(row.minor, row) },
      ]}
    />
  );
}

/** All of it is text, so that two versions can be compared by it. */
function factsOf(placement: placements.Placement, locale: string) {
  const { merchant, label, ratePpm, fromDay, toDay, note } = placement;
  return [
    ["Merchant", merchant],
    ["What and where", label || "–"],
    ["Place", placeOf(placement)],
    ["Offered rate", ratePpm === null ? "–" : `${percentText(ratePpm)} %`],
    ["From", dayName(fromDay, locale)],
    ["To", toDay ? dayName(toDay, locale) : "still running"],
    ["Note", noteWords(note)],
  ] as const;
}

function historyOf(
  rows: readonly (placements.Placement & { isVoid: boolean })[],
  nameOf: (userId: string) => string,
  locale: string,
): HistoryItem[] {
  return rows
    .map((placement, index) => {
      const before = rows[index - 1];
      const wasThere = before && !before.isVoid;
      return {
        id: placement.id,
        at: placement.recordedAt,
        who: nameOf(placement.recordedBy),
        what: placement.isVoid ? "Taken back" : wasThere ? "Changed" : before ? "Restored" : "Recorded",
        changes: wasThere && !placement.isVoid ? changesOf(before, placement, locale) : [],
      };
    })
    .reverse();
}

function changesOf(
  before: placements.Placement,
  after: placements.Placement,
  locale: string,
): HistoryItem["changes"] {
  const old = factsOf(before, locale);
  return factsOf(after, locale).flatMap(([name, value], index) => {
    const was = old[index]?.[1];
    return was === value || was === undefined ? [] : [{ name, before: was, after: value }];
  });
}
