import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import * as deals from "@/db/deals";
import * as payouts from "@/db/payouts";
import * as rules from "@/db/rules";
import { count, dayName, money } from "@/lib/format";
import { isId } from "@/lib/input";
import { type DealMoney, daysLate, type Extra, type Promised } from "@/lib/model/deal";
import { LETTERHEAD, readLetterhead } from "@/lib/model/letterhead";
import { type Currency, decimalOf } from "@/lib/model/money";
import { addDays } from "@/lib/model/month";
import { RIGHT } from "@/lib/model/sponsorship-rates";
import { DEAL_STATE_LABEL } from "@/lib/model/words";
import { paths } from "@/lib/paths";
import { Facts } from "../../facts";
import { Fold } from "../../fold";
import { type HistoryItem, HistoryList } from "../../history-list";
import { noteWords } from "../../note-words";
import { NotesOn } from "../../notes-on";
import { openCreator, orNotFound } from "../../open-creator";
import { percentText } from "../../options";
import { peopleOf } from "../../people";
import { ChangeButtons } from "../../saved";
import { ViewerNotice } from "../../viewer-notice";
import { removeDeal, undoDeal } from "../actions";
import { DealPayouts, DeliveredCard, FeePartsCard } from "../deal-cards";
import { changeDefaults, loadChoices } from "../deal-choices";
import { DealForm } from "../deal-form";
import { channelOf, DealBadge } from "../deal-table";
import { loadDelivered } from "../delivered-data";
import { LetterheadForm } from "../letterhead-form";
import { PaymentForm } from "../payment-form";
import { nextWords, StepButton } from "../pipeline";
import { pipelineDealOf } from "../pipeline-data";
import { StepOutcome } from "../step-button";

export const metadata: Metadata = { title: "Deal" };

type DealPageProps = { params: Promise<{ creatorId: string; dealId: string }> };

/** One deal by the id of any row of its chain: a change leaves the address valid. */
export default async function DealPage({ params }: DealPageProps) {
  const { creatorId, dealId } = await params;
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    creatorId,
    "all",
    "Deal",
  );
  if (notShared) return notShared;
  if (!isId(dealId)) notFound();
  const rows = await orNotFound(deals.history(viewer, creator.id, dealId));
  const newest = rows.at(-1) ?? notFound();
  const shown = (newest.isVoid && rows.at(-2)) || newest;
  const [nameOf, choices, named, delivered, [rule]] = await Promise.all([
    peopleOf(viewer, creator.id, shared),
    mayWrite ? loadChoices(viewer, creator, locale, newest) : null,
    payouts.list(viewer, creator.id, { filter: { dealId: newest.chainId, kind: "earning" } }),
    loadDelivered(viewer, creator.id, shown, creator.today),
    rules.standingOn(viewer, creator.id, creator.today, LETTERHEAD),
  ]);
  const { money: paid, standing, next } = pipelineDealOf(shown, named.rows, creator.today);
  const { currency } = shown;
  const isOpen = !newest.isVoid && shown.state !== "lost" && shown.state !== "pitched" && paid.openMinor > 0n;

  return (
    <>
      <PageHeader
        title={`${shown.brand}, ${money(shown.feeMinor, currency, locale)}`}
        note={
          <span className="flex flex-wrap items-center gap-x-2">
            <DealBadge standing={standing} />
            {next && !newest.isVoid && nextWords(next, daysLate(shown, creator.today), locale)}
          </span>
        }
        crumbs={[{ href: paths.deals(creator.id), label: "Deals" }]}
        actions={
          mayWrite && (
            <>
              <StepOutcome creatorId={creator.id}>
                {!newest.isVoid && (
                  <StepButton creatorId={creator.id} deal={newest} isCovered={paid.isCovered} />
                )}
              </StepOutcome>
              <ChangeButtons
                creatorId={creator.id}
                entryId={newest.id}
                isVoid={newest.isVoid}
                isChanged={newest.replaces !== null}
                remove={removeDeal}
                undo={undoDeal}
                newIds={[randomUUID(), randomUUID()]}
              />
            </>
          )
        }
      />
      <div className="grid gap-6">
        {!mayWrite && <ViewerNotice shared={shared} />}
        {newest.isVoid && (
          <Notice tone="warn" title="This deal was taken back.">
            It is booked no more. What it said stays here, and can be restored.
          </Notice>
        )}
        <DeliveredCard creatorId={creator.id} deal={shown} delivered={delivered} locale={locale} />
        <FeePartsCard deal={shown} locale={locale} />
        <div id="payment" className="grid items-start gap-6 lg:grid-cols-2">
          <Card title="Money" note={moneyWords(paid, currency, locale)}>
            <div className="grid gap-5">
              <DealPayouts creatorId={creator.id} payouts={named.rows} locale={locale} />
              {mayWrite && (
                <PaymentForm
                  creatorId={creator.id}
                  entryId={newest.id}
                  initialId={randomUUID()}
                  isOpen={isOpen}
                  amount={decimalOf(paid.openMinor, currency)}
                  currency={currency}
                  receivedOn={creator.today}
                />
              )}
            </div>
          </Card>
          <Card title="Invoice" note={invoiceWords(shown, locale)}>
            <div className="grid gap-5">
              <div className="flex flex-wrap gap-2">
                <ButtonLink href={paths.dealInvoice(creator.id, newest.id)} download>
                  PDF, A4
                </ButtonLink>
                <ButtonLink href={`${paths.dealInvoice(creator.id, newest.id)}?paper=letter`} download>
                  PDF, Letter
                </ButtonLink>
              </div>
              {mayWrite && (
                <Fold label="Letterhead">
                  <LetterheadForm
                    creatorId={creator.id}
                    initialId={randomUUID()}
                    head={readLetterhead(rule?.body)}
                    creatorName={creator.name}
                  />
                </Fold>
              )}
            </div>
          </Card>
        </div>
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
        <NotesOn
          viewer={viewer}
          creator={creator}
          locale={locale}
          of={{ about: "deal", subject: newest.chainId }}
        />
      </div>
    </>
  );
}

