import { randomUUID } from "node:crypto";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import * as notes from "@/db/notes";
import { instant } from "@/lib/format";
import type { Viewer } from "@/lib/model/access";
import { Fold } from "./fold";
import { removeNote } from "./note-actions";
import { NoteCorrection, NoteForm } from "./note-form";
import { readersKey, readersName } from "./note-readers";
import { ActionButton } from "./saved";

type NotesOnProps = {
  viewer: Viewer;
  creator: { id: string; timeZone: string };
  locale: string;
  of: notes.Subject;
};

/** What was said of the thing on this page, and a form for the next word; nothing where there is neither. */
export async function NotesOn({ viewer, creator, locale, of }: NotesOnProps) {
  const [list, circles] = await Promise.all([
    notes.list(viewer, creator.id, of),
    notes.circles(viewer, creator.id),
  ]);
  if (list.length === 0 && circles.length === 0) return null;
  return (
    <Card title="Notes" note="Each says who reads it. Nobody else does, and no other agency.">
      <div className="grid gap-5">
        {list.length > 0 && <NoteList notes={list} creator={creator} locale={locale} />}
        {circles.length > 0 && (
          <NoteForm
            creatorId={creator.id}
            initialId={randomUUID()}
            about={of.about}
            subject={of.subject}
            readers={circles.map((circle) => ({ value: readersKey(circle), label: readersName(circle) }))}
          />
        )}
      </div>
    </Card>
  );
}

type NoteListProps = {
  notes: readonly notes.Note[];
  creator: { id: string; timeZone: string };
  locale: string;
  /** Where a list is of several things: what each is about. */
  aboutOf?: (note: notes.Note) => ReactNode;
};

export function NoteList({ notes, creator, locale, aboutOf }: NoteListProps) {
  return (
    <ul className="grid gap-5">
      {notes.map((note) => (
        <li key={note.id} className="grid gap-1.5 border-l-2 border-line pl-4">
          {aboutOf && <p className="text-sm font-medium">{aboutOf(note)}</p>}
          <p className="wrap-anywhere whitespace-pre-wrap">{note.text}</p>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
            <span className="wrap-anywhere">{note.byline}</span>
            <time dateTime={note.recordedAt.toISOString()}>
              {instant(note.recordedAt, locale, creator.timeZone)}
            </time>
            <Badge tone={note.audience === "both" ? "accent" : "neutral"}>{readersName(note)}</Badge>
          </p>
          {note.earlier.length > 0 && (
            <Fold label="What it said before" variant="quiet" size="sm">
              <ul className="grid gap-2 text-sm text-muted">
                {note.earlier.map((before) => (
                  <li key={before.recordedAt.toISOString()} className="wrap-anywhere whitespace-pre-wrap">
                    {instant(before.recordedAt, locale, creator.timeZone)}: {before.text}
                  </li>
                ))}
              </ul>
            </Fold>
          )}
          {note.isOwn && (
            <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
              <Fold label="Correct it" variant="quiet" size="sm">
                <NoteCorrection
                  creatorId={creator.id}
                  initialId={randomUUID()}
                  entryId={note.id}
                  text={note.text}
                />
              </Fold>
              <ActionButton
                action={removeNote}
                creatorId={creator.id}
                fields={{ id: randomUUID(), entryId: note.id }}
                pendingLabel="Taking back…"
                variant="quiet"
                size="sm"
              >
                Take back
              </ActionButton>
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}
