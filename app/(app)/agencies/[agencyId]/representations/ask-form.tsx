"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { ScopeFields } from "@/app/scope-fields";
import { Badge } from "@/components/ui/badge";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Column, Table } from "@/components/ui/table";
import { TextareaField } from "@/components/ui/textarea";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import type { Scope } from "@/lib/model/representation";
import { type AskedLine, askCreators } from "./actions";

const SCOPE: Scope = { streams: null, amounts: true, notes: false, mayEdit: false, toDay: null };

const OUTCOME = {
  asked: <Badge tone="good">Asked</Badge>,
  represented: <Badge>Already represented</Badge>,
  "not an address": <Badge tone="warn">Not an address</Badge>,
};

const COLUMNS: readonly Column<AskedLine>[] = [
  { key: "line", header: "Line", lead: true, cell: ({ line }) => line },
  { key: "outcome", header: "What became of it", cell: ({ outcome }) => OUTCOME[outcome] },
];

/** Asks one creator or many, all with the same scope. */
export function AskForm({ id, agencyId }: { id: string; agencyId: string }) {
  const [state, action] = useActionState(askCreators, IDLE);
  const done = state.status === "done" ? state : null;
  return (
    <>
      {done?.value && (
        <div className="mb-5 rounded-md border border-line">
          <Table
            caption="What became of each line"
            columns={COLUMNS}
            rows={done.value}
            rowKey={({ line }) => line}
          />
        </div>
      )}
      <Form action={action} state={state}>
        <FreshId initial={id} state={state} />
        <input type="hidden" name="agencyId" value={agencyId} />
        <TextareaField
          name="addresses"
          label="E-mail addresses"
          hint="One a line, or with commas between them; at most 50 at once."
          autoComplete="off"
          required
          rows={3}
          defaultValue={typedOf(state, "addresses", "")}
          error={errorOf(state, "addresses")}
        />
        <ScopeFields state={state} scope={SCOPE} />
        <div>
          <SubmitButton pendingLabel="Asking…">Ask by mail</SubmitButton>
        </div>
        <ToastOn of={done} message={done?.message ?? ""} />
      </Form>
    </>
  );
}