function moneyWords({ payouts: logged, openMinor }: DealMoney, currency: Currency, locale: string): string {
  if (openMinor === 0n) return "All of the fee has arrived.";
  const open = money(openMinor, currency, locale);
  return logged === 0 ? `Nothing has arrived yet: ${open} is open.` : `${open} of the fee is open.`;
}

function invoiceWords({ invoiceNumber, invoicedOn, termsDays }: deals.Deal, locale: string): string {
  if (!invoiceNumber) return "It has no number yet: the PDF is a draft until it is invoiced.";
  const due =
    invoicedOn && termsDays !== null ? `, due ${dayName(addDays(invoicedOn, termsDays), locale)}` : "";
  return `${invoiceNumber}${invoicedOn ? ` of ${dayName(invoicedOn, locale)}` : ""}${due}`;
}

/** All of it is text, so that two versions can be compared by it. */
function factsOf(deal: deals.Deal, locale: string) {
  const { brand, feeMinor, currency, state, expectedOn, note, extras, deliverables } = deal;
  const { promisedViews, commissionPpm, invoiceNumber, invoicedOn, termsDays, billTo } = deal;
  return [
    ["Brand", brand],
    ["Fee", money(feeMinor, currency, locale)],
    ["Currency", currency],
    ["State", DEAL_STATE_LABEL[state]],
    ["Expected", dayName(expectedOn, locale)],
    ["Channel", channelOf(deal)],
    ["Parts", extras.map((extra) => partText(extra, currency, locale)).join("\n") || "–"],
    ["Deliverables", deliverables.map((item) => itemText(item, locale)).join("\n") || "–"],
    ["Promised views", count(promisedViews, locale)],
    ["Commission", commissionPpm === null ? "–" : `${percentText(commissionPpm)} %`],
    ["Invoice", invoiceNumber || "–"],
    ["Invoiced on", dayName(invoicedOn, locale)],
    ["Terms", termsDays === null ? "–" : `${count(termsDays, locale)} days`],
    ["Bill to", billTo || "–"],
    ["Note", noteWords(note)],
  ] as const;
}

function partText({ what, minor, days }: Extra, currency: Currency, locale: string): string {
  const length = days === null ? "" : `, ${count(days, locale)} days`;
  return `${RIGHT[what].label}: ${money(minor, currency, locale)}${length}`;
}

function itemText({ what, dueOn, deliveredOn }: Promised, locale: string): string {
  const due = dueOn ? `, due ${dayName(dueOn, locale)}` : "";
  return `${what}${due}${deliveredOn ? `, delivered ${dayName(deliveredOn, locale)}` : ""}`;
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
