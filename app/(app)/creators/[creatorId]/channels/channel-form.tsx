"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { CheckboxField } from "@/components/ui/checkbox";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import type { Channel } from "@/db/channels";
import { type ActionState, IDLE } from "@/lib/model/action-state";
import { recordChannel, updateChannel } from "./actions";

type Choices = { platforms: readonly Option[]; niches: readonly Option[] };

export function NewChannelForm({
  creatorId,
  initialId,
  platforms,
  niches,
}: Choices & { creatorId: string; initialId: string }) {
  const [state, send] = useActionState(recordChannel, IDLE);
  return (
    <Form action={send} state={state} keep>
      <FreshId initial={initialId} state={state} />
      <input type="hidden" name="creatorId" value={creatorId} />
      <SelectField
        name="platform"
        label="Platform"
        options={platforms}
        error={errorOf(state, "platform")}
        defaultValue={typedOf(state, "platform", "tiktok")}
      />
      <Fields state={state} niches={niches} name="" handle="" niche="other" />
      <div>
        <SubmitButton pendingLabel="Adding…">Add channel</SubmitButton>
      </div>
    </Form>
  );
}

/** After a stale edit it holds what is there now. */
export function ChannelForm({
  creatorId,
  channel,
  niches,
}: Pick<Choices, "niches"> & { creatorId: string; channel: Channel }) {
  const [state, send] = useActionState(updateChannel, IDLE);
  const current = state.status === "invalid" ? state.current : undefined;
  const shown = current && current.version > channel.version ? current : channel;
  return (
    <Form action={send} state={state} keep>
      <input type="hidden" name="creatorId" value={creatorId} />
      <input type="hidden" name="id" value={channel.id} />
      <input type="hidden" name="version" value={shown.version} />
      <div key={shown.version} className="grid gap-5">
        <Fields state={current ? IDLE : state} niches={niches} {...shown} />
        <CheckboxField
          name="isArchived"
          label="Archived"
          hint="Its figures stay; new entries are no longer offered it."
          defaultChecked={shown.archivedAt !== null}
        />
      </div>
      <div>
        <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
      </div>
      <ToastOn of={state.status === "done" ? state : null} message="Saved." />
    </Form>
  );
}

function Fields({
  state,
  niches,
  ...values
}: {
  state: ActionState<unknown>;
  niches: readonly Option[];
  name: string;
  handle: string;
  niche: string;
}) {
  return (
    <>
      <TextField
        name="name"
        label="Name"
        autoComplete="off"
        maxLength={100}
        error={errorOf(state, "name")}
        defaultValue={typedOf(state, "name", values.name)}
      />
      <TextField
        name="handle"
        label="Handle"
        optional
        placeholder="@name"
        autoComplete="off"
        autoCapitalize="none"
        maxLength={100}
        error={errorOf(state, "handle")}
        defaultValue={typedOf(state, "handle", values.handle)}
      />
      <SelectField
        name="niche"
        label="Niche"
        options={niches}
        hint="What it is mostly about: published rates differ by niche, and the projection begins with them."
        error={errorOf(state, "niche")}
        defaultValue={typedOf(state, "niche", values.niche)}
      />
    </>
  );
}
