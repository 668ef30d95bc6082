import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { orderParam, type SearchParams } from "@/lib/list-query";
import { paths } from "@/lib/paths";
import { PLACEMENT_SORTS, sortPlacements } from "@/lib/placement-report";
import { readPlacements } from "@/lib/server/placements";
import { openCreator } from "../open-creator";
import { ViewerNotice } from "../viewer-notice";
import { loadChoices, newDefaults } from "./placement-choices";
import { PlacementForm } from "./placement-form";
import { PlacementTable } from "./placement-table";

export const metadata: Metadata = { title: "Affiliate" };

type AffiliatePageProps = { params: Promise<{ creatorId: string }>; searchParams: Promise<SearchParams> };

export default async function AffiliatePage({ params, searchParams }: AffiliatePageProps) {
  const { viewer, creator, locale, mayWrite, shared, notShared } = await openCreator(
    (await params).creatorId,
    "all",
    "Affiliate",
  );
  if (notShared) return notShared;
  const asked = await searchParams;
  const order = orderParam(asked, PLACEMENT_SORTS, { sort: "commission", descending: true });
  const [rows, choices] = await Promise.all([
    readPlacements(viewer, creator.id),
    mayWrite ? loadChoices(viewer, creator) : null,
  ]);
  return (
    <>
      <PageHeader
        title="Affiliate"
        note="Where your links are, and what each brings for 1,000 views. The money itself is in the payouts."
        actions={
          rows.length > 0 && (
            <ButtonLink href={paths.placementsCsv(creator.id)} download>
              Download CSV
            </ButtonLink>
          )
        }
      />
      <div className="grid gap-6">
        {choices ? (
          <Card title="Log a placement">
            <PlacementForm
              creatorId={creator.id}
              initialId={randomUUID()}
              defaults={newDefaults(creator)}
              choices={choices}
            />
          </Card>
        ) : (
          <ViewerNotice shared={shared} />
        )}
        <Card flush>
          <PlacementTable
            creatorId={creator.id}
            rows={sortPlacements(rows, order)}
            params={asked}
            order={order}
            locale={locale}
            empty={
              <EmptyState title="No placement yet">
                {mayWrite
                  ? "A link in a video or a profile earns commission? Log the merchant and where the link is, then what it brought each month."
                  : "Placements appear here once they are logged."}
              </EmptyState>
            }
          />
        </Card>
      </div>
    </>
  );
}
