import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import * as deals from "@/db/deals";
import { paths } from "@/lib/paths";
import { openCreator } from "../../open-creator";
import { ViewerNotice } from "../../viewer-notice";
import { loadChoices, newDefaults } from "../deal-choices";
import { DealForm } from "../deal-form";

export const metadata: Metadata = { title: "Log a deal" };

export default async function NewDealPage({ params }: { params: Promise<{ creatorId: string }> }) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "New deal",
  );
  if (notShared) return notShared;
  const last = mayWrite ? (await deals.list(viewer, creator.id, { size: 1 })).rows[0] : undefined;
  const choices = mayWrite ? await loadChoices(viewer, creator, locale, last) : null;
  return (
    <>
      <PageHeader title="Log a deal" crumbs={[{ href: paths.deals(creator.id), label: "Deals" }]} />
      {choices ? (
        <Card>
          <DealForm
            creatorId={creator.id}
            initialId={randomUUID()}
            defaults={newDefaults(creator, last, choices)}
            choices={choices}
            autoFocus
          />
        </Card>
      ) : (
        <ViewerNotice shared={shared} alone />
      )}
    </>
  );
}
