"use client";

import type { Route } from "next";
import Link from "next/link";
import { useActionState } from "react";
import { Badge } from "@/components/ui/badge";
import { Dialog, DialogCancel } from "@/components/ui/dialog";
import { type Option, Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { type Column, Table } from "@/components/ui/table";
import { IDLE } from "@/lib/model/action-state";
import { Outcomes } from "../../../outcomes";
import { assignTeam, endRepresentation } from "./actions";

export type ListedCreator = {
  id: string;
  creatorId: string;
  name: string;
  runs: boolean;
  /** whether the viewer owns it for now */
  owns: boolean;
  teamId: string | null;
  /** the scope in a few words */
  sees: string;
  /** the day since when, and the last one, as the reader writes them */
  since: string;
  lastDay: string | null;
};

type RepresentedListProps = {
  agencyId: string;
  isAdmin: boolean;
  creators: readonly ListedCreator[];
  teams: readonly Option[];
};

export function RepresentedList({ agencyId, isAdmin, creators, teams }: RepresentedListProps) {
  const [assigned, assign] = useActionState(assignTeam, IDLE);
  const [ended, end] = useActionState(endRepresentation, IDLE);
  const about = (id: string) => (
    <>
      <input type="hidden" name="agencyId" value={agencyId} />
      <input type="hidden" name="id" value={id} />
    </>
  );
  const columns: readonly Column<ListedCreator>[] = [
    {
      key: "name",
      header: "Creator",
      lead: true,
      cell: ({ creatorId, name, runs }) => (
        <span className="inline-flex flex-wrap items-center gap-2">
          <Link className="link" href={`/creators/${creatorId}` as Route}>
            {name}
          </Link>
          {runs && <Badge tone="accent">Run by the agency</Badge>}
        </span>
      ),
    },
    { key: "sees", header: "You see", cell: ({ sees }) => sees },
    {
      key: "since",
      header: "Since",
      className: "whitespace-nowrap",
      cell: ({ since, lastDay }) => (
        <>
          {since}
          {lastDay && <span className="block text-muted">until {lastDay}</span>}
        </>
      ),
    },
    {
      key: "team",
      header: "Team",
      cell: ({ id, name, teamId }) =>
        isAdmin && teams.length > 0 ? (
          <form action={assign} className="inline-flex items-center gap-2">
            {about(id)}
            <Select
              name="teamId"
              aria-label={`Team of ${name}`}
              options={teams}
              empty="Admins alone"
              defaultValue={teamId ?? ""}
              className="w-40"
            />
            <SubmitButton variant="secondary" size="sm" aria-label={`Change the team of ${name}`}>
              Change
            </SubmitButton>
          </form>
        ) : (
          (teams.find(({ value }) => value === teamId)?.label ?? "Admins alone")
        ),
    },
    {
      key: "actions",
      header: "Actions",
      hideHeader: true,
      phone: "bare",
      className: "text-end",
      cell: ({ id, creatorId, name, runs, owns }) =>
        runs
          ? owns && (
              <Link className="link" href={`/creators/${creatorId}/settings/people` as Route}>
                Hand over
              </Link>
            )
          : isAdmin && (
              <Dialog
                label="End"
                name={`End the representation of ${name}`}
                title={`End it with ${name}?`}
                size="sm"
              >
                <form action={end} className="grid gap-4">
                  {about(id)}
                  <p className="text-sm text-muted">
                    From the next click on, nobody of the agency sees {name}. To come back, ask again. What
                    the agency noted for itself, as its commission, stays.
                  </p>
                  <div className="flex flex-wrap justify-end gap-2">
                    <DialogCancel />
                    <SubmitButton variant="danger" pendingLabel="Ending…">
                      End it
                    </SubmitButton>
                  </div>
                </form>
              </Dialog>
            ),
    },
  ];
  return (
    <>
      <Outcomes of={[assigned, ended]} />
      {creators.length > 0 && (
        <Table caption="Represented creators" columns={columns} rows={creators} rowKey={({ id }) => id} />
      )}
    </>
  );
}
