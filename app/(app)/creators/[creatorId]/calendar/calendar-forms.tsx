"use client";

import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { CheckboxField } from "@/components/ui/checkbox";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { CountField, DayField, TextField } from "@/components/ui/input";
import { MoneyField } from "@/components/ui/money-input";
import { type Option, SelectField } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { SavedToast } from "../saved";
import { recordPaymentRule, revokeCalendar, shareCalendar, undoPaymentRule } from "./actions";

export function ShareForm({ creatorId, initialId }: { creatorId: string; initialId: string }) {
  const [state, send] = useActionState(shareCalendar, IDLE);
  const done = state.status === "done" ? state : null;
  return (
    <Form action={send} state={state}>
      <FreshId initial={initialId} state={state} />
      <input type="hidden" name="creatorId" value={creatorId} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          name="label"
          label="For"
          optional
          placeholder="My phone"
          maxLength={60}
          autoComplete="off"
          error={errorOf(state, "label")}
          defaultValue={typedOf(state, "label", "")}
        />
        <CheckboxField
          name="amounts"
          label="With amounts"
          hint="Whoever has the address can read them, without signing in."
          className="sm:pt-7"
        />
      </div>
      <div>
        <SubmitButton pendingLabel="Making…">Make an address</SubmitButton>
      </div>
      <ToastOn of={done} message={done?.message ?? ""} />
    </Form>
  );
}

export type ListedFeed = { id: string; label: string; amounts: boolean; url: string; since: string };

export function FeedList({ creatorId, feeds }: { creatorId: string; feeds: readonly ListedFeed[] }) {
  const [state, send] = useActionState(revokeCalendar, IDLE);
  const told = state.status === "idle" ? null : state;
  return (
    <>
      <ul aria-label="Calendar addresses" className="grid gap-4">
        {feeds.map(({ id, label, amounts, url, since }) => (
          <li key={id} className="grid gap-1.5 text-sm">
            <p>
              <span className="font-medium wrap-anywhere">{label || "Calendar"}</span>{" "}
              <span className="text-muted">
                {amounts ? "with amounts" : "without amounts"}, since {since}
              </span>
            </p>
            <div className="flex gap-2">
              <input
                readOnly
                value={url}
                aria-label={`Address of ${label || "the calendar"}`}
                className="control min-w-0 flex-1"
              />
              <form action={send}>
                <input type="hidden" name="creatorId" value={creatorId} />
                <input type="hidden" name="id" value={id} />
                <SubmitButton variant="secondary" aria-label={`Revoke ${label || "the calendar"}`}>
                  Revoke
                </SubmitButton>
              </form>
            </div>
          </li>
        ))}
      </ul>
      <ToastOn of={told} message={told?.message ?? ""} tone={state.status === "done" ? "success" : "error"} />
    </>
  );
}

type RuleFormProps = {
  creatorId: string;
  initialId: string;
  today: string;
  currency: string;
  subjects: readonly Option[];
  currencies: readonly { code: string }[];
};

const KINDS: readonly Option[] = [
  { value: "monthly", label: "On days of the month after" },
  { value: "after", label: "Some days after it was earned" },
  { value: "on_request", label: "When I ask for it" },
];

export function PaymentRuleForm({
  creatorId,
  initialId,
  today,
  currency,
  subjects,
  currencies,
}: RuleFormProps) {
  const [state, send] = useActionState(recordPaymentRule, IDLE);
  const field = (name: string, otherwise = "") => ({
    name,
    id: `rule-${name}`,
    error: errorOf(state, name),
    defaultValue: typedOf(state, name, otherwise),
  });
  return (
    <>
      <Form action={send} state={state}>
        <FreshId initial={initialId} state={state} />
        <input type="hidden" name="creatorId" value={creatorId} />
        <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
          <SelectField {...field("subject")} label="Payments of" options={subjects} />
          <DayField {...field("fromDay", today)} label="For money earned from" />
          <SelectField {...field("kind", "monthly")} label="Paid" options={KINDS} />
          <CountField {...field("firstPaid")} label="First day of the month" optional />
          <CountField {...field("lastPaid")} label="Last day of the month" optional />
          <CountField {...field("days")} label="Days after" optional />
          <MoneyField
            {...field("minimum")}
            label="Least that is paid out"
            optional
            currencies={currencies}
            defaultCurrency={typedOf(state, "currency", currency)}
            currencyError={errorOf(state, "currency")}
          />
          <TextField {...field("source")} label="Source" maxLength={200} autoComplete="off" />
        </div>
        <div>
          <SubmitButton pendingLabel="Saving…">Save rule</SubmitButton>
        </div>
      </Form>
      <SavedToast state={state} creatorId={creatorId} undo={undoPaymentRule} />
    </>
  );
}
