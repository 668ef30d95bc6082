"use client";

import { useActionState } from "react";
import { ScopeFields } from "@/app/scope-fields";
import { ScopeList } from "@/components/scope-list";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import type { Scope } from "@/lib/model/representation";
import { Outcomes } from "../../../../outcomes";
import { endRepresentation, rescope } from "./actions";

export type ListedAgency = Scope & {
  id: string;
  agencyName: string;
  version: number;
  /** whether somebody beside its people owns the creator, or it does not run it */
  mayEnd: boolean;
  /** days as the reader writes them */
  since: string;
  lastDay: string | null;
  people: readonly { userId: string; name: string; email: string }[];
};

type AgencyCardsProps = { creatorId: string; agencies: readonly ListedAgency[] };

/** A card for each agency. It stays mounted, so that what became of the last one is still said. */
export function AgencyCards({ creatorId, agencies }: AgencyCardsProps) {
  const [ended, end] = useActionState(endRepresentation, IDLE);
  return (
    <>
      <Outcomes of={[ended]} />
      {agencies.map((agency) => (
        <AgencyCard key={agency.id} creatorId={creatorId} agency={agency} end={end} />
      ))}
    </>
  );
}

type AgencyCardProps = { creatorId: string; agency: ListedAgency; end: (form: FormData) => void };

/** One agency: what it sees, who of it, since when; narrowed or ended on the spot. */
function AgencyCard({ creatorId, agency, end }: AgencyCardProps) {
  const [saved, save] = useActionState(rescope, IDLE);
  const { agencyName, people, mayEnd, since, lastDay } = agency;
  return (
    <Card
      title={
        <span className="inline-flex flex-wrap items-center gap-2">
          {agencyName}
          <Badge>Agency</Badge>
        </span>
      }
      note={`Since ${since}.`}
      actions={mayEnd && <EndDialog creatorId={creatorId} agency={agency} end={end} />}
    >
      <div className="grid gap-5">
        <ScopeList scope={agency} lastDay={lastDay} />
        <div className="text-sm">
          <p className="text-muted">Who of it sees this creator at this moment</p>
          {people.length === 0 ? (
            <p>Nobody.</p>
          ) : (
            <ul>
              {people.map(({ userId, name, email }) => (
                <li key={userId}>
                  {name} <span className="text-muted">{email}</span>
                </li>
              ))}
            </ul>
          )}
        </div>
        <details className="rounded-md border border-line">
          <summary className="px-4 py-2.5 text-sm">
            <span className="link">Change what {agencyName} sees</span>
          </summary>
          <Form action={save} state={saved} keep className="border-t border-line p-4" key={agency.version}>
            <input type="hidden" name="creatorId" value={creatorId} />
            <input type="hidden" name="id" value={agency.id} />
            <input type="hidden" name="version" value={agency.version} />
            <ScopeFields state={saved} scope={agency} within={agency.id} />
            <div>
              <SubmitButton pendingLabel="Saving…">Save what it sees</SubmitButton>
            </div>
          </Form>
        </details>
      </div>
      {saved.status === "done" && <ToastOn of={saved} message={saved.message} />}
    </Card>
  );
}

function EndDialog({ creatorId, agency, end }: AgencyCardProps) {
  return (
    <Dialog
      label="End"
      name={`End what ${agency.agencyName} sees`}
      title={`End it with ${agency.agencyName}?`}
      variant="secondary"
      size="sm"
    >
      <form action={end} className="grid gap-5">
        <input type="hidden" name="creatorId" value={creatorId} />
        <input type="hidden" name="id" value={agency.id} />
        <p className="text-sm text-muted">
          From the next click on, nobody of {agency.agencyName} sees anything of this creator. What it logged
          here stays, and so do its own records of commission. To come back, it needs a new question.
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          <DialogCancel />
          <SubmitButton variant="danger" pendingLabel="Ending…">
            End it now
          </SubmitButton>
        </div>
      </form>
    </Dialog>
  );
}
