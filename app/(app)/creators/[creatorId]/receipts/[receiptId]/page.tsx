import { randomUUID } from "node:crypto";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { Money } from "@/components/money";
import { Card } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { Table } from "@/components/ui/table";
import * as receipts from "@/db/receipts";
import { dayName, money } from "@/lib/format";
import { isId } from "@/lib/input";
import { paths } from "@/lib/paths";
import { Facts } from "../../facts";
import { Fold } from "../../fold";
import { type HistoryItem, HistoryList } from "../../history-list";
import { noteWords } from "../../note-words";
import { openCreator, orNotFound } from "../../open-creator";
import { currencyChoices } from "../../options";
import { peopleOf } from "../../people";
import { ChangeButtons } from "../../saved";
import { ViewerNotice } from "../../viewer-notice";
import { removeReceipt, undoReceipt } from "../actions";
import { allocationName, correctionDefaults, payablesOf } from "../receipt-choices";
import { ReceiptForm } from "../receipt-form";

export const metadata: Metadata = { title: "Receipt" };

type ReceiptPageProps = { params: Promise<{ creatorId: string; receiptId: string }> };

/** One receipt by the id of any row of its chain: a correction leaves the address valid. */
export default async function ReceiptPage({ params }: ReceiptPageProps) {
  const { creatorId, receiptId } = await params;
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    creatorId,
    "all",
    "Receipt",
  );
  if (notShared) return notShared;
  if (!isId(receiptId)) notFound();
  const rows = await orNotFound(receipts.history(viewer, creator.id, receiptId));
  const newest = rows.at(-1) ?? notFound();
  const shown = (newest.isVoid && rows.at(-2)) || newest;
  const [nameOf, open] = await Promise.all([
    peopleOf(viewer, creator.id, shared),
    mayWrite ? receipts.listOpen(viewer, creator.id) : [],
  ]);

  return (
    <>
      <PageHeader
        title={`${money(shown.minor, shown.currency, locale)} received`}
        note={dayName(shown.receivedOn, locale, "long")}
        crumbs={[{ href: paths.receipts(creator.id), label: "Receipts" }]}
        actions={
          mayWrite && (
            <ChangeButtons
              creatorId={creator.id}
              entryId={newest.id}
              isVoid={newest.isVoid}
              isChanged={newest.replaces !== null}
              remove={removeReceipt}
              undo={undoReceipt}
              newIds={[randomUUID(), randomUUID()]}
            />
          )
        }
      />
      <div className="grid gap-6">
        {!mayWrite && <ViewerNotice shared={shared} />}
        {newest.isVoid && (
          <Notice tone="warn" title="This receipt was taken back.">
            The payouts it paid are open again. What it said stays here, and can be restored.
          </Notice>
        )}
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <Card title="What it says">
            <Facts facts={factsOf(shown, locale)} />
          </Card>
          <Card title="History">
            <HistoryList items={historyOf(rows, nameOf, locale)} locale={locale} zone={creator.timeZone} />
          </Card>
        </div>
        <Card title="Payouts it pays" flush>
          <Table
            caption="Payouts this receipt pays"
            rows={shown.allocations}
            rowKey={({ chainId }) => chainId}
            empty={
              <p className="px-5 pb-5 text-sm text-muted">None yet. Correct the receipt to choose some.</p>
            }
            columns={[
              {
                key: "payout",
                header: "Payout",
                lead: true,
                cell: (allocation) => (
                  <Link href={paths.payout(creator.id, allocation.chainId) as Route} className="link">
                    {allocationName(allocation, locale)}
                  </Link>
                ),
              },
              {
                key: "amount",
                header: "Paid",
                numeric: true,
                cell: ({ minor, currency }) => <Money minor={minor} currency={currency} locale={locale} />,
              },
            ]}
          />
        </Card>
        {mayWrite && !newest.isVoid && (
          <Card>
            <Fold label="Correct this receipt">
              <ReceiptForm
                creatorId={creator.id}
                initialId={randomUUID()}
                today={creator.today}
                defaults={correctionDefaults(newest)}
                currencies={currencyChoices(newest.currency, creator.currency)}
                payables={payablesOf(open, newest, newest.currency, locale)}
                replaces={newest.id}
              />
            </Fold>
          </Card>
        )}
      </div>
    </>
  );
}

/** All of it is text, so that two versions can be compared by it. */
function factsOf(receipt: receipts.Receipt, locale: string) {
  const { minor, currency, feeMinor, receivedOn, rate, note } = receipt;
  return [
    ["Arrived", money(minor, currency, locale)],
    ["On", dayName(receivedOn, locale)],
    ["Fee kept on the way", money(feeMinor, currency, locale)],
    ["The bank's rate", rate ?? "–"],
    ["Note", noteWords(note)],
  ] as const;
}

function historyOf(
  rows: readonly (receipts.Receipt & { isVoid: boolean })[],
  nameOf: (userId: string) => string,
  locale: string,
): HistoryItem[] {
  return rows
    .map((receipt, index) => {
      const before = rows[index - 1];
      const wasThere = before && !before.isVoid;
      return {
        id: receipt.id,
        at: receipt.recordedAt,
        who: nameOf(receipt.recordedBy),
        what: receipt.isVoid ? "Taken back" : wasThere ? "Corrected" : before ? "Restored" : "Recorded",
        changes: wasThere && !receipt.isVoid ? changesOf(before, receipt, locale) : [],
      };
    })
    .reverse();
}

function changesOf(
  before: receipts.Receipt,
  after: receipts.Receipt,
  locale: string,
): HistoryItem["changes"] {
  const pays = (receipt: receipts.Receipt) =>
    receipt.allocations
      .map((paid) => `${allocationName(paid, locale)} ${money(paid.minor, paid.currency, locale)}`)
      .join("; ") || "nothing";
  const old = [...factsOf(before, locale), ["Pays", pays(before)] as const];
  const now = [...factsOf(after, locale), ["Pays", pays(after)] as const];
  return now.flatMap(([name, value], index) => {
    const was = old[index]?.[1];
    return was === value ? [] : [{ name, before: was, after: value }];
  });
}
