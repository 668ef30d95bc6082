import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import type { Shared } from "@/lib/model/access";
import { paths } from "@/lib/paths";
import { sharedStreams, sharedWith } from "@/lib/shared-words";

type NotSharedProps = { creatorId: string; title: string; name: string; shared: Shared };

/** In place of a page that the creator's scope does not hold: says so, and who can change it. */
export function NotShared({ creatorId, title, name, shared }: NotSharedProps) {
  return (
    <>
      <PageHeader title={title} />
      <EmptyState
        title="Not shared with you"
        actions={<ButtonLink href={paths.traffic(creatorId)}>Look at the views</ButtonLink>}
      >
        {name} shares {sharedStreams(shared)} with {sharedWith(shared)}; this page is not part of that. An
        owner of the creator can share more in its settings.
      </EmptyState>
    </>
  );
}
