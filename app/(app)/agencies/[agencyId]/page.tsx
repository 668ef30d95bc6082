import { Users } from "lucide";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { type Column, Table } from "@/components/ui/table";
import * as representations from "@/db/representations";
import { AGENCY_ROLE_LABEL } from "@/lib/model/words";
import { openAgency } from "./open-agency";

export const metadata: Metadata = { title: "Roster" };

const COLUMNS: readonly Column<representations.Represented>[] = [
  {
    key: "name",
    header: "Creator",
    lead: true,
    cell: ({ creatorId, creatorName }) => (
      <Link className="link" href={`/creators/${creatorId}` as Route}>
        {creatorName}
      </Link>
    ),
  },
];

export default async function RosterPage({ params }: { params: Promise<{ agencyId: string }> }) {
  const { viewer, agency, isAdmin } = await openAgency((await params).agencyId);
  const creators = await representations.roster(viewer, agency.id);
  return (
    <>
      <PageHeader
        title="Roster"
        note={`${agency.name}. You are its ${AGENCY_ROLE_LABEL[agency.role].toLowerCase()}.`}
      />
      <Card flush>
        {creators.length === 0 ? (
          <EmptyState
            icon={<Icon of={Users} />}
            title="No creator yet"
            actions={
              isAdmin && (
                <ButtonLink href={`/agencies/${agency.id}/representations`} variant="primary">
                  Ask a creator
                </ButtonLink>
              )
            }
          >
            {isAdmin
              ? "Ask creators by mail; each says what you see, and shows here once it is accepted."
              : "An admin of this agency puts you into the teams whose creators you look after."}
          </EmptyState>
        ) : (
          <Table caption="Creators" columns={COLUMNS} rows={creators} rowKey={({ id }) => id} />
        )}
      </Card>
    </>
  );
}
