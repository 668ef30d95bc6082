import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import * as receipts from "@/db/receipts";
import { paths } from "@/lib/paths";
import { openCreator } from "../../open-creator";
import { ViewerNotice } from "../../viewer-notice";
import { NewReceipt } from "../new-receipt";

export const metadata: Metadata = { title: "Log a receipt" };

export default async function NewReceiptPage({ params }: { params: Promise<{ creatorId: string }> }) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "New receipt",
  );
  if (notShared) return notShared;
  const [open, newest] = mayWrite
    ? await Promise.all([
        receipts.listOpen(viewer, creator.id),
        receipts.list(viewer, creator.id, { size: 1 }),
      ])
    : [[], null];
  return (
    <>
      <PageHeader title="Log a receipt" crumbs={[{ href: paths.receipts(creator.id), label: "Receipts" }]} />
      {mayWrite ? (
        <Card>
          <NewReceipt creator={creator} open={open} last={newest?.rows[0]} locale={locale} autoFocus />
        </Card>
      ) : (
        <ViewerNotice shared={shared} alone />
      )}
    </>
  );
}
