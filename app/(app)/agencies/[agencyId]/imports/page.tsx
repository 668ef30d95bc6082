import type { Metadata } from "next";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import * as rosterNames from "@/db/roster-names";
import { openAgency } from "../open-agency";
import { RosterImport } from "./roster-import";

export const metadata: Metadata = { title: "Import for many" };

export default async function RosterImportPage({ params }: { params: Promise<{ agencyId: string }> }) {
  const { viewer, agency } = await openAgency((await params).agencyId);
  const isAssistant = agency.role === "assistant";
  const roster = isAssistant ? [] : await rosterNames.list(viewer, agency.id);
  return (
    <>
      <PageHeader
        title="Import for many"
        note="One table with a column that names the creator. Each creator's part becomes an import of its own, with its preview and its undo."
      />
      {isAssistant ? (
        <Notice title="Assistants look only">
          Ask an admin of {agency.name} to make you a manager, to import for creators here.
        </Notice>
      ) : (
        <RosterImport
          agencyId={agency.id}
          agencyName={agency.name}
          creators={roster.map(({ creatorId, creatorName, mayImport }) => ({
            value: creatorId,
            label: mayImport ? creatorName : `${creatorName} (lets you look only)`,
            disabled: !mayImport,
          }))}
        />
      )}
    </>
  );
}
