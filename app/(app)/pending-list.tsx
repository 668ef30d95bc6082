"use client";

import { useActionState } from "react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { HiddenFields } from "@/components/ui/hidden-fields";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Column, Table } from "@/components/ui/table";
import { type ActionState, IDLE } from "@/lib/model/action-state";
import { Outcomes } from "./outcomes";

/** Something that was sent by mail and is not answered yet. */
export type Pending = {
  id: string;
  email: string;
  /** what was offered or asked, in a few words */
  what: string;
  until: string;
  hasEnded: boolean;
};

type Send = (previous: ActionState<never>, form: FormData) => Promise<ActionState<never>>;

type PendingListProps = {
  title: string;
  whatHeader: string;
  rows: readonly Pending[];
  /** Whose it is, as each form sends it: `{ creatorId }`. */
  of: Readonly<Record<string, string>>;
  again: Send;
  withdraw: Send;
};

/** A card of them, or nothing: it stays mounted, so that what became of the last one is still said. */
export function PendingList({ title, whatHeader, rows, of, again, withdraw }: PendingListProps) {
  const [sent, sendAgain] = useActionState(again, IDLE);
  const [withdrawn, sendWithdraw] = useActionState(withdraw, IDLE);
  const columns: readonly Column<Pending>[] = [
    { key: "email", header: "Address", lead: true, cell: ({ email }) => email },
    { key: "what", header: whatHeader, cell: ({ what }) => what },
    {
      key: "until",
      header: "Good until",
      cell: ({ until, hasEnded }) => (hasEnded ? <Badge tone="warn">Ended {until}</Badge> : until),
    },
    {
      key: "actions",
      header: "Actions",
      hideHeader: true,
      phone: "bare",
      cell: ({ id, email }) => (
        <div className="flex flex-wrap justify-end gap-2">
          <form action={sendAgain}>
            <HiddenFields of={{ ...of, id: id }} />
            <SubmitButton variant="secondary" size="sm" aria-label={`Send again to ${email}`}>
              Send again
            </SubmitButton>
          </form>
          <form action={sendWithdraw}>
            <HiddenFields of={{ ...of, id: id }} />
            <SubmitButton variant="secondary" size="sm" aria-label={`Withdraw the invitation to ${email}`}>
              Withdraw
            </SubmitButton>
          </form>
        </div>
      ),
    },
  ];
  const outcomes = <Outcomes of={[sent, withdrawn]} />;
  if (rows.length === 0) return outcomes;
  return (
    <Card title={title} flush>
      {outcomes}
      <Table caption={title} columns={columns} rows={rows} rowKey={({ id }) => id} />
    </Card>
  );
}
