"use client";

import { useActionState } from "react";
import { Form } from "@/components/ui/form";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/model/action-state";
import { subscribe } from "./actions";

export function SubscribeForm({ token, isOff }: { token: string; isOff: boolean }) {
  const [state, send] = useActionState(subscribe, IDLE);
  return (
    <div className="grid gap-5">
      {state.status === "done" && (
        <Notice tone="success" live>
          {state.message}
        </Notice>
      )}
      <Form action={send} state={state}>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="off" value={isOff ? "no" : "yes"} />
        <SubmitButton size="lg" variant={isOff ? "secondary" : "primary"} pendingLabel="One moment…">
          {isOff ? "Get them again" : "Unsubscribe"}
        </SubmitButton>
      </Form>
    </div>
  );
}
