"use client";

import { useActionState } from "react";
import { CreatorFields } from "@/app/creator-fields";
import { FreshId } from "@/app/fresh-id";
import { ScopeFields } from "@/app/scope-fields";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { type ActionState, IDLE } from "@/lib/model/action-state";
import type { Scope } from "@/lib/model/representation";
import {
  acceptAsNewAgency,
  acceptAsNewCreator,
  acceptForAgency,
  acceptForCreator,
  declineRepresentation,
} from "./actions";

type AcceptProps = {
  token: string;
  /** ids of the terms of commission that the page shows */
  terms: string;
  /** what the agency asked to see: the creator may show less, or more */
  scope: Scope;
};

/** Takes it up for one of the person's own agencies. */
export function ChooseAgencyForm({ token, sides }: { token: string; sides: readonly Option[] }) {
  const [state, action] = useActionState(acceptForAgency, IDLE);
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="token" value={token} />
      <SideField label="Your agency" sides={sides} state={state} />
      <SubmitButton size="lg" pendingLabel="Accepting…">
        Accept
      </SubmitButton>
    </Form>
  );
}

/** Takes it up for one of the person's own creators. */
export function ChooseCreatorForm({
  token,
  terms,
  scope,
  sides,
}: AcceptProps & { sides: readonly Option[] }) {
  const [state, action] = useActionState(acceptForCreator, IDLE);
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="terms" value={terms} />
      <SideField label="Creator it is for" sides={sides} state={state} />
      <ShowOther state={state} scope={scope} />
      <SubmitButton size="lg" pendingLabel="Accepting…">
        Accept
      </SubmitButton>
    </Form>
  );
}

type SideFieldProps = { label: string; sides: readonly Option[]; state: ActionState<unknown> };

function SideField({ label, sides, state }: SideFieldProps) {
  return (
    <SelectField
      name="side"
      label={label}
      options={sides}
      defaultValue={typedOf(state, "side", sides[0]?.value)}
      error={errorOf(state, "side")}
    />
  );
}

/** Folded away: whoever leaves it alone accepts what was asked. */
function ShowOther({ state, scope }: { state: ActionState<unknown>; scope: Scope }) {
  return (
    <details className="rounded-md border border-line" open={errorOf(state, "money") !== undefined}>
      <summary className="px-4 py-2.5 text-sm">
        <span className="link">Show less, or something else</span>
      </summary>
      <div className="border-t border-line p-4">
        <ScopeFields state={state} scope={scope} />
      </div>
    </details>
  );
}

type Choices = { currencies: readonly Option[]; timeZones: readonly Option[] };

export function NewCreatorForm({
  token,
  terms,
  scope,
  id,
  name,
  ...choices
}: Choices & AcceptProps & { id: string; name: string }) {
  const [state, action] = useActionState(acceptAsNewCreator, IDLE);
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="terms" value={terms} />
      <FreshId initial={id} state={state} />
      <CreatorFields state={state} name={name} currency="USD" timeZone={null} {...choices} />
      <ShowOther state={state} scope={scope} />
      <SubmitButton size="lg" pendingLabel="Accepting…">
        Add this creator and accept
      </SubmitButton>
    </Form>
  );
}

export function NewAgencyForm({
  token,
  id,
  currencies,
}: {
  token: string;
  id: string;
  currencies: readonly Option[];
}) {
  const [state, action] = useActionState(acceptAsNewAgency, IDLE);
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="token" value={token} />
      <FreshId initial={id} state={state} />
      <TextField
        name="name"
        label="Name of your agency"
        autoComplete="organization"
        required
        defaultValue={typedOf(state, "name", "")}
        error={errorOf(state, "name")}
      />
      <SelectField
        name="currency"
        label="Reports in"
        options={currencies}
        defaultValue={typedOf(state, "currency", "USD")}
        error={errorOf(state, "currency")}
      />
      <SubmitButton size="lg" pendingLabel="Accepting…">
        Make the agency and accept
      </SubmitButton>
    </Form>
  );
}

export function DeclineForm({ token }: { token: string }) {
  const [state, action] = useActionState(declineRepresentation, IDLE);
  return (
    <Dialog label="Decline" title="Decline?" size="sm">
      <Form action={action} state={state}>
        <input type="hidden" name="token" value={token} />
        <p className="text-sm text-muted">
          The link ends, and nothing was or is shown. You can be asked again.
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          <DialogCancel />
          <SubmitButton variant="danger" pendingLabel="Declining…">
            Decline
          </SubmitButton>
        </div>
      </Form>
    </Dialog>
  );
}
