"use client";

import { useEffect, useRef, useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { MOST_COMPARED } from "@/lib/model/roster";

type RosterBarProps = {
  csv: string;
  /** Where several are reminded, asked and tagged. */
  selection: string;
  isEmpty: boolean;
};

/** What can be done with the creators that are chosen in the table below, and the file of what is seen. */
export function RosterBar({ csv, selection, isEmpty }: RosterBarProps) {
  const all = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState(0);
  useEffect(() => {
    const form = all.current?.form;
    if (!form) return;
    const look = () => setChosen(boxesOf(form).filter(({ checked }) => checked).length);
    look();
    form.addEventListener("change", look);
    return () => form.removeEventListener("change", look);
  }, []);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-3 py-2.5 text-sm max-md:px-4">
      <label className="flex min-h-8 items-center gap-2.5">
        <input
          ref={all}
          type="checkbox"
          className="size-4 max-md:size-5"
          onChange={({ target }) => {
            for (const box of target.form ? boxesOf(target.form) : []) box.checked = target.checked;
          }}
        />
        Choose this page
      </label>
      <Button type="submit" size="sm" disabled={chosen < 2 || chosen > MOST_COMPARED}>
        Compare
      </Button>
      <Button type="submit" size="sm" formAction={selection} disabled={chosen < 1}>
        Remind or tag
      </Button>
      <p aria-live="polite" className="text-muted">
        {chosen === 0 ? "Choose creators to compare, remind or tag them." : `${chosen} chosen`}
      </p>
      {!isEmpty && (
        <ButtonLink href={csv} size="sm" variant="quiet" download className="ms-auto">
          Download CSV
        </ButtonLink>
      )}
    </div>
  );
}

function boxesOf(form: HTMLFormElement): HTMLInputElement[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[name="creatorIds"]')];
}
