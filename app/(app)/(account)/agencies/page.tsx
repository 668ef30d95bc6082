import { randomUUID } from "node:crypto";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { creatorChoices } from "@/app/creator-choices";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { type Column, Table } from "@/components/ui/table";
import type { Agency } from "@/db/agencies";
import { AGENCY_ROLE_LABEL } from "@/lib/model/words";
import { listAgencies } from "@/lib/server/agency";
import { requireUser } from "@/lib/server/viewer";
import { NewAgencyForm } from "./new-agency-form";

export const metadata: Metadata = { title: "Agencies" };

const COLUMNS: readonly Column<Agency>[] = [
  {
    key: "name",
    header: "Agency",
    lead: true,
    cell: ({ id, name }) => (
      <Link className="link" href={`/agencies/${id}` as Route}>
        {name}
      </Link>
    ),
  },
  { key: "role", header: "Your role", cell: ({ role }) => AGENCY_ROLE_LABEL[role] },
  { key: "currency", header: "Reports in", cell: ({ currency }) => currency },
];

export default async function AgenciesPage() {
  const { user } = await requireUser();
  const agencies = await listAgencies();
  return (
    <>
      <PageHeader
        title="Agencies"
        note="An agency looks after creators who let it in: each says what is seen, and can end it at once."
      />
      <div className="grid max-w-3xl gap-6">
        {agencies.length > 0 && (
          <Card flush>
            <Table
              caption="Agencies you belong to"
              columns={COLUMNS}
              rows={agencies}
              rowKey={({ id }) => id}
            />
          </Card>
        )}
        <Card title="New agency" note="You become its admin: you invite its people, and ask creators.">
          <NewAgencyForm id={randomUUID()} currencies={creatorChoices(user.locale).currencies} />
        </Card>
      </div>
    </>
  );
}
