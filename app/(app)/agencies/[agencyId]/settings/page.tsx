import type { Metadata } from "next";
import { creatorChoices } from "@/app/creator-choices";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import * as agencies from "@/db/agencies";
import { openAgency } from "../open-agency";
import { AgencyForm } from "./agency-form";
import { BrandForm } from "./brand-form";

export const metadata: Metadata = { title: "Agency settings" };

export default async function AgencySettingsPage({ params }: { params: Promise<{ agencyId: string }> }) {
  const { viewer, agency, isAdmin, locale } = await openAgency((await params).agencyId);
  const brand = await agencies.brand(viewer, agency.id);
  const logo = brand.logo && `/api/agencies/${agency.id}/logo?v=${agency.version}`;
  return (
    <>
      <PageHeader title="Settings" note={agency.name} />
      <div className="grid max-w-3xl gap-6">
        {isAdmin ? (
          <>
            <Card title="Agency">
              <AgencyForm agency={agency} currencies={creatorChoices(locale).currencies} />
            </Card>
            <Card
              title="Look of reports"
              note="Statements of the creators you represent carry it, when you send them."
            >
              <BrandForm
                agencyId={agency.id}
                version={agency.version}
                agencyName={agency.name}
                brand={brand}
                logo={logo}
              />
            </Card>
          </>
        ) : (
          <Card title="Agency" note="Only an admin can change this.">
            <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
              <dt className="text-muted">Name</dt>
              <dd>{agency.name}</dd>
              <dt className="text-muted">Name on reports</dt>
              <dd>{brand.name}</dd>
              <dt className="text-muted">Reports in</dt>
              <dd>{agency.currency}</dd>
            </dl>
          </Card>
        )}
      </div>
    </>
  );
}
