import { randomUUID } from "node:crypto";
import { Users } from "lucide";
import type { Metadata, Route } from "next";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { type Column, Table } from "@/components/ui/table";
import type { Creator } from "@/db/creators";
import { ROLE_LABEL } from "@/lib/model/words";
import { listAgencies } from "@/lib/server/agency";
import { listCreators } from "@/lib/server/creator";
import { SampleForm } from "./sample-form";

export const metadata: Metadata = { title: "Creators" };

const COLUMNS: readonly Column<Creator>[] = [
  {
    key: "name",
    header: "Creator",
    lead: true,
    cell: ({ id, name, isSample }) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <Link className="link" href={`/creators/${id}` as Route}>
          {name}
        </Link>
        {isSample && <Badge tone="warn">Sample</Badge>}
      </span>
    ),
  },
  { key: "role", header: "Your role", cell: ({ role }) => ROLE_LABEL[role] },
  { key: "currency", header: "Reports in", cell: ({ currency }) => currency },
  { key: "timeZone", header: "Time zone", cell: ({ timeZone }) => timeZone.replaceAll("_", " ") },
];

export default async function CreatorsPage() {
  const [creators, agencies] = await Promise.all([listCreators(), listAgencies()]);
  const hasSample = creators.some((creator) => creator.isSample && creator.role === "owner");
  if (creators.length === 0) {
    return (
      <>
        <PageHeader title="Creators" />
        <Card>
          <EmptyState
            icon={<Icon of={Users} />}
            title="Who earns?"
            actions={
              <>
                <ButtonLink href="/creators/new" variant="primary">
                  Add yourself as a creator
                </ButtonLink>
                <SampleForm id={randomUUID()} />
              </>
            }
          >
            A creator is whose videos and payouts are logged: you, or somebody you look after. To see first
            what comes out, open a studio filled with two years of made-up figures; one click removes it
            again. Do you look after many? Make an{" "}
            <Link href={"/agencies" as Route} className="link">
              agency
            </Link>
            , and ask them to be seen.
          </EmptyState>
        </Card>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Creators"
        note={
          agencies.length > 0
            ? "Everyone you belong to. Those whom an agency of yours represents stand in its roster."
            : "Everyone whose figures are shared with you."
        }
        actions={
          <>
            {!hasSample && <SampleForm id={randomUUID()} />}
            <ButtonLink href="/creators/new" variant="primary">
              New creator
            </ButtonLink>
          </>
        }
      />
      <Card flush>
        <Table caption="Creators shared with you" columns={COLUMNS} rows={creators} rowKey={({ id }) => id} />
      </Card>
    </>
  );
}
