import { randomUUID } from "node:crypto";
import type { Metadata } from "next";
import { creatorChoices } from "@/app/creator-choices";
import { Card } from "@/components/ui/card";
import { PageHeader } from "@/components/ui/page-header";
import { requireUser } from "@/lib/server/viewer";
import { NewCreatorForm } from "./new-creator-form";

export const metadata: Metadata = { title: "New creator" };

export default async function NewCreatorPage() {
  const { user } = await requireUser();
  return (
    <>
      <PageHeader
        title="New creator"
        note="You become its owner, and can invite others then."
        crumbs={[{ href: "/creators", label: "Creators" }]}
      />
      <Card className="max-w-xl">
        <NewCreatorForm id={randomUUID()} name={user.name} {...creatorChoices(user.locale)} />
      </Card>
    </>
  );
}
