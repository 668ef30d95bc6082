"use client";

import { X } from "lucide";
import { useActionState } from "react";
import { FreshId } from "@/app/fresh-id";
import { errorOf, Form, typedOf } from "@/components/ui/form";
import { Icon } from "@/components/ui/icon";
import { Input, TextField } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { SubmitButton } from "@/components/ui/submit-button";
import { ToastOn } from "@/components/ui/toast";
import { IDLE } from "@/lib/model/action-state";
import { Outcomes } from "../../../outcomes";
import { addTeam, changeTeam, renameTeam } from "./actions";

export type ListedTeam = {
  id: string;
  name: string;
  version: number;
  people: readonly { userId: string; name: string }[];
  /** names of the creators it looks after */
  creators: readonly string[];
};

type TeamListProps = {
  agencyId: string;
  isAdmin: boolean;
  teams: readonly ListedTeam[];
  /** whom one can put into a team: admins see every creator anyway */
  people: readonly { userId: string; name: string }[];
};

export function TeamList({ agencyId, isAdmin, teams, people }: TeamListProps) {
  const [renamed, rename] = useActionState(renameTeam, IDLE);
  const [changed, change] = useActionState(changeTeam, IDLE);
  return (
    <>
      <Outcomes of={[renamed, changed]} />
      <ul className="divide-y divide-line border-t border-line">
        {teams.map((team) => (
          <li key={team.id} className="grid gap-3 px-5 py-4 max-md:px-4">
            <h3 className="font-medium">{team.name}</h3>
            {isAdmin && (
              <form action={rename} className="flex max-w-md items-center gap-2">
                <input type="hidden" name="agencyId" value={agencyId} />
                <input type="hidden" name="id" value={team.id} />
                <input type="hidden" name="version" value={team.version} />
                <Input
                  key={team.version}
                  name="name"
                  aria-label={`New name of ${team.name}`}
                  autoComplete="off"
                  defaultValue={team.name}
                />
                <SubmitButton variant="secondary" size="sm" aria-label={`Rename ${team.name}`}>
                  Rename
                </SubmitButton>
              </form>
            )}
            <TeamPeople team={team} agencyId={agencyId} isAdmin={isAdmin} people={people} change={change} />
            <p className="text-sm text-muted">
              {team.creators.length === 0
                ? "Looks after no creator yet."
                : `Looks after ${team.creators.join(", ")}.`}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

type TeamPeopleProps = Omit<TeamListProps, "teams"> & {
  team: ListedTeam;
  change: (form: FormData) => void;
};

function TeamPeople({ team, agencyId, isAdmin, people, change }: TeamPeopleProps) {
  const others = people.filter(({ userId }) => !team.people.some((member) => member.userId === userId));
  const hidden = (isIn: "yes" | "no") => (
    <>
      <input type="hidden" name="agencyId" value={agencyId} />
      <input type="hidden" name="teamId" value={team.id} />
      <input type="hidden" name="isIn" value={isIn} />
    </>
  );
  return (
    <div className="flex flex-wrap items-center gap-2">
      {team.people.length === 0 && <span className="text-sm text-muted">Nobody is in it yet.</span>}
      {team.people.map(({ userId, name }) => (
        <form
          key={userId}
          action={change}
          className="inline-flex items-center rounded-full border border-line ps-3 pe-1 text-sm"
        >
          {hidden("no")}
          <input type="hidden" name="userId" value={userId} />
          <span className="py-1 pe-1">{name}</span>
          {isAdmin && (
            <button
              type="submit"
              aria-label={`Take ${name} out of ${team.name}`}
              className="touch rounded-full p-1 text-muted hover:bg-sunken hover:text-ink"
            >
              <Icon of={X} className="size-4" />
            </button>
          )}
        </form>
      ))}
      {isAdmin && others.length > 0 && (
        <form action={change} className="inline-flex items-center gap-2">
          {hidden("yes")}
          <Select
            key={others.length}
            name="userId"
            aria-label={`Person to put into ${team.name}`}
            options={others.map(({ userId, name }) => ({ value: userId, label: name }))}
            className="w-44"
          />
          <SubmitButton variant="secondary" size="sm" aria-label={`Put the person into ${team.name}`}>
            Put in
          </SubmitButton>
        </form>
      )}
    </div>
  );
}

export function NewTeamForm({ id, agencyId }: { id: string; agencyId: string }) {
  const [state, action] = useActionState(addTeam, IDLE);
  return (
    <Form action={action} state={state} className="max-w-md">
      <FreshId initial={id} state={state} />
      <input type="hidden" name="agencyId" value={agencyId} />
      <TextField
        name="name"
        label="New team"
        hint="Whom it looks after is chosen under Representations."
        autoComplete="off"
        required
        defaultValue={typedOf(state, "name", "")}
        error={errorOf(state, "name")}
      />
      <div>
        <SubmitButton variant="secondary" pendingLabel="Making…">
          Make the team
        </SubmitButton>
      </div>
      {state.status === "done" && <ToastOn of={state} message={state.message} />}
    </Form>
  );
}
