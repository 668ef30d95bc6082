"use client";

import { useActionState } from "react";
import { CreatorFields } from "@/app/creator-fields";
import { FreshId } from "@/app/fresh-id";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import {
  acceptAsNewAgency,
  acceptAsNewCreator,
  acceptRepresentation,
  declineRepresentation,
} from "./actions";

type AcceptProps = { token: string; label: string };

/** Takes it up for one of the person's own creators or agencies. */
export function ChooseForm({
  token,
  label,
  sides,
  button,
}: AcceptProps & { sides: readonly Option[]; button: string }) {
  const [state, action] = useActionState(acceptRepresentation, IDLE);
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="token" value={token} />
      <SelectField
        name="side"
        label={label}
        options={sides}
        defaultValue={typedOf(state, "side", sides[0]?.value)}
        error={errorOf(state, "side")}
      />
      <SubmitButton size="lg" pendingLabel="Accepting…">
        {button}
      </SubmitButton>
    </Form>
  );
}

type Choices = { currencies: readonly Option[]; timeZones: readonly Option[] };

export function NewCreatorForm({
  token,
  id,
  name,
  ...choices
}: Choices & { token: string; id: string; name: string }) {
  const [state, action] = useActionState(acceptAsNewCreator, IDLE);
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="token" value={token} />
      <FreshId initial={id} state={state} />
      <CreatorFields state={state} name={name} currency="USD" timeZone={null} {...choices} />
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
