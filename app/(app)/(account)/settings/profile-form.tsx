"use client";

import { useActionState } from "react";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { TextField } from "@/components/ui/input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { updateProfile } from "./actions";

type ProfileFormProps = {
  profile: { name: string; locale: string; version: number };
  locales: readonly Option[];
};

export function ProfileForm({ profile, locales }: ProfileFormProps) {
  const [state, action] = useActionState(updateProfile, IDLE);
  return (
    <Form action={action} state={state} keep>
      <input type="hidden" name="version" value={profile.version} />
      <TextField
        name="name"
        label="Name"
        autoComplete="name"
        required
        defaultValue={typedOf(state, "name", profile.name)}
        error={errorOf(state, "name")}
      />
      <SelectField
        name="locale"
        label="Numbers and dates as in"
        options={locales}
        defaultValue={typedOf(state, "locale", profile.locale)}
        error={errorOf(state, "locale")}
      />
      <div>
        <SubmitButton pendingLabel="Saving…">Save</SubmitButton>
      </div>
      {state.status === "done" && <ToastOn of={state} message={state.message} />}
    </Form>
  );
}
